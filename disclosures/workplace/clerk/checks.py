"""The checks of one budget: every finding with where it is mended, and a word to each warning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

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
from disclosures.workflow.explanations import Key, Warned, WarningAnswer, explain_warnings
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

# Reasons and uses have a page instead of the screen of their sheet.
WORDS = "history"
# Checks that only say what has not been filled in yet, which is no fault while one is filling.
ASKING = frozenset(check.id for check in CHECKS if check.asks)
OWNERS = {place: step for step in STEPS for place in (step.sheets or (step.key,))} | {
    WORDS: next(step for step in STEPS if step.key == "words")
}


def find_step(finding: Finding) -> Step:
    """The step in which a finding is mended."""
    return OWNERS[finding.sheet]


def find_owner(problem: Problem) -> Step | None:
    """The step whose sheet a problem of the data names; None where it names none."""
    return OWNERS.get(SHEET_KEYS.get(problem.sheet, ""))


def find_address(budget: Budget, finding: Finding, sentences: Mapping[str, str]) -> str:
    """The address of the page that mends a finding, at the sentence that it is about.

    `sentences` are the keys of the sentences by the cells whose words they ask for.
    """
    step = find_step(finding)
    if not step.page:
        return find_sheet(budget, finding.sheet)
    cells = (side.at for side in finding.sides)
    asked = (sentences[at] for at in cells if at in sentences)
    return find_page(budget, step.page) + "".join(fragment(key) for key in islice(asked, 1))


def list_sentences(document: Document) -> dict[str, str]:
    """The paragraphs that print the department's words, by the cell they are on."""
    found: dict[str, str] = {}
    for paragraph in document.paragraphs():
        for span in paragraph.spans:
            if isinstance(span, OwnWords | Missing):
                found.setdefault(span.at, paragraph.key)
    return found


CROSSED = "有人在您填写期间改了说明，请对照后再保存；再次保存以您的为准。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding with its links: where it is mended, and where its figures stand in the preview."""

    finding: Finding
    step: str
    href: str
    figures: tuple[tuple[str, str, str], ...]
    warned: Warned | None = None
    answer: WarningAnswer | None = None

    @property
    def text(self) -> str:
        """What the form shows: what was typed, else what is kept."""
        return self.answer.text if self.answer else self.said

    @property
    def said(self) -> str:
        """What is kept."""
        explanation = self.warned.explanation if self.warned else None
        return explanation.text if explanation else ""

    @property
    def initial(self) -> dict[str, str]:
        """What the form is filled from."""
        check_id, subject = self.warned.key
        return {"check": check_id, "subject": subject, "before": self.said, "text": self.text}


class ExplanationForm(forms.Form):
    """A word to a warning; `before` is what was kept when the form was filled."""

    check = PlainTextField(widget=forms.HiddenInput)
    subject = PlainTextField(widget=forms.HiddenInput)
    before = PlainTextField(widget=forms.HiddenInput)
    text = PlainTextField("说明", rows=3)

    @property
    def answer(self) -> WarningAnswer:
        """What was typed, and what it answers."""
        own = {"check": "", "subject": "", "before": "", "text": ""} | self.cleaned_data
        key = (own["check"], own["subject"])
        return WarningAnswer(key=key, before=own["before"], text=own["text"])


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
        return draw_checks(request, budget, answers)
    messages.success(request, "说明已保存。")
    return redirect("workplace:checks", year, code)


def draw_checks(
    request: HttpRequest, budget: Budget, crossed: Iterable[WarningAnswer] = ()
) -> HttpResponse:
    """The page; with what was typed where it crossed another's words."""
    context = lay_out_findings(budget, {answer.key: answer for answer in crossed})
    context |= {
        "may_explain": may(request.user, Act.FILL, budget.department) and not budget.locked,
        "crossed": CROSSED if crossed else "",
    }
    return render_page(
        request, "workplace/checks.html", budget, step="checks", title="检查", **context
    )


def lay_out_findings(budget: Budget, typed: Mapping[Key, WarningAnswer]) -> dict[str, object]:
    """Everything that the checks found, failures first."""
    dossier = open_dossier(budget)
    linker = Linker(budget, list_sentences(dossier.draft))
    blocking, findings = dossier.draft.blocking, dossier.draft.checks
    warnings = [linker.link_warned(each, typed.get(each.key)) for each in dossier.warned]
    explanations = ExplanationFormSet(initial=[each.initial for each in warnings])
    return {
        "errors": group_by_check(linker.link(each) for each in blocking),
        "blocking_count": len(blocking),
        "error_count": len(blocking) + len(dossier.mistakes),
        "problems": [linker.link_problem(each) for each in dossier.problems],
        "explanations": explanations,
        "warnings": list(zip(warnings, explanations, strict=True)),
        "others": linker.group_others(findings),
        "count": len(list_checks(find_table_set(budget.year))),
    }


def group_by_check(shown: Iterable[Shown]) -> list[tuple[str, list[Shown]]]:
    """Findings under the title of the check that found them, in its order."""
    groups = groupby(shown, key=lambda each: (each.finding.id, each.finding.title))
    return [(title, list(own)) for (_, title), own in groups]


@dataclass(frozen=True, slots=True)
class Linker:
    """Gives findings their links; `sentences` as `mending.find_address` takes them."""

    budget: Budget
    sentences: Mapping[str, str]

    def link(self, finding: Finding, **more) -> Shown:
        """A finding with its links."""
        preview = find_page(self.budget, "workplace:preview")
        return Shown(
            finding=finding,
            step=find_step(finding).title,
            href=find_address(self.budget, finding, self.sentences),
            figures=tuple(
                (side.label, side.text, preview + fragment(side.at) if side.at else "")
                for side in finding.sides
            ),
            **more,
        )

    def link_problem(self, problem: Problem) -> tuple[Problem, PageLink | None]:
        """A problem of the data, and the screen of its sheet where there is one."""
        owner = find_owner(problem)
        if owner is None:
            return problem, None
        sheet = SHEET_KEYS[problem.sheet]
        here = find_page(self.budget, owner.page) if owner.page else find_sheet(self.budget, sheet)
        return problem, PageLink(title=owner.title, href=here)

    def link_warned(self, warned: Warned, answer: WarningAnswer | None) -> Shown:
        """A warning with its links, what is said to it, and what was typed."""
        return self.link(warned.finding, warned=warned, answer=answer)

    def group_others(self, findings: Iterable[Finding]) -> list[tuple[Result, list[Shown]]]:
        """What did not fail, by result: rounding, unchecked, passed."""
        groups = (Result.ROUNDING, Result.UNCHECKED, Result.PASSED)
        return [
            (result, [self.link(each) for each in findings if each.result is result])
            for result in groups
        ]


@require_safe
def show_check_list(request: HttpRequest) -> HttpResponse:
    """Every check of the year's set, in the order in which they run."""
    checks = list_checks(find_table_set(timezone.localdate().year))
    return render_page(request, "workplace/check_list.html", title="核对项目清单", checks=checks)
