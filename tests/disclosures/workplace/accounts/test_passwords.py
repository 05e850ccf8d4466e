"""Passwords: the rules, all in Chinese; the first one, given by the bureau, is good for once."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.urls import reverse

from disclosures.workplace.accounts.passwords import (
    give_first_password,
    make_password,
    must_change_password,
)
from tests.told import list_told

pytestmark = pytest.mark.django_db
CHANGE = reverse("admin:password_change")
HOME = reverse("workplace:home")
OWN = "Shan-he-2026"


@pytest.fixture
def person():
    return User.objects.create_user("wangwu2026", first_name="王五", is_staff=True)


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("Ab-3456", "密码太短，至少要有 10 个字符。"),
        ("abcdefgh12", "密码太简单：小写字母、大写字母、数字、符号，这四种里至少要有三种。"),
        ("Wangwu2026!", "密码跟 用户名 太相似了。"),
        ("8305926174", "密码只包含数字。"),
        ("Password123", "这个密码太常见了。"),
    ],
)
def test_weak_password_is_refused_in_chinese(person, password, complaint):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, person)
    assert complaint in refused.value.messages
    assert all(any("一" <= sign <= "龥" for sign in text) for text in refused.value.messages)


def test_rules_are_told_in_chinese():
    told = password_validators_help_texts()
    assert len(told) == 5
    assert all("一" <= text[0] <= "龥" for text in told), told


def test_made_password_keeps_the_rules_and_is_never_the_same(person):
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        validate_password(password, person)
        assert len(password) == 14
        assert not set(password) & set("0Oo1lI")


def test_first_password_leads_to_its_change_and_nowhere_else(client, person):
    first = give_first_password(person, by=person)
    given = {"username": person.username, "password": first, "next": HOME}
    page = client.post(reverse("admin:login"), given, follow=True)
    assert page.wsgi_request.path == CHANGE
    assert "请先换成自己的密码" in page.content.decode()
    assert client.get(reverse("admin:index"))["Location"].startswith(CHANGE)
    assert client.post(reverse("filing:open", args=(2026, "107001")))["Location"].startswith(CHANGE)


def change(client, old, new, again=None):
    typed = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(CHANGE, typed | {"next": HOME})


def test_own_password_opens_the_workplace(client, person):
    first = give_first_password(person, by=person)
    client.force_login(person)
    assert change(client, first, OWN)["Location"] == HOME
    assert client.get(HOME).status_code == 200
    person.refresh_from_db()
    assert person.check_password(OWN)
    assert not must_change_password(person)
    assert list_told("action")[-1] == ("password",)


@pytest.mark.parametrize(
    ("old", "new", "again", "complaint"),
    [
        ("wrong", OWN, OWN, "原来的密码不对，请重新输入，注意大小写。"),
        (None, OWN, "Shan-he-2027", "两次输入的新密码不一样，请重新输入。"),
        (None, None, None, "新密码和原来的一样，请换一个。"),
    ],
)
def test_change_that_does_not_fit_keeps_the_first_password(
    client, person, old, new, again, complaint
):
    first = give_first_password(person, by=person)
    client.force_login(person)
    page = change(client, old or first, new or first, again)
    assert complaint in page.content.decode()
    assert must_change_password(person)


def test_new_first_password_ends_what_is_logged_in(client, person):
    client.force_login(person)
    assert client.get(HOME).status_code == 200
    give_first_password(person, by=person)
    assert client.get(HOME)["Location"].startswith(reverse("admin:login"))
