"""The only place where facts rest: reads a whole filing, replaces it, or changes parts of it."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from budgets import models
from budgets.domain import filing as facts
from budgets.domain.facts import Fact, Fund, Nature, Side
from budgets.domain.filing import (
    Filing,
    Indicator,
    PriorBasis,
    WordsKind,
    fill_from_units,
    leave_to_units,
    trim_weight,
)
from budgets.models import Budget, BudgetLine, Department, Project, ThreePublicStatement

SIDES = {"income": Side.INCOME, "expenditure": Side.EXPENDITURE}
# The parts that rest in the budgets of the units, those that are columns of the budget itself,
# and those that rest beside it, with their models.
OF_UNITS = {*SIDES, "projects", "three_public"}
ON_COVER = ("signed_on", "three_public_why")
BESIDE: dict[str, Any] = {
    "profile": models.Profile,
    "particulars": models.Particulars,
    "overall": models.OverallTarget,
    "glossary": models.GlossaryTerm,
    "priors": models.Prior,
    "words": models.Words,
}
PARTS = frozenset({*OF_UNITS, *ON_COVER, *BESIDE})
BATCH = 1000


class FilingRefusedError(Exception):
    """The ledger does not take the filing; the message says why, for the person who files."""


class BudgetLockedError(FilingRefusedError):
    """The budget has left the clerk's hands."""


def restore(cls, row, **given):
    """A value of dataclass `cls` from the row's fields of the same names; `given` as they are."""
    names = (field.name for field in fields(cls))
    return cls(**{name: getattr(row, name) for name in names if name not in given}, **given)


def columns(value, *without: str) -> dict[str, object]:
    """The fields of a dataclass value as columns of its model, those in `without` left out."""
    names = (field.name for field in fields(value))
    return {name: getattr(value, name) for name in names if name not in without}


# Reading, in a fixed number of queries.


def read_filing(budget: Budget) -> Filing:
    """Everything stated in a budget, amounts in yuan.

    The facts and projects of a department with units are those of its units' budgets of the
    year; its words, last year's figures, profile and targets are its own. A unit's budget reads
    as a filing of its own.
    """
    # Read afresh: the caller's instance may remember rows that have been replaced since.
    with_parts = Budget.objects.select_related("department", "profile", "particulars", "overall")
    budget = with_parts.get(pk=budget.pk)
    units = list(with_parts.of_units(budget))
    homes = units or [budget]
    overall = getattr(budget, "overall", None)
    return Filing(
        department=budget.department.organisation,
        year=budget.year,
        units=tuple(unit.department.organisation for unit in units),
        facts=read_facts(homes),
        three_public=read_three_public(homes),
        three_public_why=budget.three_public_why,
        profile=fill_from_units(
            read_record(budget, facts.Profile), [read_record(unit, facts.Profile) for unit in units]
        ),
        particulars=fill_from_units(
            read_record(budget, facts.Particulars),
            [read_record(unit, facts.Particulars) for unit in units],
        ),
        overall=restore(facts.OverallTarget, overall, indicators=read_indicators(overall))
        if overall
        else facts.OverallTarget(),
        projects=read_projects(homes),
        priors=tuple(
            restore(facts.Prior, row, basis=PriorBasis(row.basis)) for row in budget.priors.all()
        ),
        words=tuple(
            restore(facts.Words, row, kind=WordsKind(row.kind)) for row in budget.words.all()
        ),
        glossary=tuple(restore(facts.GlossaryEntry, row) for row in budget.glossary.all()),
        signed_on=budget.signed_on,
    )


def read_facts(homes: Sequence[Budget]) -> tuple[Fact, ...]:
    """The lines of these budgets in the order in which they were written."""
    rows = BudgetLine.objects.filter(budget__in=homes)
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
        for row in rows.select_related("budget__department", "project").order_by("id")
    )


def read_three_public(homes: Sequence[Budget]) -> tuple[Fact, ...]:
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


def read_record(budget: Budget, cls):
    """The profile or the particulars beside a budget; an empty one where there is none."""
    row = getattr(budget, cls.__name__.lower(), None)
    return cls() if row is None else restore(cls, row)


def read_projects(homes: Sequence[Budget]) -> tuple[facts.ProjectPlan, ...]:
    rows = Project.objects.filter(budget__in=homes).select_related("budget__department")
    return tuple(
        restore(
            facts.ProjectPlan,
            row,
            unit=row.budget.department.code,
            indicators=read_indicators(row),
        )
        for row in rows.prefetch_related("indicators").order_by("order", "id")
    )


def read_indicators(target: models.OverallTarget | Project) -> tuple[Indicator, ...]:
    rows = target.indicators.all()
    return tuple(restore(Indicator, row, weight=trim_weight(row.weight)) for row in rows)


# Writing: all of it or nothing.


def replace_filing(budget: Budget, filing: Filing) -> None:
    """Let `filing` (amounts in yuan) stand in place of all that `budget` held.

    Raises FilingRefusedError, also as BudgetLockedError; then nothing has changed.
    """
    amend_filing(budget, filing, PARTS)


@transaction.atomic
def amend_filing(budget: Budget, filing: Filing, parts: Collection[str]) -> None:
    """Let the named parts of `filing` (amounts in yuan) stand in place of the budget's own.

    Parts are the fields of a filing, with its facts as `income` and `expenditure`. Facts and
    projects go to the budgets of the units they belong to, the rest to `budget` itself; a project
    that has money is not taken away. Raises FilingRefusedError, also as BudgetLockedError; then
    nothing has changed.
    """
    if unknown := set(parts) - PARTS:
        raise ValueError(f"not parts of a filing: {sorted(unknown)}")
    involved = hold_budget(budget)
    if OF_UNITS & set(parts):
        is_department = budget.department.parent_id is None
        own = [kin for kin in involved if is_department or kin.pk == budget.pk]
        write_money(own, find_homes(budget, filing), filing, parts)
    # One more change of each budget whose document this may change.
    pks = [kin.pk for kin in involved]
    Budget.objects.filter(pk__in=pks).update(revision=F("revision") + 1)
    for part, model in BESIDE.items():
        if part in parts:
            model.objects.filter(budget=budget).delete()
            write_beside(budget, part, getattr(filing, part))
    cover = {name: getattr(filing, name) for name in ON_COVER if name in parts}
    Budget.objects.filter(pk=budget.pk).update(**cover)


def hold_budget(budget: Budget) -> list[Budget]:
    """Hold a budget and its kin against other writers until the transaction ends; return them.

    A department's filing replaces its units' facts, and a unit's stands in its department's tables:
    either lock holds for both. Raises BudgetLockedError where one has left the clerk's hands.
    """
    owner = budget.department
    above = Q(department__in=[owner.pk, owner.parent_id])
    below = Q(department=owner.pk) | Q(department__parent=owner.pk)
    kin = Budget.objects.for_year(budget.year).select_related("department")
    held = kin.filter(above if owner.parent_id else below).select_for_update(of=("self",))
    involved = list(held)
    for each in involved:
        if each.locked:
            raise BudgetLockedError(f"{each}已锁定，不能修改。")
    return involved


def find_homes(budget: Budget, filing: Filing) -> dict[str, Budget]:
    """The budget of each organisation that the filing's facts may belong to, by its code."""
    listed = {unit.code for unit in filing.units}
    filed = {kin.department.code for kin in Budget.objects.of_units(budget)}
    known = {unit.code: unit for unit in Department.objects.units_of(budget.department)}
    if unknown := sorted(listed - set(known)):
        raise FilingRefusedError(f"{budget.department}没有登记下属单位 {'、'.join(unknown)}。")
    if left_out := sorted((filed & set(known)) - listed):
        raise FilingRefusedError(f"{budget.department}的下属单位 {'、'.join(left_out)} 没有列出。")
    if listed:
        return {
            code: Budget.objects.get_or_create(department=known[code], year=budget.year)[0]
            for code in sorted(listed)
        }
    # Money of a unit is filed by the unit, or by its department in one; never by both.
    parent = budget.department.parent
    above = BudgetLine.objects.filter(budget__department=parent, budget__year=budget.year)
    if parent and above.exists():
        raise FilingRefusedError(f"{parent}{budget.year}年的预算没有分单位，请先改为分单位填报。")
    return {budget.department.code: budget}


def write_money(
    own: list[Budget], homes: dict[str, Budget], filing: Filing, parts: Collection[str]
) -> None:
    """Write the parts that rest in the budgets of the units; what stands in `own` gives way."""
    sides = [side for part, side in SIDES.items() if part in parts]
    BudgetLine.objects.filter(budget__in=own, side__in=sides).delete()
    if "projects" in parts:
        write_projects(own, homes, filing.projects)
    rows = Project.objects.filter(budget__in=homes.values()).select_related("budget__department")
    projects = {(row.budget.department.code, row.name): row for row in rows}
    BudgetLine.objects.bulk_create(
        (
            BudgetLine(
                budget=homes[fact.unit],
                project=projects[fact.unit, fact.project] if fact.project else None,
                nature=fact.nature or "",
                **columns(fact, "unit", "project", "nature"),
            )
            for fact in filing.facts
            if fact.side in sides
        ),
        batch_size=BATCH,
    )
    if "three_public" in parts:
        ThreePublicStatement.objects.filter(budget__in=own).delete()
        ThreePublicStatement.objects.bulk_create(
            ThreePublicStatement(
                budget=homes[fact.unit],
                **{name: getattr(fact, name) for name in ("economic", "fund", "amount", "origin")},
            )
            for fact in filing.three_public
        )


def write_projects(
    own: list[Budget], homes: dict[str, Budget], plans: Sequence[facts.ProjectPlan]
) -> None:
    """Bring the projects up to `plans`; those that stay keep their rows, and so their lines."""
    former = Project.objects.filter(budget__in=own)
    stated = {(homes[plan.unit].pk, plan.name) for plan in plans}
    gone = [row.pk for row in former if (row.budget_id, row.name) not in stated]
    funded = BudgetLine.objects.filter(project__in=gone).values_list("project__name", flat=True)
    if names := sorted(set(funded)):
        raise FilingRefusedError(f"项目“{'”、“'.join(names)}”还有预算金额，不能删除。")
    models.Indicator.objects.filter(project__in=former).delete()
    Project.objects.filter(pk__in=gone).delete()
    names = [field.name for field in fields(facts.ProjectPlan)]
    names = [name for name in names if name not in ("unit", "name", "indicators")]
    rows = Project.objects.bulk_create(
        (
            Project(budget=homes[plan.unit], order=order, **columns(plan, "unit", "indicators"))
            for order, plan in enumerate(plans)
        ),
        update_conflicts=True,
        unique_fields=["budget", "name"],
        update_fields=["order", *names],
    )
    models.Indicator.objects.bulk_create(
        chain.from_iterable(
            make_indicators(plan.indicators, project=row)
            for row, plan in zip(rows, plans, strict=True)
        )
    )


def make_indicators(indicators: Sequence[Indicator], **target) -> list[models.Indicator]:
    return [
        models.Indicator(order=order, **target, **columns(indicator))
        for order, indicator in enumerate(indicators)
    ]


def write_beside(budget: Budget, part: str, value) -> None:
    """Write what rests beside the budget: one record, or rows in their order."""
    model = BESIDE[part]
    if part in ("profile", "particulars"):
        # Figures that are the sums of the units' figures are left to these.
        units = Budget.objects.of_units(budget).select_related(part)
        own = leave_to_units(value, [read_record(unit, type(value)) for unit in units])
        model.objects.create(budget=budget, **columns(own))
    elif part == "overall":
        target = model.objects.create(budget=budget, **columns(value, "indicators"))
        models.Indicator.objects.bulk_create(make_indicators(value.indicators, overall=target))
    elif part == "glossary":
        model.objects.bulk_create(
            model(budget=budget, year=budget.year, order=order, **columns(entry))
            for order, entry in enumerate(value)
        )
    else:
        model.objects.bulk_create(model(budget=budget, **columns(each)) for each in value)
