"""The threads of a budget: what the reviewer said where, what was answered, what is settled."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from budgets.access import find_budget
from budgets.models import Budget
from budgets.workplace.page import show
from disclosures.document.anchors import Anchor, list_anchors
from disclosures.models import Comment
from disclosures.publication import draft_budget
from disclosures.review import comments
from disclosures.workplace.threads import lay_out_thread

# Between what a place is called and its address, in the field that completes both.
MARK = "｜"


@require_http_methods(["GET", "HEAD", "POST"])
def show_comments(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """All threads, those that wait first; a posted word is added if nothing stands against it."""
    budget = find_budget(request.user, year, code)
    if request.method != "POST":
        return lay_out_page(request, budget, at=request.GET.get("at", ""))
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404("没有这个操作。")
    try:
        messages.success(request, act(request, budget))
    except comments.CommentRefusedError as refusal:
        return lay_out_page(request, budget, str(refusal))
    return redirect("workplace:comments", year, code)


def say(request: HttpRequest, budget: Budget) -> str:
    """A new comment."""
    at = request.POST.get("place", "").rpartition(MARK)[2].strip()
    made = comments.comment(budget, request.user, at, request.POST.get("text", ""))
    return f"意见已记下：{made.label}。"


def reply(request: HttpRequest, budget: Budget) -> str:
    """One more word in a thread."""
    comments.reply(find_thread(request, budget), request.user, request.POST.get("text", ""))
    return "答复已记下。"


def settle(request: HttpRequest, budget: Budget) -> str:
    """A thread is closed."""
    return f"已解决：{comments.settle(find_thread(request, budget), request.user).label}。"


ACTS: dict[str, Callable[[HttpRequest, Budget], str]] = {
    "say": say,
    "reply": reply,
    "settle": settle,
}


def find_thread(request: HttpRequest, budget: Budget) -> Comment:
    """The thread that was meant; Http404 for another budget's."""
    number = request.POST.get("thread", "")
    found = Comment.objects.select_related("budget__department").filter(budget=budget)
    return get_object_or_404(found, pk=int(number) if number.isdecimal() else 0)


def lay_out_page(request: HttpRequest, budget: Budget, refusal="", at="") -> HttpResponse:
    """The threads; for a reviewer the form with every place that can be spoken of."""
    who, threads = request.user, Comment.objects.filter(budget=budget).with_people()
    may_comment = comments.may_comment(who, budget)
    anchors = list_anchors(draft_budget(budget).content) if may_comment else {}
    context = read_typed(request, anchors, at) | {
        "refusal": refusal,
        "threads": sorted(map(lay_out_thread, threads), key=lambda thread: thread["rank"]),
        "may_comment": may_comment,
        "may_reply": comments.may_reply(who, budget),
        "is_reviewer": comments.is_reviewer(who, budget),
        "places": [name_place(each) for each in anchors.values() if not each.is_blank],
    }
    return show(request, "workplace/comments.html", budget, title="审核意见", **context)


def name_place(anchor: Anchor) -> str:
    """A place as the field completes it: its name, what stands there, its address."""
    quote = f"（{anchor.quote}）" if anchor.quote and anchor.quote not in anchor.label else ""
    return f"{anchor.label}{quote}{MARK}{anchor.at}"


def read_typed(request: HttpRequest, anchors: dict[str, Anchor], at: str) -> dict[str, str]:
    """What the form holds: what was typed, else the place that a link named."""
    if request.POST.get("act") == "say":
        return {key: request.POST.get(key, "") for key in ("place", "text")}
    return {"place": name_place(anchors[at]) if at in anchors else "", "text": ""}
