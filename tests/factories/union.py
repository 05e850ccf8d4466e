"""The worked example's money and words as plain values, for tests that need no workbook."""

from datetime import date
from decimal import Decimal

from budgets.domain.facts import Fact, Fund, Nature
from budgets.domain.filing import (
    Filing,
    Indicator,
    OverallTarget,
    Particulars,
    Profile,
    ProjectPlan,
)
from tests.factories.filings import UNION, income, priors, reasons, spend, uses, wan

PROJECT = "2025年工会工作经费"
# 项: this year's 基本支出 and the change against last year, both as printed.
ITEMS = {
    "2012901": ("49.74", "0.10"),
    "2012950": ("42.68", "0.15"),
    "2050803": ("0.23", "-0.07"),
    "2080501": ("9.55", "2.52"),
    "2080505": ("12.24", "0.45"),
    "2080506": ("6.12", "6.12"),
    "2101101": ("5.88", "-8.27"),
    "2101103": ("1.31", "0.06"),
    "2210201": ("10.43", "0.36"),
}
PERSONNEL = {
    # Class 301 is printed as 118.20, its sections add up to 118.19.
    "301": "0.01",
    "30101": "30.08",
    "30102": "34.55",
    "30103": "15.71",
    "30108": "12.24",
    "30110": "5.36",
    "30111": "1.31",
    "30112": "1.87",
    "30113": "10.43",
    "30114": "0.52",
    "30199": "6.12",
    "30302": "7.44",
    "30309": "8.41",
}
OPERATING = {
    "30201": "0.79",
    "30207": "0.64",
    "30211": "0.15",
    "30216": "0.23",
    "30228": "0.59",
    "30229": "0.53",
    "30299": "1.20",
}
OTHER_CHANGES = {
    "T2.total.general_own": ("138.18", "1.43"),
    "T2.total.unit_funds": ("127.71", "3.57"),
    "T3.total.basic": ("138.18", "1.43"),
    "T3.total.project": ("127.71", "3.57"),
    "T5.total.basic": ("138.18", "1.43"),
    "T5.total.project": ("0.00", "0.00"),
    "T10.total.total": ("0.00", "0.00"),
    "T10.abroad.total": ("0.00", "0.00"),
    "T10.vehicle_purchase.total": ("0.00", "0.00"),
    "T10.vehicle_running.total": ("0.00", "0.00"),
    "T10.reception.total": ("0.00", "0.00"),
    "N12.agency_operating": ("4.13", "-0.78"),
}
RAISED = "我部门人员调资、社保医保基数调增"
MORE_WORK = "根据工作实际需求，增加了2025年工会工作经费项目资金"
NEITHER_YEAR = "2024年与2025年均未安排"
REASONS = {
    "T2.total.general_own": f"{RAISED}，因此一般公共预算相比上年增加",
    "T2.total.unit_funds": MORE_WORK,
    "T3.total.basic": f"{RAISED}，因此基本支出预算相比上年增加",
    "T3.total.project": MORE_WORK,
    "T5.total.basic": f"{RAISED}，因此基本支出增加",
    "T5.total.project": "2025年年初未安排项目支出",
    "T5.2012901.total": "我部门人员调资，因此此项经费预算增加",
    "T5.2012950.total": "我部门人员调资，因此此项经费预算增加",
    "T5.2050803.total": "本部门根据工作实际进一步优化培训机制比去年减少培训次数",
    "T5.2080501.total": "行政单位离退休缴费基数调整，此项经费预算增加",
    "T5.2080505.total": "我部门人员调资、社保基数调增，因此此项经费预算增加",
    "T5.2080506.total": "参照上级预算编制保障方式，职业年金统一安排到各单位，财政不再统一待列",
    "T5.2101101.total": "退休人员缴纳时间达到年限后不再缴纳医疗，2025年医疗预算较上年减少",
    "T5.2101103.total": "我部门人员调资、医保基数调增，因此此项经费预算增加",
    "T5.2210201.total": "我部门人员调资、住房公积金基数调增，因此此项经费预算增加",
    "T10.abroad.total": f"{NEITHER_YEAR}因公出国（境）费用",
    "T10.vehicle_purchase.total": f"{NEITHER_YEAR}公务用车购置",
    "T10.vehicle_running.total": f"{NEITHER_YEAR}公务用车运行维护费",
    "T10.reception.total": f"{NEITHER_YEAR}公务接待费",
    "N12.agency_operating": "根据财政统一安排，下调机关运行经费",
}
USES = {
    "T4.201.general": "人员基本工资、津贴补贴、办公费用、福利费及日常公用经费等支出",
    "T4.205.general": "部门职工培训费支出",
    "T4.208.general": "部门职工社会保险费支出及退休人员费用支出",
    "T4.210.general": "部门职工及退休人员医疗保险支出",
    "T4.221.general": "部门职工住房公积金支出",
}
COSTS = (
    ("一线单位慰问金", "<=51万元"),
    ("困难职工帮扶资金", "<=35万元"),
    ("劳动模范慰问金", "<=2.10万元"),
    ("乡镇园区补助金", "<=4.50万元"),
    ("开展活动经费", "<=35.11万元"),
)


def union_facts() -> tuple[Fact, ...]:
    """Function facts and economic facts apart, as the document gives them."""
    return (
        income(Fund.GENERAL_OWN, "138.18"),
        income(Fund.OTHER_INCOME, "127.71"),
        *(spend(amount, code) for code, (amount, _) in ITEMS.items()),
        spend("127.71", "2012901", fund=Fund.OTHER_INCOME, nature=Nature.PROJECT, project=PROJECT),
        *(
            spend(amount, economic=code, nature=Nature.PERSONNEL)
            for code, amount in PERSONNEL.items()
        ),
        *(
            spend(amount, economic=code, nature=Nature.OPERATING)
            for code, amount in OPERATING.items()
        ),
    )


def last_year() -> dict[str, Decimal]:
    """Last year's figures in 万元: what this year prints, less the printed change."""
    changes = {f"T5.{code}.total": both for code, both in ITEMS.items()} | OTHER_CHANGES
    return {at: Decimal(this) - Decimal(change) for at, (this, change) in changes.items()}


def union_project() -> ProjectPlan:
    """The project with its cost indicators, which use up its money exactly."""
    costs = tuple(
        Indicator(
            level1="成本指标",
            level2="经济成本指标",
            level3=name,
            value=value,
            basis="计划标准",
            last_value="/",
            weight=Decimal(4),
            scoring="按照完成比例赋分",
            evidence="原始凭证",
        )
        for name, value in COSTS
    )
    outcome = Indicator(
        level1="效益指标",
        level2="社会效益指标",
        level3="减轻困难职工负担",
        value="明显减轻",
        basis="计划标准",
        last_value="达成“明显减轻”目标",
        weight=Decimal(70),
        scoring="按评判等级赋分",
        evidence="工作资料",
    )
    return ProjectPlan(
        unit=UNION.code,
        name=PROJECT,
        leader="李怀熙",
        goal="1、开展工会活动工作；\n2、节日慰问一线单位。",
        indicators=(*costs, outcome),
    )


def union_filing() -> Filing:
    """A complete filing: every check passes, or is within rounding."""
    overall = Indicator(
        level1="履职效能",
        level2="数量指标",
        level3="开展单位各类活动次数",
        value=">=25次",
        basis="2025年工作计划",
        weight=Decimal(90),
    )
    return Filing(
        department=UNION,
        year=2025,
        facts=union_facts(),
        profile=Profile(
            duties="加强工会自身改革和建设；\n代表和维护职工的合法权益。",
            offices=("书记室", "主任室", "行办室", "财务室"),
            authorized=7,
            serving=6,
            retired=13,
        ),
        particulars=Particulars(
            procurement_total=wan("62.60"),
            procurement_goods=wan("60.41"),
            procurement_services=wan("2.20"),
            procurement_sme=wan("62.60"),
            procurement_micro=wan("62.60"),
            furniture_value=wan("6.05"),
            other_assets_value=wan("12.33"),
        ),
        overall=OverallTarget(
            contact="左力胡玛尔·吾甫",
            phone="0996-4024185",
            goal="具体目标如下：\n1、开展工会活动工作。",
            indicators=(overall,),
        ),
        projects=(union_project(),),
        priors=priors(last_year()),
        words=reasons(REASONS) + uses(USES),
        signed_on=date(2025, 2, 14),
    )
