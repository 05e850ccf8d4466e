"""The database's index of pairs of signs: which texts may hold some words, and whether it is whole.

It names candidates; whether a text holds the words is for the text itself to say. The terms of a
text are its kind, its year and every two signs that stand side by side in it.
"""

from collections.abc import Iterable

from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, Func

from disclosures.models import TextKind

IS_FOUND = " IN (SELECT rowid FROM disclosures_index_pairs WHERE disclosures_index_pairs MATCH %s)"
# Only SQLite has to be told: PostgreSQL keeps an index of an expression as it keeps all others.
REBUILD = "INSERT INTO disclosures_index_pairs (disclosures_index_pairs) VALUES ('rebuild')"
COMPARE = (
    "INSERT INTO disclosures_index_pairs (disclosures_index_pairs, rank)"
    " VALUES ('integrity-check', 1)"
)


class HasTerms(Func):
    """Whether a row of IndexText has all of these terms."""

    output_field = BooleanField()

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__("pk", "kind", "year", "normal")
        self.terms = sorted(terms)

    def as_postgresql(self, compiler, _connection):
        """By the index of an expression, which has to be written as it is there."""
        _, *columns = (compiler.compile(each)[0] for each in self.source_expressions)
        return f"disclosures_index_terms({', '.join(columns)}) @> %s", [self.terms]

    def as_sqlite(self, compiler, _connection):
        """By the full-text table, where terms are hexadecimal numbers."""
        key, _ = compiler.compile(self.source_expressions[0])
        asked = " ".join(term.encode().hex() for term in self.terms)
        return key + IS_FOUND, [asked]


def may_hold(words: Iterable[str], kind: TextKind, year: int | None) -> HasTerms:
    """A condition for texts of a kind (and a year) that have every pair of signs of the words."""
    pairs = {word[place : place + 2] for word in words for place in range(len(word) - 1)}
    return HasTerms(pairs | {str(kind)} | ({str(year)} if year else set()))


def rebuild_pairs() -> None:
    """Make the index anew from the texts, where the database does not see to it itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(REBUILD)


def are_pairs_whole() -> bool:
    """Whether the index has the pairs of all texts and no others."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COMPARE)
    except DatabaseError:
        return False
    return True
