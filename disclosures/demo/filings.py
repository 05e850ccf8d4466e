"""The whole filing of a demo department for a year, and the words that its document asks for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from budgets.domain.chart import Chart
from budgets.domain.document import Change, Document, Missing, SectionRole
from budgets.domain.filing import (
    Filing,
    Organisation,
    Particulars,
    Prior,
    Profile,
    Words,
    WordsKind,
)
from budgets.domain.tables.form import Role
from budgets.models import DepartmentKind
from disclosures.demo.factories import balance_facts
from disclosures.demo.money import (
    Means,
    list_basic,
    list_items,
    list_own_money,
    list_projects,
    set_overall,
)
from disclosures.demo.plan import COUNTY, DemoDepartment

DUTIES = (
    "（一）贯彻执行国家关于{field}的方针政策和法律法规，拟订本县{field}工作计划并组织实施。",
    "（二）负责本县{field}的日常管理、指导和服务，回应群众关切。",
    "（三）完成县委、县政府交办的其他任务。",
)
OFFICES = ("办公室", "财务科", "业务科", "综合科", "政策法规科", "监督检查科", "信息科")
# What rose, and what fell.
PEOPLE = (
    (
        "调入人员增加，工资、津贴补贴相应增加",
        "社会保险和住房公积金缴费基数上调",
        "落实工资晋级晋档政策",
        "新录用人员到岗",
    ),
    (
        "退休和调出人员增加，在职人员减少",
        "上年清算补缴的社会保险本年不再安排",
        "空编人员经费不再预留",
        "按实有人数核定，不再安排一次性补发",
    ),
)
OFFICE = (
    (
        "在职人员增加，定额公用经费相应增加",
        "水电取暖价格上涨",
        "办公用房面积增加，运行费用增加",
    ),
    (
        "落实过紧日子要求，压减一般性支出",
        "会议、差旅从严从紧安排",
        "按实有人数核定公用经费",
    ),
)
PROJECTS = (
    (
        "根据本年重点任务增加安排",
        "新增上级转移支付项目",
        "项目进入集中实施阶段，按进度安排资金",
        "设备到期更新，按政府采购计划安排",
    ),
    (
        "上年一次性项目已经完成",
        "压减低效项目，资金统筹用于重点工作",
        "项目进入收尾阶段，资金需求减少",
        "上级转移支付提前下达数减少",
    ),
)
CARRIED = (
    ("上年项目跨年实施，按合同约定结转", "上年资金下达较晚，结转本年继续使用"),
    ("上年项目执行较快，结转资金减少", "加快预算执行，清理盘活结转资金"),
)
CARS = (
    ("车辆老旧，维修费用增加", "承办上级会议和检查增多"),
    ("落实中央八项规定精神，厉行节约", "公务活动减少，接待从简", "公务用车集中管理，运行费用下降"),
)
USES = ("人员工资、社会保险和机构日常运转", "在职和退休人员的保障支出", "年度重点工作和项目实施")
# The table of a cell, and for totals its column, tells what the reason speaks of.
PROJECT_ITEM = re.compile(rf"{Role.GENERAL}\.(?!208|210|221)\d{{5}}(?!01)\d\d\.")
SUBJECTS = (
    (f"{Role.THREE_PUBLIC}.", CARS),
    (f"{Role.CARRYOVER}.", CARRIED),
    (f"{Role.PROJECTS}.", PROJECTS),
    (f"{Role.GOVERNMENT_FUND}.", PROJECTS),
    (f"{Role.STATE_CAPITAL}.", PROJECTS),
    (f"{Role.SPENDING}.total.project", PROJECTS),
    (f"{Role.GENERAL}.total.project", PROJECTS),
    (f"{Role.BASIC}.", OFFICE),
    (f"{Role.INCOME}.total.fiscal_carryover", CARRIED),
    (f"{Role.INCOME}.total.other_carryover", CARRIED),
    (f"{Role.INCOME}.total.general_transfer", PROJECTS),
    (f"{SectionRole.OTHER_MATTERS}.", OFFICE),
)


def find_reason(at: str, chance: Random, *, fell: bool) -> str:
    """Why the figure of a cell changed: one cause or two."""
    usual = PROJECTS if PROJECT_ITEM.match(at) else PEOPLE
    stock = next((words for start, words in SUBJECTS if at.startswith(start)), usual)[fell]
    return "；".join(chance.sample(stock, chance.randint(1, 2)))


# Printed in every form of the document, so that no file of the demo county passes for a real one.
NOTICE = f"本文件是程序生成的演示数据，{COUNTY}并不存在，不是任何真实部门的预算。"
NO_AGENCY = "本部门是事业单位，不适用机关运行经费，日常支出列入公用经费"
Drafter = Callable[[Filing], Document]


class MissingWords(NamedTuple):
    """What a sentence waits for: the cell, prior, reason or use, and whether the figure fell."""

    at: str
    kind: str
    fell: bool


def compose_filing(body: DemoDepartment, year: int, first: int, chart: Chart) -> Filing:
    """What the department states for the year, its words and last year's figures left out."""
    own = Organisation(code=body.code, name=body.name_in(year))
    units = tuple(Organisation(code=code, name=name) for code, name in body.units)
    homes = units or (own,)
    facts, plans = [], []
    for home in homes:
        means = Means(
            unit=home.code,
            staff=max(3, count_staff(body, year, first) // len(homes)),
            items=list_items(body.agency.section, chart),
            year=year,
            first=first,
            seed=body.seed,
            chance=Random(f"{body.seed} {home.code} {year}"),
        )
        projects = list(list_projects(means, body.agency, home.name))
        facts += [*list_basic(means), *list_own_money(means, body.agency.section)]
        facts += [fact for _, paid in projects for fact in paid]
        plans += [plan for plan, _ in projects]
    return Filing(
        department=own,
        year=year,
        units=units,
        facts=balance_facts(*facts),
        profile=make_profile(body, year, first),
        particulars=count_particulars(body, year, first),
        overall=set_overall(year, body.agency.field, body.agency.staff),
        projects=tuple(plans),
        signed_on=date(year, 2, 10),
    )


def count_staff(body: DemoDepartment, year: int, first: int) -> int:
    """People in service: some come and some go each year."""
    drift = sum(
        Random(f"{body.seed} {body.code} staff {each}").randint(-2, 2)
        for each in range(first, year)
    )
    return max(3, body.agency.staff + drift)


def make_profile(body: DemoDepartment, year: int, first: int) -> Profile:
    now, before = count_staff(body, year, first), count_staff(body, year - 1, first)
    offices = OFFICES[: 2 + body.number % (len(OFFICES) - 1)]
    return Profile(
        duties="\n".join(DUTIES).format(field=body.agency.field),
        offices=offices,
        authorized=max(now, body.agency.staff) + 2,
        serving=now,
        serving_change=now - before,
        retired=body.agency.staff // 3,
    )


def count_particulars(body: DemoDepartment, year: int, first: int) -> Particulars:
    """Procurement and assets; every fifth department procures nothing and reports zero."""
    staff = count_staff(body, year, first)
    goods, services = Decimal(staff * 1_200), Decimal(staff * 700)
    if body.number % 5 == 4:
        goods = services = Decimal(0)
    cars = staff // 15
    is_institution = body.agency.kind == DepartmentKind.INSTITUTION
    return Particulars(
        procurement_total=goods + services,
        procurement_goods=goods,
        procurement_services=services,
        procurement_sme=goods,
        procurement_micro=goods / 2,
        house_area=Decimal(staff * 38),
        house_value=Decimal(staff * 52_000),
        vehicle_count=cars,
        vehicle_value=Decimal(cars * 168_000),
        vehicle_general_count=cars,
        vehicle_general_value=Decimal(cars * 168_000),
        furniture_value=Decimal(staff * 3_900),
        other_assets_value=Decimal(staff * 11_500),
        equipment_50_count=staff // 100,
        other_matters=NOTICE,
        # An institution is no agency and says so; of others the rule counts their running costs.
        agency_operating=Decimal(0) if is_institution else None,
        agency_operating_why=NO_AGENCY if is_institution else "",
    )


def complete_filing(filing: Filing, draft: Drafter, share: Decimal) -> Filing:
    """The filing with everything its sentences ask for.

    Where last year is not public, last year's figure is this year's times `share`.
    """
    made = draft(filing)
    gaps = list_gaps(made)
    if priors := [gap.at for gap in gaps if gap.kind == "prior"]:
        amounts = made.amounts
        told = [Prior(at=at, amount=amounts.get(at, Decimal(0)) * share) for at in priors]
        filing = replace(filing, priors=tuple(told))
        gaps = list_gaps(draft(filing))
    return replace(filing, words=tuple(write_words(filing, gaps)))


def write_words(filing: Filing, gaps: list[MissingWords]) -> Iterator[Words]:
    seed = f"{filing.department.code} {filing.year}"
    for gap in gaps:
        chance = Random(f"{seed} {gap.at}")
        is_use = gap.kind == WordsKind.USE
        text = chance.choice(USES) if is_use else find_reason(gap.at, chance, fell=gap.fell)
        yield Words(at=gap.at, kind=WordsKind(gap.kind), text=text)


def list_gaps(made: Document) -> list[MissingWords]:
    """What the sentences wait for, in the order of the text, each once."""
    found: dict[tuple[str, str], MissingWords] = {}
    for paragraph in made.paragraphs():
        fell = {
            span.at: span.printed_difference < 0
            for span in paragraph.spans
            if isinstance(span, Change)
        }
        for span in paragraph.spans:
            if isinstance(span, Missing):
                gap = MissingWords(span.at, span.kind, fell.get(span.at, False))
                found.setdefault((gap.at, gap.kind), gap)
    return list(found.values())


def correct_filing(filing: Filing) -> Filing:
    """The filing as corrected: procurement that had been left out."""
    given = filing.particulars
    more = Decimal(48_000)
    corrected = replace(
        given,
        procurement_total=given.procurement_total + more,
        procurement_services=given.procurement_services + more,
    )
    return replace(filing, particulars=corrected)
