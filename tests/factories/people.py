"""The cast of the workplace's tests: two departments, a unit, and a person in every role."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User

from budgets.models import Department, EconomicCode, FunctionCode, GlossaryTerm, Membership, Post
from disclosures.workflow.access import Role
from tests.factories.filings import CHART, GLOSSARY

ANONYMOUS = "anonymous"
COUNTY = {
    "reviewer": Role.REVIEWER,
    "bureau": Role.BUREAU_ADMIN,
    "auditor": Role.AUDITOR,
}


@dataclass(frozen=True)
class Cast:
    """Departments A (with unit) and B, and the people by the names of their roles."""

    a: Department
    unit: Department
    b: Department
    people: dict[str, User]

    def __getitem__(self, role):
        return self.people[role]

    def enter(self, client, role):
        """The client as that person; nobody is logged in as `anonymous`."""
        client.logout()
        if role != ANONYMOUS:
            client.force_login(self.people[role])
        return client


def hire(name, department, post):
    """A person with a post."""
    user = User.objects.create_user(name, password="x", is_staff=True)
    Membership.objects.create(user=user, department=department, post=post)
    return user


def appoint(name, role):
    """A person in the group of a county-wide role."""
    user = User.objects.create_user(name, password="x", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user


def trust(name):
    """A person who may do everything in the admin without being a superuser."""
    user = User.objects.create_user(name, password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    return user


def gather():
    """The whole cast."""
    a = Department.objects.create(code="107001", name="尉犁县总工会")
    unit = Department.objects.create(code="107101", name="工人文化宫", parent=a)
    b = Department.objects.create(code="108001", name="某局")
    people = {
        "clerk_a": hire("clerk_a", a, Post.CLERK),
        "head_a": hire("head_a", a, Post.HEAD),
        "unit_clerk": hire("unit_clerk", unit, Post.CLERK),
        "clerk_b": hire("clerk_b", b, Post.CLERK),
    }
    people |= {name: appoint(name, role) for name, role in COUNTY.items()}
    return Cast(a, unit, b, people)


def load_chart(*years):
    """The codes and the terms that the tests' filings use."""
    for year in years:
        for model, codes in ((FunctionCode, CHART.functions), (EconomicCode, CHART.economics)):
            model.objects.bulk_create(
                model(year=year, code=code, name=name) for code, name in codes.items()
            )
        GlossaryTerm.objects.bulk_create(
            GlossaryTerm(year=year, term=entry.term, meaning=entry.meaning) for entry in GLOSSARY
        )
