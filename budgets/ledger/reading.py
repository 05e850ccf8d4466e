"""Reads a filing back from the rows it rests in, in a fixed number of queries."""

from django.core.exceptions import ObjectDoesNotExist

from budgets.facts import (
    Fact,
    Filing,
    Fund,
    GlossaryEntry,
    Indicator,
    Nature,
    OverallTarget,
    Particulars,
    Prior,
    PriorBasis,
    Profile,
    ProjectPlan,
    Side,
    Words,
    WordsKind,
)
from budgets.ledger.record import restore
from budgets.ledger.totals import fill_particulars, fill_profile
from budgets.models import Budget, BudgetLine, Project, ThreePublicStatement

PARTS = ("profile", "particulars", "overall")


def read(budget: Budget) -> Filing:
    """Everything stated in a budget, amounts in yuan.

    The facts and projects of a department with units are those of its units' budgets of the
    year; its words, last year's figures, profile and targets are its own. A unit's budget reads
    as a filing of its own.
    """
    # Read afresh: the caller's instance may remember rows that have been replaced since.
    budget = Budget.objects.select_related("department", *PARTS).get(pk=budget.pk)
    units = list(Budget.objects.of_units(budget).select_related("department", *PARTS))
    homes = units or [budget]
    return Filing(
        department=budget.department.organisation,
        year=budget.year,
        units=tuple(unit.department.organisation for unit in units),
        facts=read_facts(homes),
        three_public=read_three_public(homes),
        three_public_why=budget.three_public_why,
        overall=read_overall(budget),
        projects=read_projects(homes),
        signed_on=budget.signed_on,
        **read_overview(budget, units),
        **read_statements(budget),
    )


def read_overview(budget, units):
    """Profile and particulars; figures that the department does not state are its units' sums."""
    return {
        "profile": fill_profile(
            read_part(budget, "profile", Profile),
            [read_part(unit, "profile", Profile) for unit in units],
        ),
        "particulars": fill_particulars(
            read_part(budget, "particulars", Particulars),
            [read_part(unit, "particulars", Particulars) for unit in units],
        ),
    }


def read_statements(budget):
    """Last year's figures, the department's own words, and the terms that it adds."""
    return {
        "priors": tuple(
            restore(Prior, row, basis=PriorBasis(row.basis)) for row in budget.priors.all()
        ),
        "words": tuple(restore(Words, row, kind=WordsKind(row.kind)) for row in budget.words.all()),
        "glossary": tuple(restore(GlossaryEntry, row) for row in budget.glossary.all()),
    }


def read_facts(homes):
    """The lines of these budgets as facts, in the order in which they were written."""
    rows = BudgetLine.objects.filter(budget__in=homes).select_related(
        "budget__department", "project"
    )
    return tuple(
        restore(
            Fact,
            row,
            unit=row.budget.department.code,
            side=Side(row.side),
            fund=Fund(row.fund),
            nature=Nature(row.nature) if row.nature else None,
            project=row.project.name if row.project else "",
        )
        for row in rows.order_by("id")
    )


def read_three_public(homes):
    """三公 as stated item by item, as facts with an economic code and no function."""
    rows = ThreePublicStatement.objects.filter(budget__in=homes)
    return tuple(
        Fact(
            unit=row.budget.department.code,
            side=Side.EXPENDITURE,
            fund=Fund(row.fund),
            economic=row.economic,
            amount=row.amount,
            origin=row.origin,
        )
        for row in rows.select_related("budget__department").order_by("id")
    )


def read_part(budget, name, cls):
    """The one row of that name beside the budget, as a value; an empty value if there is none."""
    try:
        return restore(cls, getattr(budget, name))
    except ObjectDoesNotExist:
        return cls()


def read_units(budget, name, cls):
    """The rows of that name beside the budgets of the department's units, as values."""
    units = Budget.objects.of_units(budget).select_related("department", name)
    return [read_part(unit, name, cls) for unit in units]


def read_overall(budget):
    """The overall target with its indicators."""
    try:
        row = budget.overall
    except ObjectDoesNotExist:
        return OverallTarget()
    return restore(OverallTarget, row, indicators=read_indicators(row))


def read_projects(homes):
    """The projects of these budgets with their indicators."""
    rows = Project.objects.filter(budget__in=homes).select_related("budget__department")
    return tuple(
        restore(ProjectPlan, row, unit=row.budget.department.code, indicators=read_indicators(row))
        for row in rows.prefetch_related("indicators").order_by("order", "id")
    )


def read_indicators(target):
    """A target's indicators, in their order."""
    return tuple(
        restore(Indicator, row, weight=shorten(row.weight)) for row in target.indicators.all()
    )


def shorten(weight):
    """A weight as it is printed: 14 for 14.00, 2.5 for 2.50."""
    if weight is None or weight == weight.to_integral_value():
        return weight if weight is None else weight.quantize(1)
    return weight.normalize()
