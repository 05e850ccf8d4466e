"""What docs/install.md says of PostgreSQL is what the portal uses of it."""

import re
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
TOLD = set(re.findall(r"`([^`\n]+)`", (ROOT / "docs" / "install.md").read_text()))
# Types that every database has by these names.
PLAIN = {"bool", "date", "int2", "int4", "int8", "text", "varchar"}
OWN = "relnamespace = 'public'::regnamespace"
FOUND = {
    "languages of functions": """
        SELECT DISTINCT lanname FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
        WHERE pronamespace = 'public'::regnamespace AND lanname <> 'sql'""",
    "kinds of indexes": f"""
        SELECT DISTINCT amname FROM pg_class JOIN pg_am ON pg_am.oid = relam
        WHERE relkind = 'i' AND {OWN}""",
    "options of indexes": f"""
        SELECT DISTINCT split_part(unnest(reloptions), '=', 1) FROM pg_class
        WHERE relkind = 'i' AND {OWN}""",
    "classes of operators": f"""
        SELECT DISTINCT opcname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
        JOIN pg_opclass ON pg_opclass.oid = ANY (indclass) WHERE NOT opcdefault AND {OWN}""",
    "types": """
        SELECT DISTINCT udt_name FROM information_schema.columns WHERE table_schema = 'public'""",
}
CALLED = re.compile(r"\bpg_\w+|SKIP LOCKED|COPY|ANALYZE|EXECUTE \w+")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="tells of PostgreSQL")
@pytest.mark.parametrize("query", FOUND.values(), ids=FOUND)
def test_everything_in_the_database_is_told(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {value for (value,) in cursor.fetchall()}
    assert found
    assert found - PLAIN - TOLD == set()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="tells of PostgreSQL")
def test_no_extension_is_used():
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'")
        assert cursor.fetchall() == []


def list_called():
    """What the code itself asks of PostgreSQL by name."""
    rooms = ("budgets", "config", "disclosures")
    texts = [path.read_text() for room in rooms for path in (ROOT / room).rglob("*.py")]
    return {word for text in texts for word in CALLED.findall(text)}


def test_everything_the_code_calls_is_told():
    called = list_called()
    assert {"pg_advisory_xact_lock", "EXECUTE FUNCTION"} <= called
    assert [word for word in called if not any(word in told for told in TOLD)] == []
