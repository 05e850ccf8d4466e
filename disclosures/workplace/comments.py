"""The threads of a budget: what the reviewer said where, what was answered, what is settled."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from budgets import ledger
from budgets.domain.chart import Chart
from budgets.domain.document import fragment
from budgets.domain.facts import Side
from budgets.domain.filing import Filing
from budgets.domain.passages import Anchor, list_anchors
from budgets.domain.sets import load_table_set
from budgets.domain.tables.build import list_facts
from budgets.domain.tables.form import Role
from budgets.models import Budget, read_chart
from disclosures.models import Comment
from disclosures.workflow import comments
from disclosures.workflow.access import find_budget
from disclosures.workflow.drafting import draft_budget
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.plain_text import PlainTextField

RANKS = {"open": 0, "answered": 1, "settled": 2}
# The step in which what stands in a table or a section is filled: by its key, else by its kind.
STEPS_OF = {Role.WHOLE: "income", Role.INCOME: "income", "P0": "overall", "G": "particulars"}
STEPS_OF_KIND = {"N": "words", "P": "projects", "T": "expenditure", "D": "profile"}


def list_threads(comments: Iterable[Comment]) -> list[dict[str, Any]]:
    """Each thread with the fragment of its place in the preview; those that wait first."""
    ordered = sorted(comments, key=lambda each: (RANKS[each.stage], each.pk))
    return [
        {
            "comment": each,
            "stage": each.stage,
            "href": fragment(each.at) if each.at else "",
            "replies": list(each.replies.all()),
        }
        for each in ordered
    ]


def find_threads(budget: Budget, step: str) -> list[dict[str, Any]]:
    """The threads that are not settled and concern a step; all of them for the task list.

    Those about a figure of expenditure name the rows of the sheet that make it up.
    """
    open_threads = Comment.objects.filter(budget=budget).unsettled().with_people()
    threads = list_threads(
        each for each in open_threads if step == "tasks" or name_step(each.at) == step
    )
    if threads and step == "expenditure":
        filing, chart = ledger.read_filing(budget), read_chart(budget.year)
        for thread in threads:
            thread["rows"] = "、".join(join_runs(find_rows(filing, chart, thread["comment"].at)))
    return threads


def find_rows(filing: Filing, chart: Chart, at: str) -> list[int]:
    """The numbers of the rows whose money a cell holds, as the sheet counts them."""
    table, _, place = at.partition(".")
    row, _, column = place.rpartition(".")
    forms = load_table_set(chart.table_set)
    if table not in forms:
        return []
    held = {id(fact) for fact in list_facts(forms[table], filing, chart, row, column)}
    rows = [fact for fact in filing.facts if fact.side is Side.EXPENDITURE]
    return [number for number, fact in enumerate(rows, start=1) if id(fact) in held]


def join_runs(numbers: Collection[int]) -> Iterator[str]:
    """Numbers in order, those that follow each other as one: 3 and 5–9."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *others = [number for _, number in run]
        yield f"{first}–{others[-1]}" if others else f"{first}"


def name_step(at: str) -> str:
    """The key of the step in which the figure or the words at a place are filled."""
    place = at.partition(".")[0]
    return STEPS_OF.get(place) or STEPS_OF_KIND.get(place[:1], "preview")


# Between what a place is called and its address, in the field that completes both.
MARK = "｜"
PLACE = {"autocomplete": "off", "list": "places", "aria-describedby": "place-hint"}


class CommentForm(forms.Form):
    """A new comment; its place stands as `name_place` writes it.

    Of every form here `carry_out` records what was posted, and returns what to say of it.
    """

    place = PlainTextField("位置", attrs=PLACE)
    text = PlainTextField("意见：哪里不对，怎样改", rows=3, attrs={"required": True})

    def carry_out(self, budget: Budget, who) -> str:
        at = self.cleaned_data["place"].rpartition(MARK)[2].strip()
        made = comments.comment(budget, who, at, self.cleaned_data["text"])
        return f"意见已记下：{made.label}。"


class ThreadForm(forms.Form):
    """Something about one of the budget's threads; Http404 for another budget's."""

    thread = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def find_thread(self, budget: Budget) -> Comment:
        found = Comment.objects.select_related("budget__department").filter(budget=budget)
        return get_object_or_404(found, pk=self.cleaned_data["thread"])


class ReplyForm(ThreadForm):
    text = PlainTextField(rows=2, attrs={"required": True})

    def carry_out(self, budget: Budget, who) -> str:
        comments.reply(self.find_thread(budget), who, self.cleaned_data["text"])
        return "答复已记下。"


class SettleForm(ThreadForm):
    def carry_out(self, budget: Budget, who) -> str:
        return f"已解决：{comments.settle(self.find_thread(budget), who).label}。"


ACTS: dict[str, type[CommentForm | ReplyForm | SettleForm]] = {
    "say": CommentForm,
    "reply": ReplyForm,
    "settle": SettleForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
def show_comments(request: HttpRequest, year: int, code: str) -> HttpResponse:
    budget = find_budget(request.user, year, code)
    if request.method != "POST":
        return draw_comments(request, budget)
    form_class = ACTS.get(request.POST.get("act", ""))
    form = form_class(request.POST, auto_id="%s") if form_class else None
    if form is None or not form.is_valid():
        raise Http404("没有这个操作。")
    try:
        messages.success(request, form.carry_out(budget, request.user))
    except comments.CommentRefusedError as refusal:
        form.add_error(None, str(refusal))
        return draw_comments(request, budget, form)
    return redirect("workplace:comments", year, code)


def draw_comments(request: HttpRequest, budget: Budget, refused=None) -> HttpResponse:
    """The threads; for a reviewer the form with every place that can be spoken of.

    What was `refused` stays as it was typed; else a link may have named the place.
    """
    who, threads = request.user, Comment.objects.filter(budget=budget).with_people()
    may_comment = comments.may_comment(who, budget)
    anchors = list_anchors(draft_budget(budget)) if may_comment else {}
    form, at = refused, request.GET.get("at")
    if not isinstance(refused, CommentForm):
        named = {"place": name_place(anchors[at])} if at in anchors else None
        form = CommentForm(initial=named, auto_id="%s")
    context = {
        "form": form,
        "refusals": refused.non_field_errors() if refused else [],
        "threads": list_threads(threads),
        "may_comment": may_comment,
        "may_reply": comments.may_reply(who, budget),
        "is_reviewer": comments.is_reviewer(who, budget),
        "places": [name_place(each) for each in anchors.values() if not each.is_blank],
    }
    for thread in context["threads"]:
        number = thread["comment"].pk
        thread["form"] = ReplyForm(initial={"thread": number}, auto_id=f"%s-{number}")
    return render_page(request, "workplace/comments.html", budget, title="审核意见", **context)


def name_place(anchor: Anchor) -> str:
    """A place as the field completes it: its name, what stands there, its address."""
    quote = f"（{anchor.quote}）" if anchor.quote and anchor.quote not in anchor.label else ""
    return f"{anchor.label}{quote}{MARK}{anchor.at}"
