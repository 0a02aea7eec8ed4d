"""Requests as the on-time report reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from intake.domain.on_time import Promise
from intake.storage.driver import Connection
from intake.storage.rows import instant_text

DUE = (
    "SELECT location, kind, state = 'withdrawn', opened_at, due_at, delivered_at FROM request INDEXED BY request_by_due"
    " WHERE due_at >= ? AND due_at < ?"
)
DUE_HERE = DUE + " AND location = ?"


class Promises:
    """The requests that come due within a time."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def due(self, begin: datetime, end: datetime, *, location: str | None) -> Iterator[Promise]:
        """Yield the requests due from ``begin`` until before ``end``, of one clinic or of all."""
        span = (instant_text(begin), instant_text(end))
        rows = self._connection.execute(DUE, span) if location is None else self._connection.execute(DUE_HERE, (*span, location))
        read = datetime.fromisoformat
        for place, kind, withdrawn, opened, due, delivered in rows:
            yield Promise(place, kind, bool(withdrawn), read(opened), read(due), read(delivered) if delivered else None)
