"""Builders for tests: a chart, and facts and statements in 万元 as documents print them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from budgets.domain.chart import Chart
from budgets.domain.facts import Fact, Fund
from budgets.domain.filing import (
    Filing,
    GlossaryEntry,
    Organisation,
    Prior,
    PriorBasis,
    ProjectPlan,
    Words,
    WordsKind,
)
from budgets.domain.money import from_wan
from disclosures.demo.factories import balance_facts, make_expense, make_income

UNION = Organisation(code="107001", name="尉犁县总工会")
SCHOOLS = Organisation(code="201", name="某县教育局")
BUREAU, FIRST, SECOND = (
    Organisation(code="201001", name="某县教育局本级"),
    Organisation(code="201002", name="某县第一中学"),
    Organisation(code="201003", name="某县第二中学"),
)

CLASSES = {
    "201": "一般公共服务支出",
    "202": "外交支出",
    "203": "国防支出",
    "204": "公共安全支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "209": "社会保险基金支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出",
    "214": "交通运输支出",
    "215": "资源勘探工业信息等支出",
    "216": "商业服务业等支出",
    "217": "金融支出",
    "219": "援助其他地区支出",
    "220": "自然资源海洋气象等支出",
    "221": "住房保障支出",
    "222": "粮油物资储备支出",
    "223": "国有资本经营预算支出",
    "224": "灾害防治及应急管理支出",
    "227": "预备费",
    "229": "其他支出",
    "230": "转移性支出",
    "231": "债务还本支出",
    "232": "债务付息支出",
    "233": "债务发行费用支出",
}
FUNCTIONS = CLASSES | {
    "20129": "群众团体事务",
    "2012901": "行政运行",
    "2012950": "事业运行",
    "20502": "普通教育",
    "2050203": "初中教育",
    "2050204": "高中教育",
    "20508": "进修及培训",
    "2050803": "培训支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "2101103": "公务员医疗补助",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120803": "城市建设支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "22302": "国有企业资本金注入",
    "2230201": "国有经济结构调整支出",
    "22960": "彩票公益金安排的支出",
    "2296004": "用于教育事业的彩票公益金支出",
}
ECONOMICS = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30108": "机关事业单位基本养老保险缴费",
    "30110": "职工基本医疗保险缴费",
    "30111": "公务员医疗补助缴费",
    "30112": "其他社会保障缴费",
    "30113": "住房公积金",
    "30114": "医疗费",
    "30199": "其他工资福利支出",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30207": "邮电费",
    "30211": "差旅费",
    "30212": "因公出国（境）费用",
    "30216": "培训费",
    "30217": "公务接待费",
    "30228": "工会经费",
    "30229": "福利费",
    "30231": "公务用车运行维护费",
    "30299": "其他商品和服务支出",
    "303": "对个人和家庭的补助",
    "30302": "退休费",
    "30308": "助学金",
    "30309": "奖励金",
    "310": "资本性支出",
    "31002": "办公设备购置",
    "31013": "公务用车购置",
}
CHART = Chart(2025, functions=FUNCTIONS, economics=ECONOMICS)
GLOSSARY = (
    GlossaryEntry(term="财政拨款", meaning="指由一般公共预算等安排的财政拨款数。"),
    GlossaryEntry(term="其他资金", meaning="包括事业收入、事业经营收入、其他收入等。"),
)


def wan(text: str | Decimal) -> Decimal:
    """Yuan from 万元 as printed."""
    return from_wan(Decimal(text))


def income(fund: Fund, amount: str | Decimal, unit: str = UNION.code, **more) -> Fact:
    """Money coming in, in 万元."""
    return make_income(fund, wan(amount), unit, **more)


def spend(
    amount: str | Decimal, function: str = "", economic: str = "", unit: str = UNION.code, **more
) -> Fact:
    """Money going out, in 万元; basic expenditure of the general budget unless told otherwise."""
    return make_expense(wan(amount), function, economic, unit=unit, **more)


def priors(
    amounts: Mapping[str, str | Decimal], basis: PriorBasis = PriorBasis.BUDGET
) -> tuple[Prior, ...]:
    """Last year's figures in 万元, by cell address."""
    return tuple(Prior(at=at, amount=wan(amount), basis=basis) for at, amount in amounts.items())


def reasons(texts: Mapping[str, str]) -> tuple[Words, ...]:
    """Why figures changed, by cell address."""
    return tuple(Words(at=at, kind=WordsKind.REASON, text=text) for at, text in texts.items())


def uses(texts: Mapping[str, str]) -> tuple[Words, ...]:
    """What amounts are used for, by cell address."""
    return tuple(Words(at=at, kind=WordsKind.USE, text=text) for at, text in texts.items())


def filing(*facts: Fact, department: Organisation = UNION, **more) -> Filing:
    """A filing of 2025 with this expenditure and the income that pays for it."""
    return Filing(department=department, year=2025, facts=balance_facts(*facts), **more)


def plan_projects(*facts: Fact) -> tuple[ProjectPlan, ...]:
    """A plan, without words, for each project that is paid for."""
    named = dict.fromkeys((fact.unit, fact.project) for fact in facts if fact.project)
    return tuple(ProjectPlan(unit=unit, name=name) for unit, name in named)


def move(made: Filing, department: Organisation) -> Filing:
    """The same filing by another department without units."""
    return replace(
        made,
        department=department,
        facts=tuple(replace(fact, unit=department.code) for fact in made.facts),
        projects=tuple(replace(plan, unit=department.code) for plan in made.projects),
    )
