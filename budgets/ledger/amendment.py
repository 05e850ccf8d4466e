"""Changes parts of what rests in a budget and leaves the rest as it is: all of them or nothing."""

from collections.abc import Collection

from django.db import transaction

from budgets.facts import Filing, Side
from budgets.ledger.record import columns
from budgets.ledger.replacement import (
    FilingRefusedError,
    count_revision,
    hold,
    own_homes,
    settle,
    write_facts,
    write_glossary,
    write_indicators,
    write_overall,
    write_particulars,
    write_profile,
    write_statements,
    write_three_public,
)
from budgets.models import (
    Budget,
    BudgetLine,
    GlossaryTerm,
    Indicator,
    OverallTarget,
    Particulars,
    Prior,
    Profile,
    Project,
    ThreePublicStatement,
    Words,
)

SIDES = {"income": Side.INCOME, "expenditure": Side.EXPENDITURE}
OF_UNITS = {*SIDES, "projects", "three_public"}
ON_COVER = ("signed_on", "three_public_why")
OWN = {
    "profile": (Profile, write_profile),
    "particulars": (Particulars, write_particulars),
    "overall": (OverallTarget, write_overall),
    "glossary": (GlossaryTerm, write_glossary),
    "priors": (Prior, lambda budget, priors: write_statements(budget, Prior, priors)),
    "words": (Words, lambda budget, words: write_statements(budget, Words, words)),
}
PARTS = frozenset({*OF_UNITS, *ON_COVER, *OWN})


@transaction.atomic
def amend(budget: Budget, filing: Filing, parts: Collection[str]) -> None:
    """Let the named parts of `filing` (amounts in yuan) stand in place of the budget's own.

    Parts are the fields of a filing, with its facts as `income` and `expenditure`. Holds the same
    locks and refuses the same filings as `replace`; a project that has money is not taken away.
    Raises FilingRefusedError, also as BudgetLockedError; then nothing has changed.
    """
    if unknown := set(parts) - PARTS:
        raise ValueError(f"not parts of a filing: {sorted(unknown)}")
    involved = hold(budget)
    count_revision(involved)
    if OF_UNITS & set(parts):
        amend_money(budget, involved, filing, parts)
    for part, (model, write) in OWN.items():
        if part in parts:
            model.objects.filter(budget=budget).delete()
            write(budget, getattr(filing, part))
    cover = {name: getattr(filing, name) for name in ON_COVER if name in parts}
    Budget.objects.filter(pk=budget.pk).update(**cover)


def amend_money(budget, involved, filing, parts):
    """Write what rests in the budgets of the units: facts, projects, 三公 as stated."""
    homes = settle(budget, filing)
    own = own_homes(budget, involved)
    sides = [side for part, side in SIDES.items() if part in parts]
    BudgetLine.objects.filter(budget__in=own, side__in=sides).delete()
    if "projects" in parts:
        amend_projects(own, homes, filing.projects)
    rows = Project.objects.filter(budget__in=homes.values()).select_related("budget__department")
    projects = {(row.budget.department.code, row.name): row for row in rows}
    write_facts(homes, projects, [fact for fact in filing.facts if fact.side in sides])
    if "three_public" in parts:
        ThreePublicStatement.objects.filter(budget__in=own).delete()
        write_three_public(homes, filing.three_public)


def amend_projects(own, homes, plans):
    """Bring the projects up to `plans`; those that stay keep their rows, and so their lines."""
    rows = Project.objects.filter(budget__in=own).select_related("budget__department")
    known = {(row.budget.department.code, row.name): row for row in rows}
    stated = {(plan.unit, plan.name) for plan in plans}
    remove_projects([row for key, row in known.items() if key not in stated])
    Indicator.objects.filter(project__in=known.values()).delete()
    for order, plan in enumerate(plans):
        values = columns(plan, "unit", "indicators") | {"order": order}
        row, _ = Project.objects.update_or_create(
            budget=homes[plan.unit], name=plan.name, defaults=values
        )
        write_indicators(plan.indicators, project=row)


def remove_projects(rows):
    """Take projects away, unless money stands in their name."""
    funded = BudgetLine.objects.filter(project__in=rows).values_list("project__name", flat=True)
    if names := sorted(set(funded)):
        raise FilingRefusedError(f"项目“{'”、“'.join(names)}”还有预算金额，不能删除。")
    Project.objects.filter(pk__in=[row.pk for row in rows]).delete()
