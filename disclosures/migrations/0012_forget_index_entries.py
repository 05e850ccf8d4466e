"""Lets the index be made again: entries of before tell nothing of completeness."""

from django.db import migrations


def forget(apps, schema_editor):
    """Without entries the index is seen to be incomplete, and is rebuilt from frozen content."""
    apps.get_model("disclosures", "IndexEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (("disclosures", "0011_index_completeness"),)

    operations = (migrations.RunPython(forget, migrations.RunPython.noop),)
