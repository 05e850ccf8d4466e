"""The workplace may show the ledger's lines, and nothing in it may write them."""

from django.contrib import admin
from django.contrib.auth.models import User

from budgets.models import Budget, BudgetLine


def find_writers(site, request):
    """Names of the pages and inlines of a site where even a superuser may write BudgetLine."""
    pages = list(site._registry.values())
    inlines = [inline for page in pages for inline in page.get_inline_instances(request)]
    adds = [page for page in pages if page.has_add_permission(request)]
    adds += [inline for inline in inlines if inline.has_add_permission(request, None)]
    return [
        type(window).__name__
        for window in [*pages, *inlines]
        if window.model is BudgetLine
        and (
            window in adds
            or window.has_change_permission(request)
            or window.has_delete_permission(request)
        )
    ]


def ask_as_superuser(rf):
    request = rf.get("/admin/")
    request.user = User(username="root", is_active=True, is_staff=True, is_superuser=True)
    return request


def test_workplace_does_not_write_the_ledger(rf):
    assert find_writers(admin.site, ask_as_superuser(rf)) == []


def test_writer_of_the_ledger_is_noticed(rf):
    class LineInline(admin.TabularInline):
        model = BudgetLine

    class BudgetPage(admin.ModelAdmin):
        inlines = (LineInline,)

    class LinePage(admin.ModelAdmin):
        has_change_permission = has_delete_permission = lambda *_: False

    site = admin.AdminSite()
    site.register(Budget, BudgetPage)
    site.register(BudgetLine, LinePage)
    assert find_writers(site, ask_as_superuser(rf)) == ["LinePage", "LineInline"]
