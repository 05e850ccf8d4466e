"""Budgets and uploaded files, to look at only: the ledger alone writes them."""

from django.contrib import admin
from django.utils.html import format_html_join

from budgets.models import Budget, BudgetLine, Edit, Prior, Project, Upload, Words


class ReadOnly:
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request, obj=None):
        """Never."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never."""
        return False


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    """Rows of a budget."""

    extra = 0
    show_change_link = False


class BudgetLineInline(ReadOnlyInline):
    """The facts, as they rest in the ledger."""

    model = BudgetLine
    fields = (
        "side",
        "fund",
        "nature",
        "function",
        "economic",
        "project",
        "amount",
        "internal",
        "origin",
    )

    def get_queryset(self, request):
        """The lines with their projects in one query."""
        return super().get_queryset(request).select_related("project")


class ProjectInline(ReadOnlyInline):
    """The projects."""

    model = Project
    fields = ("name", "leader", "period")


class PriorInline(ReadOnlyInline):
    """Last year's figures as stated."""

    model = Prior


class WordsInline(ReadOnlyInline):
    """Reasons and uses."""

    model = Words


@admin.register(Budget)
class BudgetAdmin(ReadOnly, admin.ModelAdmin):
    """A department's budget of a year with everything in it."""

    list_display = ("department", "year", "signed_on", "state")
    list_filter = ("year", "state")
    list_select_related = ("department",)
    search_fields = ("department__code__startswith", "department__name")
    fields = ("department", "year", "signed_on", "state", "three_public_why")
    inlines = (BudgetLineInline, ProjectInline, PriorInline, WordsInline)


@admin.register(Upload)
class UploadAdmin(ReadOnly, admin.ModelAdmin):
    """Every file that came in, and what was wrong with it."""

    list_display = ("filename", "budget", "who", "at", "result")
    list_filter = ("result", "at")
    list_select_related = ("budget__department", "who")
    search_fields = ("filename", "budget__department__name", "sha256")
    fields = ("filename", "budget", "who", "at", "result", "size", "sha256", "problem_list")

    def get_queryset(self, request):
        """Without the files themselves."""
        return super().get_queryset(request).defer("content")

    @admin.display(description="问题")
    def problem_list(self, upload):
        """One problem a line."""
        told = (
            (f"{problem['sheet']}!{'、'.join(problem['cells'])}", problem["message"])
            for problem in upload.problems
        )
        return format_html_join("", "<p>{}：{}</p>", told) or "没有问题"


@admin.register(Edit)
class EditAdmin(ReadOnly, admin.ModelAdmin):
    """Every change in the workplace."""

    list_display = ("at", "budget", "who", "what")
    list_filter = ("at",)
    list_select_related = ("budget__department", "who")
    search_fields = ("budget__department__name", "who__username", "what")
