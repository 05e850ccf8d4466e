"""The sample workbook states what the published document prints: every figure and every text."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

import budgets
from budgets import spreadsheets
from budgets.domain.chart import Chart
from budgets.domain.facts import Fund, Nature, Side
from budgets.domain.filing import Organisation, Particulars, WordsKind
from budgets.domain.money import from_wan
from budgets.importing.chart_files import read_economic_codes, read_function_codes
from budgets.importing.validation.case import Known
from budgets.importing.validation.judging import validate_sheets

SAMPLE = settings.BASE_DIR / "samples" / "尉犁县总工会-2025.xlsx"
DATA = Path(budgets.__file__).parent / "data"
PROJECT = "2025年工会工作经费"


def wan(text):
    return from_wan(Decimal(text))


@cache
def verdict():
    functions = read_function_codes((DATA / "功能分类科目.csv").read_bytes())
    economics = read_economic_codes((DATA / "部门预算支出经济分类科目.csv").read_bytes())
    chart = Chart(
        2025,
        {entry.code: entry.name for entry in functions},
        {entry.code: entry.name for entry in economics},
    )
    return validate_sheets(spreadsheets.read(SAMPLE.read_bytes()), chart, Known(may_register=True))


@pytest.fixture
def filing():
    return verdict().filing


def test_sample_has_no_problems_and_brings_no_codes():
    assert (verdict().problems, verdict().functions, verdict().economics) == ([], {}, {})


def test_sample_is_of_the_department_and_year(filing):
    assert filing.department == Organisation(code="107001", name="尉犁县总工会")
    assert (filing.year, filing.units, filing.signed_on) == (2025, (), date(2025, 2, 14))
    assert (filing.three_public, filing.three_public_why, filing.glossary) == ((), "", ())


def test_sample_states_income_by_fund(filing):
    stated = [(f.fund, f.amount) for f in filing.facts if f.side is Side.INCOME]
    assert stated == [(Fund.GENERAL_OWN, wan("138.18")), (Fund.OTHER_INCOME, wan("127.71"))]


def test_sample_states_expenditure_by_function(filing):
    stated = [
        (f.fund, f.nature, f.function, f.economic, f.project, f.amount)
        for f in filing.facts
        if f.function
    ]
    basic = {
        "2012901": "49.74",
        "2012950": "42.68",
        "2050803": "0.23",
        "2080501": "9.55",
        "2080505": "12.24",
        "2080506": "6.12",
        "2101101": "5.88",
        "2101103": "1.31",
        "2210201": "10.43",
    }
    assert stated == [
        *(
            (Fund.GENERAL_OWN, Nature.BASIC, code, "", "", wan(amount))
            for code, amount in basic.items()
        ),
        (Fund.OTHER_INCOME, Nature.PROJECT, "2012901", "", PROJECT, wan("127.71")),
    ]


PERSONNEL = {
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


def test_sample_states_expenditure_by_economic_code_apart(filing):
    for nature, amounts in ((Nature.PERSONNEL, PERSONNEL), (Nature.OPERATING, OPERATING)):
        stated = {
            f.economic: f.amount
            for f in filing.facts
            if f.nature is nature and (f.fund, f.function) == (Fund.GENERAL_OWN, "")
        }
        assert stated == {code: wan(amount) for code, amount in amounts.items()}
    assert len(filing.facts) == 2 + 10 + len(PERSONNEL) + len(OPERATING)
    assert [f.economic for f in filing.facts if f.is_residue] == ["301"]


PRIORS = {
    "T2.total.general_own": "136.75",
    "T2.total.unit_funds": "124.14",
    "T3.total.basic": "136.75",
    "T3.total.project": "124.14",
    "T5.total.basic": "136.75",
    "T5.total.project": "0",
    "T5.2012901.total": "49.64",
    "T5.2012950.total": "42.53",
    "T5.2050803.total": "0.30",
    "T5.2080501.total": "7.03",
    "T5.2080505.total": "11.79",
    "T5.2080506.total": "0",
    "T5.2101101.total": "14.15",
    "T5.2101103.total": "1.25",
    "T5.2210201.total": "10.07",
    "T10.total.total": "0",
    "T10.abroad.total": "0",
    "T10.vehicle_purchase.total": "0",
    "T10.vehicle_running.total": "0",
    "T10.reception.total": "0",
    "N12.agency_operating": "4.91",
}
MORE_PROJECTS = "根据工作实际需求，增加了2025年工会工作经费项目资金"
REASONS = {
    "T2.total.general_own": "我部门人员调资、社保医保基数调增，因此一般公共预算相比上年增加",
    "T2.total.unit_funds": MORE_PROJECTS,
    "T3.total.basic": "我部门人员调资、社保医保基数调增，因此基本支出预算相比上年增加",
    "T3.total.project": MORE_PROJECTS,
    "T5.total.basic": "我部门人员调资、社保医保基数调增，因此基本支出增加",
    "T5.total.project": "2025年年初未安排项目支出",
    "T5.2012901.total": "我部门人员调资，因此此项经费预算增加",
    "T5.2012950.total": "我部门人员调资，因此此项经费预算增加",
    "T5.2050803.total": "本部门根据工作实际进一步优化培训机制比去年减少培训次数",
    "T5.2080501.total": "行政单位离退休缴费基数调整，此项经费预算增加",
    "T5.2080505.total": "我部门人员调资、社保基数调增，因此此项经费预算增加",
    "T5.2080506.total": "参照上级预算编制保障方式，2025年职业年金统一安排到各全额行政事业单位、"
    "参公单位，财政不再统一待列",
    "T5.2101101.total": "根据相关规定，退休人员缴纳时间达到年限后不再缴纳医疗，"
    "2025年医疗预算较上年减少",
    "T5.2101103.total": "我部门人员调资、医保基数调增，因此此项经费预算增加",
    "T5.2210201.total": "我部门人员调资、住房公积金基数调增，因此此项经费预算增加",
    "T10.abroad.total": "2024年与2025年均未安排因公出国（境）费用",
    "T10.vehicle_purchase.total": "2024年与2025年均未安排公务用车购置",
    "T10.vehicle_running.total": "2024年与2025年均未安排公务用车运行维护费",
    "T10.reception.total": "2024年与2025年均未安排公务接待费",
    "N12.agency_operating": "根据财政统一安排，下调机关运行经费",
}
USES = {
    "T4.201.general": "人员基本工资、津贴补贴、办公费用、福利费及日常公用经费等支出",
    "T4.205.general": "部门职工培训费支出",
    "T4.208.general": "部门职工社会保险费支出及退休人员费用支出",
    "T4.210.general": "部门职工及退休人员医疗保险支出",
    "T4.221.general": "部门职工住房公积金支出",
}


DUTIES = (
    "加强工会自身改革和建设，督促全县党政群机关、企事业单位和各类新建企业（新经济组织）依法建"
    "立工会组织，完善工作制度，健全工作机制，开展工会工作；督促、指导基层工会按期换届，坚定不"
    "移地推动党的全心全意依靠工人阶级根本指导方针的贯彻落实；代表和维护职工的合法权益，突出和"
    "履行维护职能，保护、调动和发挥广大职工的积极性、创造性；协助各级党委做好工会干部的配备、"
    "管理和培训工作；围绕有关职工合法权益的重大问题进行调查研究，向县委、县政府反映职工群众的"
    "思想、愿望和要求，提出合理意见；指导考核全县各级工会工作，增强基层工会活力，提高工会工作"
    "整体水平。"
)
AIM = (
    "紧紧围绕社会稳定和长治久安总目标，依照法律和《中国工会章程》，坚定不移地贯彻落实党的全心"
    "全意依靠工人阶级的根本指导方针，具体目标如下："
)
OVERALL_GOAL = (
    "1、开展工会活动工作，文体娱乐活动25次；\n"
    "2、节日慰问一线单位、开展夏送清凉，冬送温暖活动等大型活动每年开展3次，做好安全生产，关"
    "心关爱工会成员身心健康；\n"
    "3、全面做好困难职工帮扶工作，切实增强困难职工获得感、幸福感、安全感。帮扶资金覆盖困难职"
    "工户数6户；\n"
    "4、慰问劳动模范和先进工作者25人；\n"
    "5、开展职工劳动技能竞赛5次，积极深入开展维权活动，做好两书督查指导，切实维护职工的合法"
    "权益，构建和谐劳动关系。\n"
    "6、不断推进工会社会联络工作，把符合建会条件的社会组织纳入工会，进一步扩大组建工会的覆盖"
    "面。"
)
PROJECT_GOAL = (
    "1、开展工会活动工作，各项劳动技能竞赛、文体娱乐活动25次；\n"
    "2、节日慰问一线单位，开展夏送清凉，冬送温暖活动，覆盖企业数90家，做好安全生产，关心关"
    "爱工会成员身心健康；\n"
    "3、全面做好困难职工帮扶工作，切实增强困难职工获得感、幸福感、安全感。帮扶资金覆盖困难职"
    "工户数6户；\n"
    "4、慰问劳动模范和先进工作者25人；\n"
    "4、积极深入开展维权活动，做好两书督查指导，切实维护职工的合法权益，构建和谐劳动关系；\n"
    "5、不断推进工会社会联络工作，把符合建会条件的社会组织纳入工会，进一步扩大组建工会的覆盖"
    "面；\n"
    "6、补助全县8个乡镇和1个园区工会经费，保障基层工会人员权益。"
)


def test_sample_states_last_years_figures(filing):
    assert {prior.at: prior.amount for prior in filing.priors} == {
        at: wan(amount) for at, amount in PRIORS.items()
    }
    assert {prior.basis.label for prior in filing.priors} == {"预算"}


def test_sample_gives_its_reasons_and_uses(filing):
    told = {kind: {} for kind in WordsKind}
    for words in filing.words:
        told[words.kind][words.at] = words.text
    assert told == {WordsKind.REASON: REASONS, WordsKind.USE: USES}


def test_sample_gives_profile_and_particulars(filing):
    profile = filing.profile
    assert profile.duties == DUTIES
    assert profile.offices == ("书记室", "主任室", "行办室", "财务室")
    assert (profile.authorized, profile.actual) == (7, 19)
    assert (profile.serving, profile.retired, profile.honorary) == (6, 13, 0)
    assert (profile.serving_change, profile.retired_change, profile.honorary_change) == (0, 0, 0)
    assert filing.particulars == Particulars(
        procurement_total=wan("62.60"),
        procurement_goods=wan("60.41"),
        procurement_services=wan("2.20"),
        procurement_sme=wan("62.60"),
        procurement_micro=wan("62.60"),
        furniture_value=wan("6.05"),
        other_assets_value=wan("12.33"),
        other_matters="本部门无其他需说明事项。",
    )


def test_sample_states_the_overall_target(filing):
    overall = filing.overall
    assert (overall.contact, overall.phone) == ("左力胡玛尔·吾甫", "0996-4024185")
    assert overall.goal == f"{AIM}\n{OVERALL_GOAL}"
    assert [(i.level1, i.level2, i.level3, i.value, i.weight) for i in overall.indicators] == [
        ("履职效能", "数量指标", "开展单位各类活动次数", "＞=25次", 14),
        ("履职效能", "数量指标", "开展慰问活动数", "＞=3次", 14),
        ("履职效能", "数量指标", "帮扶资金覆盖困难职工户数", "＞=6户", 14),
        ("履职效能", "数量指标", "慰问劳动模范和先进工作者人数", "＞=25人", 14),
        ("履职效能", "数量指标", "职工劳动技能竞赛开展次数", "＞=5次", 14),
        ("履职效能", "时效指标", "慰问活动及时率", "＞=90%", 20),
    ]
    assert {indicator.basis for indicator in overall.indicators} == {"2025年工作计划"}


COUNTED, GRADED = "按照完成比例赋分", "按评判等级赋分"
PROOF, RECEIPT = "工作资料", "原始凭证"
INDICATORS = [
    ("产出指标", "数量指标", "慰问一线单位数量", ">=90家", "97家", 5, COUNTED, PROOF),
    ("产出指标", "数量指标", "帮扶困难职工户数", ">=6户", "6户", 5, COUNTED, PROOF),
    ("产出指标", "数量指标", "慰问劳动模范先进工作者人数", ">=25人", "25人", 5, COUNTED, PROOF),
    ("产出指标", "数量指标", "补助乡镇和园区数量", "=9个", "9个", 5, COUNTED, PROOF),
    ("产出指标", "数量指标", "开展活动次数", ">=25次", "20次", 5, COUNTED, PROOF),
    ("产出指标", "质量指标", "慰问活动覆盖率", "=100%", "/", 5, COUNTED, PROOF),
    ("产出指标", "时效指标", "补助资金发放及时率", "=100%", "/", 3, COUNTED, PROOF),
    ("产出指标", "时效指标", "活动按期完成率", "=100%", "/", 3, COUNTED, PROOF),
    ("产出指标", "时效指标", "慰问工作完成时限", "2025年12月25日前", "/", 4, COUNTED, PROOF),
    ("成本指标", "经济成本指标", "一线单位慰问金", "<=51万元", "/", 4, COUNTED, RECEIPT),
    ("成本指标", "经济成本指标", "困难职工帮扶资金", "<=35万元", "/", 4, COUNTED, RECEIPT),
    ("成本指标", "经济成本指标", "劳动模范慰问金", "<=2.10万元", "/", 4, COUNTED, RECEIPT),
    ("成本指标", "经济成本指标", "乡镇园区补助金", "<=4.50万元", "/", 4, COUNTED, RECEIPT),
    ("成本指标", "经济成本指标", "开展活动经费", "<=35.11万元", "/", 4, COUNTED, RECEIPT),
    (
        "效益指标",
        "社会效益指标",
        "减轻困难职工负担",
        "明显减轻",
        "达成“明显减轻”目标",
        10,
        GRADED,
        PROOF,
    ),
    (
        "效益指标",
        "社会效益指标",
        "促进企业建会入会",
        "有效促进",
        "达成“有效促进”目标",
        10,
        GRADED,
        PROOF,
    ),
    ("满意度指标", "满意度指标", "单位、职工满意度", ">=95%", "95%", 10, "满意度赋分", PROOF),
]


def test_sample_states_its_project_with_all_indicators(filing):
    (plan,) = filing.projects
    assert (plan.unit, plan.name, plan.leader) == ("107001", PROJECT, "李怀熙")
    assert plan.goal == f"{AIM}\n{PROJECT_GOAL}"
    stated = [
        (i.level1, i.level2, i.level3, i.value, i.last_value, i.weight, i.scoring, i.evidence)
        for i in plan.indicators
    ]
    assert stated == INDICATORS
    assert {indicator.basis for indicator in plan.indicators} == {"计划标准"}
    assert sum(indicator.weight for indicator in plan.indicators) == 90
    costs = [i.goal.number for i in plan.indicators if i.level1 == "成本指标"]
    assert sum(costs) == Decimal("127.71")
