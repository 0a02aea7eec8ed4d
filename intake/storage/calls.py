"""Calls for a clinician as kept."""

from __future__ import annotations

from datetime import datetime

from intake.domain.reviews import Call, CallState
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

_SELECT = (
    "SELECT call.id, call.visit_id, call.location, call.title, staff.name, call.at"
    " FROM call INDEXED BY call_open JOIN staff ON staff.id = call.staff_id WHERE call.answered_at IS NULL"
)
_ALL = _SELECT + " ORDER BY call.at, call.id"
_HERE = _SELECT + " AND call.location = ? ORDER BY call.at, call.id"
_OF_VISIT = _SELECT + " AND call.visit_id = ?"
_OF_DRAFT = _SELECT + " AND call.visit_id IS NULL AND call.draft_id = ?"


class Calls:
    """The table of calls. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def open(self, location: str | None) -> tuple[Call, ...]:
        """Return the calls nobody answered yet, the earliest first, at one clinic or at all."""
        rows = self._connection.execute(_ALL) if location is None else self._connection.execute(_HERE, (location,))
        return tuple(_call(*row) for row in rows)

    def of_visit(self, visit_id: int) -> Call | None:
        """Return the open call to a visit, None when there is none."""
        row = self._connection.execute(_OF_VISIT, (visit_id,)).fetchone()
        return None if row is None else _call(*row)

    def of_draft(self, draft_id: int) -> Call | None:
        """Return the open call to an intake that is still typed, None when there is none."""
        row = self._connection.execute(_OF_DRAFT, (draft_id,)).fetchone()
        return None if row is None else _call(*row)

    def add(self, *, visit_id: int | None, draft_id: int | None, location: str, title: str, staff_id: int, at: datetime) -> int:
        """Keep a new call and return its id."""
        return self._connection.execute(
            "INSERT INTO call (visit_id, draft_id, location, title, staff_id, at) VALUES (?, ?, ?, ?, ?, ?)",
            (visit_id, draft_id, location, title, staff_id, instant_text(at)),
        ).lastrowid

    def carry_over(self, draft_id: int, visit_id: int, *, location: str) -> bool:
        """Let the calls of a draft be those of the visit it became; tell whether there were any."""
        return (
            self._connection.execute(
                "UPDATE call SET visit_id = ?, location = ? WHERE draft_id = ? AND visit_id IS NULL", (visit_id, location, draft_id)
            ).rowcount
            > 0
        )

    def state(self, call_id: int) -> tuple[int | None, bool] | None:
        """Return a call's visit and whether it was answered, None when there is no such call."""
        row = self._connection.execute("SELECT visit_id, answered_at IS NOT NULL FROM call WHERE id = ?", (call_id,)).fetchone()
        return None if row is None else (row[0], bool(row[1]))

    def answered(self, call_id: int) -> CallState | None:
        """Return who answered a call and when, None when there is no such call."""
        row = self._connection.execute(
            "SELECT staff.name, call.answered_at FROM call LEFT JOIN staff ON staff.id = call.answered_by WHERE call.id = ?", (call_id,)
        ).fetchone()
        return None if row is None else CallState(answered_by=row[0], answered_at=instant(row[1]) if row[1] else None)

    def answer(self, call_id: int, staff_id: int, *, at: datetime) -> None:
        """Keep who answered a call."""
        self._connection.execute(
            "UPDATE call SET answered_by = ?, answered_at = ? WHERE id = ? AND answered_at IS NULL", (staff_id, instant_text(at), call_id)
        )


def _call(call_id: int, visit_id: int | None, location: str, title: str, by: str, at: str) -> Call:
    return Call(id=call_id, visit_id=visit_id, location=location, title=title, by=by, at=instant(at))
