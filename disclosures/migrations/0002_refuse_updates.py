"""Let the database itself refuse to rewrite what has been published."""

from django.db import migrations

TABLES = ("disclosures_disclosure", "disclosures_disclosurefile")
MESSAGE = "published content is immutable"

SQLITE_CREATE = """
CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION disclosures_refuse_update() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL_CREATE = """
CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION disclosures_refuse_update()
"""


def create(_apps, editor):
    is_postgresql = editor.connection.vendor == "postgresql"
    if is_postgresql:
        editor.execute(POSTGRESQL_FUNCTION)
    form = POSTGRESQL_CREATE if is_postgresql else SQLITE_CREATE
    for table in TABLES:
        editor.execute(form.format(table=table, message=MESSAGE))


def drop(_apps, editor):
    is_postgresql = editor.connection.vendor == "postgresql"
    for table in TABLES:
        on = f" ON {table}" if is_postgresql else ""
        editor.execute(f"DROP TRIGGER {table}_immutable{on}")
    if is_postgresql:
        editor.execute("DROP FUNCTION disclosures_refuse_update()")


class Migration(migrations.Migration):
    """Updates of frozen documents and files fail on both databases."""

    dependencies = (("disclosures", "0001_initial"),)

    operations = (migrations.RunPython(create, drop),)
