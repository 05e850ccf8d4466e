"""Replaces what rests in a budget by a new filing: all of it or nothing."""

from operator import attrgetter

from django.db import connection, transaction
from django.db.models import F, Q

from budgets import facts
from budgets.facts import Filing
from budgets.ledger.insertion import insert
from budgets.ledger.reading import read_units
from budgets.ledger.record import columns
from budgets.ledger.totals import leave_particulars, leave_profile
from budgets.models import (
    Budget,
    BudgetLine,
    Department,
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

# Fields of a fact that are columns of a line.
KEPT = ("side", "fund", "function", "economic", "internal", "origin")
keep = attrgetter(*KEPT)


class FilingRefusedError(Exception):
    """The ledger does not take the filing; the message says why, for the person who files."""


class BudgetLockedError(FilingRefusedError):
    """The budget has left the clerk's hands."""


@transaction.atomic
def replace(budget: Budget, filing: Filing) -> None:
    """Let `filing` (amounts in yuan) stand in place of all that `budget` held.

    Facts and projects go to the budgets of the units they belong to, the rest to `budget` itself.
    Raises FilingRefusedError, also as BudgetLockedError; then nothing has changed.
    """
    involved = hold(budget)
    homes = settle(budget, filing)
    clear(budget, involved)
    count_revision(involved)
    projects = write_projects(homes, filing)
    write_lines(homes, projects, filing)
    write_words(budget, filing)
    write_overview(budget, filing)


def hold(budget: Budget) -> list[Budget]:
    """Hold a budget and its kin against other writers until the transaction ends; return them.

    Raises BudgetLockedError where one of them has left the clerk's hands.
    """
    involved = lock(budget)
    refuse_locked(involved)
    return involved


def lock(budget):
    """The budgets whose facts the filing touches.

    A department's filing replaces its units' facts; a unit's stands in its department's tables.
    """
    owner = budget.department
    above = Q(department__in=[owner.pk, owner.parent_id])
    below = Q(department=owner.pk) | Q(department__parent=owner.pk)
    kin = Budget.objects.for_year(budget.year).select_related("department")
    return list(kin.filter(above if owner.parent_id else below).select_for_update(of=("self",)))


def count_revision(involved):
    """One more change of each budget whose document it may change."""
    kin = [each.pk for each in involved]
    Budget.objects.filter(pk__in=kin).update(revision=F("revision") + 1)


def refuse_locked(involved):
    """Either lock holds for both: that of the department, and that of its unit."""
    for kin in involved:
        if kin.locked:
            raise BudgetLockedError(f"{kin}已锁定，不能修改。")


def settle(budget, filing):
    """The budget of each organisation that facts may belong to, by its code."""
    listed = {unit.code for unit in filing.units}
    filed = {kin.department.code for kin in Budget.objects.of_units(budget)}
    active = Department.objects.units_of(budget.department)
    known = {unit.code: unit for unit in active}
    if unknown := sorted(listed - set(known)):
        raise FilingRefusedError(f"{budget.department}没有登记下属单位 {'、'.join(unknown)}。")
    if left_out := sorted((filed & set(known)) - listed):
        raise FilingRefusedError(f"{budget.department}的下属单位 {'、'.join(left_out)} 没有列出。")
    if not listed:
        refuse_double(budget)
        return {budget.department.code: budget}
    return {
        code: Budget.objects.get_or_create(department=known[code], year=budget.year)[0]
        for code in sorted(listed)
    }


def refuse_double(budget):
    """Money of a unit is filed by the unit, or by its department in one; never by both."""
    parent = budget.department.parent_id
    above = BudgetLine.objects.filter(budget__department=parent, budget__year=budget.year)
    if parent and above.exists():
        raise FilingRefusedError(
            f"{budget.department.parent}{budget.year}年的预算没有分单位，请先改为分单位填报。"
        )


def clear(budget, involved):
    """Remove what the new filing replaces: facts of `budget` and of its units, its own words."""
    homes = own_homes(budget, involved)
    BudgetLine.objects.filter(budget__in=homes).delete()
    ThreePublicStatement.objects.filter(budget__in=homes).delete()
    Project.objects.filter(budget__in=homes).delete()
    for model in (Profile, Particulars, OverallTarget, Prior, Words, GlossaryTerm):
        model.objects.filter(budget=budget).delete()


def own_homes(budget, involved):
    """Those of the held budgets whose facts a filing of `budget` states."""
    is_department = budget.department.parent_id is None
    return [kin for kin in involved if is_department or kin.pk == budget.pk]


def write_projects(homes, filing):
    """Write the projects with their indicators; rows by (unit, name)."""
    rows = Project.objects.bulk_create(
        Project(budget=homes[plan.unit], order=order, **columns(plan, "unit", "indicators"))
        for order, plan in enumerate(filing.projects)
    )
    for row, plan in zip(rows, filing.projects, strict=True):
        write_indicators(plan.indicators, project=row)
    return {(plan.unit, plan.name): row for row, plan in zip(rows, filing.projects, strict=True)}


def write_indicators(indicators, **target):
    """Write a target's indicators in their order."""
    Indicator.objects.bulk_create(
        Indicator(order=order, **target, **columns(indicator))
        for order, indicator in enumerate(indicators)
    )


def write_lines(homes, projects, filing):
    """Write the facts and 三公 as stated."""
    write_facts(homes, projects, filing.facts)
    write_three_public(homes, filing.three_public)


def write_facts(homes, projects, stated):
    """Write facts in their order, so that it can be read back."""
    budgets = {unit: budget.pk for unit, budget in homes.items()}
    owners = {names: project.pk for names, project in projects.items()}
    adapt = connection.ops.adapt_decimalfield_value
    insert(
        BudgetLine,
        ("budget_id", "project_id", "nature", "amount", *KEPT),
        (
            (
                budgets[fact.unit],
                owners[fact.unit, fact.project] if fact.project else None,
                fact.nature or "",
                adapt(fact.amount, 18, 2),
                *keep(fact),
            )
            for fact in stated
        ),
    )


def write_three_public(homes, stated):
    """Write 三公 as stated item by item."""
    ThreePublicStatement.objects.bulk_create(
        ThreePublicStatement(
            budget=homes[fact.unit],
            economic=fact.economic,
            fund=fact.fund,
            amount=fact.amount,
            origin=fact.origin,
        )
        for fact in stated
    )


def write_words(budget, filing):
    """Write last year's figures, reasons, uses, and the terms added to the glossary."""
    write_statements(budget, Prior, filing.priors)
    write_statements(budget, Words, filing.words)
    write_glossary(budget, filing.glossary)


def write_statements(budget, model, values):
    """Write last year's figures, or reasons and uses."""
    model.objects.bulk_create(model(budget=budget, **columns(value)) for value in values)


def write_glossary(budget, entries):
    """Write the terms added to the glossary, in their order."""
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(budget=budget, year=budget.year, order=order, **columns(entry))
        for order, entry in enumerate(entries)
    )


def write_overview(budget, filing):
    """Write the profile, the particulars, the overall target and what stands on the cover."""
    write_profile(budget, filing.profile)
    write_particulars(budget, filing.particulars)
    write_overall(budget, filing.overall)
    Budget.objects.filter(pk=budget.pk).update(
        signed_on=filing.signed_on, three_public_why=filing.three_public_why
    )


def write_profile(budget, profile):
    """Write the profile; heads that are the sums of the units' heads are left to these."""
    own = leave_profile(profile, read_units(budget, "profile", facts.Profile))
    Profile.objects.create(budget=budget, **columns(own))


def write_particulars(budget, particulars):
    """Write the particulars; figures that are the sums of the units' figures are left to these."""
    own = leave_particulars(particulars, read_units(budget, "particulars", facts.Particulars))
    Particulars.objects.create(budget=budget, **columns(own))


def write_overall(budget, overall):
    """Write the overall target with its indicators."""
    target = OverallTarget.objects.create(budget=budget, **columns(overall, "indicators"))
    write_indicators(overall.indicators, overall=target)
