"""Lets the index be made again: entries of before tell no project's money, no agency expenses."""

from django.db import migrations


def forget(apps, schema_editor):
    """Without entries the index is seen to be incomplete, and is rebuilt from frozen content."""
    apps.get_model("disclosures", "IndexEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("disclosures", "0013_order_by_number"),)

    operations = (migrations.RunPython(forget, migrations.RunPython.noop),)
