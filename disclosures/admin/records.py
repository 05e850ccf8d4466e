"""What has been published and how budgets have moved: logs, to look at only."""

from django.contrib import admin
from django_tasks_db.admin import DBTaskResult

from budgets.admin import ReadOnly
from disclosures.models import Comment, Disclosure, Explanation, Transition

# Wakes of workers, in English; what they work on is followed on the page of releases.
admin.site.unregister(DBTaskResult)


@admin.register(Disclosure)
class DisclosureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("title", "version", "published_at", "reason")
    list_filter = ("year",)
    search_fields = ("department__code__startswith", "title", "digest")
    fields = ("department", "year", "version", "title", "digest", "reason", "published_at")

    def get_queryset(self, request):
        return super().get_queryset(request).without_content().select_related("department")


@admin.register(Transition)
class TransitionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("at", "budget", "before", "after", "who", "words")
    list_filter = ("after", "at")
    list_select_related = ("budget__department", "who")
    search_fields = ("budget__department__name", "who__username")


@admin.register(Explanation)
class ExplanationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("budget", "check_id", "subject", "text", "who", "at")
    list_filter = ("check_id",)
    list_select_related = ("budget__department", "who")
    search_fields = ("budget__department__name", "text")


@admin.register(Comment)
class CommentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("said_at", "budget", "label", "text", "who", "settled_at", "settled_by")
    list_filter = ("settled_at",)
    list_select_related = ("budget__department", "who", "settled_by")
    search_fields = ("budget__department__name", "text", "label")
