"""A page of the workplace: the admin's frame, the budget at its head, the steps at its side.

The steps lead from an empty budget to a confirmed one; each is a sheet or two, or a page.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from budgets.models import Budget
from budgets.spreadsheets import SHEETS
from disclosures.workflow.access import Act, acts_on

SHEET_KEYS = {sheet.title: sheet.key for sheet in SHEETS}
# Of the cover, only its date is typed on a screen.
SHEET_TITLES = {sheet.key: sheet.title for sheet in SHEETS} | {"cover": "落款日期"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step, how many minutes it takes a first-time clerk, and where it is done.

    `sheets` are keys of the workbook's sheets, the main one first; `page` is the name of the page
    of a step that has none. `act` is what its place asks of a person's roles.
    """

    key: str
    title: str
    minutes: int
    sheets: tuple[str, ...] = ()
    page: str = ""
    act: Act = Act.FILL


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A place in the workplace, as navigation shows it; no `href` where one may not go."""

    title: str
    href: str
    is_current: bool = False


STEPS = (
    Step(key="profile", title="概况与人员", minutes=5, sheets=("profile",)),
    Step(key="income", title="收入", minutes=3, sheets=("income",)),
    Step(key="expenditure", title="支出", minutes=15, sheets=("expenditure", "three_public")),
    Step(key="projects", title="项目与目标", minutes=10, sheets=("projects", "indicators")),
    Step(key="overall", title="整体目标", minutes=5, sheets=("overall",)),
    Step(key="words", title="原因与用途", minutes=10, page="workplace:words"),
    Step(
        key="particulars", title="其他事项", minutes=5, sheets=("particulars", "glossary", "cover")
    ),
    Step(key="checks", title="检查", minutes=3, page="workplace:checks", act=Act.VIEW),
    Step(key="preview", title="预览", minutes=5, page="workplace:preview", act=Act.VIEW),
    Step(key="confirm", title="确认", minutes=1, page="workplace:confirm", act=Act.VIEW),
)


def render_page(
    request: HttpRequest,
    template: str,
    budget: Budget | None = None,
    *,
    step: str = "",
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """Render `template` (it extends `workplace/base.html`); `step` is the key of the current step.

    Of a budget, the frame says where in it the person may go.
    """
    frame: dict[str, Any] = {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "site_url": site.site_url,
        "has_permission": True,
    }
    if budget:
        acts = acts_on(request.user, budget.department)
        may_fill = Act.FILL in acts
        frame |= {
            "budget": budget,
            "step": step,
            "steps": [
                PageLink(
                    title=each.title,
                    href=find_step_page(each, budget, may_fill),
                    is_current=each.key == step,
                )
                for each in STEPS
            ],
            "may_fill": may_fill,
            "may_review": Act.REVIEW in acts,
        }
    return TemplateResponse(request, template, frame | context, status=status)


def find_step_page(step: Step, budget: Budget, may_fill: bool) -> str:
    """Where the step is done: its page, or its main sheet; empty where one may not go."""
    if step.act is Act.FILL and not may_fill:
        return ""
    return find_page(budget, step.page) if step.page else find_sheet(budget, step.sheets[0])


def find_page(budget: Budget, name: str) -> str:
    return reverse(name, args=(budget.year, budget.department.code))


def find_sheet(budget: Budget, key: str) -> str:
    return reverse("filing:sheet", args=(budget.year, budget.department.code, key))
