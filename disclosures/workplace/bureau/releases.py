"""Publishing: the approved budgets to choose from, what has been ordered, how far each is."""

import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from budgets.models import Budget, State
from disclosures.models import Disclosure, Release, ReleaseItem, ReleaseStage, Transition
from disclosures.publishing.requests import (
    ReleaseRefusedError,
    ask_release,
    cancel_release,
    retry_release,
)
from disclosures.workflow.access import Role, county_roles
from disclosures.workflow.deadline import DAYS_ALLOWED, WARN_DAYS, count_days_left, find_due_day
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.home import choose_year, list_visible_years

NOW, LATER = "now", "later"
# A date further off than this has a slip in its year.
FURTHEST = timedelta(days=366)


class OrderForm(forms.Form):
    """What is posted from the page; the key was drawn when the page was made."""

    key = forms.UUIDField(error_messages={"required": "页面不完整", "invalid": "页面不完整"})
    codes = forms.MultipleChoiceField(
        error_messages={
            "required": "没有选中任何部门。请至少选中一个。",
            "invalid_choice": "没有这样的部门编码。请刷新后再选。",
        }
    )
    when = forms.ChoiceField(
        choices=[(NOW, "现在公开"), (LATER, "定时公开")],
        error_messages={
            "required": "请选“现在公开”或者“定时公开”。",
            "invalid_choice": "请选“现在公开”或者“定时公开”。",
        },
    )
    at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "时间写得不对，请写成“2026-02-20 09:00”的样子。"},
    )

    def __init__(self, data=None):
        super().__init__(data, initial={"when": NOW})
        # Which of them can be published is judged where the release is made: pressed again, a
        # form names departments that wait or are public by now.
        sent = data.getlist("codes") if data else []
        codes = [code for code in sent if "\0" not in code]
        self.fields["codes"].choices = [(code, code) for code in codes]

    def clean_at(self):
        """A set time is still to come, and not years away; at once needs none."""
        at = self.cleaned_data["at"]
        if self.cleaned_data.get("when") != LATER:
            return None
        if at is None:
            raise forms.ValidationError("定时公开要写明日期和时间。")
        if at <= timezone.now():
            told = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
            raise forms.ValidationError(f"{told}已经过去了。请写以后的时间，或者选“现在公开”。")
        if at > timezone.now() + FURTHEST:
            raise forms.ValidationError("定时最远到一年以内，请核对年份。")
        return at

    @property
    def mistakes(self) -> list[str]:
        return [str(message) for messages in self.errors.values() for message in messages]


def list_candidates(year: int):
    """The approved budgets of a year by department.

    `release` is the one in which a budget waits already, `version` the number that its publication
    will have, `why` the public reason of a correction.
    """
    own = Transition.objects.filter(budget=OuterRef("pk"))
    waiting = ReleaseItem.objects.open().filter(budget=OuterRef("pk"))
    versions = Disclosure.objects.filter(department=OuterRef("department"), year=year)
    approved = Budget.objects.for_year(year).filter(state=State.APPROVED)
    return (
        approved.select_related("department")
        .annotate(
            approved_at=take_first(own.filter(after=State.APPROVED), "at"),
            why=take_first(own.filter(after=State.CORRECTING), "words"),
            version=Coalesce(take_first(versions.order_by("-version"), "version"), 0) + 1,
            release=take_first(waiting, "release"),
        )
        .order_by("department__code")
    )


def take_first(rows, field: str) -> Subquery:
    return Subquery(rows.values(field)[:1])


def describe_deadline(approved_at: datetime | None) -> tuple[str, str]:
    """How urgent it is (`none`, `warning`, `faulty`), and the days left in words; both are nothing
    where no approval is recorded."""
    if approved_at is None:
        return "none", ""
    left = count_days_left(approved_at, localdate())
    if left < 0:
        return "faulty", f"已逾期{-left}天"
    return "warning" if left <= WARN_DAYS else "none", f"还有{left}天"


RECENT = 20


@require_http_methods(["GET", "HEAD", "POST"])
def show_releases(request: HttpRequest) -> HttpResponse:
    may_release = Role.BUREAU_ADMIN in find_roles(request.user)
    years = list_visible_years(request.user)
    frame: dict[str, Any] = {
        "years": years,
        "year": choose_year(request.GET.get("year", ""), years),
        "may_release": may_release,
    }
    if request.method != "POST":
        chosen: set[str] | None = set() if request.GET.get("select") == "none" else None
        return draw_releases(request, frame, OrderForm(), chosen)
    if not may_release:
        raise PermissionDenied("公开由财政管理员办理。")
    form = OrderForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            release = ask_release(
                who=request.user,
                year=frame["year"],
                codes=asked["codes"],
                due_at=asked["at"],
                key=asked["key"],
            )
            warn_of_delay(request, release)
            return redirect("workplace:release_progress", release.pk)
        except ReleaseRefusedError as refusal:
            form.add_error(None, str(refusal))
    return draw_releases(request, frame, form, set(request.POST.getlist("codes")))


def find_roles(who) -> set[Role]:
    """A person's roles over all departments; Http404 for anyone without one."""
    roles = county_roles(who)
    if not roles:
        raise Http404("没有这个页面。")
    return roles


def warn_of_delay(request: HttpRequest, release: Release) -> None:
    """Tell which departments are overdue by the time that was set; nothing is refused for it."""
    if release.due_at is None:
        return
    day = localdate(release.due_at)
    names = [
        each.department.name
        for each in list_candidates(release.year).filter(release=release.pk)
        if each.approved_at and find_due_day(each.approved_at) < day
    ]
    if names:
        limit = f"批复后{DAYS_ALLOWED}天的期限"
        messages.warning(request, f"到定下的时间，这些部门已经超过{limit}：{'、'.join(names)}。")


def draw_releases(
    request: HttpRequest, frame: dict, form: OrderForm, chosen: set[str] | None
) -> HttpResponse:
    """What can be chosen, what has been ordered, and what was typed before; None chooses all."""
    year = frame["year"]
    candidates = [(each, *describe_deadline(each.approved_at)) for each in list_candidates(year)]
    counts = {stage.value: Count("items", filter=Q(items__stage=stage)) for stage in ReleaseStage}
    releases = Release.objects.filter(year=year).select_related("who")
    context = frame | {
        "form": form,
        "key": uuid.uuid4(),
        "candidates": candidates,
        "chosen": chosen,
        "free": [each for each, *_ in candidates if not each.release],
        # A query that counts forgets the model's own order.
        "releases": releases.annotate(total=Count("items"), **counts).order_by("-pk")[:RECENT],
    }
    status = 400 if form.mistakes else 200
    return render_page(request, "workplace/release.html", title="公开", status=status, **context)


# Seconds after which the page asks again: while something happens, and while a set time is awaited.
WHILE_RUNNING, WHILE_AWAITED = 3, 60
PATIENCE = timedelta(seconds=30)
ACTS = {
    "retry": (
        retry_release,
        "{}个部门重新等待公开。",
        "没有可以重试的：已经在别处等待，或者已经重试过了。",
    ),
    "cancel": (
        cancel_release,
        "取消了{}个部门的公开。",
        "没有可以取消的：已经开始办理，或者已经取消过了。",
    ),
}


class ActForm(forms.Form):
    """Cancel or retry, one item or all."""

    act = forms.ChoiceField(choices=[(name, name) for name in ACTS])
    item = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


@require_http_methods(["GET", "HEAD", "POST"])
def show_release(request: HttpRequest, pk: int) -> HttpResponse:
    """How far each department has come, failed ones first; a posted act is done."""
    may_release = Role.BUREAU_ADMIN in find_roles(request.user)
    release = get_object_or_404(Release.objects.select_related("who"), pk=pk)
    if request.method == "POST":
        form = ActForm(request.POST)
        if not form.is_valid():
            raise Http404("没有这个操作。")
        do, done, nothing = ACTS[form.cleaned_data["act"]]
        if count := do(release, request.user, form.cleaned_data["item"]):
            messages.success(request, done.format(count))
        else:
            messages.warning(request, nothing)
        return redirect("workplace:release_progress", release.pk)
    own = release.items.select_related("budget__department", "disclosure")
    rows = own.defer("disclosure__content").order_by("budget__department__code")
    items = sorted(rows, key=lambda item: item.stage != ReleaseStage.FAILED)
    counts = Counter(item.stage for item in items)
    is_due = release.due_at is None or release.due_at <= timezone.now()
    open_count = counts[ReleaseStage.WAITING] + counts[ReleaseStage.RUNNING]
    refreshes = open_count and "still" not in request.GET
    context: dict[str, Any] = {
        "release": release,
        "may_release": may_release,
        "items": items,
        "counts": [(stage, counts[stage]) for stage in ReleaseStage if counts[stage]],
        "total": len(items),
        "finished": len(items) - open_count,
        "waiting": counts[ReleaseStage.WAITING],
        "failed": counts[ReleaseStage.FAILED],
        "is_due": is_due,
        "refresh": (WHILE_RUNNING if is_due else WHILE_AWAITED) if refreshes else 0,
        "is_stalled": is_due and is_stalled(release, items),
    }
    title = f"第{release.pk}批公开"
    return render_page(request, "workplace/release_progress.html", title=title, **context)


def is_stalled(release: Release, items: Sequence[ReleaseItem]) -> bool:
    """True where something waits and nothing has moved for a while: perhaps no worker runs."""
    moments = (moment for item in items for moment in (item.taken_at, item.finished_at) if moment)
    last = max([release.asked_at, *([release.due_at] if release.due_at else []), *moments])
    waits = any(item.stage == ReleaseStage.WAITING for item in items)
    works = any(item.stage == ReleaseStage.RUNNING for item in items)
    return waits and not works and timezone.now() - last > PATIENCE
