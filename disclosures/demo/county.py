"""Founds the demo county in the database and publishes its years, one after the other."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from budgets import ledger
from budgets.domain.chart import Chart
from budgets.domain.filing import Organisation
from budgets.models import Budget, Department, FormerName, State, read_chart
from disclosures.demo.factories import open_budget, record_move, store_filing
from disclosures.demo.filings import complete_filing, compose_filing, correct_filing
from disclosures.demo.plan import DemoDepartment
from disclosures.models import Disclosure
from disclosures.publishing.publication import BuildFiles, open_account, publish, register
from disclosures.workflow.drafting import draft_filing

REASON = "漏报了一项政府采购服务，政府采购预算相应更正。"
WORDS = "演示数据，由程序生成。"
# Every so many departments one is later than the law allows.
LATE_EVERY, LATE_DAYS = 12, 23


def found_county(bodies: Sequence[DemoDepartment], first: int) -> None:
    """Register the departments as they were in the first year, with their units."""
    made = Department.objects.bulk_create(
        Department(
            code=body.code,
            name=body.name_in(first),
            kind=body.agency.kind,
            established=body.established,
            is_demo=True,
        )
        for body in bodies
    )
    Department.objects.bulk_create(
        Department(code=code, name=name, parent=parent, is_demo=True)
        for body, parent in zip(bodies, made, strict=True)
        for code, name in body.units
    )


def publish_year(bodies: Sequence[DemoDepartment], year: int, first: int, bind: BuildFiles) -> int:
    """Let a year pass: new names and mergers, then every filing; return how many versions.

    `first` is the county's first year, `bind` makes the files.
    """
    chart = read_chart(year)
    for body in bodies:
        change_department(body, year)
    present = [body for body in bodies if body.exists_in(year)]
    return sum(publish_department(body, year, first, chart, bind) for body in present)


def change_department(body: DemoDepartment, year: int) -> None:
    departments = Department.objects.filter(code=body.code)
    if body.renamed == year:
        departments.update(name=body.name)
        FormerName.objects.create(
            department=departments.get(), name=body.former_name, until=year - 1
        )
    if body.dissolved == year:
        heir = Department.objects.get(code=body.successor)
        departments.update(dissolved=year, successor=heir, active=False)


@transaction.atomic
def publish_department(
    body: DemoDepartment, year: int, first: int, chart: Chart, bind: BuildFiles
) -> int:
    """A department's year from filing to publication; return how many versions that made.

    Where the plan says so it is published again a month later, corrected.
    """
    budget = open_budget(Organisation(code=body.code, name=body.name_in(year)), year)
    share = Decimal(Random(f"{body.seed} {body.code}").randint(88, 104)) / 100
    filing = complete_filing(
        compose_filing(body, year, first, chart),
        lambda filing: draft_filing(budget, filing),
        Decimal(0) if body.established == year else share,
    )
    store_filing(filing)
    if body.unpublished == year:
        return 0
    day = datetime(year, 2, 12, 2, tzinfo=UTC) + timedelta(days=body.number % 9)
    approve_disclosure(body, budget, publish(budget, now=day, bind=bind))
    if body.corrected != year:
        return 1
    Budget.objects.filter(pk=budget.pk).update(state=State.CORRECTING)
    ledger.replace_filing(budget, correct_filing(filing))
    later = day + timedelta(days=31)
    approve_disclosure(body, budget, publish(budget, reason=REASON, now=later, bind=bind))
    return 2


def approve_disclosure(body: DemoDepartment, budget: Budget, disclosure: Disclosure) -> None:
    """Record that exactly this was approved some days before, and then published."""
    days = LATE_DAYS if body.number % LATE_EVERY == 0 else 3 + body.number * 5 % 17
    who, day = open_account(), disclosure.published_at
    approved = day - timedelta(days=days)
    told = {"words": WORDS, "digest": disclosure.digest}
    record_move(budget, State.SUBMITTED, State.APPROVED, who, at=approved, **told)
    register(disclosure, budget, who)
    record_move(budget, State.APPROVED, State.PUBLISHED, who, at=day, **told)
