"""A reviewer sets up an app, logs in with its code, and once with a recovery code."""

import re
from base64 import b32decode
from time import time

import pytest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from disclosures.workflow.access import Role
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db(transaction=True)


def enter(page, name="reviewer"):
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("x")
    page.get_by_role("button", name="登录").click()


def leave(page):
    page.get_by_role("button", name="退出").click()


def show_code(secret, shift=0):
    """What an app shows that was given the secret as the page spells it."""
    totp = TOTP(b32decode(secret.replace(" ", "")))
    totp.time = time() + 30 * shift
    return f"{totp.token():06d}"


def test_app_is_set_up_asked_for_and_replaced_by_a_recovery_code(open_window, settings):
    settings.TWO_FACTOR_REQUIRED = True
    appoint("reviewer", Role.REVIEWER)
    page = open_window()
    enter(page)
    expect(page.locator("h1")).to_have_text("设置两步登录")
    expect(page.locator(".picture svg")).to_be_visible()
    assert page.locator(".picture svg").bounding_box()["width"] > 150
    secret = page.locator(".secret").inner_text()
    page.get_by_label("验证码").fill(show_code(secret))
    page.get_by_role("button", name="启用两步登录").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="已记好，进入工作台").click()
    expect(page).to_have_url(re.compile("/admin/workplace/$"))

    leave(page)
    enter(page)
    page.get_by_label("验证码或恢复码").fill("000 000")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码或恢复码不对")
    TOTPDevice.objects.update(throttling_failure_count=0)
    page.get_by_label("验证码或恢复码").fill(show_code(secret, 1))
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(re.compile("/admin/workplace/$"))

    leave(page)
    enter(page)
    page.get_by_label("验证码或恢复码").fill(codes[3])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("status")).to_contain_text("还剩 9 个")
