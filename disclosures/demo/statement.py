"""The whole filing of a demo department for a year, and the words that its document asks for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from budgets.domain.chart import Chart
from budgets.domain.document import Change, Document, Missing
from budgets.domain.filing import (
    Filing,
    Organisation,
    Particulars,
    Prior,
    Profile,
    Words,
    WordsKind,
)
from budgets.models import DepartmentKind
from disclosures.demo.factories import balance_facts
from disclosures.demo.money import Means, list_basic, list_items
from disclosures.demo.phrases import DUTIES, OFFICES, find_reason, find_use
from disclosures.demo.plan import DemoDepartment
from disclosures.demo.projects import list_own_money, list_undertakings, set_overall
from disclosures.demo.roster import COUNTY

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
        means = measure_unit(body, home.code, year, first, chart)
        undertakings = list(
            list_undertakings(means, body.agency.section, body.agency.field, home.name)
        )
        facts += [*list_basic(means), *list_own_money(means, body.agency.section)]
        facts += [fact for each in undertakings for fact in each.facts]
        plans += [each.plan for each in undertakings]
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


def measure_unit(body: DemoDepartment, unit: str, year: int, first: int, chart: Chart) -> Means:
    """What a unit of the department has to do with in the year."""
    share = max(body.unit_count, 1)
    return Means(
        unit=unit,
        staff=max(3, count_staff(body, year, first) // share),
        items=list_items(body.agency.section, chart),
        year=year,
        first=first,
        seed=body.seed,
        chance=Random(f"{body.seed} {unit} {year}"),
    )


def count_staff(body: DemoDepartment, year: int, first: int) -> int:
    """People in service: some come and some go each year."""
    drift = sum(
        Random(f"{body.seed} {body.code} staff {each}").randint(-2, 2)
        for each in range(first, year)
    )
    return max(3, body.agency.staff + drift)


def make_profile(body: DemoDepartment, year: int, first: int) -> Profile:
    """Duties, offices and staff."""
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
        **state_agency_operating(body),
    )


def state_agency_operating(body: DemoDepartment) -> dict:
    """An institution is no agency and says so; of others the rule counts their running costs."""
    if body.agency.kind != DepartmentKind.INSTITUTION:
        return {}
    return {"agency_operating": Decimal(0), "agency_operating_why": NO_AGENCY}


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
    """A reason or a use for every sentence that waits for one."""
    seed = f"{filing.department.code} {filing.year}"
    for gap in gaps:
        chance = Random(f"{seed} {gap.at}")
        is_use = gap.kind == WordsKind.USE
        text = find_use(chance) if is_use else find_reason(gap.at, chance, fell=gap.fell)
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
