"""The JSON is what its schema, made from the types, says; the schema refuses what is not."""

import copy
import json
from datetime import UTC, datetime

import pytest
from django.conf import settings as project
from hypothesis import Phase, given, settings
from jsonschema import Draft202012Validator

from budgets.domain.content import draft
from disclosures.publishing.exports.data import SCHEMAS, build_document_json, make_schema
from tests.factories.filings import filing
from tests.factories.random_filings import CHART, filings

DOCS = project.BASE_DIR / "docs"
SCHEMA = json.loads((DOCS / "disclosure.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
PUBLISHED_AT = datetime(2025, 2, 14, 8, tzinfo=UTC)


def find_faults(envelope):
    return [f"{fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(envelope)]


@pytest.fixture
def envelope(sample):
    return json.loads(sample.file("json"))


def first_amount(envelope):
    (table,) = [each for each in envelope["content"]["tables"] if each["key"] == "T3"]
    return table["groups"][0][0]["cells"][4]


def test_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_kept_and_public(client, name):
    # What programs rely on changes only on purpose, in the types and in the file.
    kept = (DOCS / f"{name}.schema.json").read_text()
    assert json.dumps(make_schema(name), ensure_ascii=False, indent=2) + "\n" == kept
    answer = client.get(f"/data/{name}.schema.json")
    assert (answer["Content-Type"], answer.json()) == ("application/schema+json", json.loads(kept))
    assert client.get("/data/other.schema.json").status_code == 404


@pytest.mark.django_db
def test_sample_is_as_documented(envelope):
    assert find_faults(envelope) == []


@given(filings())
@settings(max_examples=settings().max_examples // 3, phases=[Phase.explicit, Phase.generate])
def test_any_budget_is_as_documented(stated):
    document = draft(stated, CHART)
    data = build_document_json(
        document, version=2, digest=document.digest, published_at=PUBLISHED_AT, reason="更正"
    )
    assert find_faults(json.loads(data)) == []


def test_json_is_canonical():
    document = draft(filing(), CHART)
    data = build_document_json(
        document, version=1, digest="d", published_at=PUBLISHED_AT, reason=""
    )
    assert data.decode() == (
        f'{{"content":{document.canonical},"digest":"d",'
        '"published_at":"2025-02-14T08:00:00+00:00","reason":"","version":1}'
    )


def drop_yuan(envelope):
    del first_amount(envelope)["yuan"]


def print_without_yuan(envelope):
    first_amount(envelope)["yuan"] = None


def write_a_number(envelope):
    first_amount(envelope)["yuan"] = 2658900.0


def place_a_sentence_nowhere(envelope):
    envelope["content"]["parts"][0]["sections"][0]["blocks"][0]["type"] = "sentence"


def leave_out_a_part(envelope):
    envelope["content"]["parts"].pop()


def add_a_key(envelope):
    envelope["content"]["note"] = ""


def correct_without_reason(envelope):
    envelope["version"] = 2


def break_an_address(envelope):
    first_amount(envelope)["at"] = "T3 total"


def forget_the_time(envelope):
    envelope["published_at"] = "昨天"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        drop_yuan,
        print_without_yuan,
        write_a_number,
        place_a_sentence_nowhere,
        leave_out_a_part,
        add_a_key,
        correct_without_reason,
        break_an_address,
        forget_the_time,
    ],
)
def test_schema_refuses_what_is_not_documented(envelope, spoil):
    spoiled = copy.deepcopy(envelope)
    spoil(spoiled)
    assert len(find_faults(spoiled)) > 0
