"""What is said about wrong cells: exactly, with the cell and the mend, and all at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.chart import Chart
from budgets.domain.facts import Nature
from budgets.domain.filing import Organisation
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import CHECKS
from tests.factories.books import SMALL, change, fill, judge, spend, told
from tests.factories.filings import ECONOMICS, FUNCTIONS
from tests.factories.random_filings import DEPARTMENT, UNITS


def test_good_workbook_has_no_problems():
    assert told({}) == []
    assert judge(fill()).filing == SMALL


CASES = {
    "needed cell is blank": (
        {"收入!B4": None},
        ["错误　收入!B4：没有填写“资金来源”。请补上；整行不需要时请清空整行。"],
    ),
    "amount is a text": (
        {"收入!C4": "三万"},
        ["错误　收入!C4：“三万”不是数字。请只填数字，不要带单位和文字，例如 1234.56。"],
    ),
    "amount has three decimals": (
        {"收入!C4": 1.005},
        ["错误　收入!C4：“1.005”折合成元后小数超过两位。金额最多精确到分，请改正。"],
    ),
    "amount is zero": ({"收入!C4": 0}, ["错误　收入!C4：金额为 0。没有金额的行请删除。"]),
    "amount is negative": (
        {"支出明细!I7": -5},
        ["错误　支出明细!I7：金额小于 0。请填大于 0 的金额。"],
    ),
    "fund is unknown": (
        {"收入!B4": "财政拨款"},
        ["错误　收入!B4：“财政拨款”不在“资金来源”的列表里。请从下拉列表中选一项。"],
    ),
    "no code at all": (
        {"支出明细!D4": None, "支出明细!E4": None},
        ["错误　支出明细!D4：功能科目编码和经济科目编码都没有填。至少填一个，明细两个都填。"],
    ),
    "code has a wrong length": (
        {"支出明细!D4": "201290"},
        ["错误　支出明细!D4：功能科目编码“201290”不对。应为 3、5、7 位数字，请从下拉列表选。"],
    ),
    "code has a letter": (
        {"支出明细!D4": "201290a"},
        ["错误　支出明细!D4：功能科目编码“201290a”不对。应为 3、5、7 位数字，请从下拉列表选。"],
    ),
    "class is unknown": (
        {"支出明细!F7": "99901", "支出明细!G7": "某费"},
        ["错误　支出明细!F7：经济科目编码 99901：代码表里没有 999 这一类。请核对编码。"],
    ),
    "new code without a name": (
        {"支出明细!D4": "2012999", "支出明细!E4": None},
        [
            "错误　支出明细!D4：代码表里没有功能科目 2012999。"
            "请核对编码；确实是新科目的，请填“功能科目名称”。"
        ],
    ),
    "new code with a name": (
        {"支出明细!D4": "2012999", "支出明细!E4": "其他群众团体事务支出"},
        [
            "警告　支出明细!D4：代码表里没有功能科目 2012999。"
            "已按文件中的名称“其他群众团体事务支出”收录，待财政部门确认。"
        ],
    ),
    "new code with two names": (
        {
            "支出明细!D4": "2012999",
            "支出明细!E4": "甲",
            "支出明细!D7": "2012999",
            "支出明细!E7": "乙",
        },
        [
            "警告　支出明细!D4：代码表里没有功能科目 2012999。"
            "已按文件中的名称“甲”收录，待财政部门确认。",
            "警告　支出明细!D7：代码表里没有功能科目 2012999。"
            "已按文件中的名称“乙”收录，待财政部门确认。",
            "错误　支出明细!E7：功能科目 2012999 有两个名称：“甲”和“乙”。请统一名称。",
        ],
    ),
    "section of a new code is unknown": (
        {"支出明细!D4": "2013301", "支出明细!E4": "行政运行"},
        [
            "警告　支出明细!D4：代码表里没有功能科目 2013301。"
            "已按文件中的名称“行政运行”收录，待财政部门确认。",
            "警告　支出明细!D4：代码表里没有 20133（2013301 的上一级）的名称，"
            "公开时只能显示编码。请由财政部门在代码表里补上。",
        ],
    ),
    "name differs from the chart": (
        {"支出明细!E4": "一般行政管理事务"},
        [
            "警告　支出明细!E4：功能科目 2012901 在代码表里是“行政运行”，"
            "文件里写的是“一般行政管理事务”。请核对编码；公开时用代码表的名称。"
        ],
    ),
    "project has no name": (
        {"支出明细!H5": None},
        [
            "错误　支出明细!H5：支出性质是项目支出，没有填项目名称。请填“项目”表中的名称。",
            "警告　项目!B4：项目“培训”在支出明细里没有金额。请补上金额，或删去该项目。",
        ],
    ),
    "basic expenditure has a project": (
        {"支出明细!H4": "培训"},
        [
            "错误　支出明细!H4：支出性质是基本支出，不应有项目名称。"
            "请清空项目名称，或把支出性质改为项目支出。"
        ],
    ),
    "project is not described": (
        {"支出明细!H5": "会议"},
        [
            "错误　支出明细!H5：“项目”表里没有项目“会议”。请在“项目”表补上，或核对名称是否一致。",
            "警告　项目!B4：项目“培训”在支出明细里没有金额。请补上金额，或删去该项目。",
        ],
    ),
    "project stands twice": (
        {"项目!B5": "培训"},
        ["错误　项目!B4、B5：项目“培训”出现了不止一次。请合并为一行，或用名称区分。"],
    ),
    "project is called like the whole": (
        {"项目!B5": "整体"},
        [
            "错误　项目!B5：项目名称不能是“整体”。这个词在绩效指标里另有用处，请改名。",
            "警告　项目!B5：项目“整体”在支出明细里没有金额。请补上金额，或删去该项目。",
        ],
    ),
    "government fund is not split": (
        {"支出明细!B4": "政府性基金预算（本级）"},
        [
            "错误　支出明细!I4：“政府性基金预算（本级）”的基本支出要分人员经费和公用经费。"
            "请把支出性质改为人员经费或公用经费。"
        ],
    ),
    "two rows of one key": (
        {"收入!B5": "一般公共预算（一般财力）"},
        ["错误　收入!C4、C5：这几行除金额外完全相同。请合并为一行。"],
    ),
    "unit where there are none": (
        {"收入!A4": "107001"},
        ["错误　收入!A4：单位编码 107001 不在“所属单位”表里。请核对编码，没有下属单位的不要填。"],
    ),
    "unit that is not registered": (
        {"所属单位!A4": "107001", "所属单位!B4": "甲"},
        [
            "错误　所属单位!A4：107001 不是本部门登记的下属单位。请核对编码，或请财政部门先登记。",
            "错误　收入!A4、A5：没有填写单位编码；本部门有下属单位，每行都要填。"
            "请填“所属单位”表中的编码。",
            "错误　支出明细!A4:A7：没有填写单位编码；本部门有下属单位，每行都要填。"
            "请填“所属单位”表中的编码。",
            "错误　项目!A4：没有填写单位编码；本部门有下属单位，每行都要填。"
            "请填“所属单位”表中的编码。",
        ],
    ),
    "indicator of an unknown project": (
        {"绩效指标!B5": "会议"},
        ["错误　绩效指标!B5：“项目”表里没有“会议”。请填“整体”或“项目”表中的名称。"],
    ),
    "weight is too much": (
        {"绩效指标!I4": 101},
        ["错误　绩效指标!I4：权重 101.00 不在 0 到 100 之间。请改正。"],
    ),
    "indicator lacks its value": (
        {"绩效指标!F4": None},
        ["错误　绩效指标!F4：没有填写“指标值”。请补上；整行不需要时请清空整行。"],
    ),
    "place is unknown": (
        {"上年数与说明!A4": "表2"},
        ["错误　上年数与说明!A4：“表2”不在“事项”的列表里。请从下拉列表中选一项。"],
    ),
    "place needs no code": (
        {"上年数与说明!B4": "2012901"},
        [
            "错误　上年数与说明!B4：事项“收入：一般公共预算”不需要科目编码。"
            "请清空科目编码，或改选事项。"
        ],
    ),
    "place needs an item": (
        {"上年数与说明!B6": "20129"},
        [
            "错误　上年数与说明!B6：事项“一般公共预算：功能科目（项）”要 7 位功能科目编码。"
            "请从下拉列表选。"
        ],
    ),
    "item of a place is unknown": (
        {"上年数与说明!B6": "2999999"},
        ["错误　上年数与说明!B6：代码表里没有功能科目 2999999。请核对编码。"],
    ),
    "place needs a project": (
        {"上年数与说明!A6": "一般公共预算：具体项目（项、项目）"},
        [
            "错误　上年数与说明!C6：事项“一般公共预算：具体项目（项、项目）”要填项目名称。"
            "请填项目名称。"
        ],
    ),
    "place needs no project": (
        {"上年数与说明!C6": "培训"},
        [
            "错误　上年数与说明!C6：事项“一般公共预算：功能科目（项）”不需要项目名称。"
            "请清空项目名称，或改选事项。"
        ],
    ),
    "use where a change is asked": (
        {"上年数与说明!G4": "发工资"},
        [
            "错误　上年数与说明!G4：事项“收入：一般公共预算”只填上年数和变动原因。"
            "请清空这一格，或改选事项。"
        ],
    ),
    "figure of last year is negative": (
        {"上年数与说明!D4": -1},
        ["错误　上年数与说明!D4：上年数小于 0。请填 0 或更大的数。"],
    ),
    "one place twice": (
        {"上年数与说明!A7": "收入：一般公共预算", "上年数与说明!D7": 5},
        ["错误　上年数与说明!A4、A7：这几行说的是同一处。请合并为一行。"],
    ),
    "particulars below zero and above their total": (
        {"其他事项!B6": 10, "其他事项!B10": 20, "其他事项!B11": 30, "其他事项!B13": -1},
        [
            "错误　其他事项!B10：面向中小企业预留的金额大于政府采购预算。请核对两个数。",
            "错误　其他事项!B11：面向小微企业预留的金额大于面向中小企业预留的金额。"
            "小微企业包括在中小企业之内，请核对。",
            "错误　其他事项!B13：“房屋价值”小于 0。请填 0 或更大的数。",
        ],
    ),
    "heads are no whole number": (
        {"概况与人员!B5": "6人"},
        ["错误　概况与人员!B5：“6人”不是数字。请只填数字，不要带单位和文字，例如 1234.56。"],
    ),
    "day is none": (
        {"封面!B7": "二月"},
        ["错误　封面!B7：“二月”不是日期。请按 2025-02-14 的样子填写。"],
    ),
    "template is an old one": (
        {"封面!B8": "0"},
        ["警告　封面!B8：模板版本是 0，现在用的是 1。已按表头读取；请核对有没有漏填新增的列。"],
    ),
    "year is out of range": (
        {"封面!B5": 25},
        ["错误　封面!B5：年度“25”不对。请填四位年度，如 2025。"],
    ),
    "year is before the portal's": (
        {"封面!B5": 1999},
        ["错误　封面!B5：年度“1999”不对。请填四位年度，如 2025。"],
    ),
    "year is long after": (
        {"封面!B5": 2101},
        ["错误　封面!B5：年度“2101”不对。请填四位年度，如 2025。"],
    ),
    "text is too long": (
        {"项目!C4": "某" * 51},
        ["错误　项目!C4：“项目负责人”有 51 个字，最多 50 个。请缩短。"],
    ),
    "三公 item on another code": (
        {
            "三公经费!B4": "30201",
            "三公经费!C4": "一般公共预算（一般财力）",
            "三公经费!D4": 5,
        },
        [
            "错误　三公经费!B4：经济科目 30201 不是“三公”经费的科目。"
            "应为30212、30217、31013、30913、30231之一。"
        ],
    ),
    "term stands twice": (
        {"名词解释!A4": "甲", "名词解释!B4": "乙", "名词解释!A5": "甲", "名词解释!B5": "丙"},
        ["错误　名词解释!A5：名词“甲”出现了不止一次。请只保留一行。"],
    ),
    "name is not the registered one": (
        {"封面!B4": "某县工会"},
        [
            "警告　封面!B4：封面的部门名称是“某县工会”，系统登记的是“某县总工会”。"
            "公开时用登记的名称；名称确有变动的，请财政部门修改登记。"
        ],
    ),
}


@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_wrong_cell_is_named_with_its_mend(edits, expected):
    assert told(edits) == expected


def test_problems_come_back_all_at_once_in_the_order_of_the_file():
    edits = {
        "封面!B4": "某县工会",
        "收入!C4": "三万",
        "支出明细!D4": "9990101",
        "支出明细!H5": None,
        "绩效指标!I4": 101,
        "上年数与说明!B4": "2012901",
    }
    verdict = judge(change(fill(), edits))
    assert [problem.place for problem in verdict.problems] == [
        "封面!B4",
        "收入!C4",
        "支出明细!D4",
        "支出明细!H5",
        "上年数与说明!B4",
        "项目!B4",
        "绩效指标!I4",
    ]
    assert verdict.filing is None


def test_one_message_over_several_cells_is_said_once():
    assert told({"收入!C4": "x", "收入!C5": "x"}) == [
        "错误　收入!C4、C5：“x”不是数字。请只填数字，不要带单位和文字，例如 1234.56。"
    ]


def test_row_left_open_by_the_template_says_nothing():
    assert told({"上年数与说明!A9": "“三公”经费：合计"}) == []


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            Known(),
            ["错误　封面!B3：系统里没有登记编码为 107 的部门。请核对编码，或请财政部门先登记。"],
        ),
        (Known(may_register=True), []),
        (
            Known(department=DEPARTMENT, expected_code="108", expected_year=2026),
            [
                "错误　封面!B3：封面的部门编码是 107，应为 108。请核对是否选错了文件。",
                "错误　封面!B5：封面的年度是 2025，应为 2026。请核对是否选错了文件。",
            ],
        ),
        (
            Known(department=DEPARTMENT, units=UNITS[:1]),
            [
                "错误　所属单位：没有列出下属单位 107001 第1单位。"
                "请补上；单位已撤销的，请财政部门在系统中停用。"
            ],
        ),
        (
            Known(department=Organisation(code="107", name="县工会")),
            [
                "警告　封面!B4：封面的部门名称是“某县总工会”，系统登记的是“县工会”。"
                "公开时用登记的名称；名称确有变动的，请财政部门修改登记。"
            ],
        ),
    ],
)
def test_filing_is_held_against_what_is_known(known, expected):
    assert told({}, known) == expected


@pytest.mark.parametrize(
    "half", [Chart(2025, functions=FUNCTIONS), Chart(2025, economics=ECONOMICS)]
)
def test_half_a_chart_is_none(half):
    problems = [str(problem) for problem in judge(fill(), chart=half).problems]
    assert sum("系统里没有 2025 年度的科目代码表" in problem for problem in problems) == 1


def test_year_without_a_chart_is_reported_once():
    verdict = judge(fill(), chart=Chart(2025))
    assert [str(problem) for problem in verdict.problems] == [
        "错误　封面!B5：系统里没有 2025 年度的科目代码表。请先由财政部门导入该年度的代码表。"
    ]


def test_codes_that_the_chart_lacks_are_handed_on_with_their_names():
    edits = {
        "支出明细!D4": "2012999",
        "支出明细!E4": "其他",
        "支出明细!F6": "30299",
        "支出明细!G6": "其他商品和服务支出",
        "支出明细!D5": "201299",
        "支出明细!E5": "位数不对",
        "支出明细!F5": "3029a",
        "支出明细!G5": "不是数字",
        "支出明细!D7": "9990101",
        "支出明细!E7": "不收",
    }
    verdict = judge(change(fill(), edits))
    assert verdict.functions == {"2012999": "其他"}
    assert verdict.economics == {"30299": "其他商品和服务支出"}


def residue(amount, **codes):
    """The small filing with one more fact above the leaf level."""
    return replace(SMALL, facts=(*SMALL.facts, spend(Nature.PERSONNEL, amount, **codes)))


@pytest.mark.parametrize("amount", ["100.00", "-100.00", "50.01"])
def test_residue_within_the_envelope_is_taken(amount):
    # One part under 301: (1 + 1) × 0.005 万元 = 100 yuan.
    filing = residue(amount, economic="301")
    verdict = judge(fill(filing))
    assert (verdict.problems, verdict.filing) == ([], filing)


@pytest.mark.parametrize(
    ("codes", "amount", "message"),
    [
        (
            {"economic": "301"},
            "100.01",
            "301 不是“款”级科目，只能填四舍五入的尾差：100.01 元超过了允许的 100.00 元"
            "（1 个下级科目）。",
        ),
        ({"economic": "302"}, "50.00", "302 不是“款”级科目，下面也没有“款”级的金额。"),
        ({"function": "201"}, "50.00", "201 不是“项”级科目，下面也没有“项”级的金额。"),
    ],
)
def test_residue_beyond_the_envelope_is_refused(codes, amount, message):
    verdict = judge(fill(residue(amount, **codes)))
    assert [(problem.place, problem.message) for problem in verdict.problems] == [
        ("支出明细!I8", message)
    ]


def test_residues_of_one_code_count_together():
    extra = [
        replace(spend(Nature.PERSONNEL, "60.00", economic="301"), internal=internal)
        for internal in (False, True)
    ]
    verdict = judge(fill(replace(SMALL, facts=(*SMALL.facts, *extra))))
    assert [(problem.place, problem.message) for problem in verdict.problems] == [
        (
            "支出明细!I8、I9",
            "301 不是“款”级科目，只能填四舍五入的尾差：120.00 元超过了允许的 100.00 元"
            "（1 个下级科目）。",
        )
    ]


def test_economic_class_is_detail_enough_for_an_item():
    fact = spend(Nature.PROJECT, "9.00", "2012950", "310", "培训")
    filing = replace(SMALL, facts=(*SMALL.facts, fact))
    assert judge(fill(filing)).filing == filing


def test_unit_filings_need_the_unit_of_an_ambiguous_project():
    facts = tuple(
        replace(
            spend(Nature.PROJECT, "5.00", "2012901", project="培训"),
            unit=unit.code,
            amount=Decimal("5.00"),
        )
        for unit in UNITS[:2]
    )
    plans = tuple(replace(SMALL.projects[0], unit=unit.code) for unit in UNITS[:2])
    filing = replace(SMALL, units=UNITS[:2], facts=facts, projects=plans)
    known = Known(department=DEPARTMENT, units=UNITS[:2])
    assert judge(fill(filing), known).filing == filing
    verdict = judge(change(fill(filing), {"绩效指标!A5": None}), known)
    assert [str(problem) for problem in verdict.problems] == [
        "错误　绩效指标!A5：有不止一个单位有项目“培训”。请填单位编码。"
    ]


def test_check_stands_in_the_list_once():
    assert len(set(CHECKS)) == len(CHECKS)
