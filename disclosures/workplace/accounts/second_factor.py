"""The second factor: an authenticator app's code, or one of the recovery codes."""

from base64 import b32encode
from dataclasses import dataclass
from math import ceil

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from budgets import audit
from budgets.audit import Action
from disclosures.workflow.access import county_roles

DIGITS = 6
RECOVERY_CODES = 10
NAME = "工作台"


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """What became of a code: the device that knows it, or the seconds to wait for another try."""

    device: TOTPDevice | StaticDevice | None = None
    wait: int = 0


def needs_second_factor(user) -> bool:
    """True for the people of the bureau and the system's administrators, where it is asked for."""
    return settings.TWO_FACTOR_REQUIRED and (user.is_superuser or bool(county_roles(user)))


def is_enrolled(user) -> bool:
    """True for a person who has an authenticator app."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def begin_enrolment(user) -> TOTPDevice:
    """The app that a person is about to set up; the same until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": NAME}
    )
    return device


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
    """Confirm an app by its first code."""
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
    is_allowed, why = device.verify_is_allowed()
    if not is_allowed:
        return CodeVerdict(
            wait=max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))
        )
    return CodeVerdict(device if device.verify_token(text) else None)


@transaction.atomic
def make_recovery_codes(user) -> list[str]:
    """Ten new recovery codes in the place of the old ones; they are said this once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=NAME)
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def count_recovery_codes(user) -> int:
    """How many are left."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove_app(user, by) -> None:
    """Forget a person's app and recovery codes, and who saw to it."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).delete()
    audit.write_entry(Action.APP_OFF, who=by, subject=user)
