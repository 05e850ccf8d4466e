"""Who of the bureau is in charge of which department: whom news reaches, and what is shown first.

It gives no right and takes none: every reviewer may act on every department, so that a deputy can
step in at any moment.
"""

from collections import defaultdict

from django.contrib.auth import get_user_model
from django.db.models import Q

from budgets.models import Department
from disclosures.workflow.access import Role


def list_reviewers():
    """The people who review, as long as they are in use, by account."""
    people = get_user_model().objects.filter(groups__name=Role.REVIEWER.value, is_active=True)
    return people.order_by("username")


def find_in_charge(department: Department):
    """The reviewers in charge of a department; a unit's are its department's."""
    return list_reviewers().filter(charges=department.parent_id or department.pk)


def find_reviewers(department: Department):
    """Whom news of a department reaches: those in charge, or every reviewer where nobody is."""
    own = find_in_charge(department)
    return own if own.exists() else list_reviewers()


def charges_of(reviewer):
    """The departments that a reviewer is in charge of, with their units."""
    own = reviewer.charges.values("pk")
    return Department.objects.filter(Q(pk__in=own) | Q(parent__in=own))


def read_charges() -> dict[int, list]:
    """By department's key, the reviewers in charge of it; a unit has its department's."""
    people = {each.pk: each for each in list_reviewers()}
    given = Department.reviewers.through.objects.filter(user__in=people).order_by("user__username")
    found = defaultdict(list)
    for department, person in given.values_list("department", "user"):
        found[department].append(people[person])
    return found
