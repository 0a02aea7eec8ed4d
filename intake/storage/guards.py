"""The tables of the store with all they refuse, their indexes, the triggers and views: whether they are those that its steps made."""

from __future__ import annotations

from functools import cache

from intake.storage.driver import Connection, connect
from intake.storage.migrations import FILES, statements

_SCHEMA = (
    "SELECT name, type || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema"
    " WHERE substr(name, 1, 11) <> 'sqlite_stat' AND NOT (tbl_name = '_sqlite_migrations' AND type IN ('table', 'index'))"
)
"""All but what the database counts for itself, and the list of the steps that were made."""
_RULES = "SELECT name, type, coalesce(sql, '') FROM sqlite_schema WHERE type IN ('trigger', 'view') AND substr(name, 1, 7) <> 'sqlite_'"
_IN_MEMORY = ":memory:"


def altered_guards(connection: Connection) -> tuple[str, ...]:
    """Return the names of the triggers, views, tables and indexes that are missing, are not as made, or were put in by somebody else."""
    made, found = dict(_made()[0]), dict(connection.execute(_SCHEMA))
    return tuple(sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name)))


def mend_rules(connection: Connection) -> tuple[str, ...]:
    """Put triggers and views back as they were made, take those of somebody else away, and return the names; inside a transaction.

    What somebody put in would otherwise run in the name of whoever writes next.
    """
    made = {name: (kind, sql) for name, kind, sql in _made()[1]}
    found = {name: (kind, sql) for name, kind, sql in connection.execute(_RULES).fetchall()}
    altered = sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name))
    for name in altered:
        if name in found:
            quoted = name.replace('"', '""')
            connection.execute(f'DROP {found[name][0]} "{quoted}"')
    for name in altered:
        if name in made:
            connection.execute(made[name][1])
    return tuple(altered)


@cache
def _made() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]:
    """Return what a store that was just made consists of, and its rules: the same steps in the same order give the same words."""
    connection = connect(_IN_MEMORY, bytes(32), timeout_s=1)
    try:
        for file in FILES:
            for statement in statements(file.read_text(encoding="utf-8")):
                connection.execute(statement)
        return tuple(connection.execute(_SCHEMA)), tuple(connection.execute(_RULES))
    finally:
        connection.close()
