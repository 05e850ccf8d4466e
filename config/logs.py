"""How the log is written: as lines for people or as JSON for programs, each with its request."""

import re
from contextvars import ContextVar
from uuid import uuid4

from pythonjsonlogger.json import JsonFormatter

GIVEN = re.compile(r"[0-9a-f]{32}")
FIELDS = ("time", "level", "logger", "message", "request_id", "exc_info")
_current: ContextVar[str] = ContextVar("request id", default="")


class JsonLine(JsonFormatter):
    """Without what libraries add to a record: requests, with who asks for what."""

    def process_log_record(self, log_data):
        return {name: value for name, value in log_data.items() if name in FIELDS}


def name_request(get_response):
    """Middleware: whatever is logged while a request is answered bears its number.

    nginx gives one, and writes it into its own log; without nginx it is made here.
    """

    def answer(request):
        given = request.headers.get("X-Request-ID", "")
        request.number = given if GIVEN.fullmatch(given) else uuid4().hex
        token = _current.set(request.number)
        try:
            return get_response(request)
        finally:
            _current.reset(token)

    return answer


def add_request_id(record) -> bool:
    """Filter that lets every record pass; Django tells of an answer when the request is over."""
    request = getattr(record, "request", None)
    record.request_id = getattr(request, "number", "") or _current.get()
    return True


def describe_logs(form: str) -> dict:
    """The part of logging's configuration that says where a record goes, as TEXT or JSON."""
    formatters = {
        "TEXT": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "JSON": {
            "()": JsonLine,
            "fmt": "{asctime}{levelname}{name}{message}{request_id}",
            "style": "{",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            "json_ensure_ascii": False,
        },
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": lambda: add_request_id}},
        "formatters": {"line": formatters[form]},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request"],
            }
        },
    }
