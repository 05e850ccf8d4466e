"""The union's budget of 2025 as filed, and the people around it."""

from dataclasses import replace

import pytest

from budgets import ledger
from disclosures.demo.factories import store_filing
from tests.factories.people import hire, load_chart
from tests.factories.union import union_filing


@pytest.fixture
def budget(union):
    """Complete: every check passes."""
    load_chart(2025)
    return store_filing(union_filing())


@pytest.fixture
def clerk(union):
    """The department's clerk."""
    return hire("clerk", union, "clerk")


@pytest.fixture
def head(union):
    """The department's head."""
    return hire("head", union, "head")


@pytest.fixture
def refile(budget):
    """Replace parts of what is filed."""
    return lambda **parts: ledger.replace_filing(budget, replace(union_filing(), **parts))
