"""The inbox: what a person was told, and a button to mark it as read."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from disclosures.models import Notice, NoticeKind
from disclosures.workplace.clerk.page import render_page

A_PAGE = 30
# Where one goes on from a notice; from any other, to the page of the workflow.
LEADS: dict[str, str] = {
    NoticeKind.SUBMITTED: "workplace:review",
    NoticeKind.RETURNED: "workplace:comments",
    NoticeKind.ANSWERED: "workplace:comments",
    NoticeKind.CORRECTING: "workplace:tasks",
}


class NoticesForm(forms.Form):
    """Notices to mark as read, all where none is named; `go` leads on to where the first leads."""

    notice = forms.ModelMultipleChoiceField(queryset=Notice.objects.none(), required=False)
    go = forms.BooleanField(required=False)

    def __init__(self, data, own):
        super().__init__(data)
        self.fields["notice"].queryset = own


@require_http_methods(["GET", "HEAD", "POST"])
def show_inbox(request: HttpRequest) -> HttpResponse:
    """The person's own notices, newest first; posted ones are marked as read, or all of them."""
    mine = Notice.objects.of(request.user).select_related("budget__department")
    if request.method == "POST":
        form = NoticesForm(request.POST, mine)
        if not form.is_valid():
            return redirect("workplace:inbox")
        chosen = form.cleaned_data["notice"] or mine
        chosen.unread().update(read_at=timezone.now())
        aim = chosen.first() if form.cleaned_data["go"] else None
        return redirect((aim and find_lead(aim)) or "workplace:inbox")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    notices = [(each, find_lead(each)) for each in page]
    unread = mine.unread().count()
    context = {"page": page, "notices": notices, "unread": unread}
    return render_page(request, "workplace/inbox.html", title="通知", **context)


def find_lead(notice: Notice) -> str:
    """Where a notice leads; nowhere where there is nothing to be done."""
    budget = notice.budget
    if budget is None:
        return reverse("admin:password_change") if notice.kind == NoticeKind.ACCOUNT else ""
    if notice.kind == NoticeKind.UNPUBLISHED:
        return f"{reverse('workplace:release')}?year={budget.year}"
    place = (budget.year, budget.department.code)
    return reverse(LEADS.get(notice.kind, "workplace:confirm"), args=place)
