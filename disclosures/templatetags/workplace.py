"""What every page of the workplace shows: how many notices are unread, and what reviewers said."""

from django import template

from budgets.models import Budget
from disclosures.models import Notice
from disclosures.workplace.comments import find_threads

register = template.Library()


@register.simple_tag
def count_unread(person) -> int:
    return Notice.objects.of(person).unread().count()


@register.inclusion_tag("workplace/_threads.html")
def threads_here(budget: Budget, step: str) -> dict[str, object]:
    return {"budget": budget, "threads": find_threads(budget, step)}
