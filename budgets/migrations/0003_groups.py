"""The groups that carry the county-wide roles; what they may do is granted apart."""

from django.db import migrations

GROUPS = ("财政审核员", "财政管理员", "审计员")


def create(apps, _editor):
    group = apps.get_model("auth", "Group")
    for name in GROUPS:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    """Groups stay when migrating back: people may be in them."""

    dependencies = (
        ("auth", "0012_alter_user_first_name_max_length"),
        ("budgets", "0002_audit_triggers"),
    )

    operations = (migrations.RunPython(create, migrations.RunPython.noop),)
