"""Notes 十 and 十二: the three public expenses, and the other matters of importance."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from budgets.domain.document import (
    AGENCY_OPERATING,
    Block,
    OwnWords,
    Paragraph,
    PlacedTable,
    Span,
    Stated,
    Subheading,
    Sum,
    Table,
    Unit,
    show_stated,
)
from budgets.domain.filing import WordsKind
from budgets.domain.money import show_wan
from budgets.domain.notes.history import CENT
from budgets.domain.notes.phrase import end_sentence
from budgets.domain.notes.sentences import Filling, Spans, compose, enlist
from budgets.domain.notes.writer import Writer
from budgets.domain.sets.xinjiang import wording

THREE_PUBLIC_ITEMS = (
    ("abroad", "因公出国（境）费"),
    ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_running", "公务用车运行费"),
    ("reception", "公务接待费"),
)
AREAS = ("house_area",)


def three_public(writer: Writer) -> Iterator[Paragraph]:
    """十: the amounts, then each one's change and reason."""
    rows = [(name, f"T10.{key}.total") for key, name in THREE_PUBLIC_ITEMS]
    amounts = [compose(wording.AMOUNT, name=name, amount=writer.amount(at)) for name, at in rows]
    total = writer.amount("T10.total.total")
    yield writer.say("N10.total", wording.THREE_PUBLIC, total=total, parts=enlist(amounts, "，"))
    whole = "T10.total.total"
    changes = [
        compose(wording.THREE_PUBLIC_PART, name=name, change=_item_change(writer, at, whole))
        for name, at in rows
    ]
    yield writer.say(
        f"N10.{whole}",
        wording.THREE_PUBLIC_CHANGE,
        change=writer.change(whole, with_reason=bool(writer.phrase(whole, WordsKind.REASON))),
        parts=enlist(changes, "；"),
    )
    if why := end_sentence(writer.filing.three_public_why):
        own = OwnWords(text=why, at=whole)
        yield writer.say("N10.why", wording.THREE_PUBLIC_WHY, words=own)


def _item_change(writer: Writer, at: str, whole: str) -> Spans:
    """An item's change; 比上年… is said again only where its basis is not the total's."""
    if writer.basis(at) != writer.basis(whole):
        return writer.change(at)
    return (*writer.change_alone(at), *writer.reason(at))


def other_matters(writer: Writer) -> Iterator[Block]:
    """十二: operating expenses, procurement, assets, performance, and whatever else."""
    parts = (_agency, _procurement, _assets, _performance, _remarks)
    for place, (title, part) in enumerate(zip(wording.MATTERS, parts, strict=True), start=1):
        yield Subheading(key=f"N12.{place}", text=f"{wording.COUNTED[place - 1]}{title}")
        yield from part(writer)


def _agency(writer: Writer) -> Iterator[Block]:
    at = AGENCY_OPERATING
    yield writer.say(at, wording.AGENCY, amount=writer.amount(at), change=writer.change(at))
    why = end_sentence(writer.filing.particulars.agency_operating_why)
    if writer.filing.particulars.agency_operating is not None and why:
        own = OwnWords(text=why, at=at)
        yield writer.say(f"{at}.why", wording.AGENCY_WHY, words=own)


def _stated(key: str, value: Decimal | int) -> Stated:
    """A figure of the department outside the tables."""
    unit = Unit.AREA if key in AREAS else Unit.PIECES if isinstance(value, int) else Unit.YUAN
    exact = Decimal(value) if isinstance(value, int) else value.quantize(CENT)
    label = wording.STATED.get(key, key)
    return Stated(text=show_stated(exact, unit), key=key, label=label, value=exact, unit=unit)


def _particulars(writer: Writer, prefix: str = "") -> dict[str, Stated]:
    """The figures of the particulars whose names begin so, by the rest of their names."""
    values = asdict(writer.filing.particulars)
    keys = {name.removeprefix(prefix): name for name in values if name.startswith(prefix)}
    return {
        key: _stated(key, values[name])
        for key, name in keys.items()
        if isinstance(values[name], int | Decimal)
    }


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
        count=str(len(_plans(writer))),
        fiscal=_project_money(writer, "fiscal"),
        other=_project_money(writer, "other"),
    )
    yield from (PlacedTable(table=key) for key in writer.tables if key.startswith("P"))


def _project_money(writer: Writer, origin: str) -> Span:
    """One project's cell, or the sum over all of them, which is a part of Table 3's projects."""
    cells = [f"{plan.key}.funds.{origin}" for plan in _plans(writer)]
    if len(cells) == 1:
        return writer.amount(cells[0])
    total = sum((writer.yuan(at) for at in cells), Decimal("0.00"))
    return Sum(text=show_wan(total), parts=tuple(cells), yuan=total, cell="T3.total.project")


def _plans(writer: Writer) -> list[Table]:
    return [grid for key, grid in writer.tables.items() if key.startswith("P") and key != "P0"]


def _remarks(writer: Writer) -> Iterator[Block]:
    lines = [line.strip() for line in writer.filing.particulars.other_matters.splitlines()]
    told = [line for line in lines if line] or [wording.NO_OTHER_MATTERS]
    for place, line in enumerate(told, start=1):
        yield Paragraph(key=f"N12.remarks.{place}", spans=(OwnWords(text=line, at="N12.remarks"),))
