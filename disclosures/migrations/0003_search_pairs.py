"""Lets the database find the texts of the index by their pairs of signs, on both databases.

A text's terms are its kind, its year and every two signs that stand side by side in it; those of
the rows that are there are taken in here. PostgreSQL indexes them as an expression. SQLite keeps
them in a full-text table, written as hexadecimal numbers so that no sign has a meaning there, which
triggers fill from a view. A later migration that remakes the table of texts has to drop all of this
first and create it again afterwards: SQLite refuses to rename the table under the view.
"""

from django.db import migrations

from budgets.models.vendor_sql import VendorSQL

PAIRS = VendorSQL(
    postgresql=(
        (
            """
CREATE FUNCTION disclosures_index_terms(kind text, year integer, normal text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS
$$
SELECT ARRAY[kind, year::text]
    || ARRAY(SELECT substr(normal, n, 2) FROM generate_series(1, length(normal) - 1) AS n)
$$
""",
            "DROP FUNCTION disclosures_index_terms(text, integer, text)",
        ),
        # What is published waits in a list, so that it need not sort itself in; a short one,
        # because every search reads it.
        (
            """
CREATE INDEX disclosures_index_pairs ON disclosures_indextext
USING gin (disclosures_index_terms(kind, year, normal)) WITH (gin_pending_list_limit = 1024)
""",
            "DROP INDEX disclosures_index_pairs",
        ),
    ),
    sqlite=(
        (
            """
CREATE VIEW disclosures_index_terms (id, terms) AS
SELECT id, hex(kind) || ' ' || hex(year) || ' ' || (
    WITH RECURSIVE place (n) AS (
        VALUES (1) UNION ALL SELECT n + 1 FROM place WHERE n < length(normal) - 1
    )
    SELECT group_concat(hex(substr(normal, n, 2)), ' ') FROM place
)
FROM disclosures_indextext
""",
            "DROP VIEW disclosures_index_terms",
        ),
        (
            """
CREATE VIRTUAL TABLE disclosures_index_pairs USING fts5(
    terms, content='disclosures_index_terms', content_rowid='id',
    detail='none', columnsize=0, tokenize='ascii'
)
""",
            "DROP TABLE disclosures_index_pairs",
        ),
        (
            """
CREATE TRIGGER disclosures_index_pairs_enter AFTER INSERT ON disclosures_indextext
BEGIN
    INSERT INTO disclosures_index_pairs (rowid, terms)
    SELECT id, terms FROM disclosures_index_terms WHERE id = new.id;
END
""",
            "DROP TRIGGER disclosures_index_pairs_enter",
        ),
        (
            """
CREATE TRIGGER disclosures_index_pairs_leave BEFORE DELETE ON disclosures_indextext
BEGIN
    INSERT INTO disclosures_index_pairs (disclosures_index_pairs, rowid, terms)
    SELECT 'delete', id, terms FROM disclosures_index_terms WHERE id = old.id;
END
""",
            "DROP TRIGGER disclosures_index_pairs_leave",
        ),
        (
            "INSERT INTO disclosures_index_pairs (disclosures_index_pairs) VALUES ('rebuild')",
            "INSERT INTO disclosures_index_pairs (disclosures_index_pairs) VALUES ('delete-all')",
        ),
    ),
)


class Migration(migrations.Migration):
    dependencies = (("disclosures", "0002_guards"),)

    operations = (PAIRS.as_operation(),)
