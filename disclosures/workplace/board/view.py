"""The page of the board, and the same lines as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from budgets.access import may_review
from budgets.workplace.page import show
from budgets.workplace.uploads import XLSX_TYPE, attach
from disclosures.exports.listing import build_csv, build_xlsx
from disclosures.workplace.appraisal import AT_ONCE, refresh
from disclosures.workplace.board.gathering import gather_rows
from disclosures.workplace.board.listing import HEADER, list_values
from disclosures.workplace.board.selection import Selection
from disclosures.workplace.board.table import BoardTable
from disclosures.workplace.board.totals import add_up, count_states
from disclosures.workplace.home import choose_year, list_years

CSV_TYPE = "text/csv; charset=utf-8"


@require_safe
def show_board(request: HttpRequest) -> HttpResponse:
    """The year's departments, those that are urgent first; `?format=xlsx` or `csv` sends a file."""
    if not may_review(request.user):
        raise Http404("没有这个页面。")
    years = list_years(request.user)
    year = choose_year(request.GET.get("year", ""), years)
    stale = refresh(year, AT_ONCE)
    rows = gather_rows(year, stale)
    selection = Selection(request.GET)
    table = BoardTable(selection.select(rows))
    RequestConfig(request, paginate=False).configure(table)
    if wanted := request.GET.get("format"):
        return send_list(wanted, year, [row.record for row in table.rows])
    context = describe(request, rows, table) | {"year": year, "years": years}
    context |= {"selection": selection, "stale": len(stale), "at_once": AT_ONCE}
    return show(request, "workplace/board/page.html", title="审核总览", **context)


def describe(request: HttpRequest, rows, table: BoardTable) -> dict[str, object]:
    """What stands over the table, and the table."""
    asked = request.GET.copy()
    asked.pop("format", None)
    return {
        "county": add_up(rows),
        "states": count_states(rows),
        "table": table,
        "count": len(table.rows),
        "asked": asked.urlencode(),
    }


def send_list(wanted: str, year: int, rows) -> HttpResponse:
    """The selected lines as a file; Http404 for a form that there is not."""
    name, lines = f"{year}年审核总览", list_values(rows)
    if wanted == "csv":
        return attach(build_csv(HEADER, lines), CSV_TYPE, f"{name}.csv")
    if wanted == "xlsx":
        return attach(build_xlsx(name, HEADER, lines), XLSX_TYPE, f"{name}.xlsx")
    raise Http404("没有这种文件。")
