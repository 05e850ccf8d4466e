"""How many notices a person has not read, for the head of every page of the workplace."""

from django import template

from disclosures.models import Notice

register = template.Library()


@register.simple_tag
def count_unread(person) -> int:
    """The number of the person's unread notices; one query."""
    return Notice.objects.of(person).unread().count()
