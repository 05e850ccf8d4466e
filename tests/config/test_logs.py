"""The log as JSON: one object a line, with the number of its request and nothing about persons."""

import json
import logging
import logging.config
from http.client import HTTPConnection
from io import StringIO

import pytest
from django.test import RequestFactory

from config.logs import describe_logs, name_request
from tests.disclosures.interruptions import serving
from tests.disclosures.workers import shared_database


@pytest.fixture
def write():
    """What is written of a record, as the settings have it."""

    def run(form, *message, **more):
        config = describe_logs(form)
        maker = logging.config.DictConfigurator(config)
        told = StringIO()
        handler = logging.StreamHandler(told)
        handler.setFormatter(maker.configure_formatter(config["formatters"]["line"]))
        handler.addFilter(maker.configure_filter(config["filters"]["request"]))
        record = logging.getLogger("portal.test").makeRecord(
            "portal.test", logging.WARNING, "f", 1, message[0], message[1:], None, **more
        )
        handler.handle(record)
        return told.getvalue()

    return run


def ask(write, **headers):
    """What is logged while a request is answered, as JSON."""
    answer = name_request(lambda request: write("JSON", "没有%s", "找到"))
    return json.loads(answer(RequestFactory().get("/search/?q=张三", headers=headers)))


def test_line_is_an_object_with_the_named_fields_alone(write):
    request = RequestFactory().get("/search/?q=张三")
    line = write("JSON", "没有\n%s", "找到", extra={"request": request, "status_code": 404})
    assert line.count("\n") == 1
    told = json.loads(line)
    assert told.pop("time")[:2] == "20"
    assert told == {
        "level": "WARNING",
        "logger": "portal.test",
        "message": "没有\n找到",
        "request_id": "",
    }


def test_line_bears_the_number_that_nginx_gave_or_one_of_its_own(write):
    given = "0123456789abcdef" * 2
    assert ask(write, **{"X-Request-ID": given})["request_id"] == given
    own = ask(write, **{"X-Request-ID": f'{given}" level=x'})["request_id"]
    assert own != ask(write)["request_id"]
    assert len(own) == len(given)


def test_text_stays_a_line_for_people(write):
    assert write("TEXT", "没有%s", "找到").endswith(" WARNING portal.test: 没有找到\n")


@pytest.mark.django_db(transaction=True)
def test_web_server_writes_json_and_does_not_tell_who_reads_what(tmp_path):
    given = "0123456789abcdef" * 2
    with (
        shared_database(tmp_path) as address,
        serving(address, tmp_path, LOG_FORMAT="json") as web,
    ):
        for path in ("/search/?q=secret", "/nowhere/?q=secret"):
            line = HTTPConnection("127.0.0.1", web.port, timeout=60)
            line.request("GET", path, headers={"X-Request-ID": given, "User-Agent": "secret"})
            line.getresponse().read()
    lines = [json.loads(line) for line in (tmp_path / "web.txt").read_text().splitlines()]
    assert "secret" not in str(lines)
    (read,) = [line for line in lines if line["message"].startswith("GET /search/ 200 ")]
    assert (read["logger"], read["message"].split()[-1]) == ("gunicorn.access", given)
    (missed,) = [line for line in lines if line["message"] == "Not Found: /nowhere/"]
    assert (missed["level"], missed["request_id"]) == ("WARNING", given)
