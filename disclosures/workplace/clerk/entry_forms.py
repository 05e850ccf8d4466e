"""An entry with what is typed in it: a form for every record and a list of rows for every list."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from budgets import ledger
from budgets.domain.chart import Chart
from budgets.domain.facts import Fund
from budgets.domain.filing import Filing, Organisation
from budgets.domain.problems import Problem
from budgets.importing.validation.case import Known
from budgets.models import Budget, Department, Edit, read_chart
from budgets.spreadsheets import THREE_PUBLIC_CODES, UNITS, WAN, WHOLE, YUAN, SheetRow
from budgets.spreadsheets.filing_rows import list_filing_rows
from budgets.spreadsheets.sheets import ColumnKind
from budgets.spreadsheets.values import FACTORS, MisreadError, parse, spell_value
from disclosures.workplace.clerk.entries import (
    BY_KEY,
    EntryPlan,
    Fieldset,
    Texts,
    fingerprint,
    plan_sheet,
)
from disclosures.workplace.clerk.fields import RowList, SheetForm, make_form, read_texts
from disclosures.workplace.clerk.labels import LEVELS


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
        """The year's codes."""
        return read_chart(self.budget.year)

    @cached_property
    def laid(self) -> dict[str, list[dict[str, object]]]:
        """Rows by sheet; the units are those that are registered."""
        laid = list_filing_rows(self.filing, self.chart, YUAN)
        laid["units"] = [{"code": unit.code, "name": unit.name} for unit in self.units]
        laid["income"].sort(key=income_order)
        return laid

    @property
    def known(self) -> Known:
        """What the checks may take for granted."""
        return Known(department=self.filing.department, units=self.units)

    @cached_property
    def lists(self) -> dict[str, list[tuple[str, str]]]:
        """What fields may choose from, as (value, label), by the name of the list."""
        names = list(dict.fromkeys(plan.name for plan in self.filing.projects))
        return {
            "functions": sorted(self.chart.functions.items()),
            "economics": sorted(self.chart.economics.items()),
            "three_public": [(c, self.chart.economic_name(c)) for c in THREE_PUBLIC_CODES],
            "projects": [(name, name) for name in names],
            "targets": [(name, name) for name in (WHOLE, *names)],
            "units": [(unit.code, unit.name) for unit in self.units],
        } | {name: [(word, word) for word in words] for name, words in LEVELS.items()}

    def plan_sheet(self, key: str) -> EntryPlan:
        """The entry of a whole sheet."""
        empty = Filing(department=self.filing.department, year=self.filing.year)
        unstated = list_filing_rows(empty, Chart(empty.year), YUAN)
        is_unit = self.budget.department.parent_id is not None
        return plan_sheet(BY_KEY[key], self.laid, unstated, is_unit)


def income_order(row: Mapping[str, object]) -> tuple:
    """Income stands in the order of the funds, whatever the order in which it was filed."""
    return row["unit"], list(Fund).index(row["fund"]), bool(row["internal"])


SAVE = "save"
MORE_ROWS = 10
UNIT_BUTTON = re.compile(rf"unit-({'|'.join(UNITS)})")
ROW_BUTTON = re.compile(r"(add|remove|up|down)-([a-z_]+)(?:-(\d{1,6}))?", re.ASCII)


def find_unit(action: str) -> str | None:
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
                yuan = parse(column, row[column.key], factor=FACTORS[money_unit])
            except MisreadError:
                continue
            changed[column.key] = spell_value(column, yuan, wanted)
    return changed


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
        if data is None:
            self.seen = fingerprint(self.entry.spell(self.stored.laid))
        else:
            self.seen = data.get("seen", "")

    def bind(self, stored: Stored) -> None:
        """Hold the form against what is stored now."""
        self.stored, self.entry = stored, self.plan(stored)
        self.parts: dict[str, SheetForm | RowList] = {}
        if self.data is None:
            self.fill(self.entry.spell(stored.laid, self.money_unit))
            return
        for fieldset in self.entry.fieldsets:
            if fieldset.is_record:
                self.parts[fieldset.key] = self.make_form(fieldset)(self.data)
            else:
                self.parts[fieldset.key] = self.list_rows(fieldset, read_texts(fieldset, self.data))

    def fill(self, texts: Mapping[str, Texts]) -> None:
        """Put texts into the fields, to be looked through before they are saved."""
        for fieldset in self.entry.fieldsets:
            own = texts[fieldset.key]
            if fieldset.is_record:
                (record,) = fieldset.begin(own)
                self.parts[fieldset.key] = self.make_form(fieldset)(initial=record)
            else:
                self.parts[fieldset.key] = self.list_rows(fieldset, own)

    def make_form(self, fieldset: Fieldset, *, is_long: bool = False) -> type[SheetForm]:
        """The form of a fieldset in the unit of money that is typed in."""
        return make_form(fieldset, self.money_unit, self.stored.lists, is_long=is_long)

    def list_rows(self, fieldset: Fieldset, texts: Texts) -> RowList:
        """The rows of a fieldset."""
        return RowList(fieldset, fieldset.begin(texts), partial(self.make_form, fieldset))

    @property
    def texts(self) -> dict[str, Texts]:
        """What stands in the fields, by fieldset."""
        return {key: part.texts for key, part in self.parts.items()}

    @property
    def action(self) -> str:
        """The button that was pressed; empty while nothing was posted."""
        return "" if self.data is None else self.data.get("action", SAVE)

    def press(self) -> None:
        """Change the form as the button says; nothing is saved."""
        texts, unit = self.texts, find_unit(self.action) or self.money_unit
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
        """Show what became of an attempt to save."""
        self.outcome = outcome
        self.seen = outcome.seen or self.seen
        for part in self.parts.values():
            part.show_problems(outcome.problems)

    def tell_places(self, problem: Problem) -> list[tuple[str, str]]:
        """(id, words) of the fields that a problem is about."""
        return [
            (ref, next(filter(None, (f.tell_place(ref) for f in self.entry.fieldsets)), ref))
            for ref in problem.cells
        ]

    @property
    def complaints(self) -> list[tuple[Problem, list[tuple[str, str]]]]:
        """The summary at the head of the page: every problem with links to its fields."""
        return [(problem, self.tell_places(problem)) for problem in self.outcome.problems]

    @property
    def has_money(self) -> bool:
        """True where an amount is typed somewhere."""
        return any(
            column.kind is ColumnKind.MONEY and column.key not in each.fixed
            for each in self.entry.fieldsets
            for column in each.columns
        )

    @property
    def lists(self) -> dict[str, list[tuple[str, str]]]:
        """The lists that fields are offered from, as (value, label)."""
        fields = [field for part in self.parts.values() for field in part.base_fields.values()]
        return {
            each.list_name: each.options or self.stored.lists[each.list_name]
            for each in fields
            if each.look == "offer"
        }
