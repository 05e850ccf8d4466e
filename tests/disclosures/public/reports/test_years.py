"""Departments × years: every total is the document's, and what is missing is told why."""

import pytest

from budgets.models import Department
from tests.disclosures.public.reports.conftest import read_document

pytestmark = pytest.mark.django_db


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
