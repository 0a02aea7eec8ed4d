"""The columns that hold what clinicians write at a visit: each text is encrypted under the key of the notes, for its own row only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from intake.errors import IntakeError
from intake.storage.driver import Connection
from intake.storage.notes_key import NotesKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedTable:
    """A table with such columns: its key, what names a row and the visit it belongs to (SQL), and whether the columns hold JSON."""

    key: tuple[str, ...]
    row: str
    columns: tuple[str, ...]
    holds_json: bool = False


CLOSED: Final[Mapping[str, ClosedTable]] = {
    "review": ClosedTable(key=("visit_id",), row="visit_id", columns=("content",), holds_json=True),
    "addendum": ClosedTable(key=("visit_id", "number"), row="visit_id || '.' || number", columns=("text", "reason")),
    "acknowledgement": ClosedTable(
        key=("prompt_id",), row="(SELECT visit_id FROM prompt WHERE prompt.id = prompt_id) || '.' || prompt_id", columns=("words",)
    ),
    "correction": ClosedTable(key=("id",), row="visit_id || '.' || id", columns=("reason",)),
    "note_draft": ClosedTable(
        key=("visit_id", "staff_id"), row="visit_id || '.' || staff_id", columns=("content", "caret"), holds_json=True
    ),
}  # fmt: skip


class ClosedTexts:
    """Encrypts and opens these columns. A row is named by its numbers in the order of the table's ``row``."""

    def __init__(self, connection: Connection, notes_key: NotesKey) -> None:
        """Work over this connection with what key the person at work has."""
        self._connection = connection
        self._notes_key = notes_key

    def close(self, table: str, column: str, text: str, *row: int) -> str:
        """Return a text as its column keeps it. Raises DeniedError without the key."""
        return self._closed(table, column, text, ".".join(map(str, row)))

    def open(self, table: str, column: str, kept: str, *row: int) -> str:
        """Return the text that a column keeps. Raises DeniedError without the key, IntakeError ``note_altered``."""
        return self._opened(table, column, kept, ".".join(map(str, row)))

    def plain_rows(self) -> Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """Return by table what opens a whole row of it: by column, as it would be kept in the open."""
        return {table: partial(self._plain, table) for table in CLOSED}

    def close_all(self) -> None:
        """Encrypt what stands in the open in a store of before, and read each text back; call it before the store has its key.

        One row at a time is held in memory.
        """
        for table, closed in CLOSED.items():
            names = ", ".join((*closed.key, closed.row))
            for *key, row in self._connection.execute(f"SELECT {names} FROM {table}").fetchall():  # noqa: S608 - our own names
                self._close_row(table, tuple(key), str(row))

    def _plain(self, table: str, values: dict[str, Any]) -> dict[str, Any]:
        closed = CLOSED[table]
        where = " AND ".join(f"{name} = ?" for name in closed.key)
        sql = f"SELECT {closed.row} FROM {table} WHERE {where}"  # noqa: S608 - as above
        found = self._connection.execute(sql, tuple(values[name] for name in closed.key)).fetchone() or ("",)
        return values | {name: self._opened(table, name, values[name], str(found[0])) for name in closed.columns}

    def _close_row(self, table: str, key: tuple[Any, ...], row: str) -> None:
        closed = CLOSED[table]
        where = " AND ".join(f"{name} = ?" for name in closed.key)
        (texts,) = self._connection.execute(f"SELECT {', '.join(closed.columns)} FROM {table} WHERE {where}", key).fetchall()  # noqa: S608 - as above
        kept = tuple(self._closed(table, column, text, row) for column, text in zip(closed.columns, texts, strict=True))
        if tuple(self._opened(table, column, text, row) for column, text in zip(closed.columns, kept, strict=True)) != texts:
            raise IntakeError("note_altered")
        columns = ", ".join(f"{name} = ?" for name in closed.columns)
        self._connection.execute(f"UPDATE {table} SET {columns} WHERE {where}", (*kept, *key))  # noqa: S608 - as above

    def _closed(self, table: str, column: str, text: str, row: str) -> str:
        sealed = self._notes_key.seal(text, _place(table, column, row))
        return json.dumps(sealed) if CLOSED[table].holds_json else sealed

    def _opened(self, table: str, column: str, kept: str, row: str) -> str:
        return self._notes_key.open(_unquoted(kept) if CLOSED[table].holds_json else kept, _place(table, column, row))


def _unquoted(kept: str) -> str:
    """Return the text of a JSON string; what is no JSON string is left to be refused."""
    try:
        text = json.loads(kept)
    except ValueError:
        return ""
    return text if isinstance(text, str) else ""


def _place(table: str, column: str, row: str) -> str:
    return f"{table}.{column} {row}"
