"""Readers of environment variables, one by one."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    Mail,
    read_choice,
    read_database,
    read_decimal,
    read_flag,
    read_hosts,
    read_mail,
    read_number,
    read_origins,
    read_path,
    read_secret,
    read_years,
)

BASE = Path("/srv/portal")
SECRET = "a-long-random-text-of-more-than-fifty-characters-0123456789"


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda: read_flag("V", default=False), "True", True),
        (lambda: read_flag("V", default=True), "0", False),
        (lambda: read_flag("V", default=True), "  ", True),
        (lambda: read_number("V", default=7), "0", 0),
        (lambda: read_number("V", default=7), "", 7),
        (lambda: read_choice("V", choices=("INFO", "ERROR"), default="INFO"), "error", "ERROR"),
        (lambda: read_path("V", default=BASE), "/srv/media", Path("/srv/media")),
        (lambda: read_hosts("V", default=[]), " a.gov.cn, .b.cn ,", ["a.gov.cn", ".b.cn"]),
        (lambda: read_hosts("V", default=["localhost"]), "", ["localhost"]),
        (lambda: read_hosts("V", default=[]), "[::1],127.0.0.1", ["[::1]", "127.0.0.1"]),
        (lambda: read_origins("V"), "https://a.gov.cn", ["https://a.gov.cn"]),
        (lambda: read_secret("V", default=""), SECRET, SECRET),
        (lambda: read_secret("V", default="local"), "", "local"),
    ],
)
def test_reader_accepts_the_value(monkeypatch, read, value, expected):
    monkeypatch.setenv("V", value)
    assert read() == expected


@pytest.mark.parametrize(
    ("read", "value", "sentence"),
    [
        (
            lambda: read_flag("V", default=False),
            "maybe",
            "环境变量 V 的值是“maybe”，应为 1、0、true、false、on、off 之一。",
        ),
        (
            lambda: read_number("V", default=7),
            "-1",
            "环境变量 V 的值是“-1”，应为不小于零的整数。",
        ),
        (
            lambda: read_choice("V", choices=("INFO", "ERROR"), default="INFO"),
            "loud",
            "环境变量 V 的值是“LOUD”，应为 INFO、ERROR 之一。",
        ),
        (
            lambda: read_path("V", default=BASE),
            "media",
            "环境变量 V 的值是“media”，应为以 / 开头的绝对路径。",
        ),
        (
            lambda: read_hosts("V", default=[]),
            "",
            "环境变量 V 没有设置，应为本站的域名（多个用逗号分开），例如 budget.example.gov.cn。",
        ),
        (
            lambda: read_hosts("V", default=[]),
            "https://a.gov.cn",
            "环境变量 V 的值是“https://a.gov.cn”，应为不带协议和端口的域名，"
            "例如 budget.example.gov.cn。",
        ),
        (
            lambda: read_origins("V"),
            "a.gov.cn",
            "环境变量 V 的值是“a.gov.cn”，应为带协议、不带路径的网址，"
            "例如 https://budget.example.gov.cn。",
        ),
        (
            lambda: read_secret("V", default=""),
            "short",
            "环境变量 V 的值是“（保密，不显示）”，应为随机文字，至少 50 个字符、5 种字符。",
        ),
        (
            lambda: read_secret("V", default=""),
            "a" * 60,
            "环境变量 V 的值是“（保密，不显示）”，应为随机文字，至少 50 个字符、5 种字符。",
        ),
        (
            lambda: read_database("V", base=BASE),
            "mysql://root:hidden@localhost/portal",
            "环境变量 V 的值是“mysql://root:***@localhost/portal”，"
            "应为 postgres://用户:密码@主机:5432/库名 或 sqlite:///文件名。",
        ),
        (
            lambda: read_database("V", base=BASE),
            "postgres://root@localhost:port/portal",
            "环境变量 V 的值是“postgres://root@localhost:port/portal”，"
            "应为 postgres://用户:密码@主机:5432/库名 或 sqlite:///文件名。",
        ),
        (
            lambda: read_database("V", base=BASE),
            "postgres://localhost",
            "环境变量 V 的值是“postgres://localhost”，"
            "应为 postgres://用户:密码@主机:5432/库名 或 sqlite:///文件名。",
        ),
    ],
)
def test_reader_refuses_the_value_with_a_sentence(monkeypatch, read, value, sentence):
    monkeypatch.setenv("V", value)
    with pytest.raises(ImproperlyConfigured) as refusal:
        read()
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", "/srv/portal/db.sqlite3"),
        ("sqlite:///var/other.sqlite3", "/srv/portal/var/other.sqlite3"),
        ("sqlite:////var/lib/portal.sqlite3", "/var/lib/portal.sqlite3"),
    ],
)
def test_sqlite_file_is_found_from_the_base(monkeypatch, url, name):
    monkeypatch.setenv("V", url)
    database = read_database("V", base=BASE)
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == name
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgres_url_becomes_a_persistent_connection(monkeypatch):
    monkeypatch.setenv("V", "postgres://clerk:p%40ss@db.local:5433/portal")
    database = read_database("V", base=BASE)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    shown = {key: database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert shown == {
        "USER": "clerk",
        "PASSWORD": "p@ss",
        "HOST": "db.local",
        "PORT": 5433,
        "NAME": "portal",
    }
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.gov.cn", {"host": "mail.gov.cn", "port": 25}),
        (
            "smtp+tls://a%40b.cn:p%3Aw@mail.gov.cn:2587",
            {
                "host": "mail.gov.cn",
                "port": 2587,
                "user": "a@b.cn",
                "password": "p:w",
                "use_tls": True,
            },
        ),
        ("smtps://mail.gov.cn", {"host": "mail.gov.cn", "port": 465, "use_ssl": True}),
    ],
)
def test_mail_server_is_read_from_its_url(monkeypatch, url, expected):
    monkeypatch.setenv("EMAIL_URL", url)
    monkeypatch.setenv("MAIL_FROM", "budget@gov.cn")
    read = read_mail("EMAIL_URL", sender="MAIL_FROM")
    assert read == Mail(sender="budget@gov.cn", **expected)


def test_without_a_url_there_is_no_mail_server(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert read_mail("EMAIL_URL", sender="MAIL_FROM") == Mail()


@pytest.mark.parametrize(
    ("url", "sender", "named"),
    [
        ("http://mail.gov.cn", "a@b.cn", "EMAIL_URL"),
        ("smtp://", "a@b.cn", "EMAIL_URL"),
        ("smtp://mail.gov.cn:port", "a@b.cn", "EMAIL_URL"),
        ("smtp://mail.gov.cn/path", "a@b.cn", "EMAIL_URL"),
        ("smtp://mail.gov.cn", "", "MAIL_FROM"),
        ("smtp://mail.gov.cn", "budget", "MAIL_FROM"),
    ],
)
def test_wrong_mail_setting_is_refused_without_its_password(monkeypatch, url, sender, named):
    monkeypatch.setenv("EMAIL_URL", url.replace("smtp://", "smtp://user:secret@", 1))
    monkeypatch.setenv("MAIL_FROM", sender)
    with pytest.raises(ImproperlyConfigured) as caught:
        read_mail("EMAIL_URL", sender="MAIL_FROM")
    assert named in str(caught.value)
    assert "secret" not in str(caught.value)


def test_decimal_has_two_places_at_most(monkeypatch):
    monkeypatch.setenv("LARGE_CHANGE_RATE", "12.50")
    assert read_decimal("LARGE_CHANGE_RATE", default="30") == Decimal("12.50")
    for wrong in ("-1", "1.234", "1e3", "三十"):
        monkeypatch.setenv("LARGE_CHANGE_RATE", wrong)
        with pytest.raises(ImproperlyConfigured, match="LARGE_CHANGE_RATE"):
            read_decimal("LARGE_CHANGE_RATE", default="30")


def test_a_value_holds_from_its_year_on(monkeypatch):
    assert read_years("TABLE_SETS", default="xinjiang") == {0: "xinjiang"}
    monkeypatch.setenv("TABLE_SETS", "xinjiang, 2027=elsewhere.NINE")
    assert read_years("TABLE_SETS", default="xinjiang") == {0: "xinjiang", 2027: "elsewhere.NINE"}


@pytest.mark.parametrize("wrong", ["2027=xinjiang", "xinjiang,27=other", "xinjiang,2027="])
def test_a_value_without_a_year_to_hold_from_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("TABLE_SETS", wrong)
    with pytest.raises(ImproperlyConfigured, match="TABLE_SETS"):
        read_years("TABLE_SETS", default="xinjiang")
