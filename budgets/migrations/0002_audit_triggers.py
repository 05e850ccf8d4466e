"""Let the database itself refuse to rewrite the log, to take from it, and to empty it."""

from django.db import migrations

from budgets.models.vendor_sql import VendorSQL, refuse_on_postgresql, refuse_on_sqlite

MESSAGE = "the log is append-only"
LOG = VendorSQL(
    sqlite=refuse_on_sqlite(
        MESSAGE,
        ("budgets_entry_no_update", "UPDATE", "budgets_entry"),
        ("budgets_entry_no_delete", "DELETE", "budgets_entry"),
    ),
    postgresql=refuse_on_postgresql(
        MESSAGE,
        "budgets_keep_journal",
        ("budgets_entry_kept", "UPDATE OR DELETE OR TRUNCATE", "budgets_entry"),
        each="STATEMENT",
    ),
)


class Migration(migrations.Migration):
    """Entries can only be added, on both databases."""

    dependencies = (("budgets", "0001_schema"),)

    operations = (LOG.as_operation(),)
