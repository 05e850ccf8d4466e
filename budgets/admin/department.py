"""Departments and their units."""

from django.contrib import admin

from budgets.admin.journaled import Journaled
from budgets.models import Department


@admin.register(Department)
class DepartmentAdmin(Journaled):
    """Registered here before anyone can file for them."""

    list_display = ("code", "name", "parent", "active")
    list_filter = ("active", ("parent", admin.EmptyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = ("code__startswith", "name")
    search_help_text = "按编码开头或名称查找"
    autocomplete_fields = ("parent",)
