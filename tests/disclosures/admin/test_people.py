"""Accounts: given by the bureau, its own by the system's administrator, never by oneself."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from budgets.models import Membership
from disclosures.admin import people
from disclosures.models import NameFailures
from disclosures.workflow.access import Role, county_roles
from disclosures.workplace.accounts.passwords import must_change_password
from tests.factories.people import gather

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:auth_user_changelist"), reverse("admin:auth_user_add")
TYPED = {"username": "zhao", "first_name": "赵", "email": "", "is_active": "on"}
POSTS = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
ACTS = ("password", "free", "app")


@pytest.fixture
def cast():
    call_command("grant_roles")
    found = gather()
    found.people["root"] = User.objects.create_superuser("root")
    found.people["other_bureau"] = User.objects.create_user("other_bureau", is_staff=True)
    found.people["command_line"] = User.objects.create_user("command-line", is_active=False)
    found.people["nobody"] = User.objects.create_user("nobody", password="x", is_staff=True)
    found["other_bureau"].groups.add(Group.objects.get(name=Role.BUREAU_ADMIN.value))
    return found


def change(person):
    return reverse("admin:auth_user_change", args=(person.pk,))


def act_on(client, person, act):
    return client.post(reverse(f"admin:auth_user_{act}", args=(person.pk,)))


def test_bureau_gives_an_account_with_a_post_and_a_password_shown_once(client, cast):
    post = {"memberships-0-department": cast.a.pk, "memberships-0-post": "clerk"}
    page = cast.enter(client, "bureau").post(ADD, TYPED | POSTS | post)
    person = User.objects.get(username="zhao")
    password = re.search(r"初始密码</dt><dd><code>(\S+)</code>", page.content.decode())[1]
    assert person.check_password(password)
    validate_password(password, person)
    assert must_change_password(person)
    assert (person.is_staff, person.is_superuser) == (True, False)
    assert Membership.objects.get(user=person).department == cast.a
    assert "no-store" in page["Cache-Control"]
    for path in (change(person), LIST):
        assert password not in client.get(path).content.decode()


def test_nobody_signs_himself_up(client):
    assert client.get(ADD)["Location"].startswith(reverse("admin:login"))
    for name in ("register", "signup", "admin_password_reset", "password_reset"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


# Who may change whose account: the bureau's administrator those of departments alone, the system's
# administrator those of the bureau alone.
KEPT = {
    "bureau": {"clerk_a", "head_a", "unit_clerk", "clerk_b", "nobody"},
    "root": {"reviewer", "bureau", "auditor", "other_bureau"},
    "reviewer": set(),
    "auditor": set(),
    "clerk_a": set(),
    "head_a": set(),
}


@pytest.mark.parametrize("role", KEPT)
def test_account_is_changed_by_those_alone_who_keep_it(client, cast, role):
    cast.enter(client, role)
    for name, person in cast.people.items():
        expected = name in KEPT[role]
        group = next(iter(county_roles(person)), "")
        typed = {"username": person.username, "is_active": "on", "first_name": role} | POSTS
        typed |= {"role": group} if group else {}
        before = person.password
        assert (client.post(change(person), typed).status_code == 302) == expected, name
        person.refresh_from_db()
        assert (person.first_name == role) == expected, name
        answers = {act: act_on(client, person, act).status_code for act in ACTS}
        assert {act: 302 if act != "password" else 200 for act in ACTS} == answers or not expected
        assert expected or set(answers.values()) <= {403, 404}, name
        person.refresh_from_db()
        assert (person.password != before) == expected, name


@pytest.mark.parametrize("act", ACTS)
def test_acts_at_the_door_are_no_links_and_not_for_strangers(client, cast, act):
    path = reverse(f"admin:auth_user_{act}", args=(cast["clerk_b"].pk,))
    assert cast.enter(client, "bureau").get(path).status_code == 405
    assert cast.enter(client, "clerk_a").post(path).status_code == 404
    assert cast.enter(client, "auditor").post(path).status_code == 403


@pytest.mark.parametrize("name", ["bureau", "clerk_b"])
def test_bureau_admin_makes_nobody_more_than_a_clerk(client, cast, name):
    more = {"role": "审计员", "is_superuser": "on", "is_staff": "on", "groups": ["1", "2", "3"]}
    more |= {"user_permissions": ["1"]}
    person = cast[name]
    before = county_roles(person)
    typed = {"username": person.username, "is_active": "on"} | POSTS | more
    cast.enter(client, "bureau").post(change(person), typed)
    person = User.objects.get(pk=person.pk)
    assert (person.is_superuser, county_roles(person)) == (False, before)
    assert not person.user_permissions.exists()
    client.post(ADD, TYPED | POSTS | more)
    made = User.objects.get(username="zhao")
    assert (made.is_superuser, county_roles(made)) == (False, set())


@pytest.mark.parametrize("name", ["bureau", "reviewer", "root"])
@pytest.mark.parametrize("role", ["bureau", "root"])
def test_people_of_the_bureau_get_no_post_in_a_department(client, cast, role, name):
    typed = {"user": cast[name].pk, "department": cast.a.pk, "post": "head"}
    path = reverse("admin:budgets_membership_add")
    page = cast.enter(client, role).post(path, typed)
    assert ("财政部门的人员不能同时在部门任职" in page.content.decode()) == (role == "bureau")
    assert page.status_code == (200 if role == "bureau" else 403)
    assert not Membership.objects.filter(user=cast[name]).exists()


def test_system_admin_gives_and_takes_no_post_in_a_department(client, cast):
    own = Membership.objects.get(user=cast["clerk_a"])
    before = list(Membership.objects.order_by("pk").values())
    cast.enter(client, "root")
    typed = {"user": cast["clerk_b"].pk, "department": cast.a.pk, "post": "head"}
    for path, posted in (
        (reverse("admin:budgets_membership_add"), typed),
        (reverse("admin:budgets_membership_change", args=(own.pk,)), typed),
        (reverse("admin:budgets_membership_delete", args=(own.pk,)), {"post": "yes"}),
        (change(cast["clerk_a"]), TYPED | POSTS),
    ):
        assert client.post(path, posted).status_code == 403, path
    listed = reverse("admin:budgets_membership_changelist")
    client.post(listed, {"action": "delete_selected", "_selected_action": own.pk, "post": "yes"})
    assert list(Membership.objects.order_by("pk").values()) == before


def test_system_admin_gives_a_role_and_another_and_never_none(client, cast):
    page = cast.enter(client, "root").post(ADD, TYPED)
    assert "role" in page.context["adminform"].form.errors
    assert not User.objects.filter(username="zhao").exists()
    client.post(ADD, TYPED | {"role": "财政审核员"})
    person = User.objects.get(username="zhao")
    assert county_roles(person) == {Role.REVIEWER}
    assert must_change_password(person)
    client.post(change(person), TYPED | {"role": "审计员"})
    assert county_roles(person) == {Role.AUDITOR}
    # Without a role it would be an account that two offices keep, one after the other.
    assert client.post(change(person), TYPED | {"role": ""}).status_code == 200
    assert county_roles(person) == {Role.AUDITOR}


def test_who_is_taken_into_the_bureau_gets_a_new_password_that_its_keeper_did_not_know(
    client, cast
):
    person = cast["nobody"]
    TOTPDevice.objects.create(user=person, confirmed=True)
    page = cast.enter(client, "root").get(change(person)).content.decode()
    assert "重置密码" not in page
    typed = {"username": "other", "is_active": "", "email": "x@y.cn", "role": "财政审核员"}
    page = client.post(change(person), typed)
    password = re.search(r"初始密码</dt><dd><code>(\S+)</code>", page.content.decode())[1]
    person.refresh_from_db()
    assert (person.username, person.is_active, person.email) == ("nobody", True, "")
    assert person.check_password(password)
    assert must_change_password(person)
    assert not TOTPDevice.objects.exists()
    assert county_roles(person) == {Role.REVIEWER}


def list_news(person):
    return list(person.notices.order_by("pk").values_list("kind", "text"))


def test_others_of_the_bureau_are_told_what_is_done_to_an_account_of_theirs(client, cast):
    TOTPDevice.objects.create(user=cast["bureau"], confirmed=True)
    cast.enter(client, "root")
    act_on(client, cast["bureau"], "app")
    act_on(client, cast["bureau"], "password")
    client.post(ADD, TYPED | {"role": "财政管理员"})
    reset, given, made = (
        ("office", text + people.ASK)
        for text in (
            "系统管理员重置了 bureau 的两步登录，下次登录时重新设置。",
            "系统管理员给了 bureau 一个新的初始密码。",
            "系统管理员新建或改动了 zhao 的账号，现在的岗位是财政管理员，在用。",
        )
    )
    for name in ("other_bureau", "reviewer", "auditor"):
        assert list_news(cast[name]) == [reset, given, made]
    assert [kind for kind, _ in list_news(cast["bureau"])] == ["account", "account", "office"]
    for name in ("root", "clerk_a"):
        assert list_news(cast[name]) == []
    cast.enter(client, "bureau")
    act_on(client, cast["clerk_a"], "password")
    assert list_news(cast["auditor"]) == [reset, given, made]


@pytest.mark.parametrize(
    ("role", "status"),
    [("bureau", 302), ("root", 302), ("auditor", 403), ("reviewer", 404), ("clerk_a", 404)],
)
def test_all_are_freed_by_those_who_keep_accounts(client, cast, role, status):
    NameFailures.objects.create(name="x", source="y", count=9, last_at=timezone.now())
    cast.enter(client, role)
    answer = client.get(LIST)
    shown = answer.status_code == 200 and "解除全部等待" in answer.content.decode()
    assert shown == (status == 302)
    path = reverse("admin:auth_user_free_all")
    assert client.get(path).status_code == 405
    assert client.post(path).status_code == status
    assert NameFailures.objects.exists() == (status != 302)


def test_person_with_a_post_gets_no_role_in_the_bureau(client, cast):
    typed = {"username": "clerk_a", "is_active": "on", "role": "财政审核员"}
    page = cast.enter(client, "root").post(change(cast["clerk_a"]), typed)
    assert page.status_code == 403
    assert county_roles(cast["clerk_a"]) == set()


def test_reset_app_lets_a_person_set_up_another(client, cast):
    TOTPDevice.objects.create(user=cast["clerk_a"], confirmed=True)
    page = cast.enter(client, "bureau").get(change(cast["clerk_a"])).content.decode()
    assert "重置两步登录" in page
    act_on(client, cast["clerk_a"], "app")
    assert not TOTPDevice.objects.exists()


def test_who_has_left_cannot_come_in(client, cast):
    typed = {"username": "clerk_b", "first_name": ""} | POSTS
    cast.enter(client, "bureau").post(change(cast["clerk_b"]), typed)
    given = {"username": "clerk_b", "password": "x", "next": "/admin/"}
    client.logout()
    assert client.post(reverse("admin:login"), given).status_code == 200
    assert not User.objects.get(username="clerk_b").is_active


def test_nobody_deletes_a_person_and_secrets_are_nobodys_to_look_at(client, cast):
    cast.enter(client, "root")
    path = reverse("admin:auth_user_delete", args=(cast["clerk_a"].pk,))
    assert client.post(path, {"post": "yes"}).status_code == 403
    pages = [str(key) for key in client.get(reverse("admin:index")).context["app_list"]]
    for secret in ("otp", "TOTP", "axes", "sessions"):
        assert secret not in str(pages)


def test_list_of_people_takes_the_same_queries_for_one_and_three(
    client, cast, django_assert_max_num_queries
):
    cast.enter(client, "bureau").get(LIST)
    for number in range(3):
        person = User.objects.create_user(f"p{number}")
        Membership.objects.create(user=person, department=cast.a, post="clerk")
        with django_assert_max_num_queries(16):
            assert client.get(LIST).status_code == 200
