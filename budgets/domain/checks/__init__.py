"""Named questions to a document, asked all at once."""

from dataclasses import replace
from functools import cache

from budgets.domain.checks import particulars, parts, sums, words
from budgets.domain.checks.case import (
    BALANCED,
    CLASSIFIED,
    DETAILED,
    EXPLAINED,
    FORMS,
    NOTES,
    PRINTED,
    PRIVATE,
    RESERVED,
    STAFFED,
    TARGETED,
    THRIFTY,
    Case,
    Check,
)
from budgets.domain.document import Finding, Severity
from budgets.domain.sets import TableSet
from budgets.domain.tables.form import Role

CHECKS = (
    Check(
        "across",
        "各表每行的合计等于各列之和",
        "每行：合计（小计） = 所含各列之和",
        sums.add_across,
        source=FORMS,
        mended_at="expenditure",
        within_tables=True,
    ),
    Check(
        "levels",
        "类、款、项逐级相加",
        "每类 = 所含各款之和，每款 = 所含各项之和（尾差在四舍五入范围内）",
        sums.add_down,
        source=DETAILED,
        mended_at="expenditure",
        within_tables=True,
    ),
    Check(
        "funds-balance",
        "每种资金的收入等于支出",
        "17种资金来源，收入 = 支出",
        sums.balance_funds,
        source=BALANCED,
        mended_at="expenditure",
    ),
    Check(
        "function-economic",
        "功能分类与经济分类的金额一致",
        "每种资金、每种支出性质：按功能分类 = 按经济分类",
        sums.match_classifications,
        source=CLASSIFIED,
        mended_at="expenditure",
    ),
    Check(
        "internal-balance",
        "内部往来的收入与支出相抵",
        "各单位内部往来收入 = 各单位内部往来支出",
        sums.cancel_internal,
        source=FORMS,
        mended_at="expenditure",
    ),
    Check(
        "three-public-within",
        "“三公”经费与经济科目一致",
        "{three_public}各项 = 支出明细同名经济科目，或有说明",
        particulars.match_three_public,
        source=FORMS,
        mended_at="three_public",
        needs=(Role.THREE_PUBLIC,),
    ),
    Check(
        "three-public-rise",
        "“三公”经费没有增加",
        "{three_public}合计 ≤ 上年",
        particulars.restrain_three_public,
        source=THRIFTY,
        mended_at="expenditure",
        needs=(Role.THREE_PUBLIC,),
        severity=Severity.WARNING,
    ),
    Check(
        "targets",
        "部门和每个项目都有绩效目标",
        "有预算的项目 = 有绩效目标的项目",
        parts.have_targets,
        source=TARGETED,
        mended_at="projects",
        asks=True,
    ),
    Check(
        "weights",
        "指标权重合计90分或100分",
        "Σ权重 ∈ {90, 100}",
        parts.weigh_indicators,
        source=TARGETED,
        mended_at="projects",
    ),
    Check(
        "costs",
        "经济成本指标不超过项目预算",
        "Σ经济成本指标（万元） ≤ 项目年度预算",
        parts.bound_costs,
        source=TARGETED,
        mended_at="projects",
    ),
    Check(
        "project-funds",
        "项目绩效目标表的资金等于项目支出",
        "Σ项目年度预算 = {spending}项目支出",
        parts.fund_projects,
        source=FORMS,
        mended_at="projects",
        needs=(Role.SPENDING,),
    ),
    Check(
        "document-complete",
        "公开文本各部分齐全",
        "主要职能、名词解释、落款日期都有",
        parts.have_parts,
        source=EXPLAINED,
        mended_at="profile",
        asks=True,
    ),
    Check(
        "projects-explained",
        "项目情况说明齐全",
        "{projects}每个项目都有政策依据、承担单位、资金分配和执行时间；补助个人的还有补助情况",
        parts.explain_projects,
        source=EXPLAINED,
        mended_at="projects",
        asks=True,
        needs=(Role.PROJECTS,),
    ),
    Check(
        "words-complete",
        "说明没有缺项",
        "每句说明都有上年数、原因、用途",
        words.complete_words,
        source=EXPLAINED,
        mended_at="history",
        asks=True,
    ),
    Check(
        "words-content",
        "文字有内容",
        "不是“无”“XX”等占位",
        words.say_something,
        source=NOTES,
        mended_at="history",
    ),
    Check(
        "words-department",
        "没有误用其他部门的文字",
        "文字中只出现本部门及所属单位",
        words.own_department,
        source=NOTES,
        mended_at="history",
        severity=Severity.WARNING,
    ),
    Check(
        "words-year",
        "年份正确",
        "原因和用途只涉及本年和上年，指标值只涉及本年",
        words.own_years,
        source=NOTES,
        mended_at="history",
        severity=Severity.WARNING,
    ),
    Check(
        "words-repeated",
        "原因没有处处雷同",
        f"同一原因不超过{words.COMMON_SHARE}处",
        words.own_reasons,
        source=NOTES,
        mended_at="history",
        severity=Severity.WARNING,
    ),
    Check(
        "words-unused",
        "填写的说明都已印出",
        "填写的每条原因和用途都在说明中",
        words.unused_words,
        source=NOTES,
        mended_at="history",
        severity=Severity.WARNING,
    ),
    Check(
        "procurement-sum",
        "政府采购预算等于三类之和",
        "采购预算 = 货物 + 工程 + 服务",
        particulars.add_procurement,
        source=EXPLAINED,
        mended_at="particulars",
    ),
    Check(
        "procurement-reserved",
        "预留份额在采购预算之内",
        "小微企业 ≤ 中小企业 ≤ 采购预算",
        particulars.reserve_procurement,
        source=RESERVED,
        mended_at="particulars",
    ),
    Check(
        "vehicles",
        "车辆数量和价值等于三类之和",
        "车辆 = 一般公务 + 执法执勤 + 其他",
        particulars.count_vehicles,
        source=EXPLAINED,
        mended_at="particulars",
    ),
    Check(
        "staff",
        "人数和增减相符",
        "在职、退休、离休：本年人数 ≥ 比上年增加的人数",
        particulars.count_staff,
        source=NOTES,
        mended_at="profile",
    ),
    Check(
        "staff-authorized",
        "在职不超过编制",
        "在职人数 ≤ 编制数",
        particulars.keep_authorized,
        source=STAFFED,
        mended_at="profile",
        severity=Severity.WARNING,
    ),
    Check(
        "last-year-sum",
        "上年数前后一致",
        "上年各项之和 = 上年合计",
        particulars.add_last_year,
        source=NOTES,
        mended_at="history",
        needs=(Role.GENERAL,),
        severity=Severity.WARNING,
    ),
    Check(
        "last-year-published",
        "上年数与上年公开的一致",
        "填报的上年预算数 = 上年公开的同一单元格",
        particulars.repeat_published,
        source=NOTES,
        mended_at="history",
        severity=Severity.WARNING,
    ),
    Check(
        "privacy",
        "没有个人信息",
        "没有身份证号、银行卡号、手机号",
        words.keep_private,
        source=PRIVATE,
        mended_at="preview",
    ),
    Check(
        "glyphs",
        "每个字都能印出",
        "PDF字体包含全部字符",
        words.print_all,
        source=PRINTED,
        mended_at="preview",
    ),
)


@cache
def list_checks(table_set: TableSet) -> tuple[Check, ...]:
    """Every check that is asked of a set's documents, in the order of the 核对单.

    Those within tables stand between the set's identities.
    """
    checks = (
        *sums.list_identity_checks(table_set, by_row=False),
        *(check for check in CHECKS if check.within_tables),
        *sums.list_identity_checks(table_set, by_row=True),
        *(check for check in CHECKS if not check.within_tables),
    )
    labels = {form.role.name.lower(): form.label for form in table_set.forms}
    return tuple(
        replace(check, formula=check.formula.format(**labels)) if check.needs else check
        for check in checks
        if all(role in table_set for role in check.needs)
    )


def run_checks(case: Case) -> list[Finding]:
    """Every check's findings, in the order of the list; none is left out."""
    return [finding for check in list_checks(case.table_set) for finding in check.find(case)]
