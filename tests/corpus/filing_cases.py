"""Filing workbooks: what clerks do to the template, and what is wrong in badly filled ones."""

from tests.corpus.case import Case, lines
from tests.corpus.edits import (
    add_rows,
    add_sheet,
    as_number,
    clear_rows,
    delete_rows,
    drop,
    full_width,
    hide_rows,
    in_yuan,
    insert_column,
    insert_rows,
    merge,
    move_column,
    rename,
    reorder,
    rewrite,
    with_separators,
)


def filed(name, *edits, told=""):
    """A case of the sample's filing workbook, which as it is says nothing."""
    return Case(name, "filing", edits, lines(told))


PROJECT = "2025年工会工作经费"
MONEY = {"收入": "C4:C5", "支出明细": "I4:I33", "上年数与说明": "D4:D29"}

STRANGE_BUT_GOOD = (
    filed("filing-as-filled"),
    filed("sheets-in-other-order", reorder("名词解释", "支出明细", "封面")),
    filed("columns-moved-on-the-filing", move_column("支出明细", 9, 1), move_column("收入", 3, 2)),
    filed("empty-column-between-filled-ones", insert_column("支出明细", 3)),
    filed("guidance-deleted", delete_rows("收入", 3), delete_rows("绩效指标", 3)),
    filed("rows-hidden-on-the-filing", hide_rows("支出明细", 5, 6)),
    filed("blank-rows-between-lines", insert_rows("支出明细", 8, (), (None, "  "))),
    filed("amounts-as-texts", *(rewrite(s, area, with_separators) for s, area in MONEY.items())),
    filed("amounts-in-full-width-digits", rewrite("支出明细", "I4:I33", full_width)),
    filed("codes-as-numbers-on-the-filing", rewrite("支出明细", "D4:F33", as_number)),
    filed(
        "codes-with-their-names",
        {"支出明细!D4": "2012901 行政运行", "支出明细!F15": "30101基本工资"},
    ),
    filed("optional-sheets-missing", drop("三公经费"), drop("名词解释"), drop("所属单位")),
    filed("project-without-targets", clear_rows("绩效指标", 10, 26)),
    filed("remarks-of-the-clerk", {"支出明细!K4": "待核", "收入!E4": "见批复"}),
)
WHOSE = (
    filed(
        "filing-of-another-department",
        {"封面!B3": "107002"},
        told="""
            错误　封面!B3：封面的部门编码是 107002，应为 107001。请核对是否选错了文件。
        """,
    ),
    filed(
        "filing-of-another-year",
        {"封面!B5": 2024},
        told="""
            错误　封面!B5：封面的年度是 2024，应为 2025。请核对是否选错了文件。
        """,
    ),
    filed(
        "name-other-than-registered",
        {"封面!B4": "尉犁县工会"},
        told="""
            警告　封面!B4：封面的部门名称是“尉犁县工会”，系统登记的是“尉犁县总工会”。公开时用登记的名称；名称确有变动的，请财政部门修改登记。
        """,
    ),
    filed(
        "unit-of-money-left-out",
        {"封面!B6": None},
        told="""
            错误　封面!B6：没有填写“金额单位”。请补上；整行不需要时请清空整行。
        """,
    ),
    filed(
        "unit-of-money-unknown",
        {"封面!B6": "千元"},
        told="""
            错误　封面!B6：“千元”不在“金额单位”的列表里。请填元、万元之一。
        """,
    ),
    filed("income-too-large-is-left-to-the-checks", rewrite("收入", "C4:C5", in_yuan)),
    filed(
        "department-and-year-left-out",
        {"封面!B3": None, "封面!B5": None},
        told="""
            错误　封面!B3：没有填写“部门编码”。请补上；整行不需要时请清空整行。
            错误　封面!B5：没有填写“年度”。请补上；整行不需要时请清空整行。
        """,
    ),
    filed(
        "units-that-are-not-registered",
        {"所属单位!A4": "107001001", "所属单位!B4": "某服务中心"},
        told="""
            错误　所属单位!A4：107001001 不是本部门登记的下属单位。请核对编码，或请财政部门先登记。
            错误　收入!A4、A5：没有填写单位编码；本部门有下属单位，每行都要填。请填“所属单位”表中的编码。
            错误　支出明细!A4:A33：没有填写单位编码；本部门有下属单位，每行都要填。请填“所属单位”表中的编码。
            错误　项目!A4：没有填写单位编码；本部门有下属单位，每行都要填。请填“所属单位”表中的编码。
        """,
    ),
)
STRUCTURE = (
    filed(
        "sheet-missing",
        drop("支出明细"),
        told="""
            错误　整个文件：缺少工作表“支出明细”。请从填报模板中复制缺少的部分，或下载新模板重填。
            警告　项目!B4：项目“2025年工会工作经费”在支出明细里没有金额。请补上金额，或删去该项目。
        """,
    ),
    filed(
        "sheet-renamed",
        rename("收入", "收入预算"),
        told="""
            错误　整个文件：缺少工作表“收入”。请从填报模板中复制缺少的部分，或下载新模板重填。
            提示　收入预算：工作表“收入预算”不在模板里，没有读取。不需要处理。
        """,
    ),
    filed(
        "headers-renamed",
        {"支出明细!I2": "预算金额", "支出明细!K2": "附注"},
        told="""
            错误　支出明细：工作表“支出明细”缺少“金额”列。请从填报模板中复制缺少的部分，或下载新模板重填。
            提示　支出明细：工作表“支出明细”缺少“备注”列。没有列即视为没有填。
            提示　支出明细!I2：列“预算金额”不在模板里，没有读取。不需要处理。
            提示　支出明细!K2：列“附注”不在模板里，没有读取。不需要处理。
        """,
    ),
    filed(
        "header-twice",
        {"支出明细!K2": "金额"},
        told="""
            提示　支出明细：工作表“支出明细”缺少“备注”列。没有列即视为没有填。
            错误　支出明细!K2：列“金额”出现了两次。请只保留一列。
        """,
    ),
    filed(
        "header-row-deleted",
        clear_rows("收入", 2, 2),
        told="""
            错误　收入：工作表“收入”里找不到表头。请从填报模板中复制缺少的部分，或下载新模板重填。
        """,
    ),
    filed(
        "label-of-a-form-twice",
        {"概况与人员!A6": "编制数"},
        told="""
            提示　概况与人员：工作表“概况与人员”缺少“在职人数”一行。没有一行即视为没有填。
            错误　概况与人员!A6：“编制数”出现了两次。请只保留一行。
        """,
    ),
    filed(
        "cells-merged-over-rows",
        merge("支出明细", "B4:B6"),
        told="""
            错误　支出明细!B5、B6：没有填写“资金来源”。请补上；整行不需要时请清空整行。
        """,
    ),
    filed(
        "foreign-sheet",
        add_sheet("说明", ("测算过程",)),
        told="""
            提示　说明：工作表“说明”不在模板里，没有读取。不需要处理。
        """,
    ),
    filed(
        "total-row-below",
        add_rows("收入", (None, "合计", 265.89)),
        told="""
            错误　收入!B6：“合计”行不用填。请删除这一行，合计由系统计算。
        """,
    ),
)
CELLS = (
    filed(
        "text-instead-of-an-amount",
        {"收入!C4": "一百三十八万", "支出明细!I5": "42.68万元"},
        told="""
            错误　收入!C4：“一百三十八万”不是数字。请只填数字，不要带单位和文字，例如 1234.56。
            错误　支出明细!I5：“42.68万元”不是数字。请只填数字，不要带单位和文字，例如 1234.56。
        """,
    ),
    filed(
        "fractions-of-a-cent",
        {"支出明细!I6": 0.2300001},
        told="""
            错误　支出明细!I6：“0.2300001”折合成元后小数超过两位。金额最多精确到分，请改正。
        """,
    ),
    filed(
        "amounts-below-zero-and-zero",
        {"支出明细!I6": -0.23, "支出明细!I7": 0},
        told="""
            错误　支出明细!I6：金额小于 0。请填大于 0 的金额。
            错误　支出明细!I7：金额为 0。没有金额的行请删除。
        """,
    ),
    filed(
        "amount-left-out",
        {"支出明细!I6": None, "支出明细!I9": None, "支出明细!I12": None},
        told="""
            提示　支出明细：没有填金额的 3 行（第 6、9、12 行）未导入。确有金额的请补上再上传；没有的不用处理。
        """,
    ),
    filed(
        "formulas-without-results",
        {"支出明细!I6": "=0.1+0.13", "收入!C4": "=SUM(支出明细!I4:I12)"},
        told="""
            错误　收入!C4：单元格是公式，文件里没有它的计算结果。请用 Excel 或 WPS 打开并保存一次，或改成数字。
            错误　支出明细!I6：单元格是公式，文件里没有它的计算结果。请用 Excel 或 WPS 打开并保存一次，或改成数字。
        """,
    ),
    filed(
        "error-value",
        {"支出明细!I6": "#REF!"},
        told="""
            错误　支出明细!I6：单元格的值是公式错误 #REF!。请改成数字或文字。
        """,
    ),
    filed(
        "fund-not-in-the-list",
        {"支出明细!B4": "一般预算", "收入!B5": "其他"},
        told="""
            错误　收入!B5：“其他”不在“资金来源”的列表里。请从下拉列表中选一项。
            错误　支出明细!B4：“一般预算”不在“资金来源”的列表里。请从下拉列表中选一项。
        """,
    ),
    filed(
        "nature-not-in-the-list",
        {"支出明细!C4": "基本"},
        told="""
            错误　支出明细!C4：“基本”不在“支出性质”的列表里。请填人员经费、公用经费、基本支出、项目支出之一。
        """,
    ),
    filed(
        "date-that-is-none",
        {"封面!B7": "二月十四日"},
        told="""
            错误　封面!B7：“二月十四日”不是日期。请按 2025-02-14 的样子填写。
        """,
    ),
    filed(
        "heads-that-are-no-whole-numbers",
        {"概况与人员!B5": 7.5, "概况与人员!B6": -6},
        told="""
            错误　概况与人员!B5：“7.5”不是整数。请填整数，不带单位。
            错误　概况与人员!B6：“-6”小于 0。请填 0 或更大的整数。
        """,
    ),
    filed(
        "text-too-long",
        {"项目!C4": "李" * 51},
        told="""
            错误　项目!C4：“项目负责人”有 51 个字，最多 50 个。请缩短。
        """,
    ),
)
CODES = (
    filed(
        "unknown-code-with-a-name",
        {"支出明细!D5": "2012998", "支出明细!E5": "其他工会事务"},
        told="""
            警告　支出明细!D5：代码表里没有功能科目 2012998。已按文件中的名称“其他工会事务”收录，待财政部门确认。
        """,
    ),
    filed(
        "unknown-code-without-a-name",
        {"支出明细!D5": "2012998", "支出明细!E5": None},
        told="""
            错误　支出明细!D5：代码表里没有功能科目 2012998。请核对编码；确实是新科目的，请填“功能科目名称”。
        """,
    ),
    filed(
        "unknown-class-of-codes",
        {"支出明细!D5": "2992950", "支出明细!F15": "39901"},
        told="""
            错误　支出明细!D5：功能科目编码 2992950：代码表里没有 299 这一类。请核对编码。
            警告　支出明细!F15：代码表里没有经济科目 39901。已按文件中的名称“基本工资”收录，待财政部门确认。
        """,
    ),
    filed(
        "code-of-the-wrong-length",
        {"支出明细!D5": "20129500", "支出明细!F15": "3010"},
        told="""
            错误　支出明细!D5：功能科目编码“20129500”不对。应为 3、5、7 位数字，请从下拉列表选。
            错误　支出明细!F15：经济科目编码“3010”不对。应为 3、5 位数字，请从下拉列表选。
        """,
    ),
    filed(
        "section-of-an-item-unknown",
        {"支出明细!D5": "2019801", "支出明细!E5": "某项支出"},
        told="""
            警告　支出明细!D5：代码表里没有功能科目 2019801。已按文件中的名称“某项支出”收录，待财政部门确认。
            警告　支出明细!D5：代码表里没有 20198（2019801 的上一级）的名称，公开时只能显示编码。请由财政部门在代码表里补上。
        """,
    ),
    filed(
        "name-of-another-code",
        {"支出明细!E5": "行政运行"},
        told="""
            警告　支出明细!E5：功能科目 2012950 在代码表里是“事业运行”，文件里写的是“行政运行”。请核对编码；公开时用代码表的名称。
        """,
    ),
    filed(
        "code-left-out",
        {"支出明细!D5": None},
        told="""
            错误　支出明细!D5：功能科目编码和经济科目编码都没有填。至少填一个，明细两个都填。
        """,
    ),
    filed(
        "same-row-twice",
        insert_rows(
            "支出明细",
            6,
            (
                None,
                "一般公共预算（一般财力）",
                "基本支出",
                "2012950",
                "事业运行",
                None,
                None,
                None,
                1,
            ),
        ),
        told="""
            错误　支出明细!I5、I6：这几行除金额外完全相同。请合并为一行。
        """,
    ),
    filed("residue-just-inside", {"支出明细!I14": 0.055}),
    filed(
        "residue-just-outside",
        {"支出明细!I14": 0.0551},
        told="""
            错误　支出明细!I14：301 不是“款”级科目，只能填四舍五入的尾差：551.00 元超过了允许的 550.00 元（10 个下级科目）。请把金额填到“款”级科目。
        """,
    ),
    filed(
        "money-on-a-section",
        {"支出明细!D5": "20129", "支出明细!E5": "群众团体事务"},
        told="""
            错误　支出明细!I5：20129 不是“项”级科目，只能填四舍五入的尾差：426,800.00 元超过了允许的 100.00 元（1 个下级科目）。请把金额填到“项”级科目。
        """,
    ),
)
PROJECTS = (
    filed(
        "project-not-described",
        {"支出明细!H13": "工会活动"},
        told="""
            错误　支出明细!H13：“项目”表里没有项目“工会活动”。请在“项目”表补上，或核对名称是否一致。
            警告　项目!B4：项目“2025年工会工作经费”在支出明细里没有金额。请补上金额，或删去该项目。
        """,
    ),
    filed(
        "project-without-a-name",
        {"支出明细!H13": None},
        told="""
            错误　支出明细!H13：支出性质是项目支出，没有填项目名称。请填“项目”表中的名称。
            警告　项目!B4：项目“2025年工会工作经费”在支出明细里没有金额。请补上金额，或删去该项目。
        """,
    ),
    filed(
        "project-on-basic-money",
        {"支出明细!H4": PROJECT},
        told="""
            错误　支出明细!H4：支出性质是基本支出，不应有项目名称。请清空项目名称，或把支出性质改为项目支出。
        """,
    ),
    filed(
        "project-described-twice",
        {"项目!B5": PROJECT},
        told="""
            错误　项目!B4、B5：项目“2025年工会工作经费”出现了不止一次。请合并为一行，或用名称区分。
        """,
    ),
    filed(
        "project-without-money",
        {"项目!B5": "新项目"},
        told="""
            警告　项目!B5：项目“新项目”在支出明细里没有金额。请补上金额，或删去该项目。
        """,
    ),
    filed(
        "target-of-no-project",
        {"绩效指标!B10": "别的项目"},
        told="""
            错误　绩效指标!B10：“项目”表里没有“别的项目”。请填“整体”或“项目”表中的名称。
        """,
    ),
    filed(
        "weight-beyond-a-hundred",
        {"绩效指标!I4": 140},
        told="""
            错误　绩效指标!I4：权重 140.00 不在 0 到 100 之间。请改正。
        """,
    ),
)
STATEMENTS = (
    filed(
        "place-twice",
        {"上年数与说明!A5": "收入：一般公共预算"},
        told="""
            错误　上年数与说明!A4、A5：这几行说的是同一处。请合并为一行。
        """,
    ),
    filed(
        "place-without-its-code",
        {"上年数与说明!B15": None, "上年数与说明!B8": "2012901"},
        told="""
            错误　上年数与说明!B8：事项“一般公共预算：支出用途（类）”要 3 位功能科目编码。请从下拉列表选。
            错误　上年数与说明!B15：事项“一般公共预算：功能科目（项）”要 7 位功能科目编码。请从下拉列表选。
        """,
    ),
    filed(
        "use-where-a-reason-belongs",
        {"上年数与说明!G4": "人员支出"},
        told="""
            错误　上年数与说明!G4：事项“收入：一般公共预算”只填上年数和变动原因。请清空这一格，或改选事项。
        """,
    ),
    filed(
        "three-public-of-another-code",
        {"三公经费!B4": "30201", "三公经费!C4": "一般公共预算（一般财力）", "三公经费!D4": 1},
        told="""
            错误　三公经费!B4：经济科目 30201 不是“三公”经费的科目。应为30212、30217、31013、30913、30231之一。
        """,
    ),
    filed(
        "procurement-out-of-order",
        {"其他事项!B10": 70},
        told="""
            错误　其他事项!B10：面向中小企业预留的金额大于政府采购预算。请核对两个数。
        """,
    ),
)
FILING_CASES = (
    *STRANGE_BUT_GOOD,
    *WHOSE,
    *STRUCTURE,
    *CELLS,
    *CODES,
    *PROJECTS,
    *STATEMENTS,
)
