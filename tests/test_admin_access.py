"""Every address of the admin × everybody, read and written: who gets what, as one table.

What of whom the keepers of accounts may change is in tests/disclosures/admin/test_people.py.
"""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.urls import URLPattern, reverse

from budgets.models import Budget, FormerName, Upload
from disclosures.models import Comment
from tests.factories.books import fill
from tests.factories.people import ANONYMOUS, gather, load_chart

pytestmark = pytest.mark.django_db
YEAR = 2026
# Who may see, add, change and delete rows of a model.
TABLE = """
model                    clerk_a head_a reviewer bureau auditor root
budgets.budget                 -      -        v      v       v    v
budgets.upload                 -      -        v      v       v    v
budgets.edit                   -      -        -      v       v    v
budgets.functioncode           -      -        -    vac       v    v
budgets.economiccode           -      -        -    vac       v    v
budgets.glossaryterm           -      -        -    vac       v    v
budgets.department             -      -        -    vac       v    v
budgets.formername             -      -        -    vac       v    v
budgets.membership             -      -        -   vacd       v    v
auth.user                      -      -        -    vac       v   va
disclosures.disclosure         -      -        -      v       v    v
disclosures.transition         -      -        v      v       v    v
disclosures.explanation        -      -        v      v       v    v
disclosures.comment            -      -        -      -       v    v
"""
# What each address of a model asks for; the last part of its name.
NEEDS = {"changelist": "v", "add": "a", "change": "v", "history": "v", "delete": "d"}
WRITES = NEEDS | {"change": "c"}
# The addresses beside those: of nothing but the admin itself.
OPEN = {"index", "login", "logout", "password_change", "password_change_done", "jsi18n"}
# For whoever has something there: an application's lists, a field's choices, a row's public page.
CLOSED = {"app_list", "autocomplete", "view_on_site"}
# Acts at an account: who keeps it (here that of a clerk) may, by POST alone.
ACTS = ("password", "free", "app")
KEEPS = {"bureau": {"password": 200, "free": 302, "app": 302}}
HIDDEN, FORBIDDEN = 404, 403


def read_table():
    """By model: {role: what it may}."""
    head, *lines = (line.split() for line in TABLE.split("\n") if line)
    return {name: dict(zip(head[1:], rights, strict=True)) for name, *rights in lines}


@pytest.fixture
def cast():
    call_command("grant_roles")
    load_chart(YEAR)
    found = gather()
    found.people["root"] = User.objects.create_superuser("root")
    budget = Budget.objects.create(department=found.a, year=YEAR)
    Upload.objects.create(
        budget=budget, filename="a.xlsx", content=fill(), size=1, result=Upload.Result.WAITING
    )
    FormerName.objects.create(department=found.a, name="旧名", until=2020)
    Comment.objects.create(budget=budget, at="T1", label="表1", text="?", who=found["bureau"])
    return found


def choose_row(model, cast):
    """The key of a row: an account is a clerk's; a number where there is no row to be had."""
    if model is User:
        return cast["clerk_b"].pk
    return model._default_manager.order_by("pk").values_list("pk", flat=True).first() or 1


def list_own_addresses():
    """The names of all addresses of the admin, models' and others'."""
    found = set()
    for each in admin.site.urls[0]:
        if isinstance(each, URLPattern):
            found.add(each.name)
        else:
            found |= {pattern.name for pattern in each.url_patterns}
    return found - {None}


def ask(client, method, path, posted):
    """The status of an answer, whatever was written being taken back."""
    with transaction.atomic():
        answer = getattr(client, method)(path, posted if method == "post" else {})
        transaction.set_rollback(True)
    return answer.status_code


def test_every_address_of_the_admin_is_tried():
    models = {name.replace(".", "_") for name in read_table()}
    tried = {f"{model}_{act}" for model in models for act in NEEDS}
    tried |= {f"auth_user_{act}" for act in (*ACTS, "free_all")}
    assert list_own_addresses() == tried | OPEN | CLOSED


def test_every_model_of_the_admin_is_in_the_table():
    assert set(read_table()) == {model._meta.label_lower for model in admin.site._registry}


@pytest.mark.parametrize("name", read_table())
def test_admin_answers_each_role_as_the_table_says(cast, client, name):
    model = apps.get_model(name)
    row, prefix = choose_row(model, cast), f"admin:{name.replace('.', '_')}"
    for role, rights in ({ANONYMOUS: None} | read_table()[name]).items():
        cast.enter(client, role)
        for act, needed in NEEDS.items():
            if act == "history" and not model._default_manager.filter(pk=row).exists():
                continue
            path = reverse(f"{prefix}_{act}", args=() if act in ("changelist", "add") else (row,))
            posted = {"post": "yes", "action": "delete_selected", "_selected_action": row}
            statuses = {method: ask(client, method, path, posted) for method in ("get", "post")}
            if rights is None:
                assert set(statuses.values()) == {302}, (path, statuses)
                continue
            refused = {method: status == FORBIDDEN for method, status in statuses.items()}
            expected = {"get": needed not in rights, "post": WRITES[act] not in rights}
            assert refused == expected, (role, act, statuses)


@pytest.mark.parametrize("name", [name for name in read_table() if name != "budgets.membership"])
@pytest.mark.parametrize("role", ["bureau", "auditor", "root"])
def test_no_action_of_a_list_deletes(cast, client, name, role):
    model = apps.get_model(name)
    before = model._default_manager.count()
    posted = {"action": "delete_selected", "_selected_action": choose_row(model, cast)}
    path = reverse(f"admin:{name.replace('.', '_')}_changelist")
    cast.enter(client, role).post(path, posted | {"post": "yes"})
    assert model._default_manager.count() == before


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("budgets.department", "set_reviewer"),
        ("budgets.department", "add_reviewer"),
        ("budgets.department", "remove_reviewer"),
        ("budgets.functioncode", "copy_to_next_year"),
        ("budgets.glossaryterm", "copy_to_next_year"),
        ("budgets.membership", "delete_selected"),
    ],
)
def test_actions_of_a_list_are_the_bureaus_alone(cast, client, name, action):
    model = apps.get_model(name)
    row = choose_row(model, cast)
    posted = {"action": action, "_selected_action": row, "reviewer": cast["reviewer"].pk}

    def picture():
        rows = [str(sorted(each.items())) for each in model._default_manager.values()]
        return sorted(rows), list(cast.a.reviewers.values_list("pk", flat=True))

    cast.a.reviewers.set([cast["reviewer"]] if action == "remove_reviewer" else [])
    before = picture()
    path = reverse(f"admin:{name.replace('.', '_')}_changelist")
    for role in ("clerk_a", "head_a", "reviewer", "auditor", "root"):
        cast.enter(client, role).post(path, posted | {"post": "yes"})
        assert picture() == before, role
    cast.enter(client, "bureau").post(path, posted | {"post": "yes"})
    assert picture() != before


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", read_table()["auth.user"])
def test_acts_at_a_clerks_account_are_the_bureaus_alone(cast, client, role, act):
    path = reverse(f"admin:auth_user_{act}", args=(cast["clerk_b"].pk,))
    cast.enter(client, role)
    strange = HIDDEN if role in ("clerk_a", "head_a", "reviewer") else FORBIDDEN
    assert ask(client, "post", path, {}) == KEEPS.get(role, {}).get(act, strange)
    assert ask(client, "get", path, {}) == 405


@pytest.mark.parametrize("role", ["clerk_a", "head_a", "reviewer"])
def test_choices_and_lists_tell_nothing_to_those_who_keep_nothing(cast, client, role):
    cast.enter(client, role)
    asked = {"app_label": "budgets", "model_name": "membership", "field_name": "user", "term": "c"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == FORBIDDEN
    assert client.post(reverse("admin:autocomplete"), asked).status_code in (FORBIDDEN, 405)
    assert client.get(reverse("admin:app_list", args=("auth",))).status_code == HIDDEN
    assert client.post(reverse("admin:app_list", args=("auth",))).status_code == HIDDEN
