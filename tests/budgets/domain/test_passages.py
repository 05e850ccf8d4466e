"""The words of a document: years moved, fields and indicators of the performance tables."""

from dataclasses import replace

import pytest

from budgets.domain.content import draft
from budgets.domain.differences import compare_sentences
from budgets.domain.passages import list_targets
from tests.factories.filings import CHART
from tests.factories.union import union_filing

WHOLE = "部门整体绩效目标表"


@pytest.fixture(scope="module")
def content():
    return draft(union_filing(), CHART)


def reword_overall(content, **changed):
    """What reads differently in a document whose overall target says this."""
    filing = union_filing()
    after = draft(replace(filing, overall=replace(filing.overall, **changed)), CHART)
    return [
        (each.section, "".join(t for _, t in each.before), "".join(t for _, t in each.after))
        for each in compare_sentences(content, after)
    ]


def test_whole_target_is_told_field_by_field_and_each_indicator_in_one_line(content):
    assert [each.text for each in list_targets(content) if each.title == WHOLE] == [
        "部门名称（盖章）：尉犁县总工会",
        "部门联系人：左力胡玛尔·吾甫",
        "联系电话：0996-4024185",
        "年度绩效目标：具体目标如下：\n1、开展工会活动工作。",
        "开展单位各类活动次数：指标值 >=25次；指标设定依据 2025年工作计划；分值权重 90",
    ]


def test_every_passage_has_its_own_key(content):
    keys = [each.key for each in list_targets(content)]
    assert len(keys) == len(set(keys)) > 10


def test_goal_and_indicator_that_changed_are_told_and_nothing_else(content):
    (indicator,) = union_filing().overall.indicators
    more = replace(indicator, value=">=30次")
    found = reword_overall(content, goal="新的目标。", indicators=(more,))
    assert found == [
        (WHOLE, "年度绩效目标：具体目标如下：\n1、开展工会活动工作。", "年度绩效目标：新的目标。"),
        (
            WHOLE,
            "开展单位各类活动次数：指标值 >=25次；指标设定依据 2025年工作计划；分值权重 90",
            "开展单位各类活动次数：指标值 >=30次；指标设定依据 2025年工作计划；分值权重 90",
        ),
    ]


def test_indicator_that_is_new_has_no_words_before(content):
    (indicator,) = union_filing().overall.indicators
    new = replace(indicator, level3="走访职工", weight=None)
    found = reword_overall(content, indicators=(indicator, new))
    assert found == [(WHOLE, "", "走访职工：指标值 >=25次；指标设定依据 2025年工作计划")]


def of_year(year):
    """The document of a year whose project carries the year in its name."""
    filing, name = union_filing(), f"{year}年培训"
    (plan,) = filing.projects
    facts = tuple(replace(fact, project=fact.project and name) for fact in filing.facts)
    renamed = replace(filing, year=year, projects=(replace(plan, name=name),), facts=facts)
    return draft(renamed, CHART)


def test_same_project_under_the_new_year_is_the_same_project():
    sections = [each.section for each in compare_sentences(of_year(2025), of_year(2026))]
    assert not [section for section in sections if section.startswith("项目支出绩效目标表")]
