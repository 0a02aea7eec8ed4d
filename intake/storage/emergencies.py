"""Emergency access as kept: who, why, until when, and which administrator was shown it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """One use of emergency access; ``by`` is the name of who used it."""

    id: int
    staff_id: int
    by: str
    workstation: str
    reason: str
    at: datetime
    until: datetime


class Emergencies:
    """The table of emergency access. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, staff_id: int, *, workstation: str, reason: str, at: datetime, until: datetime) -> None:
        """Keep that somebody uses emergency access."""
        self._connection.execute(
            "INSERT INTO emergency (staff_id, workstation, reason, at, until) VALUES (?, ?, ?, ?, ?)",
            (staff_id, workstation, reason, instant_text(at), instant_text(until)),
        )

    def runs(self, staff_id: int, workstation: str, *, now: datetime) -> bool:
        """Tell whether an account's emergency access at a desk lasts at this moment."""
        row = self._connection.execute(
            "SELECT 1 FROM emergency WHERE staff_id = ? AND workstation = ? AND at <= ? AND until > ? LIMIT 1",
            (staff_id, workstation, instant_text(now), instant_text(now)),
        ).fetchone()
        return row is not None

    def unseen(self) -> tuple[Emergency, ...]:
        """Return what no administrator was shown yet, the oldest first."""
        rows = self._connection.execute(
            "SELECT emergency.id, staff_id, staff.name, workstation, reason, at, until FROM emergency JOIN staff ON staff.id = staff_id"
            " WHERE seen_at IS NULL ORDER BY emergency.id"
        )
        return tuple(
            Emergency(id=row[0], staff_id=row[1], by=row[2], workstation=row[3], reason=row[4], at=instant(row[5]), until=instant(row[6]))
            for row in rows
        )

    def done_in(self, emergency: Emergency) -> tuple[tuple[str, int], ...]:
        """Return what its person did at its desk while it lasted: each action with how often, in the order of their first time."""
        rows = self._connection.execute(
            "SELECT action, count(*) FROM audit WHERE staff_id = ? AND workstation = ? AND at >= ? AND at < ?"
            " AND action <> 'emergency_access' GROUP BY action ORDER BY min(seq)",
            (emergency.staff_id, emergency.workstation, instant_text(emergency.at), instant_text(emergency.until)),
        )
        return tuple((row[0], row[1]) for row in rows)

    def see(self, ids: tuple[int, ...], *, by: int, at: datetime) -> None:
        """Keep that an administrator was shown these."""
        self._connection.executemany(
            "UPDATE emergency SET seen_by = ?, seen_at = ? WHERE id = ?", [(by, instant_text(at), each) for each in ids]
        )
