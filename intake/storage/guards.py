"""The triggers that lock the store, and the views they ask: whether they are those that its steps made."""

from __future__ import annotations

from intake.storage.driver import Connection, connect
from intake.storage.migrations import FILES, statements

_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
_IN_MEMORY = ":memory:"


def altered_guards(connection: Connection) -> tuple[str, ...]:
    """Return the names of the triggers and views that are missing, are not as made, or were put in by somebody else."""
    made, found = _as_made(), dict(connection.execute(_TRIGGERS))
    return tuple(sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name)))


def _as_made() -> dict[str, str]:
    """Return the triggers and views of a store that was just made, by name."""
    connection = connect(_IN_MEMORY, bytes(32), timeout_s=1)
    try:
        for file in FILES:
            for statement in statements(file.read_text(encoding="utf-8")):
                connection.execute(statement)
        return dict(connection.execute(_TRIGGERS))
    finally:
        connection.close()
