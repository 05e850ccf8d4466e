"""How a published version is cited: its title, its number, and the day it was published."""

from django.utils import timezone

from budgets.domain.text import show_day
from disclosures.models import Disclosure


def cite(disclosure: Disclosure) -> str:
    """尉犁县总工会2025年部门预算公开（第1版，2025年2月14日公开）."""
    day = show_day(timezone.localdate(disclosure.published_at))
    return f"{disclosure.title}（第{disclosure.version}版，{day}公开）"
