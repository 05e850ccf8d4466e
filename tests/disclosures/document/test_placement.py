"""Where merged cells push their neighbours."""

import pytest

from budgets.domain.document import HeadCell
from disclosures.publishing.document.placement import is_formula_like, place_cells


def cell(text, colspan=1, rowspan=1):
    return HeadCell(text=text, colspan=colspan, rowspan=rowspan)


def test_cells_below_a_merged_cell_move_right():
    rows = [[cell("a", rowspan=2), cell("b", colspan=2)], [cell("c"), cell("d")], [cell("e")]]
    places = [(row, column, each.text) for row, column, each in place_cells(rows)]
    assert places == [(0, 0, "a"), (0, 1, "b"), (1, 1, "c"), (1, 2, "d"), (2, 0, "e")]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_formula_is_seen(text):
    assert is_formula_like(text)


@pytest.mark.parametrize("text", ["", "1=1", ">=25次", "“=1”", " =1"])
def test_plain_text_is_left_alone(text):
    assert not is_formula_like(text)
