"""Small pieces of the reading and solving whose loss no whole file would show."""

from decimal import Decimal

import pytest

from budgets.domain.problems import Severity
from budgets.domain.sets.xinjiang import XINJIANG
from budgets.importing.published.carryover import Matching
from budgets.importing.published.keys import assemble_code
from budgets.importing.published.tables import PRINTED, ReadFigure, ReadRow, ReadTable
from budgets.importing.published.verification import compare_cell


def carried(name, yuan):
    return ReadRow(name, figures={"fiscal": ReadFigure(Decimal(yuan))})


def test_row_that_fits_no_item_after_a_wrong_choice_is_tried_at_the_next():
    needs = {
        code: {"fiscal": ReadFigure(Decimal(yuan)), "other": ReadFigure()}
        for code, yuan in (("2012901", 2000), ("2012950", 1000))
    }
    rows = [carried("甲", 1000), carried("乙", 2000)]
    assert Matching(rows, needs, [list(needs)] * 2).solve() == ["2012950", "2012901"]


@pytest.mark.parametrize(
    ("pieces", "last", "code"),
    [
        (["201", "3", "1"], "", "2010301"),
        (["", "", "1"], "2012950", "2012901"),
        (["201", "00", "00"], "", "201"),
        (["201", "20129", "2012901"], "", "2012901"),
    ],
)
def test_code_is_put_together_from_its_columns(pieces, last, code):
    assert assemble_code(pieces, last) == code


@pytest.mark.parametrize(
    ("gap", "parts", "severity"),
    [
        (250, 1, Severity.HINT),
        (251, 1, Severity.ERROR),
        (450, 2, Severity.HINT),
        (50, 0, Severity.HINT),
        (51, 0, Severity.ERROR),
    ],
)
def test_figure_may_differ_by_the_rounding_of_four_figures_a_fact(gap, parts, severity):
    table = ReadTable(XINJIANG["T3"], sheet="表3")
    figure = ReadFigure(Decimal(100_000), "表3", "E9", "表3 201 合计", PRINTED)
    row = ReadRow("201", figures={"total": figure})
    (problem,) = compare_cell(table, row, "total", Decimal(100_000 + gap), parts)
    assert problem.severity is severity
