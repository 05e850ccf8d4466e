"""How long a login lasts, and that nothing typed is lost when it has ended."""

import re
from base64 import b64decode
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import gather

pytestmark = pytest.mark.django_db
HOME, LOGIN = reverse("workplace:home"), reverse("admin:login")
SCREEN = reverse("filing:sheet", args=(2026, "108001", "income"))
TYPED = {"income-0-amount": '1"<b>&\n 2', "action": "保存"}


@pytest.fixture
def clerk():
    """A client with the checks of a browser, on the login page and then logged in."""
    client = Client(enforce_csrf_checks=True)
    client.get(LOGIN)
    client.force_login(gather()["clerk_b"])
    return client


def token_of(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def let_expire():
    Session.objects.update(expire_date=timezone.now())


def list_kept(page):
    found = re.findall(
        r'<textarea hidden name="([^"]+)">\n(.*?)</textarea>', page.content.decode(), re.DOTALL
    )
    return {name: unescape(value) for name, value in found}


def test_login_ends_an_idle_time_after_the_last_click(client, settings):
    settings.SESSION_COOKIE_AGE, settings.SESSION_TOUCH = 1800, 0
    gather().enter(client, "clerk_b").get(HOME)
    left = Session.objects.get().expire_date - timezone.now()
    assert 1790 < left.total_seconds() <= 1800
    let_expire()
    assert client.get(HOME)["Location"].startswith(LOGIN)


def test_click_makes_a_login_last_and_is_written_once_a_minute(client):
    gather().enter(client, "clerk_b").get(HOME)
    soon = timezone.now() + timezone.timedelta(minutes=1)
    Session.objects.update(expire_date=soon)
    client.get(HOME)
    assert Session.objects.get().expire_date == soon
    session = client.session
    session["touched"] -= 60
    session.save()
    Session.objects.update(expire_date=soon)
    client.get(HOME)
    assert Session.objects.get().expire_date > soon


def test_clock_put_back_by_a_day_lengthens_no_login(client):
    gather().enter(client, "clerk_b").get(HOME)
    session = client.session
    session["began"] += 24 * 3600
    session.save()
    assert client.get(HOME)["Location"].startswith(LOGIN)


def test_clock_put_back_by_an_hour_keeps_the_login_and_its_idle_time(client, settings):
    gather().enter(client, "clerk_b").get(HOME)
    session = client.session
    session["began"] += 3600
    session["touched"] += 3600
    session.save()
    Session.objects.update(expire_date=timezone.now() + timezone.timedelta(hours=2))
    assert client.get(HOME).status_code == 200
    left = Session.objects.get().expire_date - timezone.now()
    assert left.total_seconds() <= settings.SESSION_COOKIE_AGE


def test_login_ends_after_twelve_hours_whatever_is_clicked(client):
    gather().enter(client, "clerk_b").get(HOME)
    session = client.session
    session["began"] -= 12 * 3600 + 1
    session.save()
    page = client.get(HOME, follow=True)
    assert page.wsgi_request.path == LOGIN
    assert "您登录已超过 12 小时" in page.content.decode()


def test_cookies_of_the_workplace_end_with_the_browser_and_stay_inside(client):
    gather()
    given = {"username": "clerk_b", "password": "x", "next": HOME}
    cookies = client.post(LOGIN, given).cookies
    for name in ("sessionid", "csrftoken"):
        cookie = cookies[name]
        assert (cookie["path"], cookie["max-age"], cookie["httponly"]) == ("/admin/", "", True)


def test_cookie_of_a_known_device_opens_nothing_and_names_nobody(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    gather()
    cookie = client.post(LOGIN, {"username": "clerk_b", "password": "x"}).cookies["device"]
    shown = (cookie["path"], cookie["httponly"], cookie["secure"], cookie["samesite"])
    assert shown == ("/admin/", True, True, "Strict")
    assert "clerk_b" not in str(b64decode(cookie.value.split(":")[0] + "=="))
    client.logout()
    client.cookies["device"] = cookie.value
    assert client.get(HOME)["Location"].startswith(LOGIN)


def test_what_was_typed_is_kept_when_the_login_has_ended(clerk):
    token = token_of(clerk.get(HOME))
    let_expire()
    page = clerk.post(SCREEN, TYPED | {"csrfmiddlewaretoken": token})
    assert page.status_code == 403
    assert list_kept(page) == TYPED
    assert "您有一段时间没有操作，已自动退出登录。" in page.content.decode()
    assert f'action="{SCREEN}"' in page.content.decode()


def test_what_was_kept_is_sent_after_another_login(clerk):
    stale = token_of(clerk.get(HOME))
    clerk.cookies["csrftoken"] = "a" * 32
    page = clerk.post(SCREEN, TYPED | {"csrfmiddlewaretoken": stale})
    assert page.status_code == 403
    assert list_kept(page) == TYPED
    again = clerk.post(SCREEN, TYPED | {"csrfmiddlewaretoken": token_of(page)})
    assert again.status_code == 404  # No budget has been opened there: the form has come through.


def test_words_of_another_site_are_not_kept(clerk):
    page = clerk.post(SCREEN, TYPED, HTTP_ORIGIN="https://evil.example")
    assert page.status_code == 403
    assert list_kept(page) == {}


def test_passwords_are_never_kept(client):
    client.get(LOGIN)
    typed = {"old_password": "a", "new_password1": "b", "new_password2": "b"}
    answer = client.post(reverse("admin:password_change"), typed)
    assert answer.status_code == 302


def test_stranger_is_led_to_the_login(client):
    assert client.post(SCREEN, TYPED)["Location"] == f"{LOGIN}?next={SCREEN}"
