"""Founds the demo county in the database and publishes its years, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from budgets import ledger
from budgets.chart import Chart
from budgets.facts import Filing
from budgets.models import Budget, Department, FormerName, State, read_chart
from disclosures.demo.approval import approve
from disclosures.demo.plan import Body
from disclosures.demo.statement import complete, compose_filing, correct
from disclosures.publication import Bind, draft_filing, publish

REASON = "漏报了一项政府采购服务，政府采购预算相应更正。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """What all years share: the plan, the first year, and what makes the files."""

    bodies: Sequence[Body]
    first: int
    bind: Bind

    def found(self) -> None:
        """Register the departments as they were in the first year, with their units."""
        made = Department.objects.bulk_create(
            Department(
                code=body.code,
                name=body.name_in(self.first),
                kind=body.agency.kind,
                established=body.established,
                is_demo=True,
            )
            for body in self.bodies
        )
        Department.objects.bulk_create(
            Department(code=code, name=name, parent=parent, is_demo=True)
            for body, parent in zip(self.bodies, made, strict=True)
            for code, name in body.units
        )

    def live(self, year: int) -> int:
        """Let a year pass: renamings and mergers, then every filing; return how many versions."""
        chart = read_chart(year)
        for body in self.bodies:
            befall(body, year)
        present = [body for body in self.bodies if body.exists_in(year)]
        return sum(self.file(body, year, chart) for body in present)

    @transaction.atomic
    def file(self, body: Body, year: int, chart: Chart) -> int:
        """A department's year from filing to publication; return how many versions that made."""
        department = Department.objects.get(code=body.code)
        budget = Budget.objects.create(department=department, year=year)
        share = Decimal(Random(f"{body.seed} {body.code}").randint(88, 104)) / 100
        filing = complete(
            compose_filing(body, year, self.first, chart),
            lambda filing: draft_filing(budget, filing),
            Decimal(0) if body.established == year else share,
        )
        ledger.replace_filing(budget, filing)
        if body.unpublished == year:
            return 0
        return self.release(body, budget, filing)

    def release(self, body: Body, budget: Budget, filing: Filing) -> int:
        """Publish, and where the plan says so publish again a month later, corrected."""
        day = datetime(budget.year, 2, 12, 2, tzinfo=UTC) + timedelta(days=body.number % 9)
        approve(body, budget, publish(budget, now=day, bind=self.bind))
        is_corrected = body.corrected == budget.year
        if is_corrected:
            Budget.objects.filter(pk=budget.pk).update(state=State.CORRECTING)
            ledger.replace_filing(budget, correct(filing))
            day += timedelta(days=31)
            approve(body, budget, publish(budget, reason=REASON, now=day, bind=self.bind))
        return 1 + is_corrected


def befall(body: Body, year: int) -> None:
    """What happens to a department at the beginning of a year: a new name, or its end."""
    departments = Department.objects.filter(code=body.code)
    if body.renamed == year:
        departments.update(name=body.name)
        FormerName.objects.create(
            department=departments.get(), name=body.former_name, until=year - 1
        )
    if body.dissolved == year:
        heir = Department.objects.get(code=body.successor)
        departments.update(dissolved=year, successor=heir, active=False)
