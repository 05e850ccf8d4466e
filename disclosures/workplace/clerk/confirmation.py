"""Moving a budget on: what stands against it, the buttons one may press, the history."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from budgets.audit import list_edits
from budgets.models import Budget
from disclosures.models import Record, Transition
from disclosures.publishing.publication import carry_out
from disclosures.workflow.access import find_budget
from disclosures.workflow.comments import count_unsettled
from disclosures.workflow.deadline import DAYS_ALLOWED
from disclosures.workflow.moves import (
    Attempt,
    Move,
    MoveRefusedError,
    list_moves,
    why_not_by,
    why_not_ready,
)
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.tasks import sum_sides
from disclosures.workplace.dossier import open_dossier
from disclosures.workplace.plain_text import PlainTextField

MEANINGS = {
    Move.CONFIRM: (
        "我已通读预览，确认{whose}内容真实、完整。确认以后，填报人不能再修改；要修改须先撤回确认。"
    ),
    Move.WITHDRAW: "撤回{whose}的确认以后，填报人可以继续修改，改好后要重新确认。",
    Move.SUBMIT: "把{whose}报送财政部门审核。报送以后，要修改的由财政部门退回。",
    Move.RETURN: "把{whose}退回部门修改。部门会看到每一条没有解决的意见，逐条答复以后才能再确认。",
    Move.APPROVE: "批复{whose}。批复的就是您打开的这一份，公开的和它一字不差。",
    Move.REVOKE: "撤销{whose}的批复，回到已报送，可以重新审核或者退回。",
    Move.PUBLISH: "公开{whose}。网页、PDF、电子表格和数据一起生成，生成以后不再改动。",
    Move.CORRECT: (
        "更正已经公开的{whose}：部门修改后重新确认、报送、批复，再公开成新的版本；旧版本仍可查看。"
    ),
}
# What the words of a move are for; a move that is not here may have words, but needs none.
ASKS = {
    Move.WITHDRAW: "撤回的原因",
    Move.REVOKE: "撤销的原因",
    Move.CORRECT: "更正的原因（会公开）",
}
HARSH = frozenset({Move.WITHDRAW, Move.RETURN, Move.REVOKE, Move.CORRECT})


class MoveForm(forms.Form):
    """A person's wish to move a budget; `seen` is the digest of the document that was looked at."""

    move = forms.ChoiceField(
        choices=[(each.name, each.value) for each in Move], widget=forms.HiddenInput
    )
    seen = PlainTextField(widget=forms.HiddenInput)
    words = PlainTextField("意见（可不填）", rows=2)


def describe_move(move: Move, budget: Budget, seen: str, words: str = "") -> dict[str, object]:
    initial = {"move": move.name, "seen": seen, "words": words}
    form = MoveForm(initial=initial, auto_id=f"%s-{move.name}")
    if move in ASKS:
        form.fields["words"].label = ASKS[move]
        form.fields["words"].widget.attrs["required"] = True
    return {
        "name": move.name,
        "label": move.value,
        "meaning": MEANINGS[move].format(whose=budget),
        "form": form,
        "look": "danger" if move in HARSH else "primary",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def show_confirmation(request: HttpRequest, year: int, code: str) -> HttpResponse:
    budget = find_budget(request.user, year, code)
    if request.method != "POST":
        return draw_confirmation(request, budget)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404("没有这个操作。")
    wish = form.cleaned_data
    move, words = Move[wish["move"]], wish["words"]
    try:
        made = carry_out(
            Attempt(budget=budget, who=request.user, move=move, words=words, seen=wish["seen"])
        )
    except MoveRefusedError as refusal:
        return draw_confirmation(request, budget, refusal.reasons, words)
    messages.success(request, f"{move.value}已于{localtime(made.at):%Y-%m-%d %H:%M}记录。")
    return redirect("workplace:confirm", year, code)


def draw_confirmation(
    request: HttpRequest, budget: Budget, refusals: Sequence[str] = (), words: str = ""
) -> HttpResponse:
    dossier = open_dossier(budget)
    who, draft, reasons = request.user, dossier.draft, []
    if not budget.locked:
        reasons = [*why_not_by(budget, who), *why_not_ready(budget, draft)]
    # How each version of the budget came to be public, newest first.
    records = Record.objects.filter(
        disclosure__department=budget.department_id, disclosure__year=budget.year
    )
    return render_page(
        request,
        "workplace/confirm.html",
        budget,
        step="confirm",
        title="确认与办理",
        seen=draft.digest,
        sums=sum_sides(fact for fact in dossier.filing.facts if not fact.internal),
        warned=dossier.warned,
        last_edit=list_edits(budget).first(),
        unsettled=count_unsettled(budget),
        transitions=Transition.objects.filter(budget=budget).select_related("who"),
        records=records.select_related("disclosure", "pressed_by").defer("disclosure__content"),
        days_allowed=DAYS_ALLOWED,
        refusals=refusals,
        reasons=reasons,
        moves=[
            describe_move(move, budget, draft.digest, words) for move in list_moves(budget, who)
        ],
    )
