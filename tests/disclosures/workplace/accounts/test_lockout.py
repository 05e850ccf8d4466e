"""Guessing: locked by name and address, told for how long, opened by time or by the bureau."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from budgets.models import FailedLogins
from disclosures.workplace.accounts import login
from disclosures.workplace.accounts.login import is_locked, unlock_person
from tests.told import list_told

pytestmark = pytest.mark.django_db
LOGIN = reverse("admin:login")
HERE, ELSEWHERE = "10.1.2.3", "10.9.9.9"


@pytest.fixture
def person():
    return User.objects.create_user("wang", password="right", is_staff=True)


def try_in(client, password, name="wang", address=HERE):
    given = {"username": name, "password": password, "next": "/admin/workplace/"}
    return client.post(LOGIN, given, REMOTE_ADDR=address)


def lock(client, times=5):
    return [try_in(client, "wrong").status_code for _ in range(times)]


def test_fifth_failure_locks_and_says_for_how_long(client, person):
    assert lock(client, 4) == [200] * 4
    assert not is_locked(person)
    page = try_in(client, "wrong")
    assert page.status_code == 429
    assert "已锁定，请过 30 分钟再试" in page.content.decode()
    assert "请联系财政部门解锁或重置密码" in page.content.decode()
    assert is_locked(person)


def test_right_password_does_not_open_a_lock(client, person):
    lock(client)
    assert try_in(client, "right").status_code == 429
    assert "_auth_user_id" not in client.session


def test_lock_is_on_the_name_at_the_address_alone(client, person):
    User.objects.create_user("li", password="right", is_staff=True)
    lock(client)
    assert try_in(client, "right", name="li").status_code == 302
    client.logout()
    assert try_in(client, "right", address=ELSEWHERE).status_code == 302


def test_lock_opens_when_its_time_is_over(client, person, settings):
    lock(client)
    for attempt in AccessAttempt.objects.all():
        passed = attempt.attempt_time - settings.AXES_COOLOFF_TIME
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=passed)
    assert not is_locked(person)
    assert try_in(client, "right").status_code == 302


def test_trying_on_does_not_make_a_lock_longer(client, person):
    lock(client)
    before = AccessAttempt.objects.get().attempt_time
    lock(client, 2)
    assert AccessAttempt.objects.get().attempt_time == before


def test_bureau_opens_a_lock(client, person):
    lock(client)
    unlock_person(person, by=person)
    assert try_in(client, "right").status_code == 302


def test_login_forgets_the_failures_before_it(client, person):
    lock(client, 4)
    try_in(client, "right")
    client.logout()
    assert lock(client, 4) == [200] * 4


def test_lock_is_told_once_with_name_and_address(client, person):
    lock(client, 7)
    locks = [each for each in list_told("action", "name", "address", "after") if each[0] == "lock"]
    assert locks == [("lock", "wang", HERE, {"分钟": 30})]
    assert "wrong" not in str(AccessAttempt.objects.values())


def test_log_grows_by_doublings_however_often_a_stranger_fails(client, person, monkeypatch):
    monkeypatch.setattr(login, "EACH", 4)
    for number in range(20):
        try_in(client, "wrong", name=f"nobody-{number % 3}")
    try_in(client, "wrong", name="li", address=ELSEWHERE)
    told = list_told("action", "name", "address", "after")
    each = [("login_failed", f"nobody-{number % 3}", HERE, None) for number in range(4)]
    doubled = [
        ("login_failed", f"nobody-{(number - 1) % 3}", HERE, {login.COUNTED: number})
        for number in (8, 16)
    ]
    assert told == [*each, *doubled, ("login_failed", "li", ELSEWHERE, None)]
    past = timezone.now() - login.HOUR
    FailedLogins.objects.update(since=past)
    assert try_in(client, "right").status_code == 302
    whole = ("login_failed", "", HERE, {login.COUNTED: 20})
    assert list_told("action", "name", "address", "after")[7:] == [
        whole,
        ("login", "wang", HERE, None),
    ]
    assert not FailedLogins.objects.exists()
