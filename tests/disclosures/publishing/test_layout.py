"""How a table is laid out: merged cells, widths that add up, room on screen, headers that stay."""

import pytest

from budgets.domain.document import HeadCell
from disclosures.publishing.layout import count_leads, list_shares, measure_room, place_cells
from tests.factories.grids import column


def test_cells_below_a_merged_cell_move_right():
    cells = [[("a", 1, 2), ("b", 2, 1)], [("c", 1, 1), ("d", 1, 1)], [("e", 1, 1)]]
    rows = [
        [HeadCell(text=text, colspan=right, rowspan=down) for text, right, down in row]
        for row in cells
    ]
    places = [(row, column, each.text) for row, column, each in place_cells(rows)]
    assert places == [(0, 0, "a"), (0, 1, "b"), (1, 1, "c"), (1, 2, "d"), (2, 0, "e")]


def test_shares_add_up_to_a_hundred():
    widths = [4, 4, 4, 18, *[8] * 12]
    shares = list_shares([column("amount", width) for width in widths])
    assert sum(shares) == 100
    assert all(
        abs(share - 100 * width / 126) <= 1 for share, width in zip(shares, widths, strict=True)
    )


@pytest.mark.parametrize(
    ("columns", "longest", "room"),
    [
        ([column("label", 22), *[column("amount", 9)] * 3], "1.00", 36),
        ([column("label", 22), *[column("amount", 9)] * 3], "123,456,789.00", 48),
        ([*[column("code", 4)] * 3, column("label", 18), *[column("amount", 8)] * 12], "1.00", 70),
        ([column("amount", 8)] * 40, "1.00", 0),
    ],
)
def test_room_follows_columns_and_the_longest_amount(columns, longest, room):
    assert measure_room(columns, ["0.00", longest]) == room


@pytest.mark.parametrize(
    ("kinds", "leads"),
    [
        ("code code code label amount amount", 3),
        ("code code code label label amount", 3),
        ("label amount", 0),
        ("label amount code label amount", -1),
        ("text text", -1),
    ],
)
def test_columns_that_stay_name_the_rows_of_one_side(kinds, leads):
    assert count_leads([column(kind) for kind in kinds.split()]) == leads
