"""How far a release has come, by department; what waits can be taken back, what failed retried."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from disclosures.models import Release, ReleaseItem, ReleaseStage
from disclosures.publishing.requests import cancel, retry
from disclosures.workflow.access import Role
from disclosures.workplace.bureau.releases import find_roles
from disclosures.workplace.clerk.page import render_page

# Seconds after which the page asks again: while something happens, and while a set time is awaited.
WHILE_RUNNING, WHILE_AWAITED = 3, 60
PATIENCE = timedelta(seconds=30)
ACTS = {
    "retry": (
        retry,
        "{}个部门重新等待公开。",
        "没有可以重试的：已经在别处等待，或者已经重试过了。",
    ),
    "cancel": (
        cancel,
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
    """The page; a posted act is done."""
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
    items = list(list_items(release))
    context = count_items(release, items) | {"release": release, "may_release": may_release}
    if "still" in request.GET:
        context["refresh"] = 0
    title = f"第{release.pk}批公开"
    return render_page(request, "workplace/release_progress.html", title=title, **context)


def list_items(release: Release):
    """The departments of a release; failed ones first, then by code."""
    own = release.items.select_related("budget__department", "disclosure")
    rows = own.defer("disclosure__content").order_by("budget__department__code")
    return sorted(rows, key=lambda item: item.stage != ReleaseStage.FAILED)


def count_items(release: Release, items: Sequence[ReleaseItem]) -> dict[str, object]:
    """The counts, and when to look again."""
    counts = Counter(item.stage for item in items)
    is_due = release.due_at is None or release.due_at <= timezone.now()
    open_count = counts[ReleaseStage.WAITING] + counts[ReleaseStage.RUNNING]
    return {
        "items": items,
        "counts": [(stage, counts[stage]) for stage in ReleaseStage if counts[stage]],
        "total": len(items),
        "finished": len(items) - open_count,
        "done": counts[ReleaseStage.DONE],
        "waiting": counts[ReleaseStage.WAITING],
        "failed": counts[ReleaseStage.FAILED],
        "is_due": is_due,
        "refresh": (WHILE_RUNNING if is_due else WHILE_AWAITED) if open_count else 0,
        "is_stalled": is_due and is_stalled(release, items),
    }


def is_stalled(release: Release, items: Sequence[ReleaseItem]) -> bool:
    """True where something waits and nothing has moved for a while: perhaps no worker runs."""
    moments = (moment for item in items for moment in (item.taken_at, item.finished_at) if moment)
    last = max([release.asked_at, *([release.due_at] if release.due_at else []), *moments])
    waits = any(item.stage == ReleaseStage.WAITING for item in items)
    works = any(item.stage == ReleaseStage.RUNNING for item in items)
    return waits and not works and timezone.now() - last > PATIENCE
