"""What became of the county's budgets since last year, told of departments published in both."""

from decimal import Decimal

import pytest

from disclosures.models import IndexEntry
from disclosures.public.county import compare


def tell(entries, before):
    move = compare(
        [IndexEntry(department_id=key, total=Decimal(total)) for key, total in entries.items()],
        {key: Decimal(total) for key, total in before.items()},
    )
    return move and (move.departments, move.is_whole, move.word, move.difference, move.rate)


@pytest.mark.parametrize(
    ("entries", "before", "told"),
    [
        ({1: "1100000", 2: "500000"}, {1: "1000000", 3: "9"}, (1, False, "增加", "10.00", "10.00")),
        ({1: "200000", 2: "1"}, {1: "300000", 2: "0"}, (2, True, "减少", "10.00", "33.33")),
        ({1: "70000"}, {1: "70000"}, (1, True, "减少", "", "0.00")),
        ({1: "70000"}, {1: "70000", 2: "5"}, (1, False, "减少", "", "0.00")),
        ({1: "70000"}, {2: "70000"}, None),
        ({}, {2: "70000"}, None),
    ],
)
def test_move_is_of_those_published_in_both_years(entries, before, told):
    assert tell(entries, before) == told
