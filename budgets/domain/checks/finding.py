"""What a check is, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from budgets.domain.checks.case import Case
from budgets.domain.money import envelope, show_wan


class Severity(StrEnum):
    """An error blocks publication; a warning needs the department's explanation."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """The word on the list of checks."""
        return "错误" if self is Severity.ERROR else "警告"


class Result(StrEnum):
    """`ROUNDING` holds inside the envelope; `UNCHECKED` lacks input and never counts as passed."""

    PASSED = "passed"
    FAILED = "failed"
    ROUNDING = "rounding"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        """The word on the 核对单."""
        return {
            Result.PASSED: "通过",
            Result.FAILED: "不符",
            Result.ROUNDING: "尾差",
            Result.UNCHECKED: "未核对",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One side of a comparison, in yuan; `at` is the cell it was read from, if it is one cell."""

    label: str
    yuan: Decimal
    at: str = ""

    def as_data(self) -> dict[str, Any]:
        """The side as it is frozen."""
        return {
            "label": self.label,
            "at": self.at,
            "yuan": f"{self.yuan:.2f}",
            "text": show_wan(self.yuan),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One result: what is wrong, the figures, and what to do.

    `sheet` is the key of the workbook's sheet where this one is mended, if not where the check's
    others are.
    """

    result: Result
    message: str = ""
    advice: str = ""
    figures: tuple[Figure, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A named question about a document. Several outcomes are several findings.

    `source` is where the rule is written: a law, or a rule of the official forms. `mended_at` is
    the key of the workbook's sheet where a failure is mended, or "preview" where the text is to
    be read; an outcome may name a sheet of its own. A check that `asks` only says what is not
    filled in yet, which is no fault while one is filling.
    """

    id: str
    title: str
    formula: str
    severity: Severity
    run: Callable[[Case], Iterable[Outcome]]
    source: str = ""
    mended_at: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome together with the check that found it."""

    check: Check
    outcome: Outcome

    @property
    def blocks(self) -> bool:
        """True where nothing may be published before it is mended."""
        return self.check.severity is Severity.ERROR and self.outcome.result is Result.FAILED

    @property
    def warns(self) -> bool:
        """True where the department has to explain it."""
        return self.check.severity is Severity.WARNING and self.outcome.result is Result.FAILED

    @property
    def subject(self) -> str:
        """What tells the check's findings apart: the cells concerned, or else the message."""
        cells = [figure.at for figure in self.outcome.figures if figure.at]
        return " ".join(cells) or self.outcome.message

    def as_data(self) -> dict[str, Any]:
        """The line of the 核对单 as it is frozen."""
        return {
            "id": self.check.id,
            "title": self.check.title,
            "formula": self.check.formula,
            "severity": self.check.severity.value,
            "result": self.outcome.result.value,
            "label": self.outcome.result.label,
            "message": self.outcome.message,
            "advice": self.outcome.advice,
            "sides": [figure.as_data() for figure in self.outcome.figures],
        }


PASSED = Outcome(result=Result.PASSED)
UNCHECKED = Outcome(result=Result.UNCHECKED)


def failed(message: str, advice: str, *figures: Figure, sheet: str = "") -> Outcome:
    """A failure in words."""
    return Outcome(
        result=Result.FAILED, message=message, advice=advice, figures=figures, sheet=sheet
    )


def compare(left: Figure, right: Figure, parts: int, advice: str) -> Outcome:
    """Whether two sums agree.

    A gap counts as rounding only inside the envelope of `parts` rounded figures; pass 0 where the
    figures are exact to the cent, because then no rounding can open a gap.
    """
    gap = abs(left.yuan - right.yuan)
    if not gap:
        return Outcome(result=Result.PASSED, figures=(left, right))
    wan = show_wan(gap)
    if parts and gap <= envelope(parts):
        message = f"两边相差{wan}万元，在{parts}个数四舍五入的允许范围内。"
        return Outcome(result=Result.ROUNDING, message=message, figures=(left, right))
    message = (
        f"{left.label}为{show_wan(left.yuan)}万元，"
        f"{right.label}为{show_wan(right.yuan)}万元，相差{wan}万元（{gap:,.2f}元）。"
    )
    return Outcome(result=Result.FAILED, message=message, advice=advice, figures=(left, right))


def or_passed(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes found, or one that says that nothing was wrong."""
    return list(outcomes) or [PASSED]
