"""Let the database itself refuse to rewrite how a budget has moved."""

from django.db import migrations

TABLE = "disclosures_transition"
MESSAGE = "a transition is never rewritten"

SQLITE = f"""
CREATE TRIGGER {TABLE}_kept BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = (
    f"""
CREATE FUNCTION disclosures_keep_transition() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
""",
    f"""
CREATE TRIGGER {TABLE}_kept BEFORE UPDATE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION disclosures_keep_transition()
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
        editor.execute("DROP FUNCTION disclosures_keep_transition()")


class Migration(migrations.Migration):
    """Updates of transitions fail on both databases."""

    dependencies = (("disclosures", "0003_transitions_and_explanations"),)

    operations = (migrations.RunPython(create, drop),)
