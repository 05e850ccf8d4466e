"""Accounts and groups: Django's own pages, with every change told in the log."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction

from budgets import journal
from budgets.admin.journaled import Journaled, tell
from budgets.journal import Action

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(Journaled, UserAdmin):
    """The people who may log in."""

    def user_change_password(self, request, id, form_url=""):
        """Another password for a person; its entry is written with it."""
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)

    def log_change(self, request, obj, message):
        """A change that went by no form of fields is that of the password; it is never told."""
        if not hasattr(obj, "as_stored"):
            tell(Action.PASSWORD, request, obj)
            obj.as_stored = journal.snapshot(obj)
        return super().log_change(request, obj, message)


@admin.register(Group)
class CountyGroupAdmin(Journaled, GroupAdmin):
    """The groups of the county-wide roles, and what they may do in the admin."""
