"""Gives the groups of the county-wide roles what they may do in the admin."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q

from budgets import audit
from disclosures.workflow.access import Role

# Of the people, those of departments; what of whom is for disclosures.admin.people to say.
KEPT_BY_BUREAU = (
    "department",
    "formername",
    "functioncode",
    "economiccode",
    "glossaryterm",
    "membership",
    "user",
)
SEEN_BY_BUREAU = ("budget", "upload", "edit", "disclosure", "transition", "explanation")
# Neither the sessions nor the devices of others: whoever reads those can be anybody.
READ_BY_AUDITOR = ("budgets", "disclosures", "auth")


def allow(acts, models):
    return Q(codename__in=[f"{act}_{model}" for act in acts for model in models])


PERMISSIONS = {
    Role.REVIEWER: allow(("view",), ("budget", "upload", "transition", "explanation")),
    Role.BUREAU_ADMIN: allow(("add", "change", "view"), KEPT_BY_BUREAU)
    | allow(("delete",), ("membership",))
    | allow(("view",), SEEN_BY_BUREAU),
    Role.AUDITOR: Q(codename__startswith="view_", content_type__app_label__in=READ_BY_AUDITOR),
}


class Command(BaseCommand):
    help = "把后台的权限分给财政审核员、财政管理员、审计员三个组。可以反复运行，以本命令为准。"

    def handle(self, *args, **options):
        for role, condition in PERMISSIONS.items():
            grant(role, Permission.objects.filter(condition))


@transaction.atomic
def grant(role, permissions):
    """Give a role's group these permissions and no others; the log is told what has changed."""
    group, _ = Group.objects.get_or_create(name=role.value)
    before = audit.snapshot(group)
    group.permissions.set(permissions)
    sides = audit.compare_snapshots(before, audit.snapshot(group))
    if sides["after"]:
        audit.write_entry(audit.Action.GRANT, subject=group, **sides)
