"""The interface keeps what its OpenAPI document promises, whatever it is asked."""

import json

import pytest
import schemathesis
from django.conf import settings as project
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

pytestmark = pytest.mark.django_db
DOCUMENT = "/api/v1/openapi.json"
# Without a network nobody unpacks what is packed for the way.
PLAIN = {"Accept-Encoding": "identity"}
# What the shelf holds, so that some of what is asked is there.
KNOWN = {"year": 2025, "code": "107001", "key": "T5", "name": "reasons"}


# Asked without a network; describing itself needs no database.
promised = schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())


@pytest.fixture(autouse=True)
def _one_connection():
    """What is on the shelf is known to this connection alone: a request must not close it."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@promised.parametrize()
@settings(
    max_examples=settings().max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
def test_anything_asked_is_answered_as_documented(case, published):
    case.call_and_validate(headers=PLAIN)


def test_what_is_there_is_answered_as_documented(published):
    for operation in (found.ok() for found in promised.get_all_operations()):
        names = {parameter.name for parameter in operation.path_parameters}
        case = operation.Case(path_parameters={name: KNOWN[name] for name in names})
        response = case.call_and_validate(headers=PLAIN)
        assert response.status_code == 200, operation.path
        assert response.json()["messages"] != []
        assert response.json()["data"] != []


def test_document_is_openapi_and_read_only(client):
    document = client.get(DOCUMENT).json()
    assert document["openapi"] == "3.1.0"
    assert sorted(document["paths"]) == [
        "/api/v1/departments",
        "/api/v1/disclosures",
        "/api/v1/disclosures/{year}/{code}",
        "/api/v1/disclosures/{year}/{code}/figures",
        "/api/v1/disclosures/{year}/{code}/tables",
        "/api/v1/disclosures/{year}/{code}/tables/{key}",
        "/api/v1/reports",
        "/api/v1/reports/{name}",
        "/api/v1/years",
    ]
    assert {method for path in document["paths"].values() for method in path} == {"get"}


def test_document_is_kept(client):
    # v1 is a promise: what programs rely on changes only on purpose, here and in the file.
    document = client.get(DOCUMENT).json()
    kept = json.loads((project.BASE_DIR / "docs" / "openapi.json").read_text())
    assert document == kept
