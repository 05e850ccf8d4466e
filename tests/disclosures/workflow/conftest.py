"""The union's budget of 2025 as filed."""

import pytest

from disclosures.demo.factories import store_filing
from tests.factories.people import load_chart
from tests.factories.union import union_filing


@pytest.fixture
def budget(union):
    """Complete: every check passes."""
    load_chart(2025)
    return store_filing(union_filing())
