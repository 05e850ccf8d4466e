from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from budgets.models import Department, Membership, Post

pytestmark = pytest.mark.django_db


def create_accounts():
    output = StringIO()
    call_command("create_demo_accounts", stdout=output)
    return output.getvalue()


def list_accounts():
    users = get_user_model().objects.order_by("pk")
    return list(users.values()), list(Group.objects.order_by("pk").values())


def test_demo_accounts_are_printed_and_can_log_in(settings, client):
    settings.DEBUG = True
    assert create_accounts() == (
        "演示账号（仅限本机试用）：\n"
        "  admin     admin-demo     系统管理员：管理财政部门的账号，不办理预算\n"
        "  bureau    bureau-demo    财政管理员：管理部门、科目、部门人员\n"
        "  reviewer  reviewer-demo  财政审核员：有对口的部门，可以办理全部部门\n"
        "  deputy    deputy-demo    另一位财政审核员：对口别的部门\n"
        "  auditor   auditor-demo   审计员：什么都能看，什么都不能改\n"
    )
    for name in ("admin", "bureau", "reviewer", "auditor"):
        given = {"username": name, "password": f"{name}-demo", "next": "/admin/workplace/"}
        page = client.post("/admin/login/", given, follow=True)
        assert (page.status_code, page.wsgi_request.path) == (200, "/admin/workplace/")


def test_demo_people_have_posts_where_their_departments_are_registered(settings):
    settings.DEBUG = True
    union = Department.objects.create(code="107001", name="尉犁县总工会")
    demo = Department.objects.create(code="901", name="尉犁县演示局")
    unit = Department.objects.create(code="901002", name="尉犁县演示服务中心", parent=demo)
    printed = create_accounts()
    assert "  clerk-b   clerk-b-demo   尉犁县演示局填报员\n" in printed
    posts = Membership.objects.values_list("user__username", "department", "post")
    assert sorted(posts) == [
        ("clerk", union.pk, Post.CLERK),
        ("clerk-b", demo.pk, Post.CLERK),
        ("head", union.pk, Post.HEAD),
        ("unit", unit.pk, Post.CLERK),
    ]
    charges = Department.reviewers.through.objects.values_list("user__username", "department")
    assert sorted(charges) == [("deputy", demo.pk), ("reviewer", union.pk)]


def test_departments_of_a_demo_county_are_shared_among_the_reviewers(settings):
    settings.DEBUG = True
    Department.objects.bulk_create(
        Department(code=str(number), name=f"第{number}局", is_demo=True) for number in (1, 2, 3)
    )
    for _ in range(2):
        create_accounts()
    charges = Department.reviewers.through.objects.values_list("department__code", "user__username")
    assert sorted(charges) == [("1", "deputy"), ("2", "reviewer"), ("3", "deputy")]


def test_demo_auditor_may_view_and_nothing_else(settings):
    settings.DEBUG = True
    create_accounts()
    auditor = get_user_model().objects.get(username="auditor")
    granted = auditor.get_all_permissions()
    assert granted
    assert all(name.split(".")[1].startswith("view_") for name in granted)
    assert {name.split(".")[0] for name in granted} == {"auth", "budgets", "disclosures"}
    assert auditor.is_staff
    assert not auditor.is_superuser


def test_demo_accounts_run_again_change_nothing(settings):
    settings.DEBUG = True
    create_accounts()
    admin = get_user_model().objects.get(username="admin")
    admin.set_password("mine")
    admin.save()
    before = list_accounts()
    assert "admin     （密码已更改）" in create_accounts()
    assert list_accounts() == before


def test_demo_accounts_are_refused_on_a_public_site(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG 已关闭"):
        create_accounts()
    assert not get_user_model().objects.exists()
