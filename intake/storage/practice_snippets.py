"""Snippets of the practice as kept: one for all clinicians of each abbreviation."""

from __future__ import annotations

from datetime import datetime

from intake.domain.review_form import Snippet
from intake.storage.driver import Connection
from intake.storage.rows import instant_text


class PracticeSnippets:
    """The table of the practice's snippets. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def all(self) -> tuple[Snippet, ...]:
        """Return the practice's snippets by abbreviation."""
        rows = self._connection.execute("SELECT abbreviation, text FROM practice_snippet ORDER BY abbreviation").fetchall()
        return tuple(Snippet(abbreviation=abbreviation, text=text) for abbreviation, text in rows)

    def text(self, abbreviation: str) -> str | None:
        """Return what an abbreviation stands for, None when the practice has none of that name."""
        row = self._connection.execute("SELECT text FROM practice_snippet WHERE abbreviation = ?", (abbreviation,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, snippet: Snippet, *, staff_id: int, at: datetime) -> None:
        """Keep a snippet in place of the one of that abbreviation."""
        self._connection.execute(
            "INSERT INTO practice_snippet (abbreviation, text, staff_id, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (abbreviation) DO UPDATE SET text = excluded.text, staff_id = excluded.staff_id, at = excluded.at",
            (snippet.abbreviation, snippet.text, staff_id, instant_text(at)),
        )

    def remove(self, abbreviation: str) -> None:
        """Remove a snippet."""
        self._connection.execute("DELETE FROM practice_snippet WHERE abbreviation = ?", (abbreviation,))
