"""Guessing: it makes a name wait, longer each time, at its source alone; the bureau frees all."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from disclosures.models import AddressFailures, NameFailures, Notice
from disclosures.workflow.access import Role
from disclosures.workplace.accounts import failures
from disclosures.workplace.accounts.failures import free_everybody, free_person, is_waiting
from tests.factories.people import appoint
from tests.told import list_told

pytestmark = pytest.mark.django_db
LOGIN = reverse("admin:login")
HERE, ELSEWHERE = "10.1.2.3", "10.9.9.9"


@pytest.fixture
def person():
    return User.objects.create_user("wang", password="right", is_staff=True)


def try_in(client, password, name="wang", address=HERE, **more):
    given = {"username": name, "password": password, "next": "/admin/workplace/"} | more
    return client.post(LOGIN, given, REMOTE_ADDR=address)


def fail(client, times=5, **where):
    return [try_in(client, "wrong", **where).status_code for _ in range(times)]


def let_pass(**time):
    for row in NameFailures.objects.all():
        row.last_at -= timedelta(**time)
        row.save()


def know_device(client):
    """The browser has been logged in on before."""
    assert try_in(client, "right").status_code == 302
    leave(client)


def leave(client):
    """Out of the login, with the browser's other cookies left as they are."""
    client.post(reverse("admin:logout"))


def test_fifth_failure_makes_the_name_wait_and_says_how_long(client, person):
    assert fail(client, 4) == [200] * 4
    assert not is_waiting(person)
    page = try_in(client, "wrong")
    assert (page.status_code, page["Retry-After"]) == (429, "30")
    assert "<h1>请过 30 秒再试</h1>" in page.content.decode()
    assert "请联系财政部门重置" in page.content.decode()
    assert is_waiting(person)


def test_each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(client, person):
    fail(client, 4)
    waits = []
    for _ in range(8):
        waits.append(int(try_in(client, "wrong")["Retry-After"]))
        let_pass(seconds=waits[-1])
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_right_password_is_not_looked_at_while_the_name_waits(client, person):
    fail(client)
    assert try_in(client, "right").status_code == 429
    assert "_auth_user_id" not in client.session
    let_pass(seconds=30)
    assert try_in(client, "right").status_code == 302


def test_trying_on_makes_no_wait_longer(client, person):
    fail(client)
    before = NameFailures.objects.values().get()
    assert fail(client, 3) == [429] * 3
    assert NameFailures.objects.values().get() == before


def test_tries_at_once_do_not_pass_together(client, person):
    # Each is counted before any of them has been looked at.
    assert [failures.claim_try("wang", HERE) for _ in range(7)] == [0] * 5 + [30] * 2


def test_other_ways_to_write_a_name_wait_as_well(client, person):
    for name in ("wang", " wang", "ｗａｎｇ", "wang ", "ｗang"):
        last = try_in(client, "wrong", name=name)
    assert last.status_code == 429
    assert try_in(client, "right", name="wanｇ").status_code == 429


def test_name_waits_at_the_address_alone(client, person):
    User.objects.create_user("li", password="right", is_staff=True)
    fail(client)
    assert try_in(client, "right", name="li").status_code == 302
    client.logout()
    assert try_in(client, "right", address=ELSEWHERE).status_code == 302


def test_address_of_ipv6_is_its_network(client, person):
    fail(client, address="2001:db8::1")
    assert try_in(client, "right", address="2001:db8::ffff").status_code == 429
    assert try_in(client, "right", address="2001:db8:0:1::1").status_code == 302


def test_strangers_do_not_hold_up_a_known_device(client, person):
    know_device(client)
    stranger = client.__class__()
    fail(stranger)
    assert try_in(stranger, "right").status_code == 429
    assert try_in(client, "right").status_code == 302


def test_known_device_counts_its_own_failures_and_holds_up_nobody(client, person):
    know_device(client)
    assert fail(client) == [200] * 4 + [429]
    assert try_in(client, "right").status_code == 429
    assert try_in(client.__class__(), "right").status_code == 302


def test_device_is_known_for_the_names_that_were_logged_in_on_it(client, person):
    User.objects.create_user("li", password="right", is_staff=True)
    know_device(client)
    fail(client.__class__(), name="li")
    assert try_in(client, "right", name="li").status_code == 429


@pytest.mark.parametrize("forged", ["x", "a:b:c", "WyJhIixbXV0:1abcde:x"])
def test_cookie_that_we_have_not_signed_makes_no_device_known(client, person, forged):
    fail(client.__class__())
    client.cookies["device"] = forged
    assert try_in(client, "right").status_code == 429


def test_login_forgets_the_failures_before_it(client, person):
    fail(client, 4)
    try_in(client, "right")
    client.logout()
    assert fail(client, 4) == [200] * 4


def test_clock_that_was_set_back_lets_nobody_wait_until_it_is_there_again(client, person):
    fail(client)
    let_pass(days=-1)
    assert try_in(client, "right").status_code == 302


def test_failure_after_the_clock_was_set_back_makes_a_name_wait_on(client, person):
    fail(client)
    let_pass(days=-1)
    try_in(client, "wrong")
    assert try_in(client, "right")["Retry-After"] == "60"


def test_bureau_frees_one_and_all(client, person):
    User.objects.create_user("li", password="right", is_staff=True)
    bureau = appoint("bureau", Role.BUREAU_ADMIN)
    for name in ("wang", "li"):
        fail(client, name=name)
    free_person(person, by=bureau)
    assert try_in(client, "right").status_code == 302
    client.logout()
    assert try_in(client, "right", name="li").status_code == 429
    free_everybody(by=bureau)
    assert try_in(client, "right", name="li").status_code == 302
    freed = [row for row in list_told("action", "name", "subject") if row[0] == "free"]
    assert freed == [("free", "bureau", "账号 wang"), ("free", "bureau", "全部账号")]


@pytest.mark.parametrize("named", [["wang"], []])
def test_command_frees_one_or_all(client, person, named, capsys):
    fail(client)
    call_command("free_logins", *named)
    assert try_in(client, "right").status_code == 302
    assert "命令行" in [name for (name,) in list_told("name")]


def test_many_names_from_one_address_are_slowed_and_others_are_not(client, person, monkeypatch):
    monkeypatch.setattr(failures, "CROWD", 4)
    know_device(client)
    stranger = client.__class__()
    assert [try_in(stranger, "x", name=f"n{number}").status_code for number in range(4)] == [
        200
    ] * 4
    slowed = try_in(stranger, "right")
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "5")
    assert try_in(stranger, "right", address=ELSEWHERE).status_code == 302
    assert try_in(client, "right").status_code == 302
    let_pass(seconds=5)
    for number in range(4, 8):
        assert try_in(stranger, "x", name=f"n{number}").status_code == 200
        let_pass(seconds=10)
    try_in(stranger, "x", name="n8")
    assert try_in(stranger, "x", name="n9")["Retry-After"] == "10"


def test_guessing_is_told_to_the_bureau_by_doublings(client, person, monkeypatch):
    monkeypatch.setattr(failures, "CROWD", 4)
    told = [appoint("bureau", Role.BUREAU_ADMIN), User.objects.create_superuser("root")]
    appoint("reviewer", Role.REVIEWER)
    for number in range(17):
        try_in(client, "x", name=f"n{number}")
        let_pass(minutes=1)
    news = [row for row in list_told("action", "address", "after") if row[0] == "guessing"]
    assert news == [("guessing", HERE, {failures.NAMES: names}) for names in (4, 8, 16)]
    assert Notice.objects.count() == 3 * len(told)
    assert {each.person for each in Notice.objects.select_related("person")} == set(told)
    assert f"从网络地址 {HERE} 用 16 个用户名登录失败" in Notice.objects.first().text
    client.force_login(told[0])
    page = client.get(reverse("workplace:inbox")).content.decode()
    assert "试密码" in page
    assert "去办理" not in page


def test_wait_is_told_with_name_and_address_and_never_the_password(client, person):
    fail(client, 6)
    waits = [row for row in list_told("action", "name", "address", "after") if row[3]]
    assert waits == [("login_failed", "wang", HERE, {failures.WAITS: "30 秒"})] * 2
    assert "wang" not in str(NameFailures.objects.values())


def test_log_grows_by_doublings_however_often_a_stranger_fails(client, person, monkeypatch):
    monkeypatch.setattr(failures, "EACH", 4)
    monkeypatch.setattr(failures, "FREE", 100)
    for number in range(20):
        try_in(client, "wrong", name=f"nobody-{number % 3}")
    try_in(client, "wrong", name="li", address=ELSEWHERE)
    told = list_told("action", "name", "address", "after")
    each = [("login_failed", f"nobody-{number % 3}", HERE, None) for number in range(4)]
    doubled = [
        ("login_failed", f"nobody-{(number - 1) % 3}", HERE, {failures.COUNTED: number})
        for number in (8, 16)
    ]
    assert told == [*each, *doubled, ("login_failed", "li", ELSEWHERE, None)]
    past = timezone.now() - failures.HOUR
    AddressFailures.objects.update(since=past)
    NameFailures.objects.update(last_at=past)
    assert try_in(client, "right").status_code == 302
    whole = ("login_failed", "", HERE, {failures.COUNTED: 20})
    assert list_told("action", "name", "address", "after")[7:] == [
        whole,
        ("login", "wang", HERE, None),
    ]
    assert not AddressFailures.objects.exists()
    assert not NameFailures.objects.exists()
