"""Two steps: set up with a picture, asked for at login, once a code, replaced by the bureau."""

import re
from time import time

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from disclosures.workflow.access import Role
from disclosures.workplace.accounts import second_factor
from tests.disclosures.workplace.accounts.test_failures import fail, try_in
from tests.factories.people import appoint, gather
from tests.told import list_told

pytestmark = pytest.mark.django_db
APP, CODE, HOME = (reverse(name) for name in ("accounts:app", "accounts:code", "workplace:home"))


def now_code(device, shift=0):
    """What the app shows, `shift` half minutes from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time() + shift * device.step
    return f"{totp.token():06d}"


def set_up(client):
    """A logged-in person sets up an app; his device, and the recovery codes that he is shown."""
    client.get(APP)
    device = TOTPDevice.objects.get()
    page = client.post(APP, {"code": now_code(device)})
    return device, re.findall(r"<li><code>(\w+)</code></li>", page.content.decode())


def log_in_again(client, user):
    """In a session that knows of no code."""
    client.logout()
    client.force_login(user)


@pytest.fixture
def reviewer(client):
    user = appoint("reviewer", Role.REVIEWER)
    client.force_login(user)
    return user


def test_bureau_must_have_it_where_the_setting_says_so(settings):
    cast = gather()
    root = User.objects.create_superuser("root")
    settings.TWO_FACTOR_REQUIRED = False
    assert not any(map(second_factor.needs_second_factor, cast.people.values()))
    settings.TWO_FACTOR_REQUIRED = True
    asked = {name for name, user in cast.people.items() if second_factor.needs_second_factor(user)}
    assert asked == {"reviewer", "bureau", "auditor"}
    assert second_factor.needs_second_factor(root)


def test_officer_without_an_app_is_led_to_set_one_up(client, reviewer, settings):
    settings.TWO_FACTOR_REQUIRED = True
    assert client.get(HOME)["Location"] == f"{APP}?next=%2Fadmin%2Fworkplace%2F"
    _, codes = set_up(client)
    assert len(set(codes)) == 10
    assert client.get(HOME).status_code == 200
    assert [action for (action,) in list_told("action")] == ["app_on", "codes"]


def test_picture_stands_in_the_page_and_carries_the_secret_nowhere_else(client, reviewer):
    page = client.get(APP).content.decode()
    device = TOTPDevice.objects.get()
    picture = re.search(r'class="picture">(<svg.*?</svg>)', page, re.DOTALL)[1]
    assert 'd="M' in picture
    assert "style" not in picture
    assert "otpauth" not in page
    assert device.key not in page
    assert second_factor.spell_secret(device) in page


def test_wrong_code_sets_up_nothing(client, reviewer):
    client.get(APP)
    page = client.post(APP, {"code": "000000"})
    assert page.status_code == 200
    assert "验证码不对，请看手机上现在显示的六位数字" in page.content.decode()
    assert not second_factor.is_enrolled(reviewer)


def test_login_asks_for_the_code_and_then_goes_on(client, reviewer):
    device, _ = set_up(client)
    log_in_again(client, reviewer)
    aim = reverse("workplace:check_list")
    assert client.get(aim)["Location"] == f"{CODE}?next=%2Fadmin%2Fworkplace%2Fchecks%2F"
    before = client.session.session_key
    answer = client.post(CODE, {"code": now_code(device, 1), "next": aim})
    assert answer["Location"] == aim
    assert client.session.session_key != before
    assert client.get(aim).status_code == 200


@pytest.mark.parametrize("path", [APP, reverse("admin:password_change"), reverse("admin:index")])
def test_password_alone_opens_no_page(client, reviewer, path):
    set_up(client)
    log_in_again(client, reviewer)
    for answer in (client.get(path), client.post(path, {"code": "1"})):
        assert answer["Location"].startswith(CODE)


def test_code_counts_once(client, reviewer):
    device, _ = set_up(client)
    TOTPDevice.objects.update(last_t=-1)
    log_in_again(client, reviewer)
    code = now_code(device)
    assert client.post(CODE, {"code": code}).status_code == 302
    log_in_again(client, reviewer)
    page = client.post(CODE, {"code": code})
    assert page.status_code == 200
    assert "请等下一个验证码" in page.content.decode()
    # It was right once: that is no guess.
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_recovery_code_counts_once_and_says_how_many_are_left(client, reviewer):
    _, codes = set_up(client)
    log_in_again(client, reviewer)
    page = client.post(CODE, {"code": f" {codes[0].upper()} "}, follow=True)
    assert "还剩 9 个" in page.content.decode()
    log_in_again(client, reviewer)
    assert client.post(CODE, {"code": codes[0]}).status_code == 200
    assert StaticToken.objects.count() == 9
    assert [action for (action,) in list_told("action")][-2:] == ["code_used", "code_failed"]


def test_clock_put_back_lets_nobody_wait_until_it_has_caught_up(client, reviewer):
    device, _ = set_up(client)
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    TOTPDevice.objects.update(
        throttling_failure_timestamp=tomorrow, throttling_failure_count=3, last_t=-1
    )
    verdict = second_factor.check_code(reviewer, now_code(device))
    assert (verdict.device, verdict.wait) == (device, 0)


def test_each_failure_makes_the_wait_longer(client, reviewer):
    device, _ = set_up(client)
    log_in_again(client, reviewer)
    TOTPDevice.objects.update(
        throttling_failure_count=6, throttling_failure_timestamp=timezone.now()
    )
    page = client.post(CODE, {"code": now_code(device, 1)})
    assert page.status_code == 200
    assert re.search("请过 3[12] 秒再试", page.content.decode())


def test_code_of_another_person_opens_nothing(client, reviewer):
    set_up(client)
    client.force_login(appoint("bureau", Role.BUREAU_ADMIN))
    client.get(APP)
    other = TOTPDevice.objects.get(confirmed=False)
    log_in_again(client, reviewer)
    assert client.post(CODE, {"code": now_code(other)}).status_code == 200


def test_new_codes_and_another_phone_ask_for_the_app(client, reviewer):
    device, codes = set_up(client)
    for act in ("codes", "remove"):
        assert client.post(APP, {"act": act, "code": codes[0]}).status_code == 200
    assert second_factor.is_enrolled(reviewer)
    TOTPDevice.objects.update(throttling_failure_count=0, last_t=-1)
    assert client.post(APP, {"act": "remove", "code": now_code(device)})["Location"] == APP
    assert not second_factor.is_enrolled(reviewer)
    assert not StaticToken.objects.exists()


@pytest.mark.parametrize(
    "aim",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "admin:logout",
        "NaN",
        "1;2",
    ],
)
def test_code_leads_to_no_other_site(client, reviewer, aim):
    device, _ = set_up(client)
    log_in_again(client, reviewer)
    answer = client.post(CODE, {"code": now_code(device, 1), "next": aim})
    assert answer["Location"] == HOME


@pytest.fixture
def officer(client, reviewer):
    """A reviewer with an app, whose name must wait where strangers have failed with it."""
    device, _ = set_up(client)
    TOTPDevice.objects.update(last_t=-1)
    client.logout()
    fail(client, name="reviewer")
    return device


def test_officer_with_the_code_need_not_wait(client, officer):
    assert try_in(client, "x", name="reviewer").status_code == 429
    answer = try_in(client, "x", name="reviewer", code=f" {now_code(officer)} ")
    assert answer["Location"] == HOME
    # The code has been asked for: the page that does so leads on.
    assert client.get(HOME).status_code == 200
    client.logout()
    again = try_in(client, "x", name="reviewer", code=now_code(officer))
    assert again.status_code == 302


def test_wrong_code_says_nothing_and_makes_nobody_wait(client, officer):
    User.objects.create_user("clerk", password="x", is_staff=True)
    for name in ("clerk", "nobody"):
        fail(client, name=name)
    used = now_code(officer)
    assert try_in(client, "wrong", name="reviewer", code=used).status_code == 429
    tried = [
        ("reviewer", "x", "000000"),
        ("reviewer", "wrong", "000000"),
        ("reviewer", "x", used),
        ("reviewer", "x", "12345a"),
        ("clerk", "x", "000000"),
        ("nobody", "x", "000000"),
    ]
    pages = [try_in(client, password, name=name, code=code) for name, password, code in tried]
    assert {page.status_code for page in pages} == {429}
    said = {re.sub(r'value="[^"]*"|过 \d+ 秒', "", page.content.decode()) for page in pages}
    assert len(said) == 1
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_password_is_not_looked_at_before_the_code_is_right(client, officer, monkeypatch):
    looked = []
    monkeypatch.setattr(User, "check_password", lambda *args: looked.append(args))
    try_in(client, "x", name="reviewer", code="000000")
    assert looked == []
    try_in(client, "x", name="reviewer", code=now_code(officer))
    assert len(looked) == 1
