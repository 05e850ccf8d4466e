"""The list of the checks themselves: what is asked, by what formula, and where that is written."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from budgets.workplace.page import show
from disclosures.checks import CHECKS


@require_safe
def show_check_list(request: HttpRequest) -> HttpResponse:
    """Every check in the order in which they run."""
    return show(request, "workplace/check_list.html", title="核对项目清单", checks=CHECKS)
