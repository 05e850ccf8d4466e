"""All departments on one topic: those with nothing too, and never a figure of its own making."""

import pytest

from disclosures.comparing.topics import TOPICS
from disclosures.models.index import IndexFigure
from tests.disclosures.comparing.conftest import read_document

pytestmark = pytest.mark.django_db


def test_three_public_are_those_of_the_document(look, published):
    figures = look("/three-public/").figures
    assert len(figures) == 6
    told = [(place, text) for _, place, text in figures if place != "T10"]
    assert told == [(place, read_document("/2025/107001/", place)) for place, _ in told]
    assert told


def test_department_that_has_none_is_listed_with_nothing(look, published, settle):
    settle(1)
    IndexFigure.objects.filter(table="T10", department__code="200").delete()
    sight = look("/three-public/")
    (line,) = [line for line in sight.tables[0] if line[0] == "第0部门"]
    assert line == ["第0部门", *["0.00"] * 6, "未公开", ""]
    assert ("/2025/200/", "T10", "0.00") in sight.figures


def test_change_is_told_from_the_printed_figures(look, published, union, sample):
    sample.shelve(union, year=2024)
    last = IndexFigure.objects.get(table="T10", row="total", column="total", year=2024)
    assert look("/three-public/").tables[0][1][-1] == "持平"
    IndexFigure.objects.filter(pk=last.pk).update(amount=last.amount - 12_345)
    assert look("/three-public/?order=rise").tables[0][1][-1] == "增加1.23"


@pytest.mark.parametrize("key", ["procurement", "staff", "assets"])
def test_stated_figures_stand_in_the_sentence_they_lead_to(look, published, key):
    figures = look(f"/{key}/2025/").figures
    assert len(figures) == len(TOPICS[key].measures)
    for page, place, text in figures:
        assert text in read_document(page, place)


def test_figure_that_no_sentence_states_is_not_known(look, published):
    IndexFigure.objects.filter(table="N12", row="procurement").delete()
    assert look("/procurement/").tables[0][1][1:5] == ["未载明"] * 4


def test_file_holds_all_departments(client, published, settle):
    settle(1)
    rows = client.get("/staff/2025.json").json()["rows"]
    assert [(row["department"], row["serving"]) for row in rows] == [
        ("尉犁县总工会", rows[0]["serving"]),
        ("第0部门", rows[0]["serving"]),
    ]
    assert isinstance(rows[0]["serving"], int)


@pytest.mark.parametrize("departments", [1, 3])
def test_topic_costs_the_same_for_many(client, settle, django_assert_num_queries, departments):
    settle(departments)
    with django_assert_num_queries(4):
        assert client.get("/three-public/").status_code == 200
