"""A table of all departments: its figures are those of each department's own document."""

import csv
import io
from decimal import Decimal

import pytest

from budgets.domain.document import digest
from budgets.models import Department
from tests.disclosures.thawed import freeze_again

pytestmark = pytest.mark.django_db
BEFORE = ["部门编码", "部门", "版本", "行", "科目或项目"]
HEADS = ("合计", "人员经费", "公用经费")


def read(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def two(sample, union, published):
    """The union, corrected, and an office with other words and nothing in Table 10."""
    sample.shelve(union, version=2, reason="排版有误")
    content = sample.json
    content["department"]["name"] = "尉犁县档案馆"
    text = freeze_again(content)
    office = Department.objects.create(code="101001", name="尉犁县档案馆")
    sample.shelve(office, content=text, digest=digest(text))
    return published


def test_table_has_every_amount_of_every_document(client, two):
    head, *rows = read(client.get("/2025/tables/T6.csv"))
    assert head == [*BEFORE, *(f"一般公共预算基本支出/{each}（元）" for each in HEADS)]
    shown = {
        (row[0], f"T6.{row[3]}.{column}"): Decimal(amount)
        for row in rows
        for column, amount in zip(("total", "personnel", "operating"), row[5:], strict=True)
        if amount
    }
    amounts = two.document.amounts
    expected = {at: yuan for at, yuan in amounts.items() if at.startswith("T6.")}
    assert shown == {
        (code, at): yuan for code in ("101001", "107001") for at, yuan in expected.items()
    }
    assert {tuple(row[:3]) for row in rows} == {
        ("101001", "尉犁县档案馆", "1"),
        ("107001", "尉犁县总工会", "2"),
    }


@pytest.mark.parametrize("key", [f"T{number}" for number in range(1, 12)])
def test_every_table_is_there_even_if_nothing_is_in_it(client, two, key):
    head, *rows = read(client.get(f"/2025/tables/{key}.csv"))
    assert head[:5] == BEFORE
    assert len(set(head)) == len(head)
    assert bool(rows) == any(at.split(".")[0] == key for at in two.document.amounts)


@pytest.mark.parametrize(
    ("address", "told"), [("/2024/tables/T6", "2024年"), ("/2025/tables/T99", "T1、T2")]
)
def test_missing_table_says_what_there_is(client, two, address, told):
    answer = client.get(f"{address}.csv")
    assert answer.status_code == 404
    assert told in answer.content.decode()


def test_reader_who_has_it_is_not_sent_it_again(client, two, sample, union):
    first = client.get("/2025/tables/T6.xlsx")
    again = {"if-none-match": first["ETag"]}
    assert client.get("/2025/tables/T6.xlsx", headers=again).status_code == 304
    sample.shelve(union, version=3, reason="金额有误")
    assert client.get("/2025/tables/T6.xlsx", headers=again).status_code == 200
