"""All departments on one topic: those with nothing too, and never a figure of its own making."""

from decimal import Decimal

import pytest

from disclosures.models.index import IndexFigure, IndexText
from disclosures.public.reports.topics import TOPICS
from tests.disclosures.public.reports.conftest import read_document

pytestmark = pytest.mark.django_db


def test_three_public_are_those_of_the_documents(look, demo):
    figures = look("/three-public/").figures
    told = [(page, place, text) for page, place, text in figures if place != "T10"]
    assert [text for *_, text in told] == [read_document(page, at) for page, at, _ in told]
    assert {place for _, place, _ in told} >= {"T10.total.total", "T10.reception.total"}
    assert {text for _, place, text in figures if place == "T10"} <= {"0.00"}


def test_department_that_has_none_is_listed_with_nothing(look, published):
    sight = look("/three-public/")
    assert sight.tables[0][1] == ["尉犁县总工会", *["0.00"] * 6, "尚未公开", ""]
    assert sight.figures == [("/2025/107001/", "T10", "0.00")] * 6


def test_change_is_told_from_the_printed_figures(look, demo):
    lines = look("/three-public/2026/by-rise/").tables[0][1:-1]
    told = [line[-1] for line in lines]
    gaps = [Decimal(line[1]) - Decimal(line[-2]) for line in lines]
    words = {1: "增加", -1: "减少", 0: "持平"}
    assert told == [f"{words[(gap > 0) - (gap < 0)]}{abs(gap) or ''}" for gap in gaps]
    assert gaps == sorted(gaps, reverse=True)


@pytest.mark.parametrize("key", ["agency-operating", "procurement", "staff", "assets"])
def test_stated_figures_stand_in_the_sentence_they_lead_to(look, published, key):
    figures = look(f"/{key}/2025/").figures
    assert len(figures) == len(TOPICS[key].measures)
    for page, place, text in figures:
        assert text in read_document(page, place)


def test_department_says_why_agency_expenses_do_not_apply_to_it(client, look, published):
    words = "机关运行经费与公用经费的口径差异说明：本部门是事业单位。"
    text = IndexText.objects.filter(at="N12.agency_operating").get()
    IndexText.objects.filter(pk=text.pk).update(at=TOPICS["agency-operating"].why, text=words)
    IndexFigure.objects.filter(row="agency_operating").update(amount=0)
    line = look("/agency-operating/").tables[0][1]
    assert (line[0], line[1]) == (f"尉犁县总工会{words}", "0.00")
    (row,) = client.get("/agency-operating/2025.json").json()["rows"]
    assert (row["agency"], row["words"]) == ("0.00", words)


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
    with django_assert_num_queries(5):
        assert client.get("/three-public/").status_code == 200
