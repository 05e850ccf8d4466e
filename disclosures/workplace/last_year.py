"""Last year's amounts of a budget's cells: as its disclosure printed them, else as stated."""

from decimal import Decimal

from budgets.domain.filing import Filing
from budgets.models import Budget
from disclosures.workflow.drafting import last_year_amounts


def find_amounts(budget: Budget, filing: Filing) -> dict[str, Decimal]:
    """Last year's amounts by address, in yuan; what nobody has said is left out."""
    published = last_year_amounts(budget)
    if published is not None:
        return published
    return {prior.at: prior.amount for prior in filing.priors}
