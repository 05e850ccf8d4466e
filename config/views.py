"""What the frame itself answers: a probe, a request that fails, and an address that is none."""

import logging
import sys

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from disclosures.publishing.outage import find_cause

logger = logging.getLogger(__name__)
# Seconds until a browser or a program should try again.
PAUSE = 60


@never_cache
@require_safe
def report_health(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers a query, 503 otherwise; no session, no cookie."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def show_outage(request: HttpRequest) -> HttpResponse:
    """The answer to a failed request: 503 where trying again later will do, else 500."""
    cause = find_cause(sys.exception())
    if not cause:
        return server_error(request)
    page = render_to_string("503.html", {"cause": cause, "is_form": request.method == "POST"})
    return HttpResponse(page, status=503, headers={"Retry-After": str(PAUSE)})


def refuse_null(get_response):
    """Middleware: Http404 for an address with a null character, which PostgreSQL cannot hold."""

    def answer(request):
        if "\0" in request.path_info:
            raise Http404("地址里有不能用的字符。")
        return get_response(request)

    return answer


# What no page of the portal needs, not even where another site frames a table.
FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
PERMISSIONS = ", ".join(f"{feature}=()" for feature in FEATURES)


def refuse_features(get_response):
    """Middleware: no page may ask the browser for the camera, the place or the like."""

    def answer(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response

    return answer
