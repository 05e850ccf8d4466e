"""What a check is, what it finds, and where its rule is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.checks.case import Case
from budgets.domain.document import Compared, Finding, Result, Severity
from budgets.domain.money import CENT, envelope, is_rounded, show_wan
from budgets.domain.tables.form import Role

# Laws, and the official forms themselves.
BALANCED = "预算法第十二条（收支平衡）"
CLASSIFIED = "预算法第三十二条（政府收支分类科目）"
EXPLAINED = "预算法第十四条（公开并说明重要事项）"
DETAILED = "预算法实施条例第六条（功能分类到项，基本支出经济分类到款）"
TARGETED = "预算法第三十二条（绩效目标管理）"
RESERVED = "政府采购促进中小企业发展管理办法（财库〔2020〕46号）"
THRIFTY = "党政机关厉行节约反对浪费条例"
PRIVATE = "政府信息公开条例第十五条（个人隐私）"
STAFFED = "地方各级人民政府机构设置和编制管理条例"
FORMS = "部门预算公开表式（表间勾稽关系）"
NOTES = "部门预算公开样式（情况说明）"
PRINTED = "部门预算公开样式（文件印制）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One result: what is wrong, the sides, and what to do.

    `sheet` is the key of the workbook's sheet where this one is mended, if not where the check's
    others are.
    """

    result: Result
    message: str = ""
    advice: str = ""
    sides: tuple[Compared, ...] = ()
    sheet: str = ""


PASSED = Outcome(result=Result.PASSED)
UNCHECKED = Outcome(result=Result.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Check:
    """A named question about a document. Several outcomes are several findings; none has passed.

    `source` is where the rule is written: a law, or a rule of the official forms. `mended_at` is
    the key of the workbook's sheet where a failure is mended, or "preview" where the text is to
    be read; an outcome may name a sheet of its own. A check that `asks` only says what is not
    filled in yet, which is no fault while one is filling. It is
    asked where the set has the tables that it `needs`; its formula may name one, `{three_public}`.
    """

    id: str
    title: str
    formula: str
    run: Callable[[Case], Iterable[Outcome]]
    source: str = ""
    mended_at: str = ""
    severity: Severity = Severity.ERROR
    asks: bool = False
    needs: tuple[Role, ...] = ()

    def find(self, case: Case) -> list[Finding]:
        return [
            Finding(
                id=self.id,
                title=self.title,
                formula=self.formula,
                severity=self.severity,
                source=self.source,
                result=outcome.result,
                message=outcome.message,
                advice=outcome.advice,
                sides=outcome.sides,
                sheet=outcome.sheet or self.mended_at,
            )
            for outcome in list(self.run(case)) or [PASSED]
        ]


def failed(message: str, advice: str, *sides: Compared, sheet: str = "") -> Outcome:
    return Outcome(result=Result.FAILED, message=message, advice=advice, sides=sides, sheet=sheet)


def leave_out_passed(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [each for each in outcomes if each.result is not Result.PASSED]


def compare_side(label: str, yuan: Decimal, at: str = "") -> Compared:
    """One side of a comparison, to the cent; `at` is its cell where it is one."""
    return Compared(label=label, yuan=yuan.quantize(CENT), at=at)


def compare_sums(left: Compared, right: Compared, parts: int, advice: str) -> Outcome:
    """Whether two sums agree.

    A gap counts as rounding only inside the envelope of `parts` rounded figures; pass 0 where the
    figures are exact to the cent, because then no rounding can open a gap.
    """
    gap = abs(left.yuan - right.yuan)
    if not gap:
        return Outcome(result=Result.PASSED, sides=(left, right))
    wan = show_wan(gap)
    if parts and gap <= envelope(parts):
        message = f"两边相差{wan}万元，在{parts}个数四舍五入的允许范围内。"
        return Outcome(result=Result.ROUNDING, message=message, sides=(left, right))
    message = (
        f"{left.label}为{show_wan(left.yuan)}万元，"
        f"{right.label}为{show_wan(right.yuan)}万元，相差{wan}万元（{gap:,.2f}元）。"
    )
    return failed(message, advice, left, right)


def count_rounded(parts: Sequence[Decimal], *wholes: Decimal) -> int:
    """How many of the parts may be rounded: all, or none where a figure is exact to the cent."""
    return len(parts) if is_rounded((*parts, *wholes)) else 0
