"""Publishing: the approved budgets to choose from, and what has been ordered so far."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from budgets.access import Role, county_roles
from budgets.workplace.page import show
from disclosures.models import Release, Stage
from disclosures.releases.orders import Order, ReleaseRefusedError, ask_release
from disclosures.workflow.deadline import DAYS_ALLOWED, find_due_day
from disclosures.workplace.candidates import list_candidates
from disclosures.workplace.home import choose_year, list_years
from disclosures.workplace.ordering import NOW, OrderForm, draw_key

RECENT = 20


@require_http_methods(["GET", "HEAD", "POST"])
def show_releases(request: HttpRequest) -> HttpResponse:
    """The page; a posted order becomes a release."""
    may_release = Role.BUREAU_ADMIN in find_roles(request.user)
    years = list_years(request.user)
    frame = {
        "years": years,
        "year": choose_year(request.GET.get("year", ""), years),
        "may_release": may_release,
    }
    if request.method == "POST":
        return order(request, frame)
    chosen = set() if request.GET.get("select") == "none" else None
    return lay_out(request, frame, chosen)


def find_roles(who) -> set[Role]:
    """A person's roles over all departments; Http404 for anyone without one."""
    roles = county_roles(who)
    if not roles:
        raise Http404("没有这个页面。")
    return roles


def order(request: HttpRequest, frame: dict) -> HttpResponse:
    """Make the release that is asked for, or show the page again with what is wrong."""
    if not frame["may_release"]:
        raise PermissionDenied("公开由财政管理员办理。")
    form = OrderForm(request.POST)
    mistakes = form.mistakes
    if not mistakes:
        try:
            made = ask(form, request.user, frame["year"])
            warn_of_delay(request, made)
            return redirect("workplace:release_progress", made.pk)
        except ReleaseRefusedError as refusal:
            mistakes = [str(refusal)]
    typed = {"when": form.data.get("when"), "at": form.data.get("at"), "mistakes": mistakes}
    return lay_out(request, frame | typed, set(request.POST.getlist("codes")))


def ask(form: OrderForm, who, year: int) -> Release:
    """The release that a valid form asks for."""
    wish = form.cleaned_data
    return ask_release(
        Order(who=who, year=year, codes=wish["codes"], due_at=wish["at"], key=wish["key"])
    )


def warn_of_delay(request: HttpRequest, made: Release) -> None:
    """Tell which departments are overdue by the time that was set; nothing is refused for it."""
    day = made.due_at and localdate(made.due_at)
    waiting = [each for each in list_candidates(made.year, None) if each.release == made.pk]
    known = [each for each in waiting if day and each.approved_at]
    late = [each for each in known if find_due_day(each.approved_at) < day]
    if late:
        names = "、".join(each.budget.department.name for each in late)
        limit = f"批复后{DAYS_ALLOWED}天的期限"
        messages.warning(request, f"到定下的时间，这些部门已经超过{limit}：{names}。")


def lay_out(request: HttpRequest, frame: dict, chosen: set[str] | None) -> HttpResponse:
    """What can be chosen, what has been ordered, and what was typed before."""
    candidates = list_candidates(frame["year"], chosen)
    context = {"when": NOW, "key": draw_key()} | frame
    context |= {
        "candidates": candidates,
        "free": [each for each in candidates if not each.release],
        "releases": list_releases(frame["year"]),
    }
    status = 400 if frame.get("mistakes") else 200
    return show(request, "workplace/release.html", title="公开", status=status, **context)


def list_releases(year: int):
    """The newest releases of a year with how far they have come."""
    counts = {stage.value: Count("items", filter=Q(items__stage=stage)) for stage in Stage}
    releases = Release.objects.filter(year=year).select_related("who")
    # A query that counts forgets the model's own order.
    return releases.annotate(total=Count("items"), **counts).order_by("-pk")[:RECENT]
