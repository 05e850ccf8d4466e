"""The admin: charts of accounts to keep, budgets and files to look at."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.html import format_html_join

from budgets import audit
from budgets.audit import Action, EntrySubject
from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS
from budgets.domain.text import UNFIT
from budgets.models import (
    Budget,
    BudgetLine,
    CodeStatus,
    EconomicCode,
    Edit,
    FunctionCode,
    GlossaryTerm,
    Prior,
    Project,
    Upload,
    Words,
)


class ReadOnly:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    extra = 0
    show_change_link = False


class BudgetLineInline(ReadOnlyInline):
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
        return super().get_queryset(request).select_related("project")


class ProjectInline(ReadOnlyInline):
    model = Project
    fields = ("name", "leader", "period")


class PriorInline(ReadOnlyInline):
    model = Prior


class WordsInline(ReadOnlyInline):
    model = Words


@admin.register(Budget)
class BudgetAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("department", "year", "signed_on", "state")
    list_filter = ("year", "state")
    list_select_related = ("department",)
    search_fields = ("department__code__startswith", "department__name")
    fields = ("department", "year", "signed_on", "state", "three_public_why")
    inlines = (BudgetLineInline, ProjectInline, PriorInline, WordsInline)


@admin.register(Upload)
class UploadAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("filename", "budget", "who", "at", "result")
    list_filter = ("result", "at")
    list_select_related = ("budget__department", "who")
    search_fields = ("filename", "budget__department__name", "sha256")
    fields = ("filename", "budget", "who", "at", "result", "size", "sha256", "problem_list")

    def get_queryset(self, request):
        return super().get_queryset(request).for_lists()

    @admin.display(description="问题")
    def problem_list(self, upload):
        told = (
            (f"{problem['sheet']}!{'、'.join(problem['cells'])}", problem["message"])
            for problem in upload.problems
        )
        return format_html_join("", "<p>{}：{}</p>", told) or "没有问题"


@admin.register(Edit)
class EditAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("at", "budget", "who", "what")
    list_filter = ("at",)
    list_select_related = ("budget__department", "who")
    search_fields = ("budget__department__name", "who__username", "what")


PRINTABLE = RegexValidator(
    UNFIT, "有看不见的控制符号，请删去后重新输入。", "unprintable", inverse_match=True
)
TYPED: dict[type[models.Field], dict[str, Any]] = {
    kind: {"validators": [PRINTABLE]} for kind in (models.CharField, models.TextField)
}


class LoggedAdmin(admin.ModelAdmin):
    """A model's pages; what they write and what the log says of it stand or fall together."""

    formfield_overrides = TYPED

    def changelist_view(self, request, extra_context=None):
        """The list; its actions and fields are written in one transaction with their entries."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            return super().changelist_view(request, extra_context)

    def save_model(self, request, obj, form, change):
        stored = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        form.instance.as_stored = audit.snapshot(stored) if stored else {}
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        log_row(Action.ADD, request, obj, after=audit.snapshot(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        sides = audit.compare_snapshots(obj.as_stored, audit.snapshot(obj))
        if sides["after"]:
            log_row(Action.CHANGE, request, obj, **sides)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        """Tell the log of rows that are about to go, and of those that go with them."""
        for row in queryset:
            collector = NestedObjects(using=row._state.db)
            collector.collect([row])
            others = [each for rows in collector.model_objs.values() for each in rows]
            own = [each for each in others if each != row and not each._meta.auto_created]
            told = {"一并删除": sorted(map(audit.name_row, own))} if own else {}
            log_row(Action.DELETE, request, row, before=audit.snapshot(row) | told)
        return super().log_deletions(request, queryset)


class BureauAdmin(LoggedAdmin):
    """What the bureau answers for: a superuser, who looks after the system, only sees it."""

    def has_add_permission(self, request):
        return not request.user.is_superuser and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return not request.user.is_superuser and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not request.user.is_superuser and super().has_delete_permission(request, obj)


def log_row(action: Action, request, row, **sides) -> None:
    audit.write_entry(action, who=request.user, subject=row, **sides)


def log_rows(action: Action, request, queryset, words: str, **sides) -> None:
    subject = EntrySubject(subject=str(queryset.model._meta.verbose_name))
    audit.write_entry(action, who=request.user, subject=subject, words=words, **sides)


LEVEL_NAMES = ("类", "款", "项")


class LevelFilter(admin.SimpleListFilter):
    """类, 款 or 项, which is the length of the code."""

    title = "级次"
    parameter_name = "level"

    def lookups(self, request, model_admin):
        return list(zip(map(str, model_admin.levels), LEVEL_NAMES, strict=False))

    def queryset(self, request, queryset):
        return queryset.of_level(int(self.value())) if self.value() else queryset


@admin.action(description="复制到下一年度", permissions=["add"])
def copy_to_next_year(model_admin, request, queryset):
    years = queryset.order_by().values_list("year", flat=True).distinct()
    for year in list(years):
        count = queryset.filter(year=year).copy_to(year + 1)
        words = f"从 {year} 年度复制到 {year + 1} 年度：新增 {count} 条"
        log_rows(Action.ADD, request, queryset, words, after={"年度": year + 1, "新增": count})
        messages.success(request, f"已复制到 {year + 1} 年度：新增 {count} 条，已有的没有改动。")


@admin.action(description="标为已核实", permissions=["change"])
def confirm(model_admin, request, queryset):
    held = queryset.select_for_update().exclude(status=CodeStatus.CONFIRMED)
    before = {str(code): code.get_status_display() for code in held}
    after = dict.fromkeys(before, CodeStatus.CONFIRMED.label)
    count = queryset.update(status=CodeStatus.CONFIRMED)
    log_rows(Action.CHANGE, request, queryset, "标为已核实", before=before, after=after)
    messages.success(request, f"已标为已核实：{count} 条。")


class CodeAdmin(BureauAdmin):
    levels: tuple[int, ...] = ()
    list_display = ("code", "name", "level", "year", "status")
    list_filter = ("year", LevelFilter, "status")
    search_fields = ("code__startswith", "name")
    search_help_text = "按编码开头或名称查找"
    list_per_page = 200
    actions = (confirm, copy_to_next_year)

    @admin.display(description="级次")
    def level(self, code):
        return dict(zip(self.levels, LEVEL_NAMES, strict=False)).get(len(code.code), "")


@admin.register(FunctionCode)
class FunctionCodeAdmin(CodeAdmin):
    levels = FUNCTION_LEVELS


@admin.register(EconomicCode)
class EconomicCodeAdmin(CodeAdmin):
    levels = ECONOMIC_LEVELS


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(BureauAdmin):
    """The standard glossary; a department's own terms come with its filing."""

    list_display = ("term", "year", "order", "meaning")
    list_filter = ("year",)
    search_fields = ("term", "meaning")
    fields = ("year", "order", "term", "meaning")
    actions = (copy_to_next_year,)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(budget=None)
