"""What stands against all work at once: a full disk, or a database that is away."""

import errno

from django.db import InterfaceError, OperationalError

FULL = "服务器的磁盘满了"
AWAY = "数据库暂时没有应答"
# Out of room: the disk, a quota, the largest file allowed; PostgreSQL and SQLite in their words.
ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL, SQLITE_FULL = "53100", "database or disk is full"


def find_cause(error: BaseException | None) -> str:
    """FULL or AWAY where that is the cause of an error; empty for a fault of the program."""
    if isinstance(error, OperationalError):
        told = getattr(error.__cause__, "sqlstate", None)
        return FULL if told == DISK_FULL or SQLITE_FULL in str(error) else AWAY
    if isinstance(error, InterfaceError):
        return AWAY
    return FULL if isinstance(error, OSError) and error.errno in ROOM else ""
