"""Writing into a store as somebody does who has its key and a program of their own."""

from __future__ import annotations

from intake.storage.store import Store


def write(store: Store, statement: str) -> None:
    """Write past the guards and outside every action, and put the guards back exactly."""
    execute = store._connection.execute
    guards = execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    execute("PRAGMA foreign_keys = OFF")
    for name, _ in guards:
        execute(f"DROP TRIGGER {name}")
    try:
        execute(statement)
    finally:
        for _, sql in guards:
            execute(sql)
        execute("PRAGMA foreign_keys = ON")
