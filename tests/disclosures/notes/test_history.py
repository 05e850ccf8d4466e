from decimal import Decimal

import pytest

from budgets.domain.filing import Prior, PriorBasis
from budgets.domain.notes.history import Change, History, percent
from tests.disclosures.filings import priors, wan


def change(this, last):
    made = Change.between(wan(this), Prior(at="T5.total.total", amount=wan(last)))
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
