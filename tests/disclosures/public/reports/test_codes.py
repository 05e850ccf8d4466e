"""A code across departments and years: every figure is the document's, one scope to a table."""

import csv
import io
from decimal import Decimal

import pytest

from budgets.models import Department
from tests.disclosures.public.reports.conftest import read_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/codes/function/208/",
        "/codes/function/2080505/general/",
        "/codes/economic/30101/",
        "/codes/economic/302/project/",
    ],
)
def test_every_figure_is_that_of_the_document_it_leads_to(look, demo, address):
    figures = look(address).figures
    assert len(figures) == 6
    for page, place, text in figures:
        assert text == read_document(page, place)


def test_page_shows_who_spends_how_much_when(look, published, settle):
    settle(2, year=2024)
    Department.objects.filter(code="107001").update(established=2025)
    Department.objects.filter(code="201").update(dissolved=2025)
    sight = look("/codes/function/2080505/whole/by-code/")
    assert sight.tables == [
        [
            ["部门", "2025年", "2024年"],
            ["尉犁县总工会", "12.24", "尚未设立"],
            ["第0部门", "尚未公开", "12.24"],
            ["第1部门", "已撤并", "12.24"],
            ["全部部门", "12.24", "24.48"],
        ]
    ]
    assert "口径：全口径" in sight.answer.content.decode()


def test_page_bears_the_official_name_and_leads_to_its_parents(look, demo):
    tree = look("/codes/function/2080505/").tree
    assert tree.findtext(".//h1") == "2080505 机关事业单位基本养老保险缴费支出"
    trail = [link.text_content() for link in tree.find(".//nav[@class='trail']").iter("a")]
    assert trail == ["科目", "208 社会保障和就业支出", "20805 行政事业单位养老支出"]


def test_parent_shows_its_children_with_their_totals(look, demo):
    whole, kin = look("/codes/function/20805/").tables
    assert [line[0][:7] for line in kin[1:]] == ["2080501", "2080505"]
    totals = [Decimal(line[2].replace(",", "")) for line in kin[1:]]
    assert abs(sum(totals) - Decimal(whole[-1][1].replace(",", ""))) <= Decimal("0.02")


def test_file_has_the_figures_of_the_page(client, look, published, settle):
    settle(1, year=2024)
    text = client.get("/codes/function/2080505/whole.csv").content.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    assert head[:4] == ["科目", "年度", "部门编码", "部门"]
    assert [line[1:6] for line in lines] == [
        ["2025", "107001", "尉犁县总工会", "122400.00", "12.24"],
        ["2024", "200", "第0部门", "122400.00", "12.24"],
    ]
    assert lines[0][6] == "http://testserver/2025/107001/#T3.2080505.total"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/codes/function/999/", "已公开的部门预算里没有科目“999”的金额。"),
        ("/codes/function/2080505/moon/", "没有“moon”这个口径"),
        ("/codes/function/2080505/fund/", "科目2080505没有政府性基金预算的金额。"),
        ("/codes/function/2080505/?page=9", "这个名单一共1页，没有第“9”页。"),
        ("/codes/function/2080505/whole/by-moon/", "没有“moon”这种排列"),
    ],
)
def test_what_is_not_there_is_told_in_words(look, published, address, words):
    assert words in look(address, 404).answer.content.decode()


def test_unknown_parameters_change_nothing_and_the_page_is_kept(client, published):
    answer = client.get("/codes/function/208/")
    assert answer["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
    again = client.get("/codes/function/208/?utm_source=x", follow=True)
    assert (again.content, again["ETag"]) == (answer.content, answer["ETag"])
    known = {"if-none-match": answer["ETag"]}
    assert client.get("/codes/function/208/", headers=known).status_code == 304
    assert not answer.cookies


@pytest.mark.parametrize("departments", [1, 3])
def test_pages_cost_the_same_for_many(client, settle, django_assert_num_queries, departments):
    settle(departments)
    with django_assert_num_queries(9):
        assert client.get("/codes/function/20805/").status_code == 200
    with django_assert_num_queries(7):
        assert client.get("/codes/").status_code == 200
