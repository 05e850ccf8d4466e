"""勾稽关系: what must be equal between the tables.

Totals agree to the cent. Where published figures were rounded, the residue is a fact of its own
(on a class code), which makes the totals close and is explained below its table. Only the two
classifications, when given apart, may differ inside the envelope.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.checks.case import Case, is_rounded
from budgets.domain.checks.finding import Check, Outcome, compare
from budgets.domain.checks.sources import DETAILED, FORMS
from budgets.domain.document import Compared, Severity
from budgets.domain.funds import Family

LOOK_AT_LINES = (
    "请核对收入和支出明细，改正后重新导入；"
    "如果是以万元取数形成的尾差，请在支出明细的类级科目上填一行尾差（可为负数）。"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Two sums of cells that must be equal; each term is a sign and a cell address."""

    id: str
    title: str
    left: tuple[tuple[int, str], ...]
    right: tuple[tuple[int, str], ...]
    left_label: str
    right_label: str
    advice: str = LOOK_AT_LINES

    def __call__(self, case: Case) -> Iterator[Outcome]:
        left = self._figure(case, self.left, self.left_label)
        right = self._figure(case, self.right, self.right_label)
        yield compare(left, right, 0, self.advice)

    def _figure(self, case: Case, terms: Sequence[tuple[int, str]], label: str) -> Compared:
        total = sum((sign * case.writer.yuan(at) for sign, at in terms), Decimal("0.00"))
        return Compared(label=label, yuan=total, at=terms[0][1] if len(terms) == 1 else "")


def plus(*addresses: str) -> tuple[tuple[int, str], ...]:
    """Terms that are added."""
    return tuple((1, at) for at in addresses)


CURRENT_BUDGETS = ("T5.total.total", "T8.total.total", "T9.total.total")
IDENTITIES = (
    Identity(
        "T1-balance",
        "收入总计等于支出总计",
        plus("T1.total.income"),
        plus("T1.total.expenditure"),
        "表1收入总计",
        "表1支出总计",
    ),
    Identity(
        "T1-T2",
        "收支总表与收入总表一致",
        plus("T1.total.income"),
        plus("T2.total.total"),
        "表1收入总计",
        "表2总计",
    ),
    Identity(
        "T1-T3",
        "收支总表与支出总表一致",
        plus("T1.total.expenditure"),
        plus("T3.total.total"),
        "表1支出总计",
        "表3合计",
    ),
    Identity(
        "T4-balance",
        "财政拨款收入等于财政拨款支出",
        plus("T4.total.income"),
        plus("T4.total.total"),
        "表4收入总计",
        "表4支出总计",
    ),
    Identity(
        "T4-T5-T8-T9",
        "财政拨款支出等于三本预算之和",
        plus("T4.total.total"),
        plus(*CURRENT_BUDGETS),
        "表4支出总计",
        "表5、表8、表9合计之和",
    ),
    Identity(
        "T5-T7",
        "项目支出与项目支出表一致",
        plus("T5.total.project"),
        plus("T7.total.total"),
        "表5项目支出",
        "表7项目支出合计",
    ),
    Identity(
        "T3-rest",
        "其余支出等于其余资金",
        (*plus("T3.total.total"), *((-1, at) for at in CURRENT_BUDGETS)),
        plus(
            "T2.total.special_account",
            "T2.total.unit_funds",
            "T2.total.fiscal_carryover",
            "T2.total.other_carryover",
        ),
        "表3合计减表5、表8、表9合计",
        "表2财政专户、单位资金、上年结转结余之和",
    ),
    Identity(
        "T11-T1",
        "上年结转结余的收入与支出一致",
        plus("T11.total.total"),
        plus("T1.carryover.income"),
        "表11合计",
        "表1上年结转结余",
    ),
    Identity(
        "T11-T1-fiscal",
        "财政拨款结转的收入与支出一致",
        plus("T11.total.fiscal"),
        plus("T1.carryover_fiscal.income"),
        "表11财政拨款小计",
        "表1财政拨款结转",
    ),
    Identity(
        "P0-T1",
        "整体绩效目标的资金等于收入总计",
        plus("P0.superior.amount", "P0.own.amount", "P0.other.amount"),
        plus("T1.total.income"),
        "整体绩效目标表资金之和",
        "表1收入总计",
    ),
)


def agree_basic(case: Case) -> Iterator[Outcome]:
    """Basic expenditure by function (Table 5) and by economic code (Table 6) is the same money."""
    basic = [
        fact.amount
        for fact in case.facts
        if fact.is_basic
        and fact.fund.family is Family.GENERAL
        and not fact.fund.is_carryover
        and bool(fact.function) != bool(fact.economic)
    ]
    left, right = "T5.total.basic", "T6.total.total"
    yield compare(
        Compared(label="表5基本支出", yuan=case.writer.yuan(left), at=left),
        Compared(label="表6合计", yuan=case.writer.yuan(right), at=right),
        len(basic) if is_rounded(basic) else 0,
        "功能科目和经济科目分别填报时，两边的基本支出应当相等；请核对两类明细。",
    )


def _formula(identity: Identity) -> str:
    return f"{identity.left_label} = {identity.right_label}"


IDENTITY_CHECKS = (
    *(
        Check(
            each.id,
            each.title,
            _formula(each),
            Severity.ERROR,
            each,
            source=FORMS,
            mended_at="expenditure",
        )
        for each in IDENTITIES
    ),
    Check(
        "T5-T6",
        "基本支出的功能分类与经济分类一致",
        "表5基本支出 = 表6合计",
        Severity.ERROR,
        agree_basic,
        source=DETAILED,
        mended_at="expenditure",
    ),
)
