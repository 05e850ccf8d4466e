from decimal import Decimal

import pytest

from budgets.domain.filing import Prior, PriorBasis
from budgets.domain.history import History, Movement, exact_percent, percent
from tests.factories.filings import priors, wan


def change(this, last):
    made = Movement.between(wan(this), Prior(at="T5.total.total", amount=wan(last)))
    return made.difference, made.is_fall, made.rate


@pytest.mark.parametrize(
    ("this", "last", "expected"),
    [
        ("138.18", "136.75", (Decimal("1.43"), False, Decimal("1.05"))),
        ("0.23", "0.30", (Decimal("-0.07"), True, Decimal("23.33"))),
        ("6.12", "0", (Decimal("6.12"), False, Decimal("100.00"))),
        ("0", "0", (Decimal("0.00"), False, Decimal("0.00"))),
        ("0", "5.00", (Decimal("-5.00"), True, Decimal("100.00"))),
        ("0.0049", "0", (Decimal("0.00"), False, Decimal("0.00"))),
        # Both print as 3,355.65, though they differ in yuan.
        ("3355.6460", "3355.6540", (Decimal("0.00"), False, Decimal("0.00"))),
        ("0.10", "0.03", (Decimal("0.07"), False, Decimal("233.33"))),
    ],
)
def test_change_is_computed_from_printed_figures(this, last, expected):
    assert change(this, last) == expected


def test_percent_rounds_half_up_and_is_nothing_of_nothing():
    assert percent(Decimal("0.00125"), Decimal("1")) == Decimal("0.13")
    assert percent(Decimal("5"), Decimal("0")) == Decimal("0.00")


def test_exact_percent_is_not_rounded_and_none_of_nothing():
    assert exact_percent(Decimal("1.00"), Decimal("8.00")) == Decimal("12.5")
    assert str(exact_percent(Decimal("1.00"), Decimal("3.00"))) == "33.33333333333333333333333333"
    assert exact_percent(Decimal("1.00"), Decimal("0.00")) is None


@pytest.mark.parametrize(
    ("this", "last", "direction"),
    [
        ("2.00", "1.00", "increase"),
        ("1.00", "2.00", "decrease"),
        ("1.004", "1.00", "unchanged"),
        ("0", "0", "unchanged"),
        ("1.00", "0.004", "new"),
        ("0.004", "1.00", "gone"),
    ],
)
def test_direction_is_that_of_the_printed_figures(this, last, direction):
    made = Movement.between(wan(this), Prior(at="T5.total.total", amount=wan(last)))
    assert made.direction == direction


STATED = priors({"T5.a.total": "1.00", "T5.b.total": "0"})


def test_stated_figures_are_known_and_others_are_not():
    history = History.of(STATED)
    assert history.last("T5.a.total") == STATED[0]
    assert history.last("T5.c.total") is None
    assert history.addresses() == ["T5.a.total"]


def test_published_figures_replace_stated_budgets_and_absent_cells_are_zero():
    history = History.of(STATED, {"T5.a.total": wan("3.00"), "T5.d.total": wan("4.00")})
    assert history.last("T5.a.total") == Prior(at="T5.a.total", amount=wan("3.00"))
    assert history.last("T5.b.total") == Prior(at="T5.b.total", amount=wan("0"))
    assert history.addresses() == ["T5.a.total", "T5.d.total"]


def test_stated_execution_is_kept_beside_published_budgets():
    spent = priors({"T5.a.total": "2.00"}, PriorBasis.EXECUTION)
    history = History.of(spent, {"T5.a.total": wan("3.00")})
    assert history.last("T5.a.total") == spent[0]
