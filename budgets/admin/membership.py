"""Who works where, kept by the bureau; and the trace of who changed what, to look at only."""

from django.contrib import admin

from budgets.admin.audited import Journaled
from budgets.admin.budget import ReadOnly
from budgets.models import Edit, Membership
from disclosures.workplace.accounts.people import PostForm


@admin.register(Membership)
class MembershipAdmin(Journaled):
    """A post in a department covers its units; the people of the bureau have none."""

    form = PostForm
    list_display = ("user", "department", "post")
    list_filter = ("post",)
    list_select_related = ("user", "department")
    search_fields = ("user__username", "department__code__startswith", "department__name")
    search_help_text = "按人员、部门编码开头或名称查找"
    autocomplete_fields = ("user", "department")


@admin.register(Edit)
class EditAdmin(ReadOnly, admin.ModelAdmin):
    """Every change in the workplace."""

    list_display = ("at", "budget", "who", "what")
    list_filter = ("at",)
    list_select_related = ("budget__department", "who")
    search_fields = ("budget__department__name", "who__username", "what")
