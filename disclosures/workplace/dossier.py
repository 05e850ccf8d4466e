"""Everything the workplace's pages look at, read once: the filing, its document, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgets import ledger
from budgets.domain.document import Document, Finding
from budgets.domain.filing import Filing
from budgets.domain.problems import Problem, Severity
from budgets.importing.validation.judging import revalidate_filing
from budgets.models import Budget, Department, read_chart
from disclosures.workflow.drafting import draft_filing, last_year_amounts
from disclosures.workflow.explanations import Warned, list_warned


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A budget as the ledger stands now, and its warnings with what was said to them.

    `units` are the registered ones in use; `problems` are those of the data, before any document.
    """

    budget: Budget
    filing: Filing
    draft: Document
    warned: tuple[Warned, ...] = ()
    units: tuple[Department, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def unexplained(self) -> list[Finding]:
        return [each.finding for each in self.warned if not each.explanation]

    @property
    def mistakes(self) -> list[Problem]:
        """The problems of the data that must be mended first."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def pending(self) -> list[Finding]:
        """The findings that stand against confirming: errors, and warnings without a word."""
        return [*self.draft.blocking, *self.unexplained]

    @property
    def open_count(self) -> int:
        return len(self.mistakes) + len(self.pending)


def open_dossier(budget: Budget) -> Dossier:
    filing = ledger.read_filing(budget)
    units = tuple(Department.objects.units_of(budget.department))
    known = [unit.organisation for unit in units]
    draft = draft_filing(budget, filing)
    return Dossier(
        budget=budget,
        filing=filing,
        draft=draft,
        warned=tuple(list_warned(budget, draft.checks)),
        units=units,
        problems=tuple(revalidate_filing(filing, read_chart(budget.year), known)),
    )


def find_amounts(budget: Budget, filing: Filing) -> Mapping[str, Decimal]:
    """Last year's amounts by address, in yuan; what nobody has said is left out."""
    published = last_year_amounts(budget)
    if published is not None:
        return published
    return {prior.at: prior.amount for prior in filing.priors}
