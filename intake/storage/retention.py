"""How long records are kept: the store's own reckoning, and which are kept for a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from intake.domain.numbers import record_number
from intake.domain.patients import listed_name
from intake.domain.retention import Keep, Reckoned, free_on
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

_LINE = (
    "SELECT patient.id, patient.changed_at, patient.legal_last, patient.legal_first, patient.legal_middle, patient.suffix,"
    " reckoning.dob, reckoning.last_at, keep.reason, staff.name, keep.at,"
    " EXISTS (SELECT 1 FROM last_number WHERE last_number.patient_id = patient.id), removal.id"
    " FROM patient JOIN reckoning ON reckoning.patient_id = patient.id"
    " LEFT JOIN keep ON keep.patient_id = patient.id AND keep.ended_at IS NULL LEFT JOIN staff ON staff.id = keep.staff_id"
    " LEFT JOIN removal ON removal.patient_id = patient.id AND removal.withdrawn_at IS NULL"
)
_ONE = f"{_LINE} WHERE patient.id = ?"
_OLD = (
    "SELECT patient.id, patient.changed_at FROM patient WHERE (patient.changed_at, patient.id) > (?, ?) AND patient.changed_at < ?"
    " AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.patient_id = patient.id AND visit.arrived_at >= ?)"
    " ORDER BY patient.changed_at, patient.id LIMIT ?"
)
LOOKED_AT: Final = 500
"""How many old records are reckoned for one page at most: each may have a newer entry, and nobody waits for all of them."""
Key = tuple[str, int]
FIRST: Final[Key] = ("", 0)


class Retention:
    """The reckoning of records, and the reasons to keep some. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def of_patient(self, patient_id: int, *, years: int) -> Reckoned | None:
        """Return how long a patient's record is kept, None when there is no such patient."""
        row = self._connection.execute(_ONE, (patient_id,)).fetchone()
        return None if row is None else _reckoned(row, years)

    def due(self, *, years: int, today: date, limit: int, after: Key = FIRST) -> tuple[tuple[Reckoned, ...], Key | None]:
        """Return records whose time is over, the longest unchanged first, and where the next page begins, None at the end.

        A page may hold fewer than ``limit`` and still have a next one.
        """
        before = instant_text(datetime.combine(_years_before(today, years), time.min, UTC))
        found: list[Reckoned] = []
        for count, (patient_id, changed_at) in enumerate(
            self._connection.execute(_OLD, (*after, before, before, LOOKED_AT)).fetchall(), start=1
        ):
            after = (changed_at, patient_id)
            line = self.of_patient(patient_id, years=years)
            if line is not None and line.free_on <= today:
                found.append(line)
            if len(found) == limit or count == LOOKED_AT:
                return tuple(found), after
        return tuple(found), None

    def keep(self, patient_id: int, *, reason: str, staff_id: int, at: datetime) -> None:
        """Have a record kept whatever its age."""
        self._connection.execute(
            "INSERT INTO keep (patient_id, reason, staff_id, at) VALUES (?, ?, ?, ?)", (patient_id, reason, staff_id, instant_text(at))
        )

    def keep_no_more(self, patient_id: int, *, why: str, staff_id: int, at: datetime) -> None:
        """Have a record kept as long as every other one."""
        self._connection.execute(
            "UPDATE keep SET ended_by = ?, ended_at = ?, ended_why = ? WHERE patient_id = ? AND ended_at IS NULL",
            (staff_id, instant_text(at), why, patient_id),
        )

    def gone(self) -> tuple[int, ...]:
        """Return the patients whom the audit tells of and who are not there, though it tells of no removal; in their order.

        So is one who is there although removed.
        """
        rows = self._connection.execute(
            "SELECT told.patient_id FROM (SELECT DISTINCT patient_id FROM audit WHERE patient_id IS NOT NULL) AS told WHERE"
            " EXISTS (SELECT 1 FROM patient WHERE patient.id = told.patient_id)"
            " = EXISTS (SELECT 1 FROM audit WHERE audit.action = 'remove_record' AND audit.outcome = 'done'"
            " AND audit.patient_id = told.patient_id)"
            " UNION SELECT patient_id FROM removed WHERE done = 0 OR NOT EXISTS (SELECT 1 FROM audit"
            " WHERE audit.action = 'remove_record' AND audit.outcome = 'done' AND audit.patient_id = removed.patient_id) ORDER BY 1"
        )
        return tuple(row[0] for row in rows)


def _years_before(day: date, years: int) -> date:
    """Return a day that is so many years ago, or the day after: what is older than that may be due."""
    return day.replace(year=day.year - years, day=min(day.day, 28)) + timedelta(days=4)


def _reckoned(row: tuple[Any, ...], years: int) -> Reckoned:
    patient_id, _, last, first, middle, suffix, dob, last_at, reason, by, kept_at, last_number, removal_id = row
    birth, newest = date.fromisoformat(dob), instant(last_at)
    return Reckoned(
        patient_id=patient_id,
        number=record_number(patient_id),
        name=listed_name(last, first, middle, suffix),
        dob=birth,
        last_at=newest,
        free_on=free_on(newest, birth, years=years),
        keep=None if reason is None else Keep(reason=reason, by=by, at=instant(kept_at)),
        last_number=bool(last_number),
        removal_id=removal_id,
    )
