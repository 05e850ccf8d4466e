"""Reasons in every order, each leading to its sentence; alike ones are told to be alike."""

from urllib.parse import unquote

import pytest

from budgets.domain.passages import list_sentences
from disclosures.models.index import IndexReason
from disclosures.public.reports import page
from tests.disclosures.public.reports.conftest import read_content

pytestmark = pytest.mark.django_db


def read_changes(sight, column=2):
    return [float(line[column].replace(",", "")) for line in sight.tables[0][1:]]


def test_every_reason_stands_in_the_sentence_it_leads_to(look, demo):
    sight = look("/reasons/2026/")
    links = sight.tree.xpath("//td/a")
    assert len(links) == IndexReason.objects.filter(year=2026).count()
    for link in links:
        page, place = link.get("href").split("#")
        sentences = {each.key: each.text for each in list_sentences(read_content(page))}
        assert link.text_content() in sentences[unquote(place)]


def test_orders_are_by_amount_and_by_rate(look, demo):
    assert read_changes(look("/reasons/2026/")) == sorted(
        read_changes(look("/reasons/2026/")), reverse=True
    )
    falls = read_changes(look("/reasons/2026/by-drop/"), 3)
    assert falls == sorted(falls)
    assert falls[0] < 0


def test_same_words_of_several_departments_stand_together(look, published, settle):
    settle(1)
    lines = look("/reasons/2025/by-wording/").tables[0][1:]
    count = IndexReason.objects.filter(department=published.department).count()
    assert len(lines) == 2 * count
    assert all("2个部门写了同样的话" in line[4] for line in lines)


def test_words_of_one_department_are_not_called_shared(look, published):
    assert look("/reasons/2025/by-wording/").tables == []
    assert "写了同样的话" not in look("/reasons/2025/").answer.content.decode()


def test_file_has_every_reason(client, published):
    rows = client.get("/reasons/2025.json").json()["rows"]
    assert len(rows) == IndexReason.objects.count()
    assert rows[0]["address"].startswith("http://testserver/2025/107001/#N")


@pytest.mark.parametrize("departments", [1, 3])
def test_reasons_cost_the_same_for_many(client, settle, django_assert_num_queries, departments):
    settle(departments)
    with django_assert_num_queries(5):
        assert client.get("/reasons/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/reasons/?page=2", "/reasons/2025/page-2/"),
        ("/reasons/2025/?page=1", "/reasons/2025/"),
        ("/reasons/2025/by-drop/?page=3", "/reasons/2025/by-drop/page-3/"),
    ],
)
def test_pages_have_addresses_of_their_own(client, look, published, monkeypatch, asked, meant):
    monkeypatch.setattr(page, "LINES", 5)
    assert client.get(asked).headers["Location"] == meant
    assert len(look(meant).tables[0]) == 6


def test_pages_lead_to_each_other_in_their_order(look, published, monkeypatch):
    monkeypatch.setattr(page, "LINES", 5)
    whole = []
    address = "/reasons/2025/by-drop/"
    while address:
        sight = look(address)
        whole += sight.tables[0][1:]
        links = sight.tree.xpath("//nav[@class='turns']//a")
        address = next((each.get("href") for each in links if "下一页" in each.text), None)
    monkeypatch.undo()
    assert whole == look("/reasons/2025/by-drop/").tables[0][1:]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reasons/2025/?page=999", 404),
        ("/reasons/2025/?page=x", 404),
        ("/reasons/2025/page-999/", 404),
        ("/reasons/2025/page-1/", 404),
        ("/reasons/2025/by-moon/", 404),
        ("/reasons/2025/by-moon/page-2/", 404),
        ("/reasons/2025/?sort=moon&flag=maybe", 302),
        ("/reasons/2025.ods", 404),
    ],
)
def test_unknown_pages_orders_and_parameters_are_answered(look, published, address, status):
    look(address, status)
