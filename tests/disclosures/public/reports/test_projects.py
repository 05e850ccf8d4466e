"""Projects and indicators: money is the document's, and a lowered target is said to be one."""

from urllib.parse import unquote

import pytest

from budgets.domain.answers import show_goal
from disclosures.models.index import IndexFigure, IndexIndicator
from disclosures.public.reports.projects import MONEY
from tests.disclosures.public.reports.conftest import read_content, read_document

pytestmark = pytest.mark.django_db


def test_every_amount_is_that_of_the_document_in_each_kind_of_money(look, demo):
    counts = {}
    for key, money in MONEY.items():
        figures = look(f"/projects/2026/{key}/").figures
        counts[key] = IndexFigure.objects.filter(money.where, year=2026).count()
        assert len(figures) == counts[key]
        for page, place, text in figures:
            assert text == read_document(page, unquote(place))
    assert [key for key, count in counts.items() if not count] == ["other"]


def test_project_outside_table_7_is_listed_under_its_own_money(look, published):
    line = ["2025年工会工作经费", "尉犁县总工会", "127.71"]
    assert [look(f"/projects/2025/{key}/").tables for key in MONEY] == [
        [[["项目", "部门", "金额"], line]],
        [],
        [[["项目", "部门", "金额"], line]],
        [],
        [],
    ]
    money = look("/projects/107001/2025年工会工作经费/").tables[:2]
    assert money == [[["年度", "部门", "金额"], ["2025年", *line[1:]]]] * 2


def test_projects_stand_as_in_their_document(look, published):
    known = IndexFigure.objects.filter(table="P").first()
    for number in range(9, 11):
        known.pk, known.row, known.project = None, f"{number}.funds", f"项目{number}"
        known.save(force_insert=True)
    (table,) = look("/projects/2025/whole/by-code/").tables
    assert [line[0] for line in table[1:]] == ["2025年工会工作经费", "项目9", "项目10"]


def test_project_is_shown_over_its_years(look, demo):
    known = IndexIndicator.objects.exclude(project="")
    year = known.filter(year=2026, last_value__gt="").first()
    sight = look(f"/projects/{year.department.code}/{year.project}/")
    *_, targets = sight.tables
    for page, place, text in sight.figures:
        assert text == read_document(page, unquote(place))
    (line,) = [line for line in targets if line[0] == f"{year.level3}{year.level2}"]
    assert line[1].startswith(f"{show_goal(year.value)}上年完成 {year.last_value}")


def test_lowered_targets_are_those_that_ask_for_less(look, demo):
    flagged = IndexIndicator.objects.filter(is_lowered=True)
    for each in flagged:
        grid = read_content(f"/{each.year}/{each.department.code}/").tables_by_key[each.target]
        assert each.level3 in str(grid)
    years = {each.year for each in flagged}
    for year in years:
        lines = look(f"/indicators/{year}/").tables[0][1:]
        own = flagged.filter(year=year).order_by("department__code", "id")
        assert [line[3:] for line in lines] == [
            [show_goal(each.value), show_goal(each.last_value)] for each in own
        ]
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
        ("/projects/2025/moon/", "没有“moon”这个口径，可以用的是：whole、fiscal"),
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
