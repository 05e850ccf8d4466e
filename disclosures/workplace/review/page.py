"""The review page with what deserves attention, and what changed since another content."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets import ledger
from budgets.domain.differences import (
    Amount,
    Difference,
    Rewording,
    compare_amounts,
    compare_sentences,
    name_amounts,
)
from budgets.domain.document import Document, Finding, Row, Table, fragment, split_address
from budgets.domain.passages import INDICATOR, list_sentences, name_project
from budgets.domain.red_flags import find_red_flags
from budgets.importing.changes import compare_filings
from budgets.importing.uploads import read_examination
from budgets.models import Upload, read_chart
from budgets.spreadsheets import WAN
from disclosures.models import Disclosure
from disclosures.workflow.access import Act, find_budget
from disclosures.workflow.comments import may_comment
from disclosures.workflow.drafting import find_earlier
from disclosures.workflow.moves import list_moves
from disclosures.workplace.clerk.confirmation import describe_move
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.preview import describe_preview
from disclosures.workplace.comments import find_threads
from disclosures.workplace.dossier import Dossier, find_amounts, open_dossier
from disclosures.workplace.review.appraisals import open_subject, read_others

BLANK = "（空）"
FEW = 12
# A text cell's place: its table, its row, and how far it stands from the row's end.
TextPlace = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between two documents: amounts by table, texts, and where each stands.

    `cells` and `texts` hold what was there, by address and by place; `sentences` the earlier
    paragraphs that read differently now.
    """

    tables: list[tuple[str, list[Difference]]]
    rewordings: list[Rewording]
    cells: Mapping[str, str]
    texts: Mapping[TextPlace, str]
    sentences: Mapping[str, str]

    @property
    def size(self) -> int:
        return sum(len(own) for _, own in self.tables) + len(self.rewordings)

    @property
    def is_short(self) -> bool:
        """True where the list leaves room for what stands below it."""
        return self.size <= FEW


def find_changes(before: Document, after: Document) -> Changes:
    tables = compare_amounts(name_amounts(before), name_amounts(after))
    earlier = {each.key: each.text for each in list_sentences(before)}
    return Changes(
        tables=tables,
        rewordings=compare_sentences(before, after),
        cells={each.at: each.shown_before or BLANK for _, own in tables for each in own},
        texts=compare_texts(before, after),
        sentences={
            each.key: earlier.get(each.key, "")
            for each in list_sentences(after)
            if each.text != earlier.get(each.key, "")
        },
    )


def compare_texts(before: Document, after: Document) -> dict[TextPlace, str]:
    """What stood in each text cell of a performance table that reads differently now.

    Tables are matched by project and indicators by name, whatever their place.
    """
    known = {name_grid(grid): grid for grid in before.tables}
    found: dict[TextPlace, str] = {}
    for grid in after.tables:
        if grid.key.startswith("P") and name_grid(grid) in known:
            found |= compare_grid(known[name_grid(grid)], grid)
    return found


def name_grid(grid: Table) -> tuple[str, str]:
    """By what a table is known in both documents."""
    return grid.title, name_project(grid)


def compare_grid(before: Table, after: Table) -> dict[TextPlace, str]:
    """The text cells of one table, counted from the end of the row: merged ones stand first."""
    span = len(after.columns) - 2
    known = {name_row(row, span): list_texts(row) for row in before.rows()}
    found: dict[TextPlace, str] = {}
    for row in after.rows():
        was = known.get(name_row(row, span), [])
        for place, text in enumerate(list_texts(row)):
            old = was[place] if place < len(was) else ""
            if old != text and text:
                found[after.key, row.key, place] = old or BLANK
    return found


def list_texts(row: Row) -> list[str]:
    """The texts of a row from its end; heads and amounts count as empty."""
    return [cell.text if cell.kind == "text" else "" for cell in reversed(row.cells)]


def name_row(row: Row, span: int) -> str:
    """An indicator by its name (三级), any other row by its key."""
    is_indicator = INDICATOR.fullmatch(row.key) and len(row.cells) >= span
    return row.cells[-span].text if is_indicator else row.key


@require_safe
def show_review(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The page for the bureau; what has changed since the last submission is marked."""
    budget = find_budget(request.user, year, code, Act.REVIEW)
    dossier = open_dossier(budget)
    seen = dossier.draft.digest
    matters = find_red_flags(open_subject(dossier, read_others(budget)))
    earlier = find_earlier(budget)
    changes = find_changes(earlier.document, dossier.draft) if earlier else None
    context = describe_preview(dossier, former=changes) | {
        "earlier": earlier,
        "changes": changes,
        "problems": dossier.mistakes,
        "failed": [link_finding(each) for each in dossier.draft.blocking],
        "warned": [(link_finding(each.finding), each.explanation) for each in dossier.warned],
        "matters": [
            (each, [(mark, fragment(mark.at)) for mark in marks]) for each, marks in matters
        ],
        "may_comment": may_comment(request.user, budget),
        # All of them stand beside the document, whatever step mends them.
        "threads": find_threads(budget, "tasks"),
        "moves": [describe_move(move, budget, seen) for move in list_moves(budget, request.user)],
    }
    return render(request, "workplace/review/page.html", context)


def link_finding(finding: Finding) -> tuple[Finding, str]:
    """A finding with the fragment of the first cell that it speaks of; empty where of none."""
    cells = [figure.at for figure in finding.sides if figure.at]
    return finding, fragment(cells[0]) if cells else ""


GONE = "上年有、本年没有的"


@require_safe
def show_differences(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Only what changed, side by side: against last year, or `?against=upload` the last upload."""
    budget = find_budget(request.user, year, code)
    upload = budget.uploads.without_files().filter(result=Upload.Result.ACCEPTED).first()
    if upload and request.GET.get("against") == "upload":
        examination = read_examination(upload)
        uploaded, present = examination and examination.verdict.filing, ledger.read_filing(budget)
        changes = compare_filings(uploaded, present, read_chart(year), WAN) if uploaded else []
        context: dict[str, Any] = {
            "against": "upload",
            "uploaded": uploaded,
            "changes": changes,
            "money_unit": WAN,
        }
    else:
        dossier = open_dossier(budget)
        last = Disclosure.objects.for_address(year - 1, code).first()
        document = dossier.draft
        context = {
            "last": last,
            "tables": compare_amounts(amounts_before(dossier, last), name_amounts(document)),
            "sentences": compare_sentences(last.document, document) if last else [],
        }
    context |= {"title": "差异", "upload": upload}
    return render_page(request, "workplace/differences.html", budget, **context)


def amounts_before(dossier: Dossier, last: Disclosure | None) -> Mapping[str, Amount]:
    """Last year's amounts, named as the document names their cells, also those whose row is gone.

    Of its disclosure, else as far as the department has stated them: what nobody has stated counts
    as unchanged.
    """
    if last:
        return name_amounts(last.document)
    present, chart = name_amounts(dossier.draft), read_chart(dossier.budget.year)
    columns = {(at.partition(".")[0], at.rpartition(".")[2]): own for at, own in present.items()}

    def name_amount(at: str, yuan: Decimal) -> Amount:
        table, row, column = split_address(at)
        cell = present.get(at)
        like = cell or columns.get((table, column))
        if like is None:
            return Amount(table=GONE, row=at, column="", value=yuan, place=at)
        code, _, project = row.partition(":")
        named = cell.row if cell else f"{code} {project or chart.function_name(code)}"
        return Amount(table=like.table, row=named, column=like.column, value=yuan, place=at)

    stated = find_amounts(dossier.budget, dossier.filing)
    return present | {at: name_amount(at, amount) for at, amount in stated.items()}
