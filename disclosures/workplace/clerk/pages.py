"""The pages of data entry: a form is opened, changed by its buttons, saved, or shown again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from budgets.domain.problems import Problem
from budgets.ledger import FilingRefusedError
from budgets.models import Budget
from budgets.spreadsheets import UNITS, WAN
from disclosures.workplace.clerk.buttons import SAVE
from disclosures.workplace.clerk.entry_forms import EntryForm, Planner, SaveOutcome
from disclosures.workplace.clerk.page import render_page
from disclosures.workplace.clerk.saving import save_entry

REMEMBERED_UNIT = "money_unit"


def open_form(request: HttpRequest, budget: Budget, plan: Planner) -> EntryForm:
    """The form as the ledger fills it, or as it was posted and changed by the button pressed."""
    if request.method != "POST":
        return EntryForm(budget, plan, money_unit=request.session.get(REMEMBERED_UNIT, WAN))
    form = EntryForm(budget, plan, request.POST)
    if form.action != SAVE:
        form.press()
        request.session[REMEMBERED_UNIT] = form.money_unit
    return form


def save_form(request: HttpRequest, form: EntryForm) -> bool:
    """Save it if that is what was pressed, and say what became of it; False to show it again."""
    if form.action != SAVE:
        return False
    try:
        outcome = save_entry(form, request.user)
    except FilingRefusedError as refusal:
        outcome = SaveOutcome(problems=[Problem(message=str(refusal), advice="请联系财政部门。")])
    form.conclude(outcome)
    if outcome.is_saved:
        told = (
            f"已保存“{form.entry.title}”。" if outcome.has_changed else "内容没有变化，不用保存。"
        )
        messages.success(request, told)
        for problem, places in form.complaints:
            where = "、".join(words for _, words in places)
            messages.warning(request, f"{where}：{problem.message}{problem.advice}")
    return outcome.is_saved


def draw_form(
    request: HttpRequest, form: EntryForm, template: str, *, step: str, **context
) -> HttpResponse:
    """The page of a form; `step` is the key of the step that it belongs to."""
    context |= {"form": form, "money_units": list(UNITS), "title": form.entry.title}
    return render_page(request, template, form.stored.budget, step=step, **context)
