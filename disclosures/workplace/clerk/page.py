"""A page of the workplace: the admin's frame, the budget at its head, the steps at its side."""

from django.contrib.admin import site
from django.http import HttpRequest
from django.template.response import TemplateResponse

from budgets.models import Budget
from disclosures.workflow.access import Act, acts_on
from disclosures.workplace.clerk.steps import list_links


def render_page(
    request: HttpRequest, template: str, budget: Budget | None = None, *, step="", **context
) -> TemplateResponse:
    """Render `template` (it extends `workplace/base.html`); `step` is the key of the current step.

    `status` among the context is the answer's status code.
    """
    status = context.pop("status", 200)
    around = describe_frame() | (describe_budget(budget, request.user, step) if budget else {})
    return TemplateResponse(request, template, around | context, status=status)


def describe_frame() -> dict[str, object]:
    """What the admin's own frame shows around every page."""
    return {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "site_url": site.site_url,
        "has_permission": True,
    }


def describe_budget(budget: Budget, who, step: str) -> dict[str, object]:
    """What the frame says of a budget, and where in it the person may go."""
    acts = acts_on(who, budget.department)
    may_fill = Act.FILL in acts
    return {
        "budget": budget,
        "step": step,
        "steps": list_links(budget, may_fill, step),
        "may_fill": may_fill,
        "may_review": Act.REVIEW in acts,
    }
