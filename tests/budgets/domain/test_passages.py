"""The words of a document: years moved, fields and indicators of the performance tables."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.content import draft
from budgets.domain.differences import compare_sentences
from budgets.domain.document import Figure, Text
from budgets.domain.passages import list_anchors, list_changes, list_targets
from tests.factories.filings import CHART, GLOSSARY, wan
from tests.factories.grids import document
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


ANCHORS = list_anchors(draft(union_filing(), CHART, GLOSSARY))


def test_an_amount_is_called_by_table_row_and_column():
    place = ANCHORS["T3.2012901.project"]
    assert place.label == "表3 部门支出总体情况表 · 201 29 01 行政运行 · 项目支出"
    assert place.quote == "127.71"


def test_a_table_a_sentence_an_indicator_and_the_whole_are_places():
    assert ANCHORS["T10"].label == "表10 财政拨款“三公”经费支出情况表"
    sentence = ANCHORS["N1.total"]
    assert sentence.label.startswith("第三部分 一、关于尉犁县总工会2025年收支预算情况总体说明 · ")
    assert "265.89万元" in sentence.quote
    indicators = [at for at in ANCHORS if at.startswith("P1.i")]
    assert "一线单位慰问金" in " ".join(ANCHORS[at].quote for at in indicators)
    assert ANCHORS[""].label == "全文"


def test_a_blank_cell_is_a_place_too_since_a_figure_may_be_missing():
    blank = ANCHORS["T3.2012950.project"]
    assert (blank.quote, blank.is_blank) == ("", True)
    assert blank.label == "表3 部门支出总体情况表 · 201 29 50 事业运行 · 项目支出"
    assert not any(ANCHORS[at].is_blank for at in ("", "T10", "N1.total", "T3.2012901.project"))
    assert all(place.label and place.at == at for at, place in ANCHORS.items())


def test_a_long_sentence_or_indicator_is_quoted_by_its_first_two_hundred_signs():
    words = "词" * 300
    (indicator,) = union_filing().overall.indicators
    filing = union_filing()
    overall = replace(filing.overall, indicators=(replace(indicator, basis=words),))
    drawn = draft(
        replace(filing, profile=replace(filing.profile, duties=words), overall=overall), CHART
    )
    quotes = {
        at: place.quote for at, place in list_anchors(drawn).items() if words[:99] in place.quote
    }
    assert {at: len(quote) for at, quote in quotes.items()} == {"D1.1": 200, "P0.i1": 200}


def test_changes_of_the_union_by_section():
    changes = list_changes(draft(union_filing(), CHART))
    told = [(change.section, change.at, str(change.difference)) for change in changes]
    assert [each for each in told if each[0] in ("N2", "N3", "N12")] == [
        ("N2", "T2.total.general_own", "1.43"),
        ("N2", "T2.total.unit_funds", "3.57"),
        ("N3", "T3.total.basic", "1.43"),
        ("N3", "T3.total.project", "3.57"),
        ("N12", "T6.total.operating", "-0.78"),
    ]
    assert len([each for each in told if each[0] == "N5"]) == 11


def test_change_has_its_sentence_rate_and_reason():
    changes = list_changes(draft(union_filing(), CHART))
    (found,) = (each for each in changes if each.at == "T5.2050803.total")
    assert (found.section, found.sentence) == ("N5", "N5.T5.2050803.total")
    assert (found.difference, found.rate) == (Decimal("-0.07"), "23.33")
    assert (found.change.this, found.change.last) == (wan("0.23"), wan("0.30"))
    assert found.reason.startswith("本部门根据工作实际进一步优化培训机制")


def test_text_without_a_comparison_states_no_change():
    figure = Figure(text="1.00", at="T1.total.income", yuan=wan("1.00"))
    assert list_changes(document(Text(text="增加"), figure)) == []
