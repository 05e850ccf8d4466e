"""A year's chart of accounts: codes and their names; a code's parent is its prefix."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgets.domain.facts import FUNCTION_LEVELS


@dataclass(frozen=True, slots=True)
class Chart:
    """Function codes (3, 5, 7 digits) and economic codes (3, 5 digits) of one year, by name.

    `table_set` names the tables and notes that the year prescribes.
    """

    year: int
    functions: Mapping[str, str] = field(default_factory=dict)
    economics: Mapping[str, str] = field(default_factory=dict)
    table_set: str = "xinjiang"

    def function_classes(self) -> list[tuple[str, str]]:
        """The function classes (类) in code order, as (code, name)."""
        return sorted((c, n) for c, n in self.functions.items() if len(c) == FUNCTION_LEVELS[0])

    def function_name(self, code: str) -> str:
        """The name of a function code; the code itself where the chart lacks it."""
        return self.functions.get(code, code)

    def economic_name(self, code: str) -> str:
        """The name of an economic code; the code itself where the chart lacks it."""
        return self.economics.get(code, code)


def lineage(code: str, levels: tuple[int, ...]) -> list[str]:
    """The code and its parents, highest first: 2012901 → [201, 20129, 2012901]."""
    return [code[:length] for length in levels if length <= len(code)]


def function_lineage(code: str) -> list[str]:
    return lineage(code, FUNCTION_LEVELS)
