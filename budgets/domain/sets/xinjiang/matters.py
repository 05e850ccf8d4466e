"""Notes 七 and 十 to 十二: projects, three public expenses, carryover, other matters."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

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
from budgets.domain.sets.xinjiang.notes import empty_account, is_item, item_path
from budgets.domain.text import remove_blanks

THREE_PUBLIC_ITEMS = (
    ("abroad", "因公出国（境）费"),
    ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_running", "公务用车运行费"),
    ("reception", "公务接待费"),
)
AREAS = ("house_area",)


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
