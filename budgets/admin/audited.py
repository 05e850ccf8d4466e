"""The admin of what the bureau keeps: every change is told in the log, with old and new values."""

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.core.validators import RegexValidator
from django.db import models, transaction

from budgets import audit
from budgets.audit import Action, Subject
from budgets.domain.text import UNFIT

PRINTABLE = RegexValidator(
    UNFIT, "有看不见的控制符号，请删去后重新输入。", "unprintable", inverse_match=True
)
TYPED = {kind: {"validators": [PRINTABLE]} for kind in (models.CharField, models.TextField)}


class Journaled(admin.ModelAdmin):
    """A model's pages; what they write and what the log says of it stand or fall together."""

    formfield_overrides = TYPED

    def changelist_view(self, request, extra_context=None):
        """The list; its actions and fields are written in one transaction with their entries."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            return super().changelist_view(request, extra_context)

    def save_model(self, request, obj, form, change):
        """Save, and keep for the log what stood there before."""
        stored = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        form.instance.as_stored = audit.snapshot(stored) if stored else {}
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        """Tell the log of a new row."""
        tell(Action.ADD, request, obj, after=audit.snapshot(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        """Tell the log what has changed in a row, if anything has."""
        sides = audit.differ(obj.as_stored, audit.snapshot(obj))
        if sides["after"]:
            tell(Action.CHANGE, request, obj, **sides)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        """Tell the log of rows that are about to go, and of those that go with them."""
        for row in queryset:
            told = audit.snapshot(row) | list_followers(row)
            tell(Action.DELETE, request, row, before=told)
        return super().log_deletions(request, queryset)


class BureauKept(Journaled):
    """What the bureau answers for: a superuser, who looks after the system, only sees it."""

    def has_add_permission(self, request):
        """Never for a superuser."""
        return not request.user.is_superuser and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        """Never for a superuser."""
        return not request.user.is_superuser and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Never for a superuser."""
        return not request.user.is_superuser and super().has_delete_permission(request, obj)


def tell(action: Action, request, row, **sides) -> None:
    """An entry about a row, by the person who is logged in."""
    audit.write(action, who=request.user, subject=row, **sides)


def tell_many(action: Action, request, queryset, words: str, **sides) -> None:
    """An entry about many rows of one model."""
    subject = Subject(subject=str(queryset.model._meta.verbose_name))
    audit.write(action, who=request.user, subject=subject, words=words, **sides)


def list_followers(row) -> dict[str, list[str]]:
    """The rows that the database takes away together with this one."""
    collector = NestedObjects(using=row._state.db)
    collector.collect([row])
    others = [each for rows in collector.model_objs.values() for each in rows if each != row]
    own = [each for each in others if not each._meta.auto_created]
    return {"一并删除": sorted(map(audit.label, own))} if own else {}
