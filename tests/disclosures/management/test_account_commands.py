"""Accounts opened and helped at the server: told in the log, with a first password like others."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from budgets.audit import COMMAND_LINE, Inspection
from budgets.models import Action, Entry
from disclosures.workplace.accounts.passwords import must_change_password

pytestmark = pytest.mark.django_db


def run(*words, **options):
    """What a command printed, without the password at its end, and the password."""
    printed = StringIO()
    call_command(*words, **options, stdout=printed)
    told, _, password = printed.getvalue().strip().rpartition("：")
    return told, password


def told_of(name):
    """The log's entries about an account: action, person, name of the person."""
    about = Entry.objects.filter(subject=f"账号 {name}").order_by("number")
    return list(about.values_list("action", "person", "name"))


def test_superuser_has_a_first_password_and_stands_in_the_log():
    told, password = run("createsuperuser", username="root", email="root@example.gov.cn")
    user = User.objects.get()
    assert told == ("已建立系统管理员“root”。\n初始密码（只显示这一次，第一次登录时必须改）")
    assert (user.is_superuser, user.is_staff, user.check_password(password)) == (True, True, True)
    assert must_change_password(user)
    assert told_of("root") == [
        (Action.ADD, None, COMMAND_LINE),
        (Action.PASSWORD_GIVEN, None, COMMAND_LINE),
    ]
    assert json.loads(Entry.objects.get(action=Action.ADD).after)["系统管理员"] is True
    assert password not in "".join(Entry.objects.values_list("after", flat=True))
    assert list(Inspection().find_faults()) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"username": "root"}, "没有建立账号：已经有账号用了这个用户名。"),
        ({"username": "a b"}, "没有建立账号：请输入合法的用户名。"),
        ({"username": "new", "email": "nowhere"}, "没有建立账号：输入一个有效的 Email 地址。"),
        ({"username": ""}, "没有建立账号：此字段不能为空。"),
    ],
)
def test_superuser_is_refused_with_a_sentence(given, said):
    run("createsuperuser", username="root")
    before = Entry.objects.count()
    with pytest.raises(CommandError, match=said):
        run("createsuperuser", **given)
    assert (User.objects.count(), Entry.objects.count()) == (1, before)


def test_changed_password_must_be_changed_again_and_ends_logins(client):
    user = User.objects.create_user("bureau", password="x", is_staff=True)
    client.force_login(user)
    told, password = run("changepassword", "bureau")
    assert told == "“bureau”的新密码（只显示这一次，下一次登录时必须改）"
    user.refresh_from_db()
    assert (user.check_password(password), must_change_password(user)) == (True, True)
    assert client.get("/admin/workplace/").url == "/admin/login/?next=/admin/workplace/"
    assert told_of("bureau") == [(Action.PASSWORD_GIVEN, None, COMMAND_LINE)]


def test_password_of_nobody_is_refused():
    with pytest.raises(CommandError, match="没有用户名为“nobody”的账号。"):
        run("changepassword", "nobody")
    assert not Entry.objects.exists()
