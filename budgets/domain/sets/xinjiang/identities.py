"""What must hold between the eleven tables (domain §4): named checks, and more in others' files."""

from collections.abc import Iterator

from budgets.domain.sets import Each, Identity
from budgets.domain.tables.form import BASIC, GENERAL, THREE_PUBLIC_CODES

CURRENT_BUDGETS = ("T5.total.total", "T8.total.total", "T9.total.total")
# The three budgets: the column of Table 4, the table of its own, the columns of Table 2.
BUDGETS = (
    ("general", "T5", ("general_own", "general_transfer")),
    ("government_fund", "T8", ("government_fund_own", "government_fund_transfer")),
    ("state_capital", "T9", ("state_capital_own", "state_capital_transfer")),
)
# The rows of Table 1 that are one column of Table 2.
SINGLE_SOURCES = {
    "special_account": "special_account",
    "unit_funds": "unit_funds",
    "carryover_fiscal": "fiscal_carryover",
    "carryover_other": "other_carryover",
}

NAMED = (
    Identity(
        id="T1-balance",
        title="收入总计等于支出总计",
        left=("T1.total.income",),
        right=("T1.total.expenditure",),
        left_label="表1收入总计",
        right_label="表1支出总计",
    ),
    Identity(
        id="T1-T2",
        title="收支总表与收入总表一致",
        left=("T1.total.income",),
        right=("T2.total.total",),
        left_label="表1收入总计",
        right_label="表2总计",
    ),
    Identity(
        id="T1-T3",
        title="收支总表与支出总表一致",
        left=("T1.total.expenditure",),
        right=("T3.total.total",),
        left_label="表1支出总计",
        right_label="表3合计",
    ),
    Identity(
        id="T4-balance",
        title="财政拨款收入等于财政拨款支出",
        left=("T4.total.income",),
        right=("T4.total.total",),
        left_label="表4收入总计",
        right_label="表4支出总计",
    ),
    Identity(
        id="T4-T5-T8-T9",
        title="财政拨款支出等于三本预算之和",
        left=("T4.total.total",),
        right=CURRENT_BUDGETS,
        left_label="表4支出总计",
        right_label="表5、表8、表9合计之和",
        in_files=False,
    ),
    Identity(
        id="T5-T7",
        title="项目支出与项目支出表一致",
        left=("T5.total.project",),
        right=("T7.total.total",),
        left_label="表5项目支出",
        right_label="表7项目支出合计",
    ),
    Identity(
        id="T3-rest",
        title="其余支出等于其余资金",
        left=("T3.total.total", *(f"-{at}" for at in CURRENT_BUDGETS)),
        right=(
            "T2.total.special_account",
            "T2.total.unit_funds",
            "T2.total.fiscal_carryover",
            "T2.total.other_carryover",
        ),
        left_label="表3合计减表5、表8、表9合计",
        right_label="表2财政专户、单位资金、上年结转结余之和",
        in_files=False,
    ),
    Identity(
        id="T11-T1",
        title="上年结转结余的收入与支出一致",
        left=("T11.total.total",),
        right=("T1.carryover.income",),
        left_label="表11合计",
        right_label="表1上年结转结余",
        in_files=False,
    ),
    Identity(
        id="T11-T1-fiscal",
        title="财政拨款结转的收入与支出一致",
        left=("T11.total.fiscal",),
        right=("T1.carryover_fiscal.income",),
        left_label="表11财政拨款小计",
        right_label="表1财政拨款结转",
        in_files=False,
    ),
    Identity(
        id="P0-T1",
        title="整体绩效目标的资金等于收入总计",
        left=("P0.superior.amount", "P0.own.amount", "P0.other.amount"),
        right=("T1.total.income",),
        left_label="整体绩效目标表资金之和",
        right_label="表1收入总计",
        in_files=False,
    ),
    Identity(
        id="T5-T6",
        title="基本支出的功能分类与经济分类一致",
        left=("T5.total.basic",),
        right=("T6.total.total",),
        left_label="表5基本支出",
        right_label="表6合计",
        apart=BASIC & GENERAL,
    ),
    Identity(
        id="T2-T3-rows",
        title="每个科目的资金来源等于支出",
        left=("T2.*.total",),
        right=("T3.*.total",),
        each=Each.CODE,
        left_label="表2每行总计",
        right_label="表3同一科目合计",
        in_files=False,
    ),
    Identity(
        id="T1-T3-classes",
        title="收支总表各类支出与支出总表一致",
        left=("T1.*.expenditure",),
        right=("T3.*.total",),
        each=Each.CLASS,
        left_label="表1每类支出",
        right_label="表3同类合计",
    ),
)


def _list_file_identities() -> Iterator[Identity]:
    # What a file says of one code is told at Table 3, before Table 2.
    yield Identity(left=("T3.*.total",), right=("T2.*.total",), each=Each.CODE)
    yield Identity(left=("T5.*.project",), right=("T7.*.total",), each=Each.CODE)
    for row, column in SINGLE_SOURCES.items():
        yield Identity(left=(f"T1.{row}.income",), right=(f"T2.total.{column}",))
    for family, table, funds in BUDGETS:
        sources = tuple(f"T2.total.{fund}" for fund in funds)
        by_code = tuple(f"T2.*.{fund}" for fund in funds)
        whole = (f"{table}.total.total",)
        yield Identity(left=(f"T1.{family}.income",), right=sources)
        for fund in funds:
            stated = (f"T1.{fund}.income",)
            yield Identity(left=stated, right=(f"T2.total.{fund}",), if_stated=True)
        yield Identity(left=(f"T4.*.{family}",), right=by_code, each=Each.CLASS)
        yield Identity(left=(f"T4.total.{family}",), right=whole)
        yield Identity(left=(f"T4.{family}.income",), right=whole)
        yield Identity(left=(f"{table}.*.total",), right=by_code, each=Each.CODE)
        yield Identity(left=whole, right=sources)
    yield Identity(left=("T11.total.fiscal",), right=("T2.total.fiscal_carryover",))
    yield Identity(left=("T11.total.other",), right=("T2.total.other_carryover",))


def _list_limits() -> Iterator[Identity]:
    # What the three budgets spend on each nature is part of Table 3's, item by item.
    split = ("T8.*.personnel", "T8.*.operating", "T9.*.personnel", "T9.*.operating")
    projects = ("T5.*.project", "T8.*.project", "T9.*.project")
    basic = ("T5.*.basic", *split)
    yield Identity(left=("T3.*.basic",), right=basic, each=Each.ITEM, limit=True)
    yield Identity(left=("T3.*.project",), right=projects, each=Each.ITEM, limit=True)
    # Table 10 holds what Table 6 spends on the same codes, and no more than Table 7 can add to it.
    for item, _, codes in THREE_PUBLIC_CODES:
        stated = (f"T10.{item}.general",)
        spent = tuple(f"T6.{code}.total" for code in codes)
        rest = tuple(f"T7.total.{code[:3]}" for code in codes)
        yield Identity(left=stated, right=spent, limit=True)
        yield Identity(left=(*spent, *rest), right=stated, limit=True)


IDENTITIES = (*NAMED, *_list_file_identities(), *_list_limits())
