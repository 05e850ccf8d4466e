"""How the portal does, for those who see to it: a page, and two forms that programs read."""

from collections.abc import Callable
from functools import wraps
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from disclosures.publishing.health import Verdict, take_readings
from disclosures.workflow.access import tends_portal
from disclosures.workplace.clerk.page import render_page

View = Callable[[HttpRequest], HttpResponse]
# As the page's colours have them, and as programs do.
SIGNS = {
    Verdict.GOOD: "passed",
    Verdict.UNSET: "none",
    Verdict.CARE: "warning",
    Verdict.BAD: "error",
}
CODES = {Verdict.GOOD: 0, Verdict.UNSET: 0, Verdict.CARE: 1, Verdict.BAD: 2}


@never_cache
@require_safe
def show_health(request: HttpRequest) -> HttpResponse:
    """The readings, the worst verdict above them."""
    if not tends_portal(request.user):
        raise Http404("没有这个页面。")
    readings = [(each, SIGNS[each.verdict]) for each in take_readings()]
    troubles = [each for each, _ in readings if CODES[each.verdict]]
    context: dict[str, Any] = {"readings": readings, "troubles": troubles, "now": timezone.now()}
    return render_page(request, "workplace/health.html", title="运行状况", **context)


def for_monitors(view: View) -> View:
    """For programs that say the token of the settings; without one there is no such address."""

    @never_cache
    @require_safe
    @wraps(view)
    def answer(request):
        told = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = settings.MONITOR_TOKEN
        if not token or not compare_digest(told.encode(), token.encode()):
            raise Http404("没有这个页面。")
        return view(request)

    return answer


@for_monitors
def send_health(request: HttpRequest) -> HttpResponse:
    """The readings as JSON; 503 where one is bad."""
    readings = take_readings()
    is_well = all(each.verdict != Verdict.BAD for each in readings)
    told = {
        each.key: {"verdict": CODES[each.verdict], "words": each.words, **each.numbers}
        for each in readings
    }
    return JsonResponse(
        told, status=200 if is_well else 503, json_dumps_params={"ensure_ascii": False}
    )


@for_monitors
def send_metrics(request: HttpRequest) -> HttpResponse:
    """The numbers of the readings in the text format of Prometheus.

    They are gathered anew each time, so it does not matter which process is asked.
    """
    registry = CollectorRegistry()
    verdicts = Gauge(
        "portal_verdict", "0 good or not set, 1 asks for care, 2 bad", ["check"], registry=registry
    )
    for each in take_readings():
        verdicts.labels(each.key).set(CODES[each.verdict])
        for name, number in each.numbers.items():
            Gauge(f"portal_{name}", each.title, registry=registry).set(number)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
