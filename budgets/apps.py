"""The engine: what a budget is, how it is kept, read and made a document."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "预算编制"
