"""Notes 一 to 六, 八 and 九: the whole budget, and each of the three budgets by itself."""

from collections.abc import Callable, Iterable, Iterator

from budgets.domain.chart import function_lineage
from budgets.domain.document import Block, Paragraph, Subheading
from budgets.domain.notes import Filling, Writer, compose, enlist
from budgets.domain.sets.xinjiang import wording

FUND_COLUMNS = (
    ("general_own", "一般公共预算", True),
    ("general_transfer", "上级一般公共预算安排的转移支付资金", True),
    ("government_fund_own", "政府性基金预算", True),
    ("government_fund_transfer", "上级政府性基金安排的转移支付资金", True),
    ("state_capital_own", "国有资本经营预算", True),
    ("state_capital_transfer", "上级国有资本经营预算安排的转移支付资金", True),
    ("special_account", "财政专户管理资金", False),
    ("unit_funds", "单位资金", True),
    ("fiscal_carryover", "财政拨款结转", False),
    ("other_carryover", "非财政拨款结转结余", False),
)
FISCAL_BUDGETS = (
    ("general", "一般公共预算", "一般公共预算拨款"),
    ("government_fund", "政府性基金预算", "政府性基金预算拨款"),
    ("state_capital", "国有资本经营预算", "国有资本经营预算"),
)
GENERAL_PARTS = (("T5.total.basic", "基本支出"), ("T5.total.project", "项目支出"))
SPLIT = (("personnel", "人员经费"), ("operating", "公用经费"), ("project", "项目支出"))


def whole_budget(writer: Writer) -> Iterator[Paragraph]:
    """一: the total, and the names of what it consists of."""
    yield writer.say("N1.total", wording.WHOLE, total=writer.amount("T1.total.income"))
    funds = [name for key, name, _ in FUND_COLUMNS if writer.yuan(f"T2.total.{key}")]
    yield _listed(writer, "N1.income", funds, wording.INCOME_LIST, wording.NO_INCOME)
    classes = [name for _, name in budgeted_classes(writer, "T3", "total")]
    yield _listed(
        writer, "N1.expenditure", classes, wording.EXPENDITURE_LIST, wording.NO_EXPENDITURE
    )


def _listed(writer: Writer, key: str, names: list[str], form: str, otherwise: str) -> Paragraph:
    return writer.say(key, form, names="、".join(names)) if names else writer.say(key, otherwise)


def budgeted_classes(writer: Writer, table: str, column: str) -> list[tuple[str, str]]:
    """(code, name) of the function classes with money in a column of a table, in code order."""
    return [
        (code, name)
        for code, name in writer.chart.function_classes()
        if writer.yuan(f"{table}.{code}.{column}")
    ]


def income(writer: Writer) -> Iterator[Paragraph]:
    """二: every source with its share and its change; an empty one says so."""
    yield writer.say("N2.total", wording.INCOME_TOTAL, total=writer.amount("T2.total.total"))
    for key, name, always in FUND_COLUMNS:
        at = f"T2.total.{key}"
        if writer.was_or_is(at):
            yield part_of_total(writer, "N2", name, at, "T2.total.total")
        elif always:
            yield writer.say(f"N2.{at}", wording.NOT_BUDGETED, name=name)


def part_of_total(writer: Writer, note: str, name: str, at: str, whole: str) -> Paragraph:
    share = writer.share(at, whole)
    return writer.say_change(f"{note}.{at}", wording.SHARE_AND_CHANGE, at, name=name, share=share)


def expenditure(writer: Writer) -> Iterator[Paragraph]:
    """三: basic and project expenditure."""
    yield writer.say("N3.total", wording.EXPENDITURE_TOTAL, total=writer.amount("T3.total.total"))
    yield part_of_total(writer, "N3", "基本支出", "T3.total.basic", "T3.total.total")
    yield part_of_total(writer, "N3", "项目支出", "T3.total.project", "T3.total.total")


def appropriations(writer: Writer) -> Iterator[Paragraph]:
    """四: which of the three fiscal budgets there are, and what each is used for."""
    total = writer.amount("T4.total.income")
    yield writer.say("N4.total", wording.FISCAL_TOTAL, total=total)
    present = [row for row in FISCAL_BUDGETS if writer.yuan(f"T4.{row[0]}.income")]
    if not present:
        yield writer.say("N4.sources", wording.FISCAL_NONE)
        return
    yield _sources(writer, present)
    parts: list[Filling] = [
        compose(wording.AMOUNT, name=f"{name}拨款", amount=writer.amount(f"T4.{key}.income"))
        for key, name, _ in present
    ]
    yield writer.say("N4.income", wording.FISCAL_INCOME_LIST, parts=enlist(parts, "；"))
    for key, name, _ in FISCAL_BUDGETS:
        uses = []
        for code, label in budgeted_classes(writer, "T4", key):
            amount, words = writer.amount(f"T4.{code}.{key}"), writer.use(f"T4.{code}.{key}")
            uses.append(compose(wording.USE, name=label, amount=amount, words=words))
        if uses:
            yield writer.say(
                f"N4.{key}", wording.FISCAL_EXPENDITURE_LIST, name=name, parts=enlist(uses, "；")
            )


def _sources(writer: Writer, present: list[tuple[str, str, str]]) -> Paragraph:
    lacking = "和".join(row[2] for row in FISCAL_BUDGETS if row not in present)
    names = [f"{name}拨款" for _, name, _ in present]
    if len(names) == 1:
        return writer.say("N4.sources", wording.FISCAL_ALL_ONE, only=names[0], others=lacking)
    form = wording.FISCAL_SOME_LACK if lacking else wording.FISCAL_SOME
    joined = "和".join(("、".join(names[:-1]), names[-1]))
    return writer.say("N4.sources", form, names=joined, others=lacking)


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
        yield writer.say_change(f"N5.{at}", wording.AMOUNT_AND_CHANGE, at, name=name)
    yield structure
    yield from class_shares(writer, "N5", "T5")
    yield items
    yield from item_changes(writer, "N5", "T5")


def subheadings(note: str, titles: tuple[str, ...], name: str = "") -> list[Subheading]:
    return [
        Subheading(key=f"{note}.{place}", text=f"{wording.COUNTED[place - 1]}{title}")
        for place, title in enumerate((text.format(name=name) for text in titles), start=1)
    ]


def class_shares(writer: Writer, note: str, table: str) -> Iterator[Paragraph]:
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
    return row.isdigit() and len(row) == 7


def item_changes(writer: Writer, note: str, table: str) -> Iterator[Paragraph]:
    """Every item with money this year or last, with its change and the reason, in code order."""
    present = [row.key for row in writer.tables[table].rows(3)]
    codes = sorted({*present, *writer.vanished(table, is_item, "total")})
    for number, code in enumerate(codes, start=1):
        at = f"{table}.{code}.total"
        path = item_path(writer, code)
        yield writer.say_change(f"{note}.{at}", wording.ITEM, at, number=str(number), path=path)


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
            yield writer.say_change(f"{note}.{at}", wording.DOWN_TO_NOTHING, at, name=label)
    yield from item_changes(writer, note, table)


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
        yield writer.say_change(f"{note}.{at}", wording.BUDGET_TOTAL, at, name=name)
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
