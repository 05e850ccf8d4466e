"""Where merged cells push their neighbours, and in which order tables come."""

import pytest

from disclosures.publishing.document.placement import is_formula_like, order_grids, place_cells


def cell(text, colspan=1, rowspan=1):
    return {"text": text, "colspan": colspan, "rowspan": rowspan}


def test_cells_below_a_merged_cell_move_right():
    rows = [[cell("a", rowspan=2), cell("b", colspan=2)], [cell("c"), cell("d")], [cell("e")]]
    places = [(row, column, each["text"]) for row, column, each in place_cells(rows)]
    assert places == [(0, 0, "a"), (0, 1, "b"), (1, 1, "c"), (1, 2, "d"), (2, 0, "e")]


def test_grids_come_by_number():
    content = {"grids": {key: key for key in ("P0", "P1", "P10", "P2", "T1", "T10", "T2")}}
    assert order_grids(content) == ["T1", "T2", "T10", "P0", "P1", "P2", "P10"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_formula_is_seen(text):
    assert is_formula_like(text)


@pytest.mark.parametrize("text", ["", "1=1", ">=25次", "“=1”", " =1"])
def test_plain_text_is_left_alone(text):
    assert not is_formula_like(text)
