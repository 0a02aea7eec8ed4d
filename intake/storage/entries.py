"""Reading the audit's entries: by period, person, action, patient and outcome, the latest first, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from intake.domain.audit import Asked, Entry, EntryPage
from intake.domain.numbers import record_number, visit_number
from intake.domain.staff import Role
from intake.storage.driver import Connection
from intake.storage.entry_parts import changes_in, time_in
from intake.storage.rows import instant_text

PAGE: Final = 200
_ROLES: Final = frozenset(Role)
_COLUMNS: Final = (
    "SELECT audit.seq, audit.at, audit.action, audit.outcome, audit.workstation, audit.staff_id, staff.name, staff.login,"
    " audit.staff_role, audit.patient_id, patient.legal_last, patient.legal_first, audit.visit_id, audit.object_version, audit.reason,"
    " audit.changes FROM audit LEFT JOIN staff ON staff.id = audit.staff_id LEFT JOIN patient ON patient.id = audit.patient_id"
)
_ORDER: Final = " ORDER BY audit.at DESC, audit.seq DESC"
_CONDITIONS: Final = {
    "first": "audit.at >= :first",
    "before": "audit.at < :before",
    "staff_id": "audit.staff_id = :staff_id",
    "action": "audit.action = :action",
    "patient_id": "audit.patient_id = :patient_id",
    "outcome": "audit.outcome = :outcome",
}
_AFTER: Final = "(audit.at, audit.seq) < (:at, :seq)"


class Entries:
    """The audit as it is read by people."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def page(self, asked: Asked, *, after: tuple[datetime, int] | None = None, size: int = PAGE) -> EntryPage:
        """Return the next entries that fit, the latest first; ``after`` is where the page before ended."""
        sql, values = _query(asked)
        if after is not None:
            sql += f" AND {_AFTER}"
            values |= {"at": instant_text(after[0]), "seq": after[1]}
        rows = self._connection.execute(f"{sql}{_ORDER} LIMIT :size", {**values, "size": size + 1}).fetchall()
        return EntryPage(entries=tuple(_entry(row) for row in rows[:size]), more=len(rows) > size)

    def every(self, asked: Asked, *, most: int) -> Iterator[Entry]:
        """Yield all entries that fit, the latest first, at most one more than ``most``."""
        sql, values = _query(asked)
        for row in self._connection.execute(f"{sql}{_ORDER} LIMIT :size", {**values, "size": most + 1}):
            yield _entry(row)

    def count(self, asked: Asked) -> int:
        """Return how many entries of a period there are."""
        return self._count("SELECT count(*) FROM audit WHERE at >= ? AND at < ?", asked)

    def refused_sign_ins(self, asked: Asked) -> int:
        """Return how many tries to sign in were refused in a period."""
        return self._count("SELECT count(*) FROM audit WHERE at >= ? AND at < ? AND action = 'sign_in' AND outcome <> 'done'", asked)

    def _count(self, sql: str, asked: Asked) -> int:
        first, before = (instant_text(each) if each else "" for each in (asked.first, asked.before))
        row = self._connection.execute(sql, (first, before)).fetchone()
        return int(row[0]) if row else 0

    def actions(self) -> tuple[str, ...]:
        """Return every action there is an entry of; it takes one look per action, not one per entry."""
        return tuple(row[0] for row in self._connection.execute("SELECT DISTINCT action FROM audit ORDER BY action"))


def _query(asked: Asked) -> tuple[str, dict[str, Any]]:
    given = {name: getattr(asked, name) for name in _CONDITIONS if getattr(asked, name) is not None}
    conditions = [_CONDITIONS[name] for name in given]
    if asked.nobody:
        conditions.append("audit.staff_id IS NULL")
    values = {name: instant_text(value) if isinstance(value, datetime) else value for name, value in given.items()}
    return f"{_COLUMNS} WHERE {' AND '.join(conditions) or '1'}", values


def _entry(row: tuple[Any, ...]) -> Entry:
    (seq, at, action, outcome, workstation, staff_id, name, login, role, patient_id, last, first, visit_id, version, reason, changes) = row
    return Entry(
        seq=seq,
        at=time_in(at),
        action=action,
        outcome=outcome,
        workstation=workstation,
        staff_id=staff_id,
        staff_name=name,
        staff_login=login,
        role=Role(role) if role in _ROLES else None,
        patient_id=patient_id,
        record_number=record_number(patient_id) if patient_id is not None else None,
        patient_name=", ".join(part for part in (last, first) if part) or None,
        visit_id=visit_id,
        visit_number=visit_number(visit_id) if visit_id is not None else None,
        object_version=version,
        reason=reason,
        changes=changes_in(changes),
    )
