"""The settings as a whole, loaded by a fresh process with a chosen environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "DEBUG",
    "ALLOWED_HOSTS",
    "SECURE_SSL_REDIRECT",
    "SECURE_SSL_HOST",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "TWO_FACTOR_REQUIRED",
    "MIDDLEWARE",
)
SHOW = f"""
import json
from config import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))
"""
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a-long-random-text-of-more-than-fifty-characters-0123456789",
    "ALLOWED_HOSTS": "budget.example.gov.cn",
}


def load_settings(environment):
    """The finished process that loaded the settings with this environment and no other."""
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_of_a_checkout_need_no_environment():
    shown = json.loads(load_settings({}).stdout)
    assert shown["DEBUG"] is True
    assert shown["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert shown["SECURE_SSL_REDIRECT"] is False
    assert shown["SECURE_HSTS_SECONDS"] == 0
    assert shown["TWO_FACTOR_REQUIRED"] is False


def test_settings_of_production_are_secure():
    shown = json.loads(load_settings(PRODUCTION).stdout)
    assert shown["DEBUG"] is False
    assert shown["ALLOWED_HOSTS"] == ["budget.example.gov.cn"]
    assert shown["SECURE_SSL_REDIRECT"] is True
    assert shown["SECURE_SSL_HOST"] == "budget.example.gov.cn"
    assert shown["SECURE_HSTS_SECONDS"] == 31_536_000
    assert shown["SESSION_COOKIE_SECURE"] is shown["CSRF_COOKIE_SECURE"] is True
    assert shown["TWO_FACTOR_REQUIRED"] is True
    assert "whitenoise.middleware.WhiteNoiseMiddleware" in shown["MIDDLEWARE"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"DEBUG": "yes"}, "环境变量 DEBUG 的值是“yes”，应为"),
        ({"SECRET_KEY": ""}, "环境变量 SECRET_KEY 没有设置，应为"),
        ({"ALLOWED_HOSTS": ""}, "环境变量 ALLOWED_HOSTS 没有设置，应为"),
        ({"DATABASE_URL": "oracle://x"}, "环境变量 DATABASE_URL 的值是“oracle://x”，应为"),
        ({"CSRF_TRUSTED_ORIGINS": "x"}, "环境变量 CSRF_TRUSTED_ORIGINS 的值是“x”，应为"),
        ({"HSTS_SECONDS": "long"}, "环境变量 HSTS_SECONDS 的值是“long”，应为"),
        ({"IDLE_MINUTES": "0"}, "环境变量 IDLE_MINUTES 的值是“0”，应为不小于1的整数"),
        ({"TWO_FACTOR_REQUIRED": "x"}, "环境变量 TWO_FACTOR_REQUIRED 的值是“x”，应为"),
        ({"HTTPS_ONLY": "x"}, "环境变量 HTTPS_ONLY 的值是“x”，应为"),
        ({"TRUST_FORWARDED_PROTO": "x"}, "环境变量 TRUST_FORWARDED_PROTO 的值是“x”，应为"),
        ({"LOG_LEVEL": "loud"}, "环境变量 LOG_LEVEL 的值是“LOUD”，应为"),
        ({"STATIC_ROOT": "static"}, "环境变量 STATIC_ROOT 的值是“static”，应为"),
        ({"MEDIA_ROOT": "media"}, "环境变量 MEDIA_ROOT 的值是“media”，应为"),
    ],
)
def test_settings_refuse_a_wrong_value_with_a_sentence(change, sentence):
    process = load_settings(PRODUCTION | change)
    assert process.returncode != 0
    assert process.stdout == ""
    last_line = process.stderr.strip().splitlines()[-1]
    assert last_line.startswith(f"django.core.exceptions.ImproperlyConfigured: {sentence}")
