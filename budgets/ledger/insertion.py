"""Puts very many rows into a table with few statements."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection

# SQLite takes 32,766 in a statement since version 3.32, PostgreSQL 65,535.
MOST_PARAMETERS = 30_000


def insert(model, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows in their order; values as the database keeps them, by the names of `columns`.

    An object of the model and its fields for each of 100,000 lines takes longer than reading and
    checking them. Constraints hold as ever; raises IntegrityError.
    """
    quote = connection.ops.quote_name
    size = MOST_PARAMETERS // len(columns)
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    marks = f"({', '.join(['%s'] * len(columns))})"
    remaining = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, size)):
            statement = " ".join(("INSERT INTO", into, "VALUES", ", ".join([marks] * len(batch))))
            cursor.execute(statement, [value for row in batch for value in row])
