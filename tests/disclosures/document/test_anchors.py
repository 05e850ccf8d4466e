"""The places of a document that a reviewer can speak of."""

from budgets.domain.content import draft
from budgets.domain.passages import list_anchors
from tests.factories.filings import CHART, GLOSSARY
from tests.factories.union import union_filing

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
