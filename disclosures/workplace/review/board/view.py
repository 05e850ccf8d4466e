"""The page of the board, and the same lines as a file."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from disclosures.publishing.exports import TYPES
from disclosures.publishing.exports.listing import build
from disclosures.workflow.access import may_review
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.workbooks import attach_file
from disclosures.workplace.home import choose_year, list_visible_years
from disclosures.workplace.review.appraisals import PATIENCE, refresh
from disclosures.workplace.review.board.columns import report_board
from disclosures.workplace.review.board.gathering import gather_rows
from disclosures.workplace.review.board.selection import Selection
from disclosures.workplace.review.board.totals import count_states, sum_county


@require_safe
def show_board(request: HttpRequest) -> HttpResponse:
    """The year's departments, those that are urgent first; `?format=xlsx` or `csv` sends a file."""
    if not may_review(request.user):
        raise Http404("没有这个页面。")
    years = list_visible_years(request.user)
    year = choose_year(request.GET.get("year", ""), years)
    stale = refresh(year, PATIENCE)
    rows = gather_rows(year, stale)
    selection = Selection(request.GET, rows, request.user)
    report = report_board(year, selection.select(rows))
    table = report.draw_table(report.records, is_card=True)
    RequestConfig(request, paginate=False).configure(table)
    if form := request.GET.get("format"):
        if form not in ("csv", "xlsx"):
            raise Http404("没有这种文件。")
        found = replace(report, records=[row.record["record"] for row in table.rows])
        listing = found.make_listing(timezone.now(), request.build_absolute_uri)
        return attach_file(build(listing, form), TYPES[form], f"{listing.title}.{form}")
    asked = request.GET.copy()
    asked.pop("format", None)
    context = {
        "year": year,
        "years": years,
        "stale": len(stale),
        # The sums are always the whole county's.
        "county": sum_county(rows),
        "states": count_states(selection.narrow(rows)),
        "selection": selection,
        "table": table,
        "found": len(table.rows),
        "asked": asked.urlencode(),
    }
    return render_page(request, "workplace/board/page.html", title="审核总览", **context)
