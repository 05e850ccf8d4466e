"""Let the database itself refuse to delete what has been published, and to touch its record."""

from django.db import migrations

# Table, event, name of the trigger. Updates of the first two are refused already.
TRIGGERS = (
    ("disclosures_disclosure", "DELETE", "disclosures_disclosure_undeletable"),
    ("disclosures_disclosurefile", "DELETE", "disclosures_disclosurefile_undeletable"),
    ("disclosures_record", "DELETE", "disclosures_record_undeletable"),
    ("disclosures_record", "UPDATE", "disclosures_record_immutable"),
)
MESSAGE = "what was published is never deleted, and its record never rewritten"

SQLITE = [
    f"""
CREATE TRIGGER {name} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
    for table, event, name in TRIGGERS
]
SQLITE_DROP = [f"DROP TRIGGER {name}" for _, _, name in TRIGGERS]
POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION disclosures_keep_published() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = [
    POSTGRESQL_FUNCTION,
    *(
        f"""
CREATE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION disclosures_keep_published()
"""
        for table, event, name in TRIGGERS
    ),
]
POSTGRESQL_DROP = [
    *(f"DROP TRIGGER {name} ON {table}" for table, _, name in TRIGGERS),
    "DROP FUNCTION disclosures_keep_published()",
]


def create(_apps, editor):
    is_postgresql = editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else SQLITE:
        editor.execute(statement)


def drop(_apps, editor):
    is_postgresql = editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_DROP if is_postgresql else SQLITE_DROP:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Deletes of frozen documents, files and records fail on both databases."""

    dependencies = (("disclosures", "0006_releases_and_records"),)

    operations = (migrations.RunPython(create, drop),)
