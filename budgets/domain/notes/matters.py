"""Notes 十 and 十二: the three public expenses, and the other matters of importance."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from budgets.domain.filing import WordsKind
from budgets.domain.money import show_wan
from budgets.domain.notes import wording
from budgets.domain.notes.desk import AGENCY_OPERATING, Desk
from budgets.domain.notes.phrase import end_sentence
from budgets.domain.notes.spans import (
    Block,
    Paragraph,
    Placed,
    Span,
    Spans,
    Subheading,
    compose,
    enlist,
)
from budgets.domain.tables.grid import Grid

THREE_PUBLIC_ITEMS = (
    ("abroad", "因公出国（境）费"),
    ("vehicle_purchase", "公务用车购置费"),
    ("vehicle_running", "公务用车运行费"),
    ("reception", "公务接待费"),
)
AREAS = ("house_area",)


def three_public(desk: Desk) -> Iterator[Paragraph]:
    """十: the amounts, then each one's change and reason."""
    rows = [(name, f"T10.{key}.total") for key, name in THREE_PUBLIC_ITEMS]
    amounts = [compose(wording.AMOUNT, name=name, amount=desk.amount(at)) for name, at in rows]
    total = desk.amount("T10.total.total")
    yield desk.say("N10.total", wording.THREE_PUBLIC, total=total, parts=enlist(amounts, "，"))
    whole = "T10.total.total"
    changes = [
        compose(wording.THREE_PUBLIC_PART, name=name, change=_item_change(desk, at, whole))
        for name, at in rows
    ]
    yield desk.say(
        f"N10.{whole}",
        wording.THREE_PUBLIC_CHANGE,
        change=desk.change(whole, with_reason=bool(desk.phrase(whole, WordsKind.REASON))),
        parts=enlist(changes, "；"),
    )
    if why := end_sentence(desk.filing.three_public_why):
        own = Span(text=why, words=whole)
        yield desk.say("N10.why", wording.THREE_PUBLIC_WHY, words=own)


def _item_change(desk: Desk, at: str, whole: str) -> Spans:
    """An item's change; 比上年… is said again only where its basis is not the total's."""
    if desk.basis(at) != desk.basis(whole):
        return desk.change(at)
    return (*desk.change_alone(at), *desk.reason(at))


def other_matters(desk: Desk) -> Iterator[Block]:
    """十二: operating expenses, procurement, assets, performance, and whatever else."""
    parts = (_agency, _procurement, _assets, _performance, _remarks)
    for place, (title, part) in enumerate(zip(wording.MATTERS, parts, strict=True), start=1):
        yield Subheading(key=f"N12.{place}", text=f"{wording.COUNTED[place - 1]}{title}")
        yield from part(desk)


def _agency(desk: Desk) -> Iterator[Block]:
    at = AGENCY_OPERATING
    yield desk.say(at, wording.AGENCY, amount=desk.amount(at), change=desk.change(at))
    why = end_sentence(desk.filing.particulars.agency_operating_why)
    if desk.filing.particulars.agency_operating is not None and why:
        own = Span(text=why, words=at)
        yield desk.say(f"{at}.why", wording.AGENCY_WHY, words=own)


def _stated(value: Decimal | int, name: str = "") -> Span:
    """A figure of the department outside the tables: money in 万元, areas and counts as given."""
    if isinstance(value, int):
        return Span(text=str(value), stated=True)
    return Span(text=f"{value:,.2f}" if name in AREAS else show_wan(value), stated=True)


def _particulars(desk: Desk) -> dict[str, Span]:
    values = asdict(desk.filing.particulars)
    return {n: _stated(v, n) for n, v in values.items() if isinstance(v, int | Decimal)}


def _procurement(desk: Desk) -> Iterator[Block]:
    figures = {
        name.removeprefix("procurement_"): span
        for name, span in _particulars(desk).items()
        if name.startswith("procurement_")
    }
    yield desk.say("N12.procurement", wording.PROCUREMENT, **figures)
    yield desk.say("N12.reserved", wording.PROCUREMENT_RESERVED, **figures)


def _assets(desk: Desk) -> Iterator[Block]:
    figures = _particulars(desk)
    planned = wording.NO_VEHICLES_PLANNED
    if desk.filing.particulars.planned_vehicle_amount:
        planned = compose(wording.VEHICLES_PLANNED, amount=figures["planned_vehicle_amount"])
    for place, form in enumerate(wording.ASSETS, start=1):
        yield desk.say(f"N12.assets.{place}", form, vehicles=planned, **figures)


def _performance(desk: Desk) -> Iterator[Block]:
    yield desk.say(
        "N12.performance",
        wording.PERFORMANCE,
        total=desk.amount("T1.total.expenditure"),
        count=str(len(_plans(desk))),
        fiscal=_project_money(desk, "fiscal"),
        other=_project_money(desk, "other"),
    )
    yield from (Placed(grid=key) for key in desk.tables if key.startswith("P"))


def _project_money(desk: Desk, origin: str) -> Span:
    """One project's cell, or the sum over all of them, which is a part of Table 3's projects."""
    cells = [f"{plan.key}.funds.{origin}" for plan in _plans(desk)]
    if len(cells) == 1:
        return desk.amount(cells[0])
    total = sum((desk.yuan(at) for at in cells), Decimal("0.00"))
    return Span(text=show_wan(total), at=desk.resolve("T3.total.project"), derived=True)


def _plans(desk: Desk) -> list[Grid]:
    return [grid for key, grid in desk.tables.items() if key.startswith("P") and key != "P0"]


def _remarks(desk: Desk) -> Iterator[Block]:
    lines = [line.strip() for line in desk.filing.particulars.other_matters.splitlines()]
    told = [line for line in lines if line] or [wording.NO_OTHER_MATTERS]
    for place, line in enumerate(told, start=1):
        yield Paragraph(key=f"N12.remarks.{place}", spans=(Span(text=line, words="N12.remarks"),))
