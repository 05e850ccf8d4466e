"""What changed: this draft against last year's disclosure, cell by cell and word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets.domain.chart import Chart
from budgets.domain.differences import Amount, compare_amounts, compare_sentences, name_amounts
from budgets.domain.document import split_address
from budgets.importing.changes import compare_filings
from budgets.importing.proposals import propose
from budgets.models import Budget, Upload, read_chart
from budgets.spreadsheets import WAN
from disclosures.models import Disclosure
from disclosures.workflow.access import find_budget
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.dossier import Dossier, open_dossier
from disclosures.workplace.last_year import find_amounts

UPLOAD = "upload"
GONE = "上年有、本年没有的"


@require_safe
def show_differences(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Only what changed, side by side: against last year, or `?against=upload` the last upload."""
    budget = find_budget(request.user, year, code)
    upload = budget.uploads.filter(result=Upload.Result.ACCEPTED).first()
    if upload and request.GET.get("against") == UPLOAD:
        context = compare_to_upload(budget, upload)
    else:
        context = compare_to_last_year(budget)
    return render_page(
        request, "workplace/differences.html", budget, title="差异", upload=upload, **context
    )


def compare_to_upload(budget: Budget, upload: Upload) -> dict[str, object]:
    """The rows that read differently from the workbook that was imported last."""
    proposed = propose(upload)
    present, uploaded = proposed.present, proposed.verdict.filing
    chart = read_chart(budget.year)
    changes = compare_filings(uploaded, present, chart, WAN) if uploaded else []
    return {"against": UPLOAD, "uploaded": uploaded, "changes": changes, "money_unit": WAN}


def compare_to_last_year(budget: Budget) -> dict[str, object]:
    """The cells and sentences that differ from last year's disclosure."""
    dossier = open_dossier(budget)
    last = Disclosure.objects.for_address(budget.year - 1, budget.department.code).first()
    document = dossier.draft
    return {
        "last": last,
        "tables": compare_amounts(amounts_before(dossier, last), name_amounts(document)),
        "sentences": compare_sentences(last.document, document) if last else [],
    }


def amounts_before(dossier: Dossier, last: Disclosure | None) -> Mapping[str, Amount]:
    """Last year's amounts: of its disclosure, else as far as the department has stated them.

    What nobody has stated counts as unchanged.
    """
    if last:
        return name_amounts(last.document)
    present = name_amounts(dossier.draft)
    stated = find_amounts(dossier.budget, dossier.filing)
    namer = Namer.over(present, read_chart(dossier.budget.year))
    return present | {at: namer.name(at, amount) for at, amount in stated.items()}


@dataclass(frozen=True, slots=True)
class Namer:
    """Names stated amounts as the document names their cells, also those whose row is gone."""

    present: Mapping[str, Amount]
    columns: Mapping[tuple[str, str], Amount]
    chart: Chart

    @classmethod
    def over(cls, present: Mapping[str, Amount], chart: Chart) -> "Namer":
        """From the amounts of the document."""
        columns = {
            (at.partition(".")[0], at.rpartition(".")[2]): own for at, own in present.items()
        }
        return cls(present, columns, chart)

    def name(self, at: str, yuan: Decimal) -> Amount:
        """The amount with the names of its cell."""
        table, row, column = split_address(at)
        cell = self.present.get(at)
        like = cell or self.columns.get((table, column))
        if like is None:
            return Amount(table=GONE, row=at, column="", value=yuan, place=at)
        code, _, project = row.partition(":")
        named = cell.row if cell else f"{code} {project or self.chart.function_name(code)}"
        return Amount(table=like.table, row=named, column=like.column, value=yuan, place=at)
