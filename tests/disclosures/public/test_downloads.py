"""Single tables and lists by suffix: what they hold, and how long they may be kept."""

import csv
import io
import json
from datetime import timedelta
from urllib.parse import unquote

import openpyxl
import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from budgets.models import Department
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.thawed import freeze_again, thaw

pytestmark = pytest.mark.django_db
DOCS = settings.BASE_DIR / "docs"
VALIDATOR = Draft202012Validator(
    json.loads((DOCS / "table.schema.json").read_text()),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


@pytest.mark.parametrize("key", ["T1", "T5", "T9", "P0"])
def test_table_comes_as_json_as_documented(client, published, key):
    data = client.get(f"/2025/107001/v1/tables/{key}.json").json()
    assert list(VALIDATOR.iter_errors(data)) == []
    assert data["table"] == thaw(freeze_again(published.document.tables_by_key[key]))
    assert (data["digest"], data["version"]) == (published.digest, 1)
    assert list(VALIDATOR.iter_errors(data | {"table": {}})) != []


def test_table_comes_as_the_sheet_it_has_in_the_whole_workbook(client, sample, published):
    alone = openpyxl.load_workbook(io.BytesIO(client.get("/2025/107001/tables/T6.xlsx").content))
    whole = openpyxl.load_workbook(io.BytesIO(sample.file("xlsx")))
    name = "表6 一般公共预算基本支出情况表"
    assert alone.sheetnames == [name]
    rows = [[cell.value for cell in row] for row in alone[name].iter_rows()]
    assert rows == [[cell.value for cell in row] for row in whole[name].iter_rows()]
    assert [None, None, "总计", 138.18] in [row[:4] for row in rows]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_table_has_its_name_and_may_be_kept(client, published, form):
    own = client.get(f"/2025/107001/v1/tables/T5.{form}")
    current = client.get(f"/2025/107001/tables/T5.{form}")
    assert own.content == current.content
    assert own["ETag"] == current["ETag"] == f'"{published.digest}-1-T5-{form}"'
    assert own["Cache-Control"] == "public, max-age=31536000, immutable"
    assert current["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
    assert unquote(own["Content-Disposition"]).endswith(
        f"''尉犁县总工会2025年部门预算公开-第1版-表5一般公共预算支出情况表.{form}"
    )
    known = {"if-none-match": own["ETag"]}
    assert client.get(f"/2025/107001/tables/T5.{form}", headers=known).status_code == 304


@pytest.fixture
def shelved(sample, union, published):
    """A correction of the sample, and another department a year before."""
    later = PUBLISHED_AT + timedelta(days=1)
    again = sample.shelve(
        union, version=2, digest="2" * 64, reason="更正采购预算", published_at=later
    )
    office = Department.objects.create(code="101", name="某县办公室")
    return again, sample.shelve(office, year=2024, title="某县办公室2024年部门预算公开")


def test_list_names_every_disclosure_in_force(client, shelved):
    answer = client.get("/published.json")
    rows = answer.json()["rows"]
    root = "http://testserver/2025/107001/v2"
    assert rows[0] == {
        "year": 2025,
        "code": "107001",
        "department": "尉犁县总工会",
        "version": 2,
        "published_on": "2025-02-15",
        "reason": "更正采购预算",
        "address": f"{root}/",
        "pdf": f"{root}.pdf",
        "xlsx": f"{root}.xlsx",
        "json": f"{root}.json",
        "digest": "2" * 64,
    }
    assert [(row["year"], row["code"]) for row in rows] == [(2025, "107001"), (2024, "101")]
    assert answer["Last-Modified"] == "Sat, 15 Feb 2025 01:30:00 GMT"
    known = {"if-none-match": answer["ETag"]}
    assert client.get("/published.json", headers=known).status_code == 304


def test_list_of_a_year_is_the_same_rows(client, shelved):
    told = client.get("/published.json").json()
    assert client.get("/2024.json").json()["rows"] == told["rows"][1:]
    values = [told["rows"][1][column["key"]] for column in told["columns"]]
    text = client.get("/2024.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[1] == [str(value) for value in values]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/2024.xlsx").content)).active
    assert [cell.value or "" for cell in sheet[2]] == values


def test_year_without_disclosures_is_not_found(client, shelved):
    answer = client.get("/2023.csv")
    assert answer.status_code == 404
    assert "这里没有2023年的部门预算公开。" in answer.content.decode()
