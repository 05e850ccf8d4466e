"""An entry with what is typed in it: a form for every record and a list of rows for every list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from budgets.domain.problems import Problem
from budgets.models import Budget, Edit
from budgets.spreadsheets import UNITS, WAN, Row
from budgets.spreadsheets.columns import Kind
from disclosures.workplace.clerk.buttons import SAVE, change_rows, convert_money, find_unit
from disclosures.workplace.clerk.entries import EntryPlan, fingerprint
from disclosures.workplace.clerk.fields import SheetForm, make_form
from disclosures.workplace.clerk.fieldsets import Fieldset, Texts
from disclosures.workplace.clerk.rows import RowList, read_texts
from disclosures.workplace.clerk.stored import Stored

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

    def read_rows(self) -> tuple[dict[str, list[Row]], list[Problem]]:
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
            column.kind is Kind.MONEY and column.key not in each.fixed
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
