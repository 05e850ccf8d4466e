"""Departments and their units."""

from django.contrib import admin

from budgets.admin.audited import BureauKept
from budgets.admin.charges import (
    FIELD,
    ChargeForm,
    DepartmentForm,
    InChargeFilter,
    add_reviewer,
    name,
    remove_reviewer,
    set_reviewer,
)
from budgets.models import Department, FormerName


@admin.register(Department)
class DepartmentAdmin(BureauKept):
    """Registered here before anyone can file for them."""

    form = DepartmentForm
    list_display = (
        "code",
        "name",
        "kind",
        "parent",
        "in_charge",
        "active",
    )
    list_filter = ("active", "kind", ("parent", admin.EmptyFieldListFilter), InChargeFilter)
    list_select_related = ("parent",)
    list_per_page = 200
    search_fields = ("code__startswith", "name")
    search_help_text = "按编码开头或名称查找"
    autocomplete_fields = ("parent", "successor")
    actions = (add_reviewer, set_reviewer, remove_reviewer)
    action_form = ChargeForm

    def get_queryset(self, request):
        """With who is in charge."""
        return super().get_queryset(request).prefetch_related("reviewers")

    @admin.display(description=FIELD)
    def in_charge(self, department):
        """By name; of a unit nobody, since it has its department's."""
        return "、".join(map(name, department.reviewers.all())) or None


@admin.register(FormerName)
class FormerNameAdmin(BureauKept):
    """What a department was called before, and until which year."""

    list_display = ("department", "name", "until")
    list_select_related = ("department",)
    search_fields = ("name", "department__name")
    autocomplete_fields = ("department",)
