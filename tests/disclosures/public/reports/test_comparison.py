"""The address is the whole question; every figure is the document's; problems are sentences."""

import pytest

from budgets.models import Department
from disclosures.models import IndexEntry
from tests.disclosures.public.reports.conftest import read_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("scope", "level"), [("whole", 7), ("general", 3), ("basic", 5)])
def test_every_figure_is_that_of_its_document(look, county, demo, scope, level):
    codes = [department.code for department in county[2] if not department.parent_id]
    asked = "&".join(f"department={code}" for code in codes)
    sight = look(f"/compare/?{asked}&scope={scope}&level={level}")
    assert len(sight.figures) > 6
    for page, place, text in sight.figures:
        assert text == read_document(page, place)
    assert {len(line[0].partition(" ")[0]) for line in sight.tables[0][1:-1]} == {level}


def test_one_department_is_compared_over_its_years(look, published, sample, union):
    sample.shelve(union, year=2024)
    (table,) = look("/compare/?department=总工会&level=5").tables
    assert table[0] == ["科目", "2025年", "2024年"]
    assert table[-1] == ["总计", "265.89", "265.89"]


def test_several_are_compared_in_one_year_in_the_order_asked(look, published, settle):
    settle(1)
    (table,) = look("/compare/?department=第0部门&department=107001&year=2025").tables
    assert table[0] == ["科目", "第0部门", "尉犁县总工会"]


def test_departments_are_found_by_former_names_and_told_where_they_are_missing(
    look, published, sample, union, settle
):
    settle(1)
    sample.shelve(union, year=2024)
    IndexEntry.objects.filter(year=2024).update(name="尉犁县老工会")
    Department.objects.filter(code="200").update(established=2025)
    sight = look("/compare/?department=第0部门&department=%00老工会&year=2024")
    assert [sight.tables[0][place] for place in (0, -1)] == [
        ["科目", "第0部门", "尉犁县老工会"],
        ["总计", "尚未设立", "265.89"],
    ]
    told = sight.tree.xpath("//p[@class='soft']/text()")[1:3]
    assert told == ["第0部门2024年尚未设立。", "2024年的文件称尉犁县老工会。"]
    sight = look("/compare/?department=老工会&department=107001")
    assert sight.tables[0][0] == ["科目", "2025年", "2024年"]
    assert "填的是同一个部门，所以比较它的各个年度。" in sight.answer.content.decode()


def test_name_is_whose_it_is_now_before_whose_it_was(look, published, sample, union, settle):
    settle(1)
    sample.shelve(union, year=2024)
    IndexEntry.objects.filter(year=2024).update(name="第0部门")
    for named in ("第0部门", "200"):
        sight = look(f"/compare/?department={named}&department=107001")
        assert sight.tables[0][0] == ["科目", "第0部门", "尉犁县总工会"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("department=海关", "没有公开过预算的部门叫“海关”。"),
        ("department=部门", "第0部门（200）、第1部门（201）。请把名称写全，或者填编码。"),
        ("department=1&department=2&department=3&department=4&department=5", "一次最多比较4个部门"),
        ("department=107001&year=1999", "没有“1999”这个年度，请重新选择。"),
        ("department=107001&scope=moon", "没有“moon”这个口径"),
        ("department=107001&scope=basic&level=7", "最细公开到款"),
    ],
)
def test_what_cannot_be_compared_is_said_and_nothing_is_lost(look, published, settle, asked, words):
    settle(2)
    sight = look(f"/compare/?{asked}")
    assert words in sight.answer.content.decode()
    assert sight.tables == []
    first = asked.split("=")[1].split("&")[0]
    assert sight.tree.xpath("//input[@name='department']/@value")[0] == first


def test_file_has_the_figures_of_the_page(client, look, published):
    sight = look("/compare/?department=107001&level=3")
    link = sight.tree.xpath("//p[@class='takeaway']/a/@href")[2]
    rows = client.get(link).json()["rows"]
    assert [row["address"].partition("#")[2] for row in rows] == [
        *(place for _, place, _ in sight.figures)
    ]
    assert client.get("/compare/lines.csv").status_code == 404


@pytest.mark.parametrize("departments", [2, 4])
def test_comparison_costs_the_same_for_many(client, settle, django_assert_num_queries, departments):
    settle(departments)
    asked = "&".join(f"department=2{number:02}" for number in range(departments))
    with django_assert_num_queries(7):
        assert client.get(f"/compare/?{asked}").status_code == 200
