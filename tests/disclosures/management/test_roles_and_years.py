"""The commands that grant the county's roles their permissions, and open a year."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.urls import reverse

from budgets.models import Budget, Department, Membership
from disclosures.workflow.access import Role
from tests.factories.people import appoint, load_chart

pytestmark = pytest.mark.django_db


def granted(role):
    codes = Group.objects.get(name=role.value).permissions.values_list("codename", flat=True)
    return sorted(codes)


def test_roles_get_their_permissions_and_lose_others():
    group = Group.objects.get(name=Role.REVIEWER.value)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    call_command("grant_roles")
    assert granted(Role.REVIEWER) == [
        "view_budget",
        "view_explanation",
        "view_transition",
        "view_upload",
    ]
    kept = (
        "department",
        "economiccode",
        "formername",
        "functioncode",
        "glossaryterm",
        "membership",
        "user",
    )
    seen = ("budget", "disclosure", "edit", "explanation", "transition", "upload")
    assert granted(Role.BUREAU_ADMIN) == sorted(
        [f"{act}_{model}" for act in ("add", "change", "view") for model in kept]
        + [f"view_{model}" for model in seen]
        + ["delete_membership"]
    )
    rooms = ("auth", "budgets", "disclosures")
    views = Permission.objects.filter(
        codename__startswith="view_", content_type__app_label__in=rooms
    )
    assert granted(Role.AUDITOR) == sorted(views.values_list("codename", flat=True))


def test_bureau_admin_gives_a_clerk_a_post(client):
    call_command("grant_roles")
    client.force_login(appoint("bureau", Role.BUREAU_ADMIN))
    department = Department.objects.create(code="107001", name="尉犁县总工会")
    clerk = User.objects.create_user("clerk")
    add = reverse("admin:budgets_membership_add")
    assert client.get(add).status_code == 200
    client.post(add, {"user": clerk.pk, "department": department.pk, "post": "clerk"})
    assert Membership.objects.get().user == clerk
    assert client.get(reverse("admin:auth_user_change", args=(clerk.pk,))).status_code == 200


def test_auditor_reads_every_log_and_changes_none(client):
    call_command("grant_roles")
    client.force_login(appoint("auditor", Role.AUDITOR))
    logs = ("budgets_edit", "budgets_upload", "disclosures_transition", "disclosures_explanation")
    for log in (*logs, "disclosures_disclosure", "budgets_membership"):
        assert client.get(reverse(f"admin:{log}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:{log}_add")).status_code == 403


def test_admin_leads_to_the_workplace(client):
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert client.get(reverse("admin:index")).headers["Location"] == reverse("workplace:home")
    client.force_login(User.objects.create_superuser("admin"))
    page = client.get(reverse("admin:index")).content.decode()
    assert f'<a class="button primary" href="{reverse("workplace:home")}">进入工作台</a>' in page


def open_year(*arguments):
    output = StringIO()
    call_command("open_year", *arguments, stdout=output)
    return output.getvalue()


def test_year_is_opened_from_the_command_line_once():
    load_chart(2026)
    Department.objects.create(code="107001", name="尉犁县总工会")
    assert open_year("107001", 2026) == "尉犁县总工会2026年部门预算：填报中。\n"
    assert open_year("107001", 2026) == "尉犁县总工会2026年部门预算：填报中。\n"
    assert Budget.objects.count() == 1


def test_year_that_cannot_be_opened_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="系统里没有登记编码为 107001 的部门。"):
        open_year("107001", 2026)
    Department.objects.create(code="107001", name="尉犁县总工会")
    with pytest.raises(CommandError, match="财政部门还没有装入2026年的科目代码表"):
        open_year("107001", 2026)
