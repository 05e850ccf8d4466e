"""Who may see and do what, the one way to fetch a budget, and which reviewer is in charge of what.

To be in charge gives no right and takes none: every reviewer may act on every department, so that a
deputy can step in at any moment.
"""

from collections import defaultdict
from enum import StrEnum

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from budgets.models import Budget, Department, Membership, Post


class Role(StrEnum):
    """Roles (docs/domain.md §1). Clerk and head are posts in a department, the rest groups."""

    CLERK = "部门填报员"
    HEAD = "单位负责人"
    REVIEWER = "财政审核员"
    BUREAU_ADMIN = "财政管理员"
    AUDITOR = "审计员"


class Act(StrEnum):
    VIEW = "查看"
    FILL = "填报"
    CONFIRM = "确认"
    REVIEW = "审核"


MAY: dict[Role, frozenset[Act]] = {
    Role.CLERK: frozenset({Act.VIEW, Act.FILL}),
    Role.HEAD: frozenset({Act.VIEW, Act.CONFIRM}),
    # The bureau's own view of a budget: what deserves attention is not told to the department.
    Role.REVIEWER: frozenset({Act.VIEW, Act.REVIEW}),
    Role.BUREAU_ADMIN: frozenset({Act.VIEW, Act.REVIEW}),
    Role.AUDITOR: frozenset({Act.VIEW, Act.REVIEW}),
}
COUNTY_ROLES = (Role.REVIEWER, Role.BUREAU_ADMIN, Role.AUDITOR)
POSTS = {Post.CLERK: Role.CLERK, Post.HEAD: Role.HEAD}


def county_roles(user) -> set[Role]:
    """The roles that reach over all departments.

    A superuser looks after accounts and the system, and moves no budget: he has none of them.
    """
    if not user.is_active or user.is_superuser:
        return set()
    names = user.groups.filter(name__in=[role.value for role in COUNTY_ROLES])
    return {Role(name) for name in names.values_list("name", flat=True)}


def reads_log(user) -> bool:
    """True for the auditor alone: who runs the portal, or publishes, is who the log tells of."""
    return Role.AUDITOR in county_roles(user)


def tends_portal(user) -> bool:
    """True for those who see to it that the portal runs."""
    runs_it = user.is_active and user.is_superuser
    return runs_it or Role.BUREAU_ADMIN in county_roles(user)


def roles_in(user, department: Department) -> set[Role]:
    """A person's roles towards a department or unit; a post in a department covers its units."""
    if not user.is_active or user.is_superuser:
        return set()
    posts = Membership.objects.filter(user=user).filter(
        Q(department=department) | Q(department=department.parent_id)
    )
    own = {POSTS[Post(post)] for post in posts.values_list("post", flat=True)}
    return own | county_roles(user)


def acts_on(user, department: Department) -> set[Act]:
    return {act for role in roles_in(user, department) for act in MAY[role]}


def may(user, act: Act, department: Department) -> bool:
    return act in acts_on(user, department)


def departments_for(user, act: Act = Act.VIEW):
    if not user.is_active or user.is_superuser:
        return Department.objects.none()
    if any(act in MAY[role] for role in county_roles(user)):
        return Department.objects.all()
    posts = [post for post, role in POSTS.items() if act in MAY[role]]
    own = Membership.objects.filter(user=user, post__in=posts).values("department")
    return Department.objects.filter(Q(pk__in=own) | Q(parent__in=own)).distinct()


def may_review(user) -> bool:
    """True for those who look at all departments from the bureau's side."""
    return any(Act.REVIEW in MAY[role] for role in county_roles(user))


def find_department(user, code: str, act: Act = Act.VIEW) -> Department:
    """A department or unit on whose budgets the person may act; raises as `find_budget`."""
    department = Department.objects.select_related("parent").filter(code=code).first()
    if department is None or not may(user, Act.VIEW, department):
        raise Http404("没有这个部门。")
    check_act(user, act, department)
    return department


def find_budget(user, year: int, code: str, act: Act = Act.VIEW) -> Budget:
    """A budget that the person may act on.

    Raises Http404 for a budget that is not there or not theirs to see (a stranger learns nothing),
    and PermissionDenied for an act that is not theirs on a budget that is.
    """
    budgets = Budget.objects.select_related("department", "department__parent")
    budget = budgets.filter(year=year, department__code=code).first()
    if budget is None or not may(user, Act.VIEW, budget.department):
        raise Http404("没有这份预算。")
    check_act(user, act, budget.department)
    return budget


def check_act(user, act: Act, department: Department) -> None:
    if not may(user, act, department):
        raise PermissionDenied(f"您的岗位不能{act.value}这份预算。")


def list_reviewers():
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
