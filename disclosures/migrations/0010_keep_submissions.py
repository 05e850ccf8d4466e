"""Let the database itself refuse to rewrite what has been submitted."""

from django.db import migrations

TABLE = "disclosures_submission"
MESSAGE = "a submission is never rewritten"

SQLITE = f"""
CREATE TRIGGER {TABLE}_kept BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = (
    f"""
CREATE FUNCTION disclosures_keep_submission() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
""",
    f"""
CREATE TRIGGER {TABLE}_kept BEFORE UPDATE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION disclosures_keep_submission()
""",
)


def create(_apps, editor):
    is_postgresql = editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else (SQLITE,):
        editor.execute(statement)


def drop(_apps, editor):
    is_postgresql = editor.connection.vendor == "postgresql"
    on = f" ON {TABLE}" if is_postgresql else ""
    editor.execute(f"DROP TRIGGER {TABLE}_kept{on}")
    if is_postgresql:
        editor.execute("DROP FUNCTION disclosures_keep_submission()")


class Migration(migrations.Migration):
    """Updates of submissions fail on both databases."""

    dependencies = (("disclosures", "0009_appraisals_submissions_notices"),)

    operations = (migrations.RunPython(create, drop),)
