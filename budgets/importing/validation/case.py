"""One filing under examination: the rows as read, the chart, and what the system already knows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Side
from budgets.domain.filing import Organisation
from budgets.domain.problems import Problem, Severity
from budgets.spreadsheets import SheetRow, Sheets

# What a row of money needs to be a fact, by its sheet; expenditure needs one of the codes as well.
COMPLETE = {
    "income": ("fund", "amount"),
    "expenditure": ("fund", "nature", "amount"),
    "three_public": ("fund", "amount", "economic"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the system knows of the organisation that the cover names.

    `department` is None where none is registered under that code; then a filing passes only if
    `may_register`. `units` are the registered subordinate units in use. A filing that is expected
    from one department for one year must name these.
    """

    department: Organisation | None = None
    units: tuple[Organisation, ...] = ()
    may_register: bool = False
    expected_code: str = ""
    expected_year: int | None = None


@dataclass(frozen=True)
class FilingCase:
    sheets: Sheets
    chart: Chart
    known: Known = field(default_factory=Known)

    @property
    def cover(self) -> SheetRow:
        return self.sheets.form("cover")

    @property
    def year(self) -> int:
        """The cover's year; 0 where it has none."""
        return self.cover["year"] or 0

    @cached_property
    def department(self) -> Organisation:
        """The department as it is registered, or else as the cover names it."""
        stated = Organisation(code=self.cover["code"] or "", name=self.cover["name"] or "")
        return self.known.department or stated

    @cached_property
    def units(self) -> tuple[Organisation, ...]:
        """The subordinate units that the filing lists, in code order, as they are registered."""
        names = {unit.code: unit.name for unit in self.known.units}
        stated = {row["code"]: row["name"] or "" for row in self.sheets.of("units") if row["code"]}
        return tuple(
            Organisation(code=code, name=names.get(code, name))
            for code, name in sorted(stated.items())
        )

    def unit_of(self, row: SheetRow) -> str:
        """The unit that a row belongs to: the one it names, or the department itself."""
        return row["unit"] or ("" if self.units else self.department.code)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of every row that is complete enough to be one, income first."""
        return tuple(
            fact
            for key in ("income", "expenditure")
            for fact in read_line_facts(key, self.sheets.of(key), self.unit_of)
        )

    @cached_property
    def three_public(self) -> tuple[Fact, ...]:
        """The 三公 facts of every row that is complete enough to be one."""
        return read_line_facts("three_public", self.sheets.of("three_public"), self.unit_of)

    @cached_property
    def coded(self) -> dict[str, dict[tuple[str, str], list[SheetRow]]]:
        """The expenditure's rows by what they say of each kind of code: the code and its name.

        What holds of one of these rows holds of all; there are few codes, and many rows.
        """
        found: dict[str, dict[tuple[str, str], list[SheetRow]]] = {}
        for key in ("function", "economic"):
            groups = found[key] = defaultdict(list)
            for row in self.sheets.of("expenditure"):
                if row[key]:
                    groups[row[key], row[f"{key}_name"] or ""].append(row)
        return found

    @cached_property
    def aims(self) -> dict[str, list[SheetRow]]:
        """The indicators' rows by what they belong to."""
        found = defaultdict(list)
        for row in self.sheets.of("indicators"):
            found[row["target"] or ""].append(row)
        return found


def read_line_facts(
    key: str, rows: Iterable[SheetRow], unit_of: Callable[[SheetRow], str]
) -> tuple[Fact, ...]:
    """A fact for each row of money of a sheet; a row that lacks something is left to the checks."""
    return tuple(
        Fact(
            unit=unit_of(row),
            side=Side.INCOME if key == "income" else Side.EXPENDITURE,
            fund=row["fund"],
            amount=row["amount"],
            nature=row["nature"],
            function=row["function"] or "",
            economic=row["economic"] or "",
            project=row["project"] or "",
            internal=bool(row["internal"]),
            origin=row.origin("amount"),
        )
        for row in rows
        if row.states(COMPLETE[key])
        and (key != "expenditure" or row["function"] or row["economic"])
    )


def complain(
    row: SheetRow, key: str, message: str, advice: str, severity: Severity = Severity.ERROR
) -> Problem:
    ref = row.ref(key)
    return Problem(
        sheet=row.sheet,
        cells=(ref,) if ref else (),
        message=message,
        advice=advice,
        severity=severity,
    )


def complain_at(origins: Sequence[str], message: str, advice: str) -> Problem:
    """An error at the cells that facts of one sheet came from (`支出明细!I5`)."""
    sheet = origins[0].partition("!")[0]
    cells = tuple(origin.partition("!")[2] for origin in origins)
    return Problem(sheet=sheet, cells=cells, message=message, advice=advice)
