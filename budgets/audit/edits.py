"""The trace of a budget: who filled what, and when; nobody who did may confirm it."""

from django.db.models import Q

from budgets.models import Budget, Edit

LONGEST = Edit._meta.get_field("what").max_length


def note(budget: Budget, who, what: str) -> Edit:
    """Remember that a person changed a budget; `what` says it in words (保存“收入”)."""
    return Edit.objects.create(budget=budget, who=who, what=what[:LONGEST])


def edits_of(budget: Budget):
    """The changes of a budget, newest first, with the people."""
    return Edit.objects.filter(budget=budget).select_related("who")


def has_filled(who, budget: Budget) -> bool:
    """True where the person changed the budget, or one that it shares its money with.

    A department's filing holds that of its units, and an upload of the department writes theirs.
    """
    owner = budget.department
    kin = Q(budget__department=owner) | Q(budget__department__parent=owner)
    if owner.parent_id:
        kin |= Q(budget__department=owner.parent_id)
    return Edit.objects.filter(kin, budget__year=budget.year, who=who).exists()
