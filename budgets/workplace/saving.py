"""The story of a screen being saved: read, held against the ledger, judged; then written or not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction

from budgets import journal, ledger, trace
from budgets.chart import Chart
from budgets.facts import Filing, Fund, Organisation
from budgets.models import Budget, Department, Edit, read_chart, report_codes
from budgets.problems import Problem, merge
from budgets.validation import Known, Verdict, judge
from budgets.workbook import YUAN, Row
from budgets.workbook.filling import lay_out
from budgets.workplace.screen import BY_KEY, Screen, combine, make_screen, sign_origins
from budgets.workplace.section import Texts
from budgets.workplace.typed import parse_texts, say_again
from budgets.workplace.versions import Difference, compare, fingerprint

Shown = Mapping[str, Texts]


@dataclass(frozen=True)
class Stored:
    """What the ledger holds of a budget, laid out as rows, and what is known around it."""

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
        laid = lay_out(self.filing, self.chart, YUAN)
        laid["units"] = [{"code": unit.code, "name": unit.name} for unit in self.units]
        laid["income"].sort(key=income_order)
        return laid

    @property
    def known(self) -> Known:
        """What the checks may take for granted."""
        return Known(department=self.filing.department, units=self.units)

    def screen(self, key: str) -> Screen:
        """The screen of a whole sheet."""
        empty = Filing(department=self.filing.department, year=self.filing.year)
        unstated = lay_out(empty, Chart(empty.year), YUAN)
        is_unit = self.budget.department.parent_id is not None
        return make_screen(BY_KEY[key], self.laid, unstated, is_unit)


def income_order(row: Mapping[str, object]) -> tuple:
    """Income stands in the order of the funds, whatever the order in which it was filed."""
    return row["unit"], list(Fund).index(row["fund"]), bool(row["internal"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a person sends in: the texts of each section, the unit of money, and the fingerprint.

    `seen` is the fingerprint of what the form was filled from.
    """

    texts: Mapping[str, Texts]
    money_unit: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it.

    `is_late` where somebody else has saved meanwhile; `differences` say what, `last_edit` who, and
    `seen` is the fingerprint with which saving again wins knowingly.
    """

    is_saved: bool = False
    has_changed: bool = False
    is_late: bool = False
    problems: list[Problem] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    last_edit: Edit | None = None
    seen: str = ""


@transaction.atomic
def save(budget: Budget, make: Callable[[Stored], Screen], entry: Entry, who) -> Outcome:
    """Save what was typed on the screen that `make` gives for what is stored, or say why not.

    What somebody else has saved since the form was filled is never overwritten unseen: then the
    differences come back, and nothing is written. Raises FilingRefusedError of the ledger.
    """
    ledger.hold_budget(budget)
    stored = Stored.of(budget)
    screen = make(stored)
    held = screen.show(stored.laid)
    rows, misread = read(screen, entry)
    typed = {} if misread else say(screen, rows, YUAN)
    if typed == held:
        return Outcome(is_saved=True)
    if fingerprint(held) != entry.seen:
        return report_conflict(stored, screen, entry)
    sheets = combine(screen, stored.laid, rows)
    sheets.problems += misread
    verdict = judge(sheets, stored.chart, stored.known)
    if verdict.filing is None:
        return Outcome(problems=verdict.problems)
    write(budget, screen, verdict, who)
    tell(budget, screen, held, typed, who)
    return Outcome(is_saved=True, has_changed=True, problems=verdict.problems)


def read(screen: Screen, entry: Entry) -> tuple[dict[str, list[Row]], list[Problem]]:
    """The rows of every section as they were typed, and what does not fit its column."""
    found = {s.key: parse_texts(s, entry.texts[s.key], entry.money_unit) for s in screen.sections}
    problems = [problem for _, misread in found.values() for problem in misread]
    return {key: rows for key, (rows, _) in found.items()}, problems


def say(screen: Screen, rows: Mapping[str, Sequence[Row]], money_unit: str) -> dict[str, Texts]:
    """What the screen would show of these rows."""
    return {each.key: say_again(each, rows[each.key], money_unit) for each in screen.sections}


def report_conflict(stored: Stored, screen: Screen, entry: Entry) -> Outcome:
    """Who was quicker, and where what they saved differs from what was typed here."""
    rows, misread = read(screen, entry)
    typed = entry.texts if misread else say(screen, rows, entry.money_unit)
    held = screen.show(stored.laid, entry.money_unit)
    seen = fingerprint(screen.show(stored.laid))
    edits = trace.edits_of(stored.budget)
    return Outcome(
        problems=merge(misread),
        differences=[
            difference
            for section in screen.sections
            for difference in compare(section, held[section.key], typed[section.key])
        ],
        last_edit=edits.filter(what=screen.what).first() or edits.first(),
        is_late=True,
        seen=seen,
    )


def write(budget: Budget, screen: Screen, verdict: Verdict, who) -> None:
    """Write the screen's parts, the codes that it brings along, and who did it."""
    filing = sign_origins(screen.finish(verdict.filing))
    report_codes(budget.year, verdict.functions, verdict.economics)
    ledger.amend_filing(budget, filing, screen.parts)
    trace.note(budget, who, screen.what)


def tell(budget: Budget, screen: Screen, held: Shown, typed: Shown, who) -> None:
    """Tell the log what stood in the fields of the screen, and what stands in them now; in 元."""
    changes = [
        (f"{section.sheet.title}：{each.place}", each.stored, each.typed)
        for section in screen.sections
        for each in compare(section, held[section.key], typed[section.key])
    ]
    sides = journal.pair(changes)
    journal.write(journal.Action.SAVE, who=who, subject=budget, words=screen.what, **sides)
