"""Visits as lines of the board."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from intake.domain.numbers import record_number, visit_number
from intake.domain.patients import Patient
from intake.domain.records import BoardLine
from intake.domain.visits import Status
from intake.storage.driver import Connection
from intake.storage.rows import instant

_LINES = (
    "SELECT visit.id, visit.patient_id, patient.legal_last, patient.legal_first, patient.legal_middle, patient.suffix,"
    " patient.dob, visit.location, visit.visit_type, visit.reason, visit.status, visit.arrived_at, visit.status_at,"
    " visit.before_status IS NOT NULL AND review.visit_id IS NULL, review.staff_name,"
    " (SELECT min(call.at) FROM call INDEXED BY call_open WHERE call.visit_id = visit.id AND call.answered_at IS NULL)"
    " FROM visit JOIN patient ON patient.id = visit.patient_id LEFT JOIN review ON review.visit_id = visit.id"
)
OF_DAY = _LINES + " WHERE visit.visit_day = ? ORDER BY visit.arrived_at, visit.id"
OF_DAY_AND_PLACE = _LINES + " WHERE visit.visit_day = ? AND visit.location = ? ORDER BY visit.arrived_at, visit.id"
OF_PATIENT = _LINES + " WHERE visit.patient_id = ? ORDER BY visit.arrived_at DESC, visit.id DESC"
ONE = _LINES + " WHERE visit.id = ?"


class Board:
    """The reading side of visits: lists and single lines."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def of_day(self, day: date, *, location: str | None) -> tuple[BoardLine, ...]:
        """Return a day's visits by arrival, at one clinic or at all."""
        if location is None:
            return _lines(self._connection.execute(OF_DAY, (day.isoformat(),)))
        return _lines(self._connection.execute(OF_DAY_AND_PLACE, (day.isoformat(), location)))

    def of_patient(self, patient_id: int) -> tuple[BoardLine, ...]:
        """Return a patient's visits, the latest first."""
        return _lines(self._connection.execute(OF_PATIENT, (patient_id,)))

    def line(self, visit_id: int) -> BoardLine | None:
        """Return a visit's line, None when there is no such visit."""
        return next(iter(_lines(self._connection.execute(ONE, (visit_id,)))), None)


def _lines(rows: Iterable[tuple[Any, ...]]) -> tuple[BoardLine, ...]:
    return tuple(_line(row) for row in rows)


def _line(row: tuple[Any, ...]) -> BoardLine:
    (
        visit_id, patient_id, last, first, middle, suffix, dob, location, visit_type, reason, status, arrived, status_at, undo,
        signed_by, called,
    ) = row  # fmt: skip
    name = Patient(legal_last=last, legal_first=first, legal_middle=middle, suffix=suffix).full_name()
    return BoardLine(
        visit_id=visit_id,
        patient_id=patient_id,
        name=name,
        record_number=record_number(patient_id),
        visit_number=visit_number(visit_id),
        dob=date.fromisoformat(dob),
        location=location,
        visit_type=visit_type,
        reason=reason,
        status=Status(status),
        arrived_at=instant(arrived),
        status_at=instant(status_at),
        can_undo=bool(undo),
        signed_by=signed_by,
        called_at=instant(called) if called else None,
    )
