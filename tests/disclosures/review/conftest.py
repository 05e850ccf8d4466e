"""The union's budget of 2025 as filed."""

import pytest

from tests.cast import load_chart
from tests.disclosures.resting import rest
from tests.disclosures.union import union_filing


@pytest.fixture
def budget(union):
    """Complete: every check passes."""
    load_chart(2025)
    return rest(union_filing())
