"""The page of the board, and the same lines as a file."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from disclosures.publishing.exports.listing import build
from disclosures.workflow.access import may_review
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.uploads import XLSX_TYPE, attach_file
from disclosures.workplace.home import choose_year, list_years
from disclosures.workplace.review.appraisals import PATIENCE, refresh
from disclosures.workplace.review.board.gathering import gather_rows
from disclosures.workplace.review.board.listing import list_board
from disclosures.workplace.review.board.row import Row
from disclosures.workplace.review.board.selection import Selection
from disclosures.workplace.review.board.table import BoardTable
from disclosures.workplace.review.board.totals import add_up, count_states

TYPES = {"xlsx": XLSX_TYPE, "csv": "text/csv; charset=utf-8"}


@require_safe
def show_board(request: HttpRequest) -> HttpResponse:
    """The year's departments, those that are urgent first; `?format=xlsx` or `csv` sends a file."""
    if not may_review(request.user):
        raise Http404("没有这个页面。")
    years = list_years(request.user)
    year = choose_year(request.GET.get("year", ""), years)
    stale = refresh(year, PATIENCE)
    board = Board.over(request, gather_rows(year, stale))
    if wanted := request.GET.get("format"):
        return send_list(wanted, year, [row.record for row in board.table.rows])
    context = board.describe() | {"year": year, "years": years, "stale": len(stale)}
    return render_page(request, "workplace/board/page.html", title="审核总览", **context)


@dataclass(frozen=True, slots=True)
class Board:
    """The rows of a year, what was asked of them, and the table of those that answer to it."""

    rows: list[Row]
    selection: Selection
    table: BoardTable
    asked: str

    @classmethod
    def over(cls, request: HttpRequest, rows: list[Row]) -> "Board":
        """Selected and sorted as the address asks."""
        selection = Selection(request.GET, rows, request.user)
        table = BoardTable(selection.select(rows))
        RequestConfig(request, paginate=False).configure(table)
        asked = request.GET.copy()
        asked.pop("format", None)
        return cls(rows, selection, table, asked.urlencode())

    def describe(self) -> dict[str, object]:
        """What stands over the table, and the table; the sums are always the whole county's."""
        return {
            "county": add_up(self.rows),
            "states": count_states(self.selection.narrow(self.rows)),
            "selection": self.selection,
            "table": self.table,
            "found": len(self.table.rows),
            "asked": self.asked,
        }


def send_list(form: str, year: int, rows: list[Row]) -> HttpResponse:
    """The selected lines as a file; Http404 for a form that there is not."""
    if form not in TYPES:
        raise Http404("没有这种文件。")
    listing = list_board(year, rows, timezone.now())
    return attach_file(build(listing, form), TYPES[form], f"{listing.title}.{form}")
