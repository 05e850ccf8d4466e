"""Notes 五, 六, 八, 九: each budget by itself, its size, its structure, and item by item."""

from collections.abc import Callable, Iterable, Iterator

from budgets.domain.chart import function_lineage
from budgets.domain.document import Block, Paragraph, Subheading
from budgets.domain.notes.sentences import compose, enlist
from budgets.domain.notes.writer import Writer
from budgets.domain.sets.xinjiang import wording
from budgets.domain.sets.xinjiang.notes.whole import budgeted_classes

GENERAL_PARTS = (("T5.total.basic", "基本支出"), ("T5.total.project", "项目支出"))
SPLIT = (("personnel", "人员经费"), ("operating", "公用经费"), ("project", "项目支出"))


def general_budget(writer: Writer) -> Iterator[Block]:
    """五: this year's general budget."""
    if writer.tables["T5"].empty:
        parts = [(at, f"一般公共预算{name}") for at, name in GENERAL_PARTS]
        yield from empty_account(writer, "N5", "T5", "一般公共预算拨款", parts)
        return
    scale, structure, items = subheadings("N5", wording.GENERAL_HEADINGS)
    yield scale
    total = writer.amount("T5.total.total")
    yield writer.say("N5.total", wording.GENERAL_TOTAL, total=total)
    for at, name in GENERAL_PARTS:
        yield amount_and_change(writer, "N5", name, at)
    yield structure
    yield from class_shares(writer, "N5", "T5")
    yield items
    yield from item_changes(writer, "N5", "T5")


def subheadings(note: str, titles: tuple[str, ...], name: str = "") -> list[Subheading]:
    """（一）, （二）, … with their titles."""
    return [
        Subheading(key=f"{note}.{place}", text=f"{wording.COUNTED[place - 1]}{title}")
        for place, title in enumerate((text.format(name=name) for text in titles), start=1)
    ]


def amount_and_change(writer: Writer, note: str, name: str, at: str) -> Paragraph:
    """A name, its amount, its change and the reason."""
    return writer.say(
        f"{note}.{at}",
        wording.AMOUNT_AND_CHANGE,
        name=name,
        amount=writer.amount(at),
        change=writer.change(at),
    )


def class_shares(writer: Writer, note: str, table: str) -> Iterator[Paragraph]:
    """Every class with money and its share of the table's total."""
    for number, (code, name) in enumerate(budgeted_classes(writer, table, "total"), start=1):
        at = f"{table}.{code}.total"
        yield writer.say(
            f"{note}.{at}",
            wording.CLASS_SHARE,
            number=str(number),
            name=name,
            amount=writer.amount(at),
            share=writer.share(at, f"{table}.total.total"),
        )


def is_item(row: str) -> bool:
    """True for the row key of a function item (项)."""
    return row.isdigit() and len(row) == 7


def item_changes(writer: Writer, note: str, table: str) -> Iterator[Paragraph]:
    """Every item with money this year or last, with its change and the reason, in code order."""
    present = [row.key for row in writer.tables[table].rows(3)]
    codes = sorted({*present, *writer.vanished(table, is_item, "total")})
    for number, code in enumerate(codes, start=1):
        at = f"{table}.{code}.total"
        yield writer.say(
            f"{note}.{at}",
            wording.ITEM,
            number=str(number),
            path=item_path(writer, code),
            amount=writer.amount(at),
            change=writer.change(at),
        )


def item_path(writer: Writer, code: str) -> str:
    """一般公共服务支出（类）群众团体事务（款）行政运行（项）."""
    names = (writer.chart.function_name(part) for part in function_lineage(code))
    pairs = zip(names, "类款项", strict=False)
    return "".join(wording.ITEM_PATH.format(name=name, level=level) for name, level in pairs)


def empty_account(
    writer: Writer, note: str, table: str, name: str, parts: Iterable[tuple[str, str]] = ()
) -> Iterator[Paragraph]:
    """The empty table's own sentence; money that went away since last year is accounted for.

    `name` is that of the whole; `parts` (cells with their names) speak where nobody has stated
    last year's total.
    """
    yield writer.say(f"{note}.empty", writer.tables[table].empty or "")
    total = f"{table}.total.total"
    for at, label in [(total, name)] if writer.was_or_is(total) else parts:
        if writer.was_or_is(at):
            yield gone(writer, note, label, at)
    yield from item_changes(writer, note, table)


def gone(writer: Writer, note: str, name: str, at: str) -> Paragraph:
    """What had money last year and has none now."""
    amount, change = writer.amount(at), writer.change(at)
    return writer.say(
        f"{note}.{at}", wording.DOWN_TO_NOTHING, name=name, amount=amount, change=change
    )


def basic_expenditure(writer: Writer) -> Iterator[Paragraph]:
    """六: what basic expenditure consists of, by economic section."""
    if writer.tables["T6"].empty:
        yield writer.say("N6.empty", writer.tables["T6"].empty)
        return
    yield writer.say("N6.total", wording.BASIC_TOTAL, total=writer.amount("T6.total.total"))
    for key, name in SPLIT[:2]:
        at = f"T6.total.{key}"
        names = [
            writer.chart.economic_name(row.key)
            for row in writer.tables["T6"].rows(2)
            if writer.yuan(f"T6.{row.key}.{key}")
        ]
        form = wording.BASIC_PART if names else wording.AMOUNT + "。"
        yield writer.say(
            f"N6.{at}", form, name=name, amount=writer.amount(at), names="、".join(names)
        )


def single_budget(note: str, table: str, name: str) -> Callable[[Writer], Iterator[Block]]:
    """八 and 九: the account of a budget that most departments do not have."""

    def account(writer: Writer) -> Iterator[Block]:
        if writer.tables[table].empty:
            yield from empty_account(writer, note, table, f"{name}拨款")
            return
        at = f"{table}.total.total"
        scale, structure, items = subheadings(note, wording.BUDGET_HEADINGS, name)
        yield scale
        total, change = writer.amount(at), writer.change(at)
        yield writer.say(
            f"{note}.{at}", wording.BUDGET_TOTAL, name=name, total=total, change=change
        )
        parts = [
            compose(wording.AMOUNT, name=label, amount=writer.amount(f"{table}.total.{key}"))
            for key, label in SPLIT
            if writer.yuan(f"{table}.total.{key}")
        ]
        yield writer.say(f"{note}.parts", wording.BUDGET_PARTS, parts=enlist(parts, "，"))
        yield structure
        yield from class_shares(writer, note, table)
        yield items
        yield from item_changes(writer, note, table)

    return account
