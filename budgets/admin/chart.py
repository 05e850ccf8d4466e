"""Charts of accounts and glossary: look up, correct, confirm, carry into the next year."""

from django.contrib import admin, messages

from budgets.admin.audited import BureauKept, tell_many
from budgets.audit import Action
from budgets.domain.facts import ECONOMIC_LEVELS, FUNCTION_LEVELS
from budgets.models import CodeStatus, EconomicCode, FunctionCode, GlossaryTerm

LEVEL_NAMES = ("类", "款", "项")


class LevelFilter(admin.SimpleListFilter):
    """类, 款 or 项, which is the length of the code."""

    title = "级次"
    parameter_name = "level"

    def lookups(self, request, model_admin):
        """The levels that these codes have."""
        return list(zip(map(str, model_admin.levels), LEVEL_NAMES, strict=False))

    def queryset(self, request, queryset):
        """The codes of the chosen level."""
        return queryset.of_level(int(self.value())) if self.value() else queryset


@admin.action(description="复制到下一年度", permissions=["add"])
def copy_to_next_year(model_admin, request, queryset):
    """Copy the chosen rows into the year after their own, where they are not there yet."""
    years = queryset.order_by().values_list("year", flat=True).distinct()
    for year in list(years):
        count = queryset.filter(year=year).copy_to(year + 1)
        words = f"从 {year} 年度复制到 {year + 1} 年度：新增 {count} 条"
        tell_many(Action.ADD, request, queryset, words, after={"年度": year + 1, "新增": count})
        messages.success(request, f"已复制到 {year + 1} 年度：新增 {count} 条，已有的没有改动。")


@admin.action(description="标为已核实", permissions=["change"])
def confirm(model_admin, request, queryset):
    """Mark codes as checked by the bureau."""
    held = queryset.select_for_update().exclude(status=CodeStatus.CONFIRMED)
    before = {str(code): code.get_status_display() for code in held}
    after = dict.fromkeys(before, CodeStatus.CONFIRMED.label)
    count = queryset.update(status=CodeStatus.CONFIRMED)
    tell_many(Action.CHANGE, request, queryset, "标为已核实", before=before, after=after)
    messages.success(request, f"已标为已核实：{count} 条。")


class CodeAdmin(BureauKept):
    """What both kinds of codes share."""

    levels: tuple[int, ...] = ()
    list_display = ("code", "name", "level", "year", "status")
    list_filter = ("year", LevelFilter, "status")
    search_fields = ("code__startswith", "name")
    search_help_text = "按编码开头或名称查找"
    list_per_page = 200
    actions = (confirm, copy_to_next_year)

    @admin.display(description="级次")
    def level(self, code):
        """类, 款 or 项."""
        return dict(zip(self.levels, LEVEL_NAMES, strict=False)).get(len(code.code), "")


@admin.register(FunctionCode)
class FunctionCodeAdmin(CodeAdmin):
    """功能分类科目."""

    levels = FUNCTION_LEVELS


@admin.register(EconomicCode)
class EconomicCodeAdmin(CodeAdmin):
    """部门预算支出经济分类科目."""

    levels = ECONOMIC_LEVELS


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(BureauKept):
    """The standard glossary; a department's own terms come with its filing."""

    list_display = ("term", "year", "order", "meaning")
    list_filter = ("year",)
    search_fields = ("term", "meaning")
    fields = ("year", "order", "term", "meaning")
    actions = (copy_to_next_year,)

    def get_queryset(self, request):
        """Standard terms only."""
        return super().get_queryset(request).filter(budget=None)
