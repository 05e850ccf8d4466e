"""What a person reads when the database is away or a disk is full: which of the two, what to do."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from budgets.outage import find_cause

UNAVAILABLE = 503
SECONDS = 60


def tell(request: HttpRequest) -> HttpResponse:
    """The answer to a failed request: 503 where trying again later will do, else 500."""
    cause = find_cause(sys.exception())
    if not cause:
        return server_error(request)
    context = {"cause": cause, "is_form": request.method == "POST"}
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=UNAVAILABLE, headers={"Retry-After": str(SECONDS)})
