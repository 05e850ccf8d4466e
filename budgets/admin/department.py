"""Departments and their units."""

from django.contrib import admin

from budgets.admin.journaled import BureauKept
from budgets.models import Department, FormerName


@admin.register(Department)
class DepartmentAdmin(BureauKept):
    """Registered here before anyone can file for them."""

    list_display = ("code", "name", "kind", "parent", "established", "dissolved", "active")
    list_filter = ("active", "kind", ("parent", admin.EmptyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = ("code__startswith", "name")
    search_help_text = "按编码开头或名称查找"
    autocomplete_fields = ("parent", "successor")


@admin.register(FormerName)
class FormerNameAdmin(BureauKept):
    """What a department was called before, and until which year."""

    list_display = ("department", "name", "until")
    list_select_related = ("department",)
    search_fields = ("name", "department__name")
    autocomplete_fields = ("department",)
