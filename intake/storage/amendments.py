"""Patients' requests to amend the record, as kept. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from intake.domain.amendments import Amendment, AmendmentStep, Step
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

_SELECT = (
    "SELECT amendment.id, amendment.patient_id, amendment.visit_id, amendment.request, amendment.received_on, staff.name, amendment.at"
    " FROM amendment JOIN staff ON staff.id = amendment.staff_id"
)
_ONE = _SELECT + " WHERE amendment.id = ?"
_OF_PATIENT = _SELECT + " WHERE amendment.patient_id = ? ORDER BY amendment.id DESC"
_DECIDED = "SELECT amendment_id FROM amendment_step WHERE step IN ('accepted', 'denied')"
_UNDECIDED = _SELECT + f" WHERE amendment.id NOT IN ({_DECIDED}) ORDER BY amendment.received_on, amendment.id"


class Amendments:
    """The tables of requests and what happened to each. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, *, patient_id: int, visit_id: int | None, request: str, received_on: date, staff_id: int, at: datetime) -> int:
        """Keep a request and return its id."""
        return self._connection.execute(
            "INSERT INTO amendment (patient_id, visit_id, request, received_on, staff_id, at) VALUES (?, ?, ?, ?, ?, ?)",
            (patient_id, visit_id, request, received_on.isoformat(), staff_id, instant_text(at)),
        ).lastrowid

    def get(self, amendment_id: int) -> Amendment | None:
        """Return a request with its steps, None when there is none with this id."""
        return next(iter(self._whole(self._connection.execute(_ONE, (amendment_id,)))), None)

    def of_patient(self, patient_id: int) -> tuple[Amendment, ...]:
        """Return a patient's requests, the latest first."""
        return self._whole(self._connection.execute(_OF_PATIENT, (patient_id,)))

    def undecided(self) -> tuple[Amendment, ...]:
        """Return the requests that were neither accepted nor denied, the earliest received first."""
        return self._whole(self._connection.execute(_UNDECIDED))

    def add_step(self, amendment: Amendment, step: Step, *, words: str, staff_id: int, at: datetime) -> None:
        """Keep the next step of a request."""
        self._connection.execute(
            "INSERT INTO amendment_step (amendment_id, number, step, words, staff_id, at) VALUES (?, ?, ?, ?, ?, ?)",
            (amendment.id, len(amendment.steps) + 1, step.value, words, staff_id, instant_text(at)),
        )

    def _whole(self, rows: Iterable[tuple[Any, ...]]) -> tuple[Amendment, ...]:
        return tuple(
            Amendment(
                id=amendment_id,
                patient_id=patient_id,
                visit_id=visit_id,
                request=request,
                received_on=date.fromisoformat(received_on),
                by=by,
                at=instant(at),
                steps=self._steps(amendment_id),
            )
            for amendment_id, patient_id, visit_id, request, received_on, by, at in list(rows)
        )

    def _steps(self, amendment_id: int) -> tuple[AmendmentStep, ...]:
        rows = self._connection.execute(
            "SELECT amendment_step.step, amendment_step.words, staff.name, amendment_step.at"
            " FROM amendment_step JOIN staff ON staff.id = amendment_step.staff_id WHERE amendment_id = ? ORDER BY number",
            (amendment_id,),
        )
        return tuple(AmendmentStep(step=Step(step), words=words, by=by, at=instant(at)) for step, words, by, at in rows)
