"""The second factor: an app's code or a recovery code, and the pages that ask for them."""

from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil
from time import time
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as remember_device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from budgets import audit
from budgets.audit import Action
from disclosures.workflow.access import county_roles
from disclosures.workflow.notifications import notify_account
from disclosures.workplace.accounts.failures import record_failure
from disclosures.workplace.accounts.pages import draw_account, read_next
from disclosures.workplace.clerk.page import render_page

DIGITS = 6
RECOVERY_CODES = 10
NAME = "工作台"
WRONG = "验证码不对，请看手机上现在显示的六位数字，重新输入。"
WRONG_AT_LOGIN = "验证码或恢复码不对，请重新输入。每个恢复码只能用一次。"
USED = "这个验证码已经用过，请等下一个验证码：手机上的数字变了以后再输入。"
WAIT = "输错的次数多了，请过 {} 秒再试，这期间输入的不算。"
FEW_CODES = "已用恢复码登录，还剩 {} 个。请尽快在“两步登录”里重新生成，或者换新手机。"


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """What became of a code: the device that knows it, or the seconds to wait for another try.

    Or it was right and has been used, which counts as no failure.
    """

    device: TOTPDevice | StaticDevice | None = None
    wait: int = 0
    is_used: bool = False

    def explain(self, wrong: str) -> str:
        """What is wrong with the code, where no device knows it."""
        return WAIT.format(self.wait) if self.wait else USED if self.is_used else wrong


def needs_second_factor(user) -> bool:
    """True for the people of the bureau and the system's administrators, where it is asked for."""
    return settings.TWO_FACTOR_REQUIRED and (user.is_superuser or bool(county_roles(user)))


def is_enrolled(user) -> bool:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def is_verified(request: HttpRequest) -> bool:
    # The library's middleware gives the method to whoever is logged in.
    return request.user.is_verified()  # type: ignore[union-attr]


def draw_picture(device: TOTPDevice) -> SafeString:
    """The app's secret as a QR code: SVG for the page itself, so that no address carries it."""
    code = segno.make(device.config_url, error="m", micro=False)
    picture = code.svg_inline(scale=5, border=2, light="#fff", dark="#000", omitsize=False)
    return mark_safe(picture)  # noqa: S308 - drawn from squares alone; the text is not in it


def spell_secret(device: TOTPDevice) -> str:
    """The app's secret to be typed: letters and digits in groups of four."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@transaction.atomic
def confirm_enrolment(device: TOTPDevice, text: str) -> CodeVerdict:
    verdict = judge_code(TOTPDevice.objects.filter(pk=device.pk), text)
    if verdict.device:
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        verdict.device.confirmed = True
    return verdict


@transaction.atomic
def check_code(user, text: str, *, app_only: bool = False) -> CodeVerdict:
    """Judge a code: six digits are the app's, anything else a recovery code, good for once.

    Each failure doubles the time until the next try; until then nothing is looked at.
    """
    given = "".join(text.split()).replace("-", "").lower()
    is_of_app = app_only or (given.isdecimal() and len(given) == DIGITS)
    kind = TOTPDevice if is_of_app else StaticDevice
    return judge_code(kind.objects.devices_for_user(user, confirmed=True), given)


def judge_code(devices, text: str) -> CodeVerdict:
    """What the first of these devices says to a code; it is held, so that no code counts twice."""
    device = devices.select_for_update().first()
    if device is None:
        return CodeVerdict()
    if device.throttling_failure_timestamp and device.throttling_failure_timestamp > timezone.now():
        device.throttle_reset()  # The clock was put back: nobody waits until it has caught up.
    is_allowed, why = device.verify_is_allowed()
    if not is_allowed:
        return CodeVerdict(
            wait=max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))
        )
    if (
        isinstance(device, TOTPDevice)
        and shows(device, text)
        and not shows(device, text, unused=True)
    ):
        return CodeVerdict(is_used=True)
    return CodeVerdict(device if device.verify_token(text) else None)


def shows(device: TOTPDevice, text: str, *, unused: bool = False) -> bool:
    """True where the app shows this code now, or one just before or after; nothing is counted."""
    given = "".join(text.split())
    if not (given.isdecimal() and len(given) == DIGITS):
        return False
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time()
    return totp.verify(int(given), device.tolerance, device.last_t + 1 if unused else None)


@transaction.atomic
def spend_code(name: str, text: str) -> TOTPDevice | None:
    """The app of the person of that name, where it shows this code, which is thereby used.

    For a login that would have to wait. A wrong code changes nothing and counts as no failure: a
    stranger, who has no password either, must not be able to make the person wait by it.
    """
    devices = TOTPDevice.objects.filter(user__username=name, confirmed=True)
    device = devices.select_for_update(of=("self",)).first()
    if device is None or not shows(device, text, unused=True):
        return None
    return judge_code(devices, "".join(text.split())).device


@transaction.atomic
def make_recovery_codes(user) -> list[str]:
    """Ten new recovery codes in the place of the old ones; they are said this once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=NAME)
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def count_recovery_codes(user) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove_app(user, by) -> None:
    """Forget a person's app and recovery codes, and who saw to it."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).delete()
    notify_account(user, audit.write_entry(Action.APP_OFF, who=by, subject=user))


class CodeForm(forms.Form):
    """What was typed, if anything was sent; `device` is the one that knows it, as `judge` says."""

    code = forms.CharField(required=False)

    def __init__(self, request, judge: Callable[[str], CodeVerdict], wrong: str = WRONG):
        super().__init__(request.POST if request.method == "POST" else None, auto_id="%s")
        self.judge, self.wrong, self.device = judge, wrong, None

    def clean(self):
        if self.errors:
            return
        verdict = self.judge(self.cleaned_data["code"])
        self.device = verdict.device
        if not verdict.device:
            self.add_error("code", verdict.explain(self.wrong))


class AppForm(CodeForm):
    act = forms.ChoiceField(choices=[("codes", "codes"), ("remove", "remove")])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    if is_verified(request) or not is_enrolled(request.user):
        return redirect(read_next(request))
    form = CodeForm(request, partial(check_code, request.user), WRONG_AT_LOGIN)
    if form.is_valid():
        # A new key for the session, as at login.
        request.session.cycle_key()
        remember_device(request, form.device)
        if isinstance(form.device, StaticDevice):
            audit.write_entry(Action.CODE_USED, who=request.user)
            messages.warning(request, FEW_CODES.format(count_recovery_codes(request.user)))
        return redirect(read_next(request))
    if form.is_bound:
        record_failure(Action.CODE_FAILED, request.user)
    return draw_account(request, "account/code.html", form, title="两步登录")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage_app(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    if is_enrolled(person):
        return manage_enrolled_app(request)
    # The same until it is confirmed.
    device, _ = TOTPDevice.objects.get_or_create(
        user=person, confirmed=False, defaults={"name": NAME}
    )
    form = CodeForm(request, partial(confirm_enrolment, device))
    if form.is_valid():
        notify_account(person, audit.write_entry(Action.APP_ON, who=person, subject=person))
        remember_device(request, form.device)
        return show_recovery_codes(request)
    context: dict[str, Any] = {"picture": draw_picture(device), "secret": spell_secret(device)}
    context["is_required"] = needs_second_factor(person)
    return draw_account(request, "account/enrol.html", form, title="设置两步登录", **context)


def manage_enrolled_app(request: HttpRequest) -> HttpResponse:
    """New recovery codes, or no app any more: either asks for the app's code once again."""
    person: Any = request.user
    form = AppForm(request, partial(check_code, person, app_only=True))
    if form.is_valid() and form.cleaned_data["act"] == "codes":
        return show_recovery_codes(request)
    if form.is_valid():
        remove_app(person, by=person)
        messages.success(request, "已停用原来的两步登录。")
        return redirect("accounts:app")
    context = {"left": count_recovery_codes(person), "is_required": needs_second_factor(person)}
    return draw_account(request, "account/app.html", form, title="两步登录", **context)


def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    codes = make_recovery_codes(person)
    audit.write_entry(Action.CODES, who=person, subject=person)
    return render_page(request, "account/codes.html", title="恢复码", codes=codes)
