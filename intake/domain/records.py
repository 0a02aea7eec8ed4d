"""An intake as entered, as read, and as kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from intake.domain.coverage import Treatment
from intake.domain.pain import Mark
from intake.domain.patients import Patient
from intake.domain.practice import Location
from intake.domain.visits import Status, Visit

Answers = Mapping[str, str | int | tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One new-patient intake, read and understood: patient, visit, checklist answers, pain drawing."""

    patient: Patient
    visit: Visit
    answers: Answers = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """A patient as kept: ``version`` rises with every edit, ``number`` is the record number with its check digit."""

    id: int
    number: str
    version: int
    patient: Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecord:
    """A visit as kept, with all that was recorded at it. Instants are UTC.

    ``treatments`` are the patient's other visits of the same type for accidents of a known day.
    """

    id: int
    number: str
    patient: PatientRecord
    visit: Visit
    answers: Answers
    marks: tuple[Mark, ...]
    location: Location
    status: Status
    arrived_at: datetime
    visit_day: date
    recorded_by: str
    recorded_at: datetime
    checklist_version: str
    regions_version: str
    treatments: tuple[Treatment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """A patient as one line of a list."""

    id: int
    number: str
    legal_last: str
    legal_first: str
    dob: date
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """A visit as one line of Today. ``can_undo`` is true while the last status change may be taken back.

    ``signed_by`` names the clinician who signed its review, None until one has. ``called_at`` is since when the desk calls
    a clinician to it, None while nobody does.
    """

    visit_id: int
    patient_id: int
    name: str
    record_number: str
    visit_number: str
    dob: date
    location: str
    visit_type: str
    reason: str
    status: Status
    arrived_at: datetime
    status_at: datetime
    can_undo: bool
    signed_by: str | None
    called_at: datetime | None
