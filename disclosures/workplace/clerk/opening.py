"""Opening a year: the first button of a year's work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from budgets.importing.new_year import YearClosedError, open_year
from budgets.ledger import FilingRefusedError
from disclosures.workflow.access import Act, find_department


@require_POST
def open_budget(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Open the year for a department or unit, or go to the budget that is already there."""
    department = find_department(request.user, code, Act.FILL)
    try:
        budget = open_year(department, year, request.user)
    except (YearClosedError, FilingRefusedError) as refusal:
        messages.error(request, str(refusal))
        return redirect("workplace:home")
    return redirect("workplace:tasks", budget.year, department.code)
