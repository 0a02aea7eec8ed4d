"""The tables of backups: where they go, who is at work there, and what was backed up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from intake.domain.backups import STALE, BackupRow, Loss, Target
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

_TARGETS = (
    "SELECT id, folder, trouble, tried_at, seen_at,"
    " (SELECT max(taken_at) FROM backup WHERE target_id = backup_target.id AND removed_at IS NULL),"
    " (SELECT max(proven_at) FROM backup WHERE target_id = backup_target.id AND removed_at IS NULL)"
    " FROM backup_target WHERE removed_at IS NULL ORDER BY id"
)
_ROWS = "SELECT id, target_id, name, taken_at, size, audit_seq, proven_at, trouble FROM backup WHERE target_id = ? AND removed_at IS NULL"


class Backups:
    """Targets and backups. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def targets(self, now: datetime) -> tuple[Target, ...]:
        """Return the folders that backups go to; ``now`` tells whether somebody who is at work there still lives."""
        return tuple(_target(row, now) for row in self._connection.execute(_TARGETS))

    def target(self, target_id: int, now: datetime) -> Target | None:
        """Return one folder, None when it is none any more."""
        return next((each for each in self.targets(now) if each.id == target_id), None)

    def add_target(self, folder: str, *, staff_id: int, at: datetime) -> int:
        """Add a folder and return its number."""
        done = self._connection.execute(
            "INSERT INTO backup_target (folder, added_by, added_at) VALUES (?, ?, ?)", (folder, staff_id, instant_text(at))
        )
        return done.lastrowid

    def remove_target(self, target_id: int, *, at: datetime) -> None:
        """Back up there no more; what lies there stays."""
        self._connection.execute("UPDATE backup_target SET removed_at = ? WHERE id = ?", (instant_text(at), target_id))

    def claim(self, target_id: int, word: str, *, at: datetime) -> None:
        """Say who is at work on a folder from now on."""
        self._connection.execute("UPDATE backup_target SET claimed_by = ?, seen_at = ? WHERE id = ?", (word, instant_text(at), target_id))

    def keep_claim(self, target_id: int, word: str, *, at: datetime) -> bool:
        """Give a sign of life; tell whether the folder is still this one's."""
        done = self._connection.execute(
            "UPDATE backup_target SET seen_at = ? WHERE id = ? AND claimed_by = ?", (instant_text(at), target_id, word)
        )
        return done.rowcount == 1

    def release(self, target_id: int, word: str) -> None:
        """End the work on a folder."""
        self._connection.execute(
            "UPDATE backup_target SET claimed_by = '', seen_at = NULL WHERE id = ? AND claimed_by = ?", (target_id, word)
        )

    def tried(self, target_id: int, *, trouble: str, at: datetime) -> None:
        """Keep how the last try went: "" or the code of what was in the way."""
        self._connection.execute("UPDATE backup_target SET tried_at = ?, trouble = ? WHERE id = ?", (instant_text(at), trouble, target_id))

    def add(self, target_id: int, *, name: str, taken_at: datetime, size: int, audit_seq: int) -> int:
        """Remember a backup that lies in its place, also one that was taken for gone, and return its number."""
        found = self._connection.execute(
            "INSERT INTO backup (target_id, name, taken_at, size, audit_seq) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (target_id, name) DO UPDATE SET taken_at = excluded.taken_at, size = excluded.size,"
            " audit_seq = excluded.audit_seq, proven_at = NULL, trouble = '', removed_at = NULL RETURNING id",
            (target_id, name, instant_text(taken_at), size, audit_seq),
        )
        return next(int(row[0]) for row in found.fetchall())

    def drilled(self, backup_id: int, *, proven_at: datetime | None, trouble: str) -> None:
        """Keep what the drill of a backup found; one that failed takes an earlier proof back."""
        self._connection.execute(
            "UPDATE backup SET proven_at = ?, trouble = ? WHERE id = ?",
            (None if proven_at is None else instant_text(proven_at), trouble, backup_id),
        )

    def gone(self, backup_id: int, *, at: datetime) -> None:
        """Keep that a backup does not lie there any more."""
        self._connection.execute("UPDATE backup SET removed_at = ? WHERE id = ?", (instant_text(at), backup_id))

    def rows(self, target_id: int) -> tuple[BackupRow, ...]:
        """Return the backups of a folder, the newest first."""
        found = self._connection.execute(f"{_ROWS} ORDER BY taken_at DESC, id DESC", (target_id,))
        return tuple(_row(row) for row in found)

    def since(self, audit_seq: int) -> Loss:
        """Return how many audit entries, visits and signatures came after an entry."""
        one = self._connection.execute(
            "SELECT count(*), count(DISTINCT CASE WHEN action = 'save_intake' THEN visit_id END),"
            " coalesce(sum(action IN ('sign_review', 'add_addendum', 'sign_letter')), 0) FROM audit WHERE seq > ?",
            (audit_seq,),
        ).fetchone()
        entries, visits, signatures = one or (0, 0, 0)
        return Loss(entries=entries, visits=visits, signatures=signatures)

    def entry_hash(self, audit_seq: int) -> bytes | None:
        """Return the hash of an audit entry, None when there is none of this number."""
        row = self._connection.execute("SELECT hash FROM audit WHERE seq = ?", (audit_seq,)).fetchone()
        return None if row is None else bytes(row[0])


def _target(row: tuple[Any, ...], now: datetime) -> Target:
    target_id, folder, trouble, tried_at, seen_at, last_at, proven_at = row
    return Target(
        id=target_id,
        folder=folder,
        trouble=trouble,
        tried_at=_instant(tried_at),
        running=seen_at is not None and abs(now - instant(seen_at)) < STALE,
        last_at=_instant(last_at),
        proven_at=_instant(proven_at),
    )


def _row(row: tuple[Any, ...]) -> BackupRow:
    backup_id, target_id, name, taken_at, size, audit_seq, proven_at, trouble = row
    return BackupRow(
        id=backup_id,
        target_id=target_id,
        name=name,
        taken_at=instant(taken_at),
        size=size,
        audit_seq=audit_seq,
        proven_at=_instant(proven_at),
        trouble=trouble,
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant(text)
