"""Statements that migrations write for each database apart, such as triggers that refuse a change.

Migrations already run rest on this module: what it makes for the same arguments stays the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.migrations import RunPython

# What creates one thing, and what drops it.
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class VendorSQL:
    """What to create on each database; dropped in the opposite order."""

    sqlite: Pairs
    postgresql: Pairs

    def create(self, execute: Callable[[str], object], vendor: str) -> None:
        """Give `execute` each statement that creates something on the vendor's database."""
        for statement, _ in getattr(self, vendor):
            execute(statement)

    def drop(self, execute: Callable[[str], object], vendor: str) -> None:
        for _, statement in reversed(getattr(self, vendor)):
            execute(statement)

    def as_operation(self) -> RunPython:
        """The operation of a migration that creates, and drops on the way back."""
        return RunPython(
            lambda _apps, editor: self.create(editor.execute, editor.connection.vendor),
            lambda _apps, editor: self.drop(editor.execute, editor.connection.vendor),
        )


# A trigger's name, the event that it refuses, and the table.
Trigger = tuple[str, str, str]


def refuse_changes(message: str, function: str, *triggers: Trigger) -> VendorSQL:
    """Triggers that refuse to change rows; `function` is what they call on PostgreSQL."""
    return VendorSQL(
        sqlite=refuse_on_sqlite(message, *triggers),
        postgresql=refuse_on_postgresql(message, function, *triggers),
    )


def refuse_on_sqlite(message: str, *triggers: Trigger) -> Pairs:
    return tuple(
        (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}\n"
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
            f"DROP TRIGGER {name}",
        )
        for name, event, table in triggers
    )


def refuse_on_postgresql(
    message: str, function: str, *triggers: Trigger, each: str = "ROW"
) -> Pairs:
    """The function and the triggers for PostgreSQL; only those for each STATEMENT see TRUNCATE."""
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    return (
        (
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS\n"
            f"$$ BEGIN {raised}; END $$",
            f"DROP FUNCTION {function}()",
        ),
        *(
            (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table}\n"
                f"FOR EACH {each} EXECUTE FUNCTION {function}()",
                f"DROP TRIGGER {name} ON {table}",
            )
            for name, event, table in triggers
        ),
    )
