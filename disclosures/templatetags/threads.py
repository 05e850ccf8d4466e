"""The reviewer's words on the screen where the figure is entered."""

from django import template

from budgets.models import Budget
from disclosures.workplace.comments import find_threads

register = template.Library()


@register.inclusion_tag("workplace/_threads.html")
def threads_here(budget: Budget, step: str) -> dict[str, object]:
    """The threads that are not settled and concern a step of a budget."""
    return {"budget": budget, "threads": find_threads(budget, step)}
