"""The front page: who sees which budgets of a year, and who may open one."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from budgets.models import Budget, Department
from disclosures.workplace.home import list_home_rows
from tests.factories.people import ANONYMOUS, COUNTY, appoint, gather, load_chart

pytestmark = pytest.mark.django_db

HOME = reverse("workplace:home")


@pytest.fixture
def cast():
    load_chart(2025, 2026)
    return gather()


def shown(user, year=2026):
    return [(place.department.code, place.may_open) for place in list_home_rows(user, year)]


def test_clerk_sees_the_own_department_with_its_units(cast):
    assert shown(cast["clerk_a"]) == [("107001", True), ("107101", True)]
    assert shown(cast["unit_clerk"]) == [("107101", True)]
    assert shown(cast["clerk_b"]) == [("108001", True)]


def test_head_and_bureau_open_nothing(cast):
    assert shown(cast["head_a"]) == [("107001", False), ("107101", False)]
    every = [("107001", False), ("107101", False), ("108001", False)]
    assert shown(cast["reviewer"]) == shown(cast["bureau"]) == shown(cast["auditor"]) == every


def test_year_without_a_chart_is_opened_by_nobody(cast):
    assert shown(cast["clerk_b"], 2027) == [("108001", False)]


def test_opened_year_is_not_offered_again(cast):
    Budget.objects.create(department=cast.b, year=2026)
    assert shown(cast["clerk_b"]) == [("108001", False)]


def test_reviewer_finds_the_own_departments_first_and_all_one_click_away(cast, client):
    def listed(role, **asked):
        places = cast.enter(client, role).get(HOME, asked).context["places"]
        return [place.department.code for place in places]

    everything = ["107001", "107101", "108001"]
    assert listed("reviewer") == everything
    cast.a.reviewers.add(cast["reviewer"])
    assert listed("reviewer") == ["107001", "107101"]
    assert listed("reviewer", whose="all") == listed("bureau") == everything
    Department.objects.exclude(pk=cast.b.pk).update(active=False)
    assert listed("reviewer") == ["108001"]


def test_unit_stands_below_its_department_whatever_its_code(cast):
    cast.unit.code = "100"
    cast.unit.save()
    assert [code for code, _ in shown(cast["reviewer"])] == ["107001", "100", "108001"]


def test_page_shows_the_newest_year_unless_another_is_asked_for(cast, client):
    Budget.objects.create(department=cast.b, year=2025)
    clerk = cast.enter(client, "clerk_b")
    assert "<h1>2026年部门预算</h1>" in clerk.get(HOME).content.decode()
    page = clerk.get(HOME, {"year": "2025"}).content.decode()
    assert "<h1>2025年部门预算</h1>" in page
    assert reverse("workplace:tasks", args=(2025, "108001")) in page
    for strange in ("1999", "abc", "²"):
        page = clerk.get(HOME, {"year": strange}).content.decode()
        assert "<h1>2026年部门预算</h1>" in page


def test_year_of_another_department_is_not_listed(cast, client):
    Budget.objects.create(department=cast.a, year=2019)
    assert "2019年" not in cast.enter(client, "clerk_b").get(HOME).content.decode()
    assert "2019年" in cast.enter(client, "reviewer").get(HOME).content.decode()


def test_person_without_a_post_is_told_what_to_do(cast, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("new", is_staff=True))
    assert "您还没有岗位，请联系财政部门登记。" in client.get(HOME).content.decode()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bureau", "还没有登记部门。请在“后台 → 部门和单位”里登记"),
        ("auditor", "还没有登记部门。部门由财政管理员登记。"),
        ("root", "系统管理员不办理预算。请在“后台 → 账号”里建立财政管理员"),
    ],
)
def test_fresh_portal_tells_everybody_what_comes_first(client, django_user_model, name, told):
    if name == "root":
        django_user_model.objects.create_superuser(name)
    else:
        appoint(name, COUNTY[name])
    client.force_login(django_user_model.objects.get())
    assert told in client.get(HOME).content.decode()
    assert "Tasks" not in client.get("/admin/").content.decode()


def test_opening_leads_to_the_task_list_and_is_done_once(cast, client):
    clerk = cast.enter(client, "clerk_b")
    for _ in range(2):
        answer = clerk.post(reverse("filing:open", args=(2026, "108001")))
        assert answer["Location"] == reverse("workplace:tasks", args=(2026, "108001"))
    assert Budget.objects.count() == 1


def test_closed_year_is_refused_in_a_sentence(cast, client):
    clerk = cast.enter(client, "clerk_b")
    page = clerk.post(reverse("filing:open", args=(2027, "108001")), follow=True)
    assert "财政部门还没有装入2027年的科目代码表，暂时不能填报。" in page.content.decode()
    assert not Budget.objects.exists()


def test_queries_do_not_grow_with_the_list(
    cast, client, django_assert_num_queries, django_assert_max_num_queries
):
    person = cast.enter(client, "clerk_a")
    person.get(HOME)  # The first page after the login also writes down when it was asked for.
    with django_assert_max_num_queries(19) as few:
        person.get(HOME)
    for department in (cast.a, cast.b, cast.unit):
        Budget.objects.create(department=department, year=2026)
    with django_assert_num_queries(len(few)):
        person.get(HOME)


def test_admin_leads_to_the_workplace_who_keeps_nothing_there(cast, client):
    for role in ("clerk_a", "head_a", "unit_clerk"):
        assert cast.enter(client, role).get("/admin/")["Location"] == HOME
    assert client.get(HOME).content.decode().count('href="/admin/"') == 0
    call_command("grant_roles")
    for role in ("bureau", "auditor"):
        assert cast.enter(client, role).get("/admin/").status_code == 200
        assert 'href="/admin/"' in client.get(HOME).content.decode()
    assert "/admin/login/" in cast.enter(client, ANONYMOUS).get("/admin/")["Location"]
