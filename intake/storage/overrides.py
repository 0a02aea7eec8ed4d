"""The practice's own files as they were taken in: what each held, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A file as it was taken in: its name under ``resources/``, its SHA-256, by whom (name) and when."""

    name: str
    sha256: str
    by: str
    at: datetime


class Overrides:
    """The table of the practice's own files. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def all(self) -> tuple[TakenIn, ...]:
        """Return what was taken in, by name."""
        rows = self._connection.execute(
            "SELECT override.name, override.sha256, staff.name, override.at FROM override"
            " JOIN staff ON staff.id = override.staff_id ORDER BY override.name"
        ).fetchall()
        return tuple(TakenIn(name=name, sha256=sha256, by=by, at=instant(at)) for name, sha256, by, at in rows)

    def content(self, name: str) -> bytes | None:
        """Return what a file held when it was taken in, None when it never was."""
        row = self._connection.execute("SELECT content FROM override WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def sha256(self, name: str) -> str | None:
        """Return the SHA-256 of a file as it was taken in, None when it never was."""
        row = self._connection.execute("SELECT sha256 FROM override WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, name: str, content: bytes, *, sha256: str, staff_id: int, at: datetime) -> None:
        """Keep a file in place of the one of that name."""
        self._connection.execute(
            "INSERT INTO override (name, sha256, content, staff_id, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, content = excluded.content,"
            " staff_id = excluded.staff_id, at = excluded.at",
            (name, sha256, content, staff_id, instant_text(at)),
        )

    def remove(self, name: str) -> None:
        """Keep a file no longer."""
        self._connection.execute("DELETE FROM override WHERE name = ?", (name,))
