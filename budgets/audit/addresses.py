"""Where a request comes from: known for as long as it is answered, without being passed around."""

from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings

_current: ContextVar[str] = ContextVar("network address", default="")


def remember_address(get_response):
    """Middleware: whatever is written to the log while a request is answered bears its address."""

    def answer(request):
        token = _current.set(read_address(request))
        try:
            return get_response(request)
        finally:
            _current.reset(token)

    return answer


def current_address() -> str:
    """The address of the request that is being answered; empty for commands and workers."""
    return _current.get()


def read_address(request) -> str:
    """The client's network address; empty where there is none that can be believed.

    `X-Forwarded-For` is believed only with TRUST_FORWARDED_FOR, and only its last part: that is
    the one which our own proxy has written, what stands before it may be made up by the client.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_FORWARDED_FOR:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] or told
    try:
        return str(ip_address(told.strip()))[:45]
    except ValueError:
        return ""
