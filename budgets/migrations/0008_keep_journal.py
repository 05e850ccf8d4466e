"""Let the database itself refuse to rewrite the log, to take from it, and to empty it."""

from django.db import migrations

TABLE = "budgets_entry"
MESSAGE = "the log is append-only"

SQLITE = tuple(
    f"""
CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
    for act in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    f"""
CREATE FUNCTION budgets_keep_journal() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
""",
    f"""
CREATE TRIGGER {TABLE}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION budgets_keep_journal()
""",
)
SQLITE_DROP = tuple(f"DROP TRIGGER {TABLE}_no_{act}" for act in ("update", "delete"))
POSTGRESQL_DROP = (
    f"DROP TRIGGER {TABLE}_kept ON {TABLE}",
    "DROP FUNCTION budgets_keep_journal()",
)


def create(_apps, editor):
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(_apps, editor):
    is_postgresql = editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_DROP if is_postgresql else SQLITE_DROP:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Entries can only be added, on both databases."""

    dependencies = (("budgets", "0007_journal"),)

    operations = (migrations.RunPython(create, drop),)
