"""The checks of one budget: every finding with where it is mended, and a word to each warning."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby, islice
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from budgets.domain.checks import CHECKS, list_checks
from budgets.domain.document import Document, Finding, Missing, OwnWords, Result, fragment
from budgets.domain.problems import Problem
from budgets.ledger import BudgetLockedError
from budgets.models import Budget
from budgets.models.chart import find_table_set
from disclosures.workflow.access import Act, find_budget, may
from disclosures.workflow.explanations import WarningAnswer, explain_warnings
from disclosures.workplace.clerk.page import (
    SHEET_KEYS,
    STEPS,
    PageLink,
    Step,
    find_page,
    find_sheet,
    render_page,
)
from disclosures.workplace.dossier import open_dossier
from disclosures.workplace.plain_text import PlainTextField

CROSSED = "有人在您填写期间改了说明，请对照后再保存；再次保存以您的为准。"
# Checks that only say what has not been filled in yet, which is no fault while one is filling.
ASKING = frozenset(check.id for check in CHECKS if check.asks)
# The steps by the keys of their sheets or, for a page, their own. Reasons and uses have a page
# instead of the screen of their sheet, which is `history`.
OWNERS = {place: step for step in STEPS for place in (step.sheets or (step.key,))}
OWNERS["history"] = OWNERS["words"]


class ExplanationForm(forms.Form):
    """A word to a warning; `before` is what was kept when the form was filled."""

    check = PlainTextField(widget=forms.HiddenInput)
    subject = PlainTextField(widget=forms.HiddenInput)
    before = PlainTextField(widget=forms.HiddenInput)
    text = PlainTextField("说明", rows=3)

    @property
    def answer(self) -> WarningAnswer:
        own = defaultdict(str, self.cleaned_data)
        return WarningAnswer(
            key=(own["check"], own["subject"]), before=own["before"], text=own["text"]
        )


ExplanationFormSet = forms.formset_factory(ExplanationForm, extra=0)


@require_http_methods(["GET", "HEAD", "POST"])
def show_checks(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """All findings, failures first; a posted form keeps the explanations of warnings."""
    if request.method != "POST":
        return draw_checks(request, find_budget(request.user, year, code))
    budget = find_budget(request.user, year, code, Act.FILL)
    formset = ExplanationFormSet(request.POST)
    answers = [form.answer for form in formset] if formset.is_valid() else []
    try:
        crossed = explain_warnings(budget, request.user, answers)
    except BudgetLockedError as refusal:
        messages.error(request, str(refusal))
        return redirect("workplace:checks", year, code)
    if crossed:
        # Nothing has been kept: what did not cross anything must not be lost either.
        typed = [each for each in answers if each.text.strip() != each.before.strip()]
        return draw_checks(request, budget, typed)
    messages.success(request, "说明已保存。")
    return redirect("workplace:checks", year, code)


def draw_checks(
    request: HttpRequest, budget: Budget, crossed: Sequence[WarningAnswer] = ()
) -> HttpResponse:
    """The page; with what was typed where some of it crossed another's words."""
    dossier = open_dossier(budget)
    show = partial(show_finding, budget, list_asking_paragraphs(dossier.draft))
    typed = {answer.key: answer for answer in crossed}
    warnings, initial = [], []
    for each in dossier.warned:
        answer = typed.get(each.key)
        text = answer.text if answer else each.text
        check, subject = each.key
        initial.append({"check": check, "subject": subject, "before": each.text, "text": text})
        warnings.append(show(each.finding) | {"warned": each, "answer": answer})
    explanations = ExplanationFormSet(initial=initial)
    blocking = dossier.draft.blocking
    by_check = groupby(blocking, key=lambda finding: (finding.id, finding.title))
    return render_page(
        request,
        "workplace/checks.html",
        budget,
        step="checks",
        title="检查",
        crossed=CROSSED if crossed else "",
        count=len(list_checks(find_table_set(budget.year))),
        error_count=len(blocking) + len(dossier.mistakes),
        problems=[(problem, link_problem(budget, problem)) for problem in dossier.problems],
        blocking_count=len(blocking),
        errors=[(title, [show(each) for each in own]) for (_, title), own in by_check],
        explanations=explanations,
        warnings=list(zip(warnings, explanations, strict=True)),
        others=[
            (result, [show(each) for each in dossier.draft.checks if each.result is result])
            for result in (Result.ROUNDING, Result.UNCHECKED, Result.PASSED)
        ],
        may_explain=may(request.user, Act.FILL, budget.department) and not budget.locked,
    )


def show_finding(budget: Budget, paragraphs: Mapping[str, str], finding: Finding) -> dict[str, Any]:
    """A finding with its links: where it is mended, and where its figures stand in the preview.

    `paragraphs` are as `find_mending_page` takes them.
    """
    preview = find_page(budget, "workplace:preview")
    return {
        "finding": finding,
        "step": find_step(finding).title,
        "href": find_mending_page(budget, finding, paragraphs),
        "figures": [
            (side.label, side.text, preview + fragment(side.at) if side.at else "")
            for side in finding.sides
        ],
    }


def link_problem(budget: Budget, problem: Problem) -> PageLink | None:
    """The page that mends a problem of the data; None where it names no sheet of ours."""
    owner = find_mending_step(problem)
    if owner is None:
        return None
    sheet = SHEET_KEYS[problem.sheet]
    href = find_page(budget, owner.page) if owner.page else find_sheet(budget, sheet)
    return PageLink(title=owner.title, href=href)


def find_step(finding: Finding) -> Step:
    return OWNERS[finding.sheet]


def find_mending_step(problem: Problem) -> Step | None:
    """The step whose sheet a problem of the data names; None where it names none."""
    return OWNERS.get(SHEET_KEYS.get(problem.sheet, ""))


def find_mending_page(budget: Budget, finding: Finding, paragraphs: Mapping[str, str]) -> str:
    """The address of the page that mends a finding, at the sentence that it is about.

    `paragraphs` are the keys of the paragraphs by the cells whose words they ask for.
    """
    step = find_step(finding)
    if not step.page:
        return find_sheet(budget, finding.sheet)
    asked = (paragraphs[side.at] for side in finding.sides if side.at in paragraphs)
    return find_page(budget, step.page) + "".join(fragment(key) for key in islice(asked, 1))


def list_asking_paragraphs(document: Document) -> dict[str, str]:
    """The paragraphs that print the department's words, by the cell they are on."""
    found: dict[str, str] = {}
    for paragraph in document.paragraphs():
        for span in paragraph.spans:
            if isinstance(span, OwnWords | Missing):
                found.setdefault(span.at, paragraph.key)
    return found


@require_safe
def show_check_list(request: HttpRequest) -> HttpResponse:
    checks = list_checks(find_table_set(timezone.localdate().year))
    return render_page(request, "workplace/check_list.html", title="核对项目清单", checks=checks)
