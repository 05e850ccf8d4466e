"""Reads settings from environment variables; a wrong value is refused with one sentence."""

import os
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

FLAGS = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
MAIL_ADDRESS = re.compile(r"\A[^@\s]++@[^@\s.]++(?:\.[^@\s.]++)++")
WHOLE, DECIMAL = re.compile(r"[0-9]{1,9}"), re.compile(r"[0-9]+(\.[0-9]{1,2})?")
YEAR = re.compile(r"([0-9]{4})?")
PASSWORD = re.compile(r"\A([^:/@]*+://[^:/@]*+):[^@]*+@")
SECRET_LENGTH = 50
SECRET_VARIETY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail server and the address that it sends from; without a host there is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False
    use_ssl: bool = False
    sender: str = ""


def refuse_setting(name, value, expected):
    shown = f"的值是“{value}”" if value else "没有设置"
    raise ImproperlyConfigured(f"环境变量 {name} {shown}，应为{expected}。")


def read_text(name, default=""):
    """The value without surrounding blanks; an empty variable counts as not set."""
    return os.environ.get(name, "").strip() or default


def read_flag(name, default):
    """True or False from 1/0, true/false or on/off."""
    value = read_text(name)
    if not value:
        return default
    if value.lower() not in FLAGS:
        refuse_setting(name, value, " 1、0、true、false、on、off 之一")
    return FLAGS[value.lower()]


def read_number(name, default, least=0):
    """A whole number, zero or more; or not less than `least`."""
    value = read_text(name)
    if not value:
        return default
    if not WHOLE.fullmatch(value) or int(value) < least:
        refuse_setting(name, value, f"不小于{least}的整数" if least else "不小于零的整数")
    return int(value)


def read_years(name, default):
    """Values by the year from which each holds; `甲,2027=乙` is 甲 until 2026."""
    values = {}
    for part in read_text(name, default).split(","):
        year, _, value = part.rpartition("=")
        if not YEAR.fullmatch(year.strip()) or not value.strip():
            refuse_setting(name, part, "“名称”或“年度=名称”，用逗号分开")
        values[int(year or 0)] = value.strip()
    if 0 not in values:
        refuse_setting(name, read_text(name), "以不带年度的名称开头，例如“甲,2027=乙”")
    return values


def read_decimal(name, default):
    value = read_text(name, default)
    if not DECIMAL.fullmatch(value):
        refuse_setting(name, value, "不小于零、最多两位小数的数")
    return Decimal(value)


def read_mail(name, sender):
    """The mail server behind a URL; no URL means that no mail is sent.

    `sender` names the variable with the sender's address, which a server asks for.
    """
    url = read_text(name)
    if not url:
        return Mail()
    parts = urlsplit(url)
    expected = " smtp://、smtp+tls:// 或 smtps:// 开头的网址，例如 smtp+tls://用户:密码@主机:587"
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path not in ("", "/"):
        refuse_setting(name, hide_password(url), expected)
    try:
        port = parts.port or MAIL_PORTS[parts.scheme]
    except ValueError:
        refuse_setting(name, hide_password(url), expected)
    return Mail(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
        sender=read_address(sender),
    )


def read_address(name):
    value = read_text(name)
    if not MAIL_ADDRESS.fullmatch(value):
        refuse_setting(name, value, "发件人的邮箱地址，例如 budget@example.gov.cn")
    return value


def read_choice(name, choices, default):
    value = read_text(name, default).upper()
    if value not in choices:
        refuse_setting(name, value, f" {'、'.join(choices)} 之一")
    return value


def read_path(name, default=None):
    """An absolute directory, as a Path; None where there is none and no default."""
    value = read_text(name, str(default or ""))
    if not value:
        return None
    path = Path(value)
    if not path.is_absolute():
        refuse_setting(name, path, "以 / 开头的绝对路径")
    return path


def read_endpoint(name):
    """Host and port from `host:port`; None where it is not set."""
    value = read_text(name)
    if not value:
        return None
    parts, expected = urlsplit(f"//{value}"), "主机和端口，例如 127.0.0.1:443"
    try:
        found = parts.hostname, parts.port
    except ValueError:
        refuse_setting(name, value, expected)
    if not all(found) or parts.netloc != value:
        refuse_setting(name, value, expected)
    return found


def read_list(name):
    """The parts of a comma-separated value, blanks dropped."""
    return [part.strip() for part in read_text(name).split(",") if part.strip()]


def read_hosts(name, default):
    """Host names without scheme and port; required where the default is empty."""
    hosts = read_list(name) or default
    if not hosts:
        refuse_setting(name, "", "本站的域名（多个用逗号分开），例如 budget.example.gov.cn")
    for host in hosts:
        if not HOST.fullmatch(host):
            refuse_setting(name, host, "不带协议和端口的域名，例如 budget.example.gov.cn")
    return hosts


def read_origins(name):
    """Origins with their scheme, as Django's CSRF check wants them."""
    origins = read_list(name)
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
            refuse_setting(
                name, origin, "带协议、不带路径的网址，例如 https://budget.example.gov.cn"
            )
    return origins


def read_secret(name, default):
    """A secret that is long and not monotonous; the default where it is not set, if there is one.

    A default of None makes it optional.
    """
    value = read_text(name)
    if not value and (default or default is None):
        return default
    if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_VARIETY:
        expected = f"随机文字，至少 {SECRET_LENGTH} 个字符、{SECRET_VARIETY} 种字符"
        refuse_setting(name, value and "（保密，不显示）", expected)
    return value


def read_database(name, base):
    """Django's description of the database behind a URL; no URL means SQLite in `base`.

    A relative SQLite path is taken from `base`, not from the current directory.
    """
    url = read_text(name, "sqlite:///db.sqlite3")
    expected = " postgres://用户:密码@主机:5432/库名 或 sqlite:///文件名"
    if urlsplit(url).scheme not in ("postgres", "postgresql", "sqlite"):
        refuse_setting(name, hide_password(url), expected)
    try:
        database = dj_database_url.parse(url)
    except ValueError:
        refuse_setting(name, hide_password(url), expected)
    if database["NAME"] in ("", ":memory:"):
        refuse_setting(name, hide_password(url), expected)
    if not url.startswith("sqlite"):
        return database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # Fit for several processes: a write-ahead log, patience, and early write locks.
    options = {
        # A deferred transaction that turns into a writer fails at once, without waiting.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
    return database | {"NAME": str(base / database["NAME"]), "OPTIONS": options}


def hide_password(url):
    """The URL with its password replaced, fit to be shown."""
    return PASSWORD.sub(r"\1:***@", url)
