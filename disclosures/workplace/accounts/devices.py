"""Devices on which a person has been logged in before: strangers' failures do not hold them up.

A device is known by a signed cookie. It opens nothing; it only has failures counted on their own.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

# As nginx knows it too (docker/nginx.conf).
COOKIE = "device"
SALT = "disclosures.device"
YEAR = 365 * 24 * 3600
# A shared computer remembers so many people, the last ones.
MOST_NAMES = 8


def digest_name(name: str) -> str:
    """A name that is tried, of any length, as nobody without the key can read it."""
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()[:32]


def find_device(request: HttpRequest, name: str) -> str:
    """The device that the name has been logged in on before; empty where there is none."""
    number, names = read_cookie(request)
    return f"device:{number}" if digest_name(name) in names else ""


def remember_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """After a good login."""
    number, names = read_cookie(request)
    own = digest_name(name)
    names = [*(each for each in names if each != own), own][-MOST_NAMES:]
    response.set_cookie(
        COOKIE,
        signing.dumps([number or secrets.token_hex(8), names], salt=SALT),
        max_age=YEAR,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def read_cookie(request: HttpRequest) -> tuple[str, list[str]]:
    """The device's number and the digests of names; nothing of what we have not written."""
    try:
        number, names = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return "", []
    return number, names
