"""The twelve notes: the whole, each of the three budgets, projects, what is left, other matters."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal

from budgets.domain.chart import function_lineage
from budgets.domain.document import (
    AGENCY_OPERATING,
    Block,
    OwnWords,
    Paragraph,
    PlacedTable,
    Row,
    Span,
    Stated,
    Subheading,
    Sum,
    Unit,
    show_stated,
)
from budgets.domain.filing import ProjectPlan, WordsKind
from budgets.domain.money import CENT, show_wan
from budgets.domain.notes import Filling, Writer, compose, end_sentence, enlist
from budgets.domain.performance import list_project_tables
from budgets.domain.sets.xinjiang import wording
from budgets.domain.text import remove_blanks

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
THREE_PUBLIC_ITEMS = (
    ("abroad", "因公出国（境）费"),
    ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_running", "公务用车运行费"),
    ("reception", "公务接待费"),
)
AREAS = ("house_area",)


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


def is_project(row: str) -> bool:
    return ":" in row


def projects(writer: Writer) -> Iterator[Block]:
    """七: every project of the general budget with its particulars."""
    rows = writer.tables["T7"].rows(4)
    if writer.tables["T7"].empty:
        yield writer.say("N7.empty", writer.tables["T7"].empty)
    else:
        total = writer.amount("T7.total.total")
        count = str(len({row.key.partition(":")[2] for row in rows}))
        yield writer.say("N7.total", wording.PROJECTS_TOTAL, total=total, count=count)
        parts = [
            compose(
                wording.PROJECT_PART,
                name=column.label,
                amount=writer.amount(f"T7.total.{column.key}"),
                share=writer.share(f"T7.total.{column.key}", "T7.total.total"),
            )
            for column in writer.tables["T7"].columns
            if column.key.isdigit() and writer.yuan(f"T7.total.{column.key}")
        ]
        if parts:
            yield writer.say("N7.structure", wording.PROJECTS_STRUCTURE, parts=enlist(parts, "；"))
    plans = defaultdict(list)
    for plan in writer.filing.projects:
        plans[remove_blanks(plan.name)].append(plan)
    for number, row in enumerate(rows, start=1):
        yield from _project(writer, number, row, plans[remove_blanks(row.cells[4].text)])
    for key in writer.vanished("T7", is_project, "total"):
        yield _project_gone(writer, "N7", "T7", key)


def _project(writer: Writer, number: int, row: Row, plans: list[ProjectPlan]) -> Iterator[Block]:
    yield Subheading(key=f"N7.{number}", text=f"{number}.项目名称：{row.cells[4].text}")
    at = f"T7.{row.key}.total"
    for field, form in wording.PROJECT_FIELDS:
        if field == "amount":
            yield writer.say_change(f"N7.{at}", form, at)
            continue
        # What the units that carry out the project say, each different text once.
        texts = filter(None, (end_sentence(getattr(plan, field)) for plan in plans))
        if text := "；".join(dict.fromkeys(texts)):
            own = OwnWords(text=text, at=at)
            yield writer.say(f"N7.{number}.{field}", form, text=own)


def _project_gone(writer: Writer, note: str, table: str, key: str) -> Paragraph:
    name = wording.PROJECT_GONE.format(project=key.partition(":")[2])
    at = f"{table}.{key}.total"
    return writer.say_change(f"{note}.{at}", wording.DOWN_TO_NOTHING, at, name=name)


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


def three_public(writer: Writer) -> Iterator[Paragraph]:
    """十: the amounts, then each one's change and reason."""
    rows = [(name, f"T10.{key}.total") for key, name in THREE_PUBLIC_ITEMS]
    amounts = [compose(wording.AMOUNT, name=name, amount=writer.amount(at)) for name, at in rows]
    total = writer.amount("T10.total.total")
    yield writer.say("N10.total", wording.THREE_PUBLIC, total=total, parts=enlist(amounts, "，"))
    whole = "T10.total.total"
    changes = []
    for name, at in rows:
        # 比上年… is said again only where its basis is not the total's.
        change = writer.change(at)
        if writer.basis(at) == writer.basis(whole):
            change = (*writer.change_alone(at), *writer.reason(at))
        changes.append(compose(wording.THREE_PUBLIC_PART, name=name, change=change))
    yield writer.say(
        f"N10.{whole}",
        wording.THREE_PUBLIC_CHANGE,
        change=writer.change(whole, with_reason=bool(writer.phrase(whole, WordsKind.REASON))),
        parts=enlist(changes, "；"),
    )
    if why := end_sentence(writer.filing.three_public_why):
        own = OwnWords(text=why, at=whole)
        yield writer.say("N10.why", wording.THREE_PUBLIC_WHY, words=own)


def carryover(writer: Writer) -> Iterator[Block]:
    """十一: what is left of last year's money, item by item."""
    if writer.tables["T11"].empty:
        yield from empty_account(writer, "N11", "T11", "上年结转结余")
        for key in writer.vanished("T11", is_project, "total"):
            yield _project_gone(writer, "N11", "T11", key)
        return
    at = "T11.total.total"
    origins = [
        compose(wording.AMOUNT, name=name, amount=writer.amount(f"T11.total.{key}"))
        for key, name in (("fiscal", "财政拨款结转"), ("other", "非财政拨款结转结余"))
        if writer.yuan(f"T11.total.{key}")
    ]
    yield writer.say_change(f"N11.{at}", wording.CARRYOVER_TOTAL, at, parts=enlist(origins, "，"))
    present = [row.key for row in writer.tables["T11"].rows(3, 4)]
    lost = writer.vanished("T11", lambda row: is_item(row) or is_project(row), "total")
    for number, key in enumerate(sorted({*present, *lost}), start=1):
        at, (code, _, project) = f"T11.{key}.total", key.partition(":")
        path = item_path(writer, code)
        if project:
            path = wording.CARRIED_PROJECT.format(path=path, project=project)
        yield writer.say_change(f"N11.{at}", wording.ITEM, at, number=str(number), path=path)


def other_matters(writer: Writer) -> Iterator[Block]:
    """十二: operating expenses, procurement, assets, performance, and whatever else."""
    parts = (_agency, _procurement, _assets, _performance, _remarks)
    for place, (title, part) in enumerate(zip(wording.MATTERS, parts, strict=True), start=1):
        yield Subheading(key=f"N12.{place}", text=f"{wording.COUNTED[place - 1]}{title}")
        yield from part(writer)


def _agency(writer: Writer) -> Iterator[Block]:
    at = AGENCY_OPERATING
    yield writer.say_change(at, wording.AGENCY, at)
    why = end_sentence(writer.filing.particulars.agency_operating_why)
    if writer.filing.particulars.agency_operating is not None and why:
        own = OwnWords(text=why, at=at)
        yield writer.say(f"{at}.why", wording.AGENCY_WHY, words=own)


def _particulars(writer: Writer, prefix: str = "") -> dict[str, Stated]:
    """The figures of the particulars whose names begin so, by the rest of their names."""
    found = {}
    for name, value in asdict(writer.filing.particulars).items():
        if name.startswith(prefix) and isinstance(value, int | Decimal):
            key, is_count = name.removeprefix(prefix), isinstance(value, int)
            unit = Unit.AREA if key in AREAS else Unit.PIECES if is_count else Unit.YUAN
            exact = value.quantize(CENT) if isinstance(value, Decimal) else Decimal(value)
            text, label = show_stated(exact, unit), wording.STATED.get(key, key)
            found[key] = Stated(text=text, key=key, label=label, value=exact, unit=unit)
    return found


def _procurement(writer: Writer) -> Iterator[Block]:
    figures = _particulars(writer, "procurement_")
    yield writer.say("N12.procurement", wording.PROCUREMENT, **figures)
    yield writer.say("N12.reserved", wording.PROCUREMENT_RESERVED, **figures)


def _assets(writer: Writer) -> Iterator[Block]:
    figures = _particulars(writer)
    planned: Filling = wording.NO_VEHICLES_PLANNED
    if writer.filing.particulars.planned_vehicle_amount:
        planned = compose(wording.VEHICLES_PLANNED, amount=figures["planned_vehicle_amount"])
    for place, form in enumerate(wording.ASSETS, start=1):
        yield writer.say(f"N12.assets.{place}", form, vehicles=planned, **figures)


def _performance(writer: Writer) -> Iterator[Block]:
    yield writer.say(
        "N12.performance",
        wording.PERFORMANCE,
        total=writer.amount("T1.total.expenditure"),
        count=str(len(list_project_tables(writer.tables))),
        fiscal=_project_money(writer, "fiscal"),
        other=_project_money(writer, "other"),
    )
    yield from (PlacedTable(table=key) for key in writer.tables if key.startswith("P"))


def _project_money(writer: Writer, origin: str) -> Span:
    """One project's cell, or the sum over all of them, which is a part of Table 3's projects."""
    cells = [f"{plan.key}.funds.{origin}" for plan in list_project_tables(writer.tables)]
    if len(cells) == 1:
        return writer.amount(cells[0])
    total = sum((writer.yuan(at) for at in cells), Decimal("0.00"))
    return Sum(text=show_wan(total), parts=tuple(cells), yuan=total, cell="T3.total.project")


def _remarks(writer: Writer) -> Iterator[Block]:
    lines = [line.strip() for line in writer.filing.particulars.other_matters.splitlines()]
    told = [line for line in lines if line] or [wording.NO_OTHER_MATTERS]
    for place, line in enumerate(told, start=1):
        yield Paragraph(key=f"N12.remarks.{place}", spans=(OwnWords(text=line, at="N12.remarks"),))
