"""The inbox: what a person was told, and a button to mark it as read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from budgets.workplace.page import show
from disclosures.models import Notice, NoticeKind

A_PAGE = 30
# Where one goes on from a notice; from any other, to the page of the workflow.
LEADS = {
    NoticeKind.SUBMITTED: "workplace:review",
    NoticeKind.RETURNED: "workplace:comments",
    NoticeKind.ANSWERED: "workplace:comments",
    NoticeKind.CORRECTING: "workplace:tasks",
}


@require_http_methods(["GET", "HEAD", "POST"])
def show_inbox(request: HttpRequest) -> HttpResponse:
    """The person's own notices, newest first; posted ones are marked as read, or all of them."""
    mine = Notice.objects.of(request.user)
    if request.method == "POST":
        mark_read(mine, request.POST.getlist("notice"))
        return redirect("workplace:inbox")
    found = mine.select_related("budget__department")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    notices = [(each, LEADS.get(each.kind, "workplace:confirm")) for each in page]
    unread = mine.unread().count()
    context = {"page": page, "notices": notices, "unread": unread}
    return show(request, "workplace/inbox.html", title="通知", **context)


def mark_read(mine, wanted: list[str]) -> None:
    """Mark the named ones, or all where none is named; those of others are not touched."""
    keys = [int(each) for each in wanted if each.isascii() and each.isdecimal() and len(each) < 19]
    chosen = mine.filter(pk__in=keys) if wanted else mine
    chosen.unread().update(read_at=timezone.now())
