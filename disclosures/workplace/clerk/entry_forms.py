"""An entry with what is typed in it: a form for every record and a list of rows for every list.

It stands beside what the ledger holds. The buttons beside 保存 change it and save nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from budgets import ledger
from budgets.domain.chart import Chart
from budgets.domain.facts import Fund
from budgets.domain.filing import Filing, Organisation
from budgets.domain.problems import Problem
from budgets.domain.tables.form import THREE_PUBLIC_ECONOMICS
from budgets.models import Budget, Department, Edit, read_chart
from budgets.spreadsheets import UNITS, WAN, WHOLE, YUAN, SheetRow
from budgets.spreadsheets.filing_rows import list_filing_rows
from budgets.spreadsheets.sheets import ColumnKind
from budgets.spreadsheets.values import FACTORS, MisreadError, parse_value, spell_value
from disclosures.workplace.clerk.entries import (
    BY_KEY,
    EntryPlan,
    Fieldset,
    Texts,
    fingerprint,
    plan_sheet,
)
from disclosures.workplace.clerk.fields import Pairs, RowList, SheetForm, make_form, read_texts
from disclosures.workplace.clerk.labels import LEVELS

SAVE = "save"
MORE_ROWS = 10
UNIT_BUTTON = re.compile(rf"unit-({'|'.join(UNITS)})")
ROW_BUTTON = re.compile(r"(add|remove|up|down)-([a-z_]+)(?:-(\d{1,6}))?", re.ASCII)


@dataclass(frozen=True)
class Stored:
    """A budget's filing laid out as rows, its units and its chart."""

    budget: Budget
    filing: Filing
    units: tuple[Organisation, ...]

    @classmethod
    def of(cls, budget: Budget) -> "Stored":
        """Read now; inside a transaction that holds the budget, nothing changes it meanwhile."""
        units = tuple(unit.organisation for unit in Department.objects.units_of(budget.department))
        return cls(budget, ledger.read_filing(budget), units)

    @cached_property
    def chart(self) -> Chart:
        return read_chart(self.budget.year)

    @cached_property
    def laid(self) -> dict[str, list[dict[str, Any]]]:
        """Rows by sheet; the units are those that are registered."""
        laid = list_filing_rows(self.filing, self.chart, YUAN)
        laid["units"] = [{"code": unit.code, "name": unit.name} for unit in self.units]
        # Income stands in the order of the funds, whatever the order in which it was filed.
        funds = list(Fund)
        laid["income"].sort(
            key=lambda row: (row["unit"], funds.index(row["fund"]), bool(row["internal"]))
        )
        return laid

    @cached_property
    def lists(self) -> dict[str, list[tuple[str, str]]]:
        """What fields may choose from, as (value, label), by the name of the list."""
        names = list(dict.fromkeys(plan.name for plan in self.filing.projects))
        return {
            "functions": sorted(self.chart.functions.items()),
            "economics": sorted(self.chart.economics.items()),
            "three_public": [(c, self.chart.economic_name(c)) for c in THREE_PUBLIC_ECONOMICS],
            "projects": [(name, name) for name in names],
            "targets": [(name, name) for name in (WHOLE, *names)],
            "units": [(unit.code, unit.name) for unit in self.units],
        } | {name: [(word, word) for word in words.split()] for name, words in LEVELS.items()}

    def plan_sheet(self, key: str) -> EntryPlan:
        empty = Filing(department=self.filing.department, year=self.filing.year)
        unstated = list_filing_rows(empty, Chart(empty.year), YUAN)
        is_unit = self.budget.department.parent_id is not None
        return plan_sheet(BY_KEY[key], self.laid, unstated, is_unit)


Planner = Callable[[Stored], EntryPlan]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field, or one whole row, that reads differently in the ledger and in the form.

    A side is empty where it has nothing there.
    """

    place: str
    stored: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOutcome:
    """What became of an attempt to save.

    `is_late` where somebody else has saved meanwhile; `differences` say what, `last_edit` who, and
    `seen` is the fingerprint with which saving again wins knowingly.
    """

    is_saved: bool = False
    has_changed: bool = False
    is_late: bool = False
    problems: list[Problem] = field(default_factory=list)
    differences: list[FieldDifference] = field(default_factory=list)
    last_edit: Edit | None = None
    seen: str = ""


class EntryForm:
    """The form of a page, as the ledger fills it or, with `data`, as it was posted.

    `plan` gives the entry for what is stored. `seen` is the fingerprint of what the form was
    filled from, and `parts` are its records and lists by the keys of their sheets.
    """

    def __init__(
        self, budget: Budget, plan: Planner, data: Mapping[str, str] | None = None, money_unit=WAN
    ):
        self.plan, self.data, self.outcome = plan, data, SaveOutcome()
        asked = money_unit if data is None else data.get("money_unit", "")
        self.money_unit = asked if asked in UNITS else WAN
        self.bind(Stored.of(budget))
        held = self.entry.spell(self.stored.laid)
        self.seen = fingerprint(held) if data is None else data.get("seen", "")

    def bind(self, stored: Stored) -> None:
        """Hold the form against what is stored now."""
        self.stored, self.entry = stored, self.plan(stored)
        self.fill(None if self.data is not None else self.entry.spell(stored.laid, self.money_unit))

    def fill(self, texts: Mapping[str, Texts] | None) -> None:
        """Put texts into the fields, to be looked through before they are saved; or what came."""
        self.parts = {
            each.key: self.make_part(each, None if texts is None else texts[each.key])
            for each in self.entry.fieldsets
        }

    def make_part(self, fieldset: Fieldset, texts: Texts | None) -> SheetForm | RowList:
        """A record or a list with these texts; with those that were posted where there are none."""
        make = partial(make_form, fieldset, self.money_unit, self.stored.lists)
        if not fieldset.is_record:
            rows = read_texts(fieldset, self.data or {}) if texts is None else texts
            return RowList(fieldset, fieldset.begin(rows), make)
        if texts is None:
            return make()(self.data)
        (record,) = fieldset.begin(texts)
        return make()(initial=record)

    @property
    def texts(self) -> dict[str, Texts]:
        return {key: part.texts for key, part in self.parts.items()}

    @property
    def action(self) -> str:
        """The button that was pressed; empty while nothing was posted."""
        return "" if self.data is None else self.data.get("action", SAVE)

    def press(self) -> None:
        """Change the form as the button says; nothing is saved."""
        texts, unit = self.texts, find_unit_button(self.action) or self.money_unit
        changed = {}
        for each in self.entry.fieldsets:
            rows = change_rows(self.action, each, texts[each.key])
            if unit != self.money_unit:
                rows = [convert_money(each, row, self.money_unit, unit) for row in rows]
            changed[each.key] = rows
        self.money_unit = unit
        self.fill(changed)

    def read_rows(self) -> tuple[dict[str, list[SheetRow]], list[Problem]]:
        """The rows of every fieldset as they were typed, and what does not fit its column."""
        found = {key: part.read_rows() for key, part in self.parts.items()}
        problems = [problem for _, misread in found.values() for problem in misread]
        return {key: rows for key, (rows, _) in found.items()}, problems

    def conclude(self, outcome: SaveOutcome) -> None:
        self.outcome = outcome
        self.seen = outcome.seen or self.seen
        for part in self.parts.values():
            part.show_problems(outcome.problems)

    @property
    def complaints(self) -> list[tuple[Problem, list[tuple[str, str]]]]:
        """The summary at the head of the page: every problem with (id, words) of its fields."""

        def name(ref: str) -> str:
            return next(filter(None, (f.tell_place(ref) for f in self.entry.fieldsets)), ref)

        return [
            (problem, [(ref, name(ref)) for ref in problem.cells])
            for problem in self.outcome.problems
        ]

    @property
    def has_money(self) -> bool:
        return any(
            column.kind is ColumnKind.MONEY and column.key not in each.fixed
            for each in self.entry.fieldsets
            for column in each.columns
        )

    @property
    def lists(self) -> dict[str, Pairs]:
        """The lists that fields are offered from, as (value, label)."""
        fields = [field for part in self.parts.values() for field in part.base_fields.values()]
        return {
            each.list_name: each.options or self.stored.lists[each.list_name]
            for each in fields
            if each.look == "offer"
        }


def find_unit_button(action: str) -> str | None:
    """The unit of money that a button asks for; None for any other button."""
    found = UNIT_BUTTON.fullmatch(action)
    return found and found[1]


def change_rows(action: str, fieldset: Fieldset, texts: Texts) -> Texts:
    """The rows after a button was pressed; a button of another fieldset does nothing."""
    found = ROW_BUTTON.fullmatch(action)
    if not found or found[2] != fieldset.key:
        return texts
    number = int(found[3] or 0)
    match found[1]:
        case "add":
            return fieldset.spread(texts, MORE_ROWS)
        case "remove":
            return [row for place, row in enumerate(texts, start=1) if place != number]
        case "up":
            return swap_rows(texts, number - 1, number)
        case _:
            return swap_rows(texts, number, number + 1)


def swap_rows(rows: list, upper: int, lower: int) -> list:
    """Two neighbours, by their numbers from 1, in the other order, where there are two."""
    if upper < 1 or lower > len(rows):
        return rows
    return [*rows[: upper - 1], rows[lower - 1], rows[upper - 1], *rows[lower:]]


def convert_money(
    fieldset: Fieldset, row: Mapping[str, str], money_unit: str, wanted: str
) -> dict[str, str]:
    """A row with its money in the wanted unit; what is no amount stays as it was typed."""
    changed = dict(row)
    for column in fieldset.columns:
        if column.kind is ColumnKind.MONEY:
            try:
                yuan = parse_value(column, row[column.key], factor=FACTORS[money_unit])
            except MisreadError:
                continue
            changed[column.key] = spell_value(column, yuan, wanted)
    return changed
