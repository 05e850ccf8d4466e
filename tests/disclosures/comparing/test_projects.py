"""Projects and indicators: money is the document's, and a lowered target is said to be one."""

from urllib.parse import unquote

import pytest

from disclosures.models.index import IndexFigure, IndexIndicator
from tests.disclosures.comparing.conftest import read_content, read_document

pytestmark = pytest.mark.django_db


def test_every_amount_is_that_of_the_document(look, demo):
    figures = look("/projects/2026/").figures
    listed = IndexFigure.objects.filter(table="T7", column="total", year=2026).exclude(project="")
    assert len(figures) == listed.count() > 0
    for page, place, text in figures:
        assert text == read_document(page, unquote(place))


def test_project_is_shown_over_its_years(look, demo):
    known = IndexIndicator.objects.exclude(project="")
    year = known.filter(year=2026, last_value__gt="").first()
    sight = look(f"/projects/{year.department.code}/{year.project}/")
    _, targets = sight.tables
    for page, place, text in sight.figures:
        assert text == read_document(page, unquote(place))
    (line,) = [line for line in targets if line[0] == f"{year.level3}{year.level2}"]
    assert line[1].startswith(f"{year.value}上年完成 {year.last_value}")


def test_lowered_targets_are_those_that_ask_for_less(look, demo):
    flagged = IndexIndicator.objects.filter(is_lowered=True)
    for each in flagged:
        grid = read_content(f"/{each.year}/{each.department.code}/")["grids"][each.target]
        assert each.level3 in str(grid)
    years = {each.year for each in flagged}
    for year in years:
        lines = look(f"/indicators/{year}/").tables[0][1:]
        own = flagged.filter(year=year).order_by("department__code", "id")
        assert [line[3:] for line in lines] == [[each.value, each.last_value] for each in own]
    assert years


def test_flag_is_told_in_words_on_the_project(look, demo):
    each = IndexIndicator.objects.filter(is_lowered=True).first()
    text = look(f"/projects/{each.department.code}/{each.project}/").answer.content.decode()
    assert f"上年完成 {each.last_value}，低于上年已经完成的" in text


def test_department_shows_its_own_indicators_and_its_projects(look, published):
    own, projects = look("/indicators/107001/").tables
    assert len(own) - 1 == IndexIndicator.objects.filter(project="").count()
    assert len(projects) - 1 == len(
        {each.project for each in IndexIndicator.objects.exclude(project="")}
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/projects/107001/登月/", "没有公开过叫“登月”的项目"),
        ("/indicators/999/", "编码为“999”的部门没有公开过绩效目标。"),
    ],
)
def test_what_is_not_there_is_told_in_words(look, published, address, words):
    assert words in look(address, 404).answer.content.decode()


@pytest.mark.parametrize("departments", [1, 3])
def test_lists_cost_the_same_for_many(client, settle, django_assert_num_queries, departments):
    settle(departments)
    for address, count in (("/projects/", 4), ("/indicators/", 4), ("/indicators/200/", 2)):
        with django_assert_num_queries(count):
            assert client.get(address).status_code == 200
