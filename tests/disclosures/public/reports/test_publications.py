"""Who has published: days from approval, completeness, corrections, and the years side by side."""

from datetime import timedelta

import pytest

from budgets.models import Department
from disclosures.models import IndexEntry, Record
from disclosures.public.reports import page
from disclosures.public.reports.publications import Publication, judge_days
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.public.reports.conftest import read_document
from tests.factories.people import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(published):
    """The sample, approved 24 days before it was published."""
    presser = User.objects.create_user("presser")
    return Record.objects.create(
        disclosure=published,
        approved_at=PUBLISHED_AT - timedelta(days=24),
        days=24,
        pressed_by=presser,
    )


def test_board_tells_days_tables_and_sections(look, recorded):
    board, *_ = look("/timeliness/").tables
    assert board[1] == [
        "尉犁县总工会",
        "2025-01-21",
        "2025-02-14",
        "24",
        "超过4天",
        "6",
        "5",
        "12",
        "0",
    ]


def test_days_are_those_of_the_first_version_and_corrections_are_told(
    look, recorded, sample, union
):
    later = PUBLISHED_AT + timedelta(days=40)
    sample.shelve(union, version=2, digest="2" * 64, reason="更正采购预算", published_at=later)
    board, log = look("/timeliness/2025/").tables
    assert (board[1][2], board[1][3], board[1][-1]) == ("2025-02-14", "24", "1")
    assert log[1] == ["尉犁县总工会", "第2版", "2025-03-26", "更正采购预算", "看变了什么"]
    links = look("/timeliness/2025/").tree.xpath("//td/a/@href")
    assert links == ["/2025/107001/v2/", "/2025/107001/v2/changes/"]


def test_corrections_are_never_cut_without_saying(
    client, look, recorded, sample, union, monkeypatch
):
    monkeypatch.setattr("disclosures.public.reports.publications.LATEST", 1)
    for version in (2, 3):
        sample.shelve(union, version=version, digest=f"{version}" * 64, reason=f"第{version}版")
    sight = look("/timeliness/2025/")
    assert [line[1] for line in sight.tables[1][1:]] == ["第3版"]
    assert "更正记录：一共2次，最近1次" in sight.answer.content.decode()
    assert "/timeliness/2025/corrections/" in sight.tree.xpath("//main//p/a/@href")
    log = look("/timeliness/2025/corrections/").tables[0]
    assert [line[1] for line in log[1:]] == ["第3版", "第2版"]
    rows = client.get("/timeliness/2025/corrections.json").json()["rows"]
    assert [(row["version"], row["reason"]) for row in rows] == [(3, "第3版"), (2, "第2版")]


def test_version_without_a_record_is_not_called_timely(look, published):
    line = look("/timeliness/").tables[0][1]
    assert line[1:5] == ["未登记", "2025-02-14", "", "未登记"]


def test_who_has_not_published_is_on_the_board_at_once(client, look, published, monkeypatch):
    tag = client.get("/timeliness/")["ETag"]
    Department.objects.create(code="300", name="迟到局")
    sight = look("/timeliness/")
    assert sight.tables[0][-1] == ["迟到局", "尚未公开", *[""] * 7]
    monkeypatch.setattr(page, "LINES", 1)
    addresses = ("/timeliness/", "/timeliness/2025/page-2/")
    pages = [look(address).tables[0][1][0] for address in addresses]
    assert pages == ["尉犁县总工会", "迟到局"]
    monkeypatch.undo()
    assert "应公开2个部门，已公开1个" in sight.answer.content.decode()
    answer = client.get("/timeliness/", headers={"if-none-match": tag})
    assert answer.status_code == 200
    again = client.get("/timeliness/", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("departments", [1, 3])
def test_board_costs_the_same_for_many(client, settle, django_assert_num_queries, departments):
    settle(departments)
    with django_assert_num_queries(6):
        assert client.get("/timeliness/").status_code == 200


def test_every_total_leads_to_its_document(look, demo):
    sight = look("/years/")
    links = sight.tree.xpath("//td/a")
    assert len(links) == 6
    for link in links:
        assert link.text_content() == read_document(link.get("href"), "T1.total.income")
    assert sight.tree.xpath("//thead//a/@href") == ["/2026/", "/2025/"]


def test_file_has_the_totals_in_yuan_and_nothing_where_there_is_none(client, look, published):
    Department.objects.create(code="300", name="新办", established=2025)
    links = look("/years/").tree.xpath("//p[@class='takeaway']/a/@href")
    assert links == ["/years.csv", "/years.xlsx", "/years.json"]
    assert client.get(links[2]).json()["rows"] == [
        {"code": "107001", "department": "尉犁县总工会", "in_2025": "2658900.00"},
        {"code": "300", "department": "新办", "in_2025": None},
    ]


@pytest.mark.parametrize("departments", [1, 3])
def test_years_cost_the_same_for_many(client, settle, django_assert_num_queries, departments):
    settle(departments)
    with django_assert_num_queries(3):
        assert client.get("/years/").status_code == 200


@pytest.mark.parametrize(("days", "word"), [(None, "未登记"), (20, "是"), (21, "超过1天")])
def test_twenty_days_are_in_time_and_one_more_is_not(days, word):
    assert (
        judge_days(Publication(year=2026, code="1", name="", entry=IndexEntry(), days=days)) == word
    )
