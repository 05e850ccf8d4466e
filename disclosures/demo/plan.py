"""What becomes of the demo county's departments over the years: begun, renamed, merged, late."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from disclosures.demo.roster import COUNTY, Agency, list_agencies

# Every so many departments one has such a fate; the numbers are prime, so that fates mix.
RENAMED, MERGED, FOUNDED, LATE, CORRECTED, DIVIDED = 17, 29, 37, 11, 13, 7
UNITS = ("本级", "服务中心", "综合执法队")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDepartment:
    """A department of the plan; years are fiscal years, None where nothing of the kind happens."""

    code: str
    agency: Agency
    number: int
    seed: int
    established: int | None = None
    dissolved: int | None = None
    successor: str = ""
    renamed: int | None = None
    unpublished: int | None = None
    corrected: int | None = None
    unit_count: int = 0

    @property
    def name(self) -> str:
        """Its name today."""
        return f"{COUNTY}{self.agency.name.removeprefix('县')}"

    @property
    def former_name(self) -> str:
        """Its name before `renamed`."""
        return f"{COUNTY}城关{self.agency.name}" if self.renamed else ""

    @property
    def units(self) -> list[tuple[str, str]]:
        """(code, name) of its budget units; none where it is its own only unit."""
        return [
            (f"{self.code}{place:03d}", f"{self.name}{UNITS[place - 1]}")
            for place in range(1, self.unit_count + 1)
        ]

    def exists_in(self, year: int) -> bool:
        """True where it has a budget of its own in that year."""
        return (self.established or 0) <= year and (self.dissolved or 9999) > year

    def name_in(self, year: int) -> str:
        """What it is called in a year."""
        return self.former_name if self.renamed and year < self.renamed else self.name


def plan_county(count: int, years: Sequence[int], seed: int) -> list[DemoDepartment]:
    """The departments in the order of their codes; the same for the same arguments."""
    return [
        plan_body(number, agency, years, seed) for number, agency in enumerate(list_agencies(count))
    ]


def plan_body(number: int, agency: Agency, years: Sequence[int], seed: int) -> DemoDepartment:
    """One department and its fate, which falls in the years after the first."""
    chance = Random(f"{seed} {number}")
    later = chance.choice(years[1:]) if years[1:] else None
    merged = number % MERGED == MERGED - 1
    divided = agency.staff > 40 and number % DIVIDED == 4
    return DemoDepartment(
        code=make_code(number),
        agency=agency,
        number=number,
        seed=seed,
        established=later if number % FOUNDED == FOUNDED - 1 else None,
        dissolved=later if merged and number % FOUNDED != FOUNDED - 1 else None,
        successor=make_code(number - 1) if merged and later else "",
        renamed=later if number % RENAMED == 5 and not divided else None,
        unpublished=years[-1] if number % LATE == LATE - 1 else None,
        corrected=chance.choice(years) if number % CORRECTED == 3 else None,
        unit_count=len(UNITS) - number % 2 if divided else 0,
    )


def make_code(number: int) -> str:
    """The code of the department at a place of the list, from 0."""
    return f"{101 + number}"
