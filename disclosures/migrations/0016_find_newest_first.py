"""Lets the newest versions be found without reading through the texts of all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("disclosures", "0015_find_text_by_place"),)

    operations = (
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["published_at", "id"], name="disclosure_newest"),
        ),
    )
