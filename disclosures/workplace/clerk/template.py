"""The workbook to go on with in Excel: what is filed, and last year's figures and codes with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets import ledger, spreadsheets
from budgets.domain.chart import Chart
from budgets.domain.facts import Fact
from budgets.domain.filing import Filing, Prior
from budgets.domain.notes.sections import write_notes
from budgets.domain.places import Asks, locate
from budgets.importing.new_year import has_code, offer_lines
from budgets.models import Budget, Department, read_chart
from budgets.spreadsheets import Offered
from disclosures.workflow.access import find_budget
from disclosures.workflow.drafting import draft_filing, last_year_amounts
from disclosures.workplace.clerk.uploads import XLSX_TYPE, attach_file
from disclosures.workplace.clerk.words import list_addresses, open_writer

Amounts = Mapping[str, Decimal] | None
ZERO = Decimal("0.00")


@require_safe
def send_template(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The workbook of a budget."""
    budget = find_budget(request.user, year, code)
    content = write_template(budget, ledger.read_filing(budget))
    return attach_file(content, XLSX_TYPE, f"{budget.department.name}{year}年预算填报.xlsx")


def write_template(budget: Budget, filing: Filing, money_unit: str = spreadsheets.WAN) -> bytes:
    """A template with the filing of a budget, which need not be stored, and what last year offers.

    Last year's figures are those of its disclosure, else of its budget in the ledger.
    """
    chart = read_chart(budget.year)
    filing = list_units(budget, filing)
    last = Budget.objects.filter(department=budget.department, year=budget.year - 1).first()
    told = (
        ledger.read_filing(last)
        if last
        else Filing(department=filing.department, year=budget.year - 1)
    )
    amounts = last_year_amounts(budget)
    if amounts is None and told.facts:
        amounts = draft_filing(last, told).amounts
    lines = offer_lines(filing, told, chart)
    places = list_asked_places(filing, lines, chart, amounts)
    filing = replace(filing, priors=complete_priors(filing.priors, places, amounts))
    offered = Offered(lines=lines, places=places)
    return spreadsheets.fill_template(filing, chart, money_unit, offered)


def list_units(budget: Budget, filing: Filing) -> Filing:
    """The filing with every registered unit, as a workbook must list them."""
    registered = (unit.organisation for unit in Department.objects.units_of(budget.department))
    units = {unit.code: unit for unit in (*registered, *filing.units)}
    return replace(filing, units=tuple(unit for _, unit in sorted(units.items())))


def list_asked_places(
    filing: Filing, lines: Sequence[Fact], chart: Chart, amounts: Amounts
) -> list[str]:
    """The cells that the notes will speak of once the lines are filled in, by address.

    None while there is no money on either side; then nobody can tell. A code that this year's
    chart lacks can be stated nowhere in a workbook.
    """
    expected = replace(filing, facts=(*filing.facts, *lines))
    if not (expected.facts or amounts):
        return []
    addresses = list_addresses(write_notes(open_writer(chart, expected, amounts)))
    found = {at: locate(at) for at in addresses}
    return [at for at, place in found.items() if place and has_code(chart.functions, place[1])]


def complete_priors(
    stated: Iterable[Prior], places: Iterable[str], amounts: Amounts
) -> tuple[Prior, ...]:
    """Last year's figures (yuan) as stated, and from `amounts` where nobody has stated any."""
    priors = {prior.at: prior for prior in stated}
    if amounts is None:
        return tuple(priors.values())
    asked = (at for at in places if locate(at)[0].asks is Asks.CHANGE)
    known = {at: Prior(at=at, amount=amounts.get(at, ZERO)) for at in asked}
    return tuple((known | priors).values())
