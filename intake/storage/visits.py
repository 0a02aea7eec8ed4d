"""Visits as kept, each with all that was asked at it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic

from intake.definitions.bundle import Definitions
from intake.domain.coverage import Coverage, Treatment
from intake.domain.numbers import visit_number
from intake.domain.pain import Mark
from intake.domain.records import Answers, Intake, VisitRecord
from intake.domain.visits import Status, Visit
from intake.storage.driver import Connection
from intake.storage.patients import Patients
from intake.storage.rows import (
    CLAIM,
    COVERAGE,
    NOTICES,
    SAFETY,
    VISIT,
    Record,
    Shape,
    insert_sql,
    instant,
    instant_text,
    select_sql,
)
from intake.storage.treatments import treatments

_OWN = (
    "patient_id", "status", "status_at", "arrived_at", "visit_day", "recorded_by", "recorded_at", "checklist_version",
    "regions_version",
)  # fmt: skip
PLACES = ("primary", "secondary")
_JSON = json.JSONEncoder(ensure_ascii=False).encode
_INSERT = insert_sql("visit", (*_OWN, *VISIT.names))
_SELECT = select_sql(
    "visit JOIN staff ON staff.id = visit.recorded_by",
    (*(f"visit.{name}" for name in (*_OWN, *VISIT.names)), "staff.name"),
    "visit.id",
)
_INSERT_COVERAGE = insert_sql("coverage", ("visit_id", "place", *COVERAGE.names))
_SELECT_COVERAGE = select_sql("coverage", ("place", *COVERAGE.names), "visit_id")


class _Part(Generic[Record]):
    """A part of a visit in a table of its own; when nothing of it was asked it has no row."""

    def __init__(self, table: str, shape: Shape[Record]) -> None:
        self._shape = shape
        self._nothing = shape.record([None] * len(shape.names))
        self._insert = insert_sql(table, ("visit_id", *shape.names))
        self._select = select_sql(table, shape.names, "visit_id")

    def add(self, connection: Connection, visit_id: int, part: Record) -> None:
        row = self._shape.values(part)
        if any(value is not None for value in row):
            connection.execute(self._insert, (visit_id, *row))

    def get(self, connection: Connection, visit_id: int) -> Record:
        row = connection.execute(self._select, (visit_id,)).fetchone()
        return self._nothing if row is None else self._shape.record(row)


_CLAIM = _Part("claim", CLAIM)
_SAFETY = _Part("safety", SAFETY)
_NOTICES = _Part("notices", NOTICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the program itself knows of a visit: ``day`` is the calendar day at the clinic, ``recorded_by`` an account's id."""

    at: datetime
    day: date
    recorded_by: int
    checklist_version: str
    regions_version: str


class Visits:
    """The table of visits and those that hang on it. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, patient_id: int, intake: Intake, arrival: Arrival) -> int:
        """Keep a visit with all that was asked, as waiting, and return its id."""
        visit, moment = intake.visit, instant_text(arrival.at)
        own = (
            patient_id, Status.WAITING.value, moment, moment, arrival.day.isoformat(), arrival.recorded_by, moment,
            arrival.checklist_version, arrival.regions_version,
        )  # fmt: skip
        visit_id = self._connection.execute(_INSERT, (*own, *VISIT.values(visit))).lastrowid
        for place, coverage in zip(PLACES, (visit.primary, visit.secondary), strict=True):
            policy = COVERAGE.values(coverage)
            if any(value is not None for value in policy):
                self._connection.execute(_INSERT_COVERAGE, (visit_id, place, *policy))
        _CLAIM.add(self._connection, visit_id, visit.claim)
        _SAFETY.add(self._connection, visit_id, visit.safety)
        _NOTICES.add(self._connection, visit_id, visit.notices)
        self._add_answers(visit_id, intake.answers)
        self._add_marks(visit_id, intake.marks)
        return visit_id

    def get(self, visit_id: int, definitions: Definitions) -> VisitRecord | None:
        """Return a visit with all that was asked, None when there is none with this id."""
        row = self._connection.execute(_SELECT, (visit_id,)).fetchone()
        if row is None:
            return None
        own = dict(zip(_OWN, row, strict=False))
        patient = Patients(self._connection).get(own["patient_id"])
        if patient is None:
            raise LookupError
        visit = self._whole(visit_id, VISIT.record(row[len(_OWN) : -1]))
        return VisitRecord(
            id=visit_id,
            number=visit_number(visit_id),
            patient=patient,
            visit=visit,
            answers=self._answers(visit_id),
            marks=self._marks(visit_id),
            location=definitions.practice.location(visit.location or ""),
            status=Status(own["status"]),
            arrived_at=instant(own["arrived_at"]),
            visit_day=date.fromisoformat(own["visit_day"]),
            recorded_by=row[-1],
            recorded_at=instant(own["recorded_at"]),
            checklist_version=own["checklist_version"],
            regions_version=own["regions_version"],
            treatments=self._treatments(own["patient_id"], visit_id, visit),
        )

    def auto_treatments(self, patient_id: int) -> tuple[Treatment, ...]:
        """Return a patient's visits after auto accidents of a known day."""
        return treatments(self._connection, patient_id, "auto")

    def recorded(self, visit_id: int) -> Intake | None:
        """Return what was asked at a visit, with the patient as known now, None when there is no such visit; needs no definitions."""
        row = self._connection.execute(_SELECT, (visit_id,)).fetchone()
        patient = None if row is None else Patients(self._connection).get(row[0])
        if row is None or patient is None:
            return None
        visit = self._whole(visit_id, VISIT.record(row[len(_OWN) : -1]))
        return Intake(patient=patient.patient, visit=visit, answers=self._answers(visit_id), marks=self._marks(visit_id))

    def patient_of(self, visit_id: int) -> int | None:
        """Return the id of a visit's patient, None when there is no such visit."""
        row = self._connection.execute("SELECT patient_id FROM visit WHERE id = ?", (visit_id,)).fetchone()
        return None if row is None else int(row[0])

    def location_of(self, visit_id: int) -> str | None:
        """Return the key of the clinic of a visit, None when there is no such visit."""
        row = self._connection.execute("SELECT location FROM visit WHERE id = ?", (visit_id,)).fetchone()
        return None if row is None else str(row[0])

    def of_patient(self, patient_id: int) -> list[int]:
        """Return the ids of a patient's visits, the first first."""
        rows = self._connection.execute("SELECT id FROM visit WHERE patient_id = ? ORDER BY arrived_at, id", (patient_id,))
        return [int(row[0]) for row in rows]

    def before(self, visit_id: int, *, limit: int) -> list[int]:
        """Return the ids of the patient's visits that began before this one, the latest first."""
        rows = self._connection.execute(
            "SELECT other.id FROM visit JOIN visit AS other ON other.patient_id = visit.patient_id"
            " WHERE visit.id = ? AND (other.arrived_at, other.id) < (visit.arrived_at, visit.id)"
            " ORDER BY other.arrived_at DESC, other.id DESC LIMIT ?",
            (visit_id, limit),
        )
        return [int(row[0]) for row in rows]

    def move(self, visit_id: int, status: Status, *, at: datetime) -> None:
        """Move a visit to a status and remember where it stood."""
        self._connection.execute(
            "UPDATE visit SET before_status = status, before_status_at = status_at, status = ?, status_at = ? WHERE id = ?",
            (status.value, instant_text(at), visit_id),
        )

    def move_back(self, visit_id: int) -> None:
        """Put a visit back where it stood before its last move."""
        self._connection.execute(
            "UPDATE visit SET status = before_status, status_at = before_status_at, before_status = NULL,"
            " before_status_at = NULL WHERE id = ? AND before_status IS NOT NULL",
            (visit_id,),
        )

    def _add_answers(self, visit_id: int, answers: Answers) -> None:
        rows = [(visit_id, key, _JSON(answer)) for key, answer in sorted(answers.items())]
        self._connection.executemany("INSERT INTO answer (visit_id, key, value) VALUES (?, ?, ?)", rows)

    def _add_marks(self, visit_id: int, marks: Iterable[Mark]) -> None:
        rows = [(visit_id, place, mark.region, mark.kind) for place, mark in enumerate(marks)]
        self._connection.executemany("INSERT INTO mark (visit_id, place, region, kind) VALUES (?, ?, ?, ?)", rows)

    def _whole(self, visit_id: int, visit: Visit) -> Visit:
        coverages = {row[0]: COVERAGE.record(row[1:]) for row in self._connection.execute(_SELECT_COVERAGE, (visit_id,))}
        return dataclasses.replace(
            visit,
            primary=coverages.get(PLACES[0], Coverage()),
            secondary=coverages.get(PLACES[1], Coverage()),
            claim=_CLAIM.get(self._connection, visit_id),
            safety=_SAFETY.get(self._connection, visit_id),
            notices=_NOTICES.get(self._connection, visit_id),
        )

    def _treatments(self, patient_id: int, visit_id: int, visit: Visit) -> tuple[Treatment, ...]:
        if visit.claim.accident_date is None:
            return ()
        return treatments(self._connection, patient_id, visit.visit_type or "", besides=visit_id)

    def _answers(self, visit_id: int) -> Answers:
        rows = self._connection.execute("SELECT key, value FROM answer WHERE visit_id = ?", (visit_id,))
        return {key: _answer(value) for key, value in rows}

    def _marks(self, visit_id: int) -> tuple[Mark, ...]:
        rows = self._connection.execute("SELECT region, kind FROM mark WHERE visit_id = ? ORDER BY place", (visit_id,))
        return tuple(Mark(region=region, kind=kind) for region, kind in rows)


def _answer(text: str) -> str | int | tuple[str, ...]:
    """Return the answer that was kept as this JSON: a list is a tuple."""
    if text[0] == '"' and "\\" not in text:
        return text[1:-1]  # a plain word, as most answers are, needs no parser
    value: str | int | list[str] = json.loads(text)
    return tuple(value) if isinstance(value, list) else value
