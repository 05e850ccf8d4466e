"""What a person reads when the database is away or a disk is full: which of the two, what to do."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

UNAVAILABLE = 503
SECONDS = 60
FULL = "服务器的磁盘满了"
AWAY = "数据库暂时没有应答"
# Out of room: the disk, a quota, the largest file allowed; PostgreSQL and SQLite in their words.
ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL, SQLITE_FULL = "53100", "database or disk is full"


def tell(request: HttpRequest) -> HttpResponse:
    """The answer to a failed request: 503 where trying again later will do, else 500."""
    cause = find_cause(sys.exception())
    if not cause:
        return server_error(request)
    context = {"cause": cause, "is_form": request.method == "POST"}
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=UNAVAILABLE, headers={"Retry-After": str(SECONDS)})


def find_cause(error: BaseException | None) -> str:
    """What stands against every request now, in words; empty for a fault of the program."""
    if isinstance(error, OperationalError):
        told = getattr(error.__cause__, "sqlstate", None)
        return FULL if told == DISK_FULL or SQLITE_FULL in str(error) else AWAY
    if isinstance(error, InterfaceError):
        return AWAY
    return FULL if isinstance(error, OSError) and error.errno in ROOM else ""
