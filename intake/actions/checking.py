"""What an intake must be to be kept, whoever hands it in: checked again here, whatever was checked while it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from intake.definitions.bundle import Definitions
from intake.domain.asking import unasked
from intake.domain.fields import Described, Kind, described
from intake.domain.patients import Patient
from intake.domain.practice import Practice
from intake.domain.records import Intake
from intake.domain.visits import PARTS
from intake.errors import InvalidInputError, Problem

NEVER_EMPTY = ("patient.legal_last", "patient.dob", "visit.location", "visit.visit_type", "visit.reason")
"""What no record can do without; all else that is required is asked for on entry and may be answered "not known"."""
EARLIEST_YEAR = 1900


def refuse_intake(intake: Intake, definitions: Definitions, *, on: date) -> None:
    """Raise InvalidInputError with every error of an intake that would be kept on this day."""
    parts = {
        "patient": intake.patient,
        "visit": intake.visit,
        "visit.primary": intake.visit.primary,
        "visit.secondary": intake.visit.secondary,
        "visit.claim": intake.visit.claim,
        "visit.safety": intake.visit.safety,
        "visit.notices": intake.visit.notices,
    }
    found = [problem for prefix, record in PARTS for problem in _of_record(parts[prefix], described(record, prefix))]
    found += _of_dob(intake.patient, on)
    found += _of_location(intake.visit.location, definitions.practice)
    found += definitions.checklist.problems(intake.answers, on)
    found += unasked(definitions.checklist, definitions.prompts, intake, on)
    found += definitions.regions.problems(intake.marks)
    _refuse(found)


def refuse_patient(patient: Patient, *, on: date) -> None:
    """Raise InvalidInputError with every error of demographics that would be kept on this day."""
    _refuse([*_of_record(patient, described(Patient, "patient")), *_of_dob(patient, on)])


def _refuse(found: Iterable[Problem]) -> None:
    errors = tuple(problem for problem in found if problem.level == "error")
    if errors:
        raise InvalidInputError(errors)


def _of_record(record: object, fields: Iterable[Described]) -> Iterator[Problem]:
    for field in fields:
        code = _fault(field, getattr(record, field.name))
        if code is not None:
            yield Problem(field=field.path, code=code)


def _fault(field: Described, value: object) -> str | None:
    """Return the code of what is wrong with one value, None when it can be kept."""
    about = field.about
    if value is None or value == "":
        return "required" if field.path in NEVER_EMPTY else None
    if about.kind is Kind.DATE:
        return None if isinstance(value, date) else "not_a_date"
    if not isinstance(value, str):
        return "not_a_text"
    if about.kind is Kind.CHOICE and about.choices and about.label_of(value) is None:
        return "not_a_choice"
    return "too_long" if len(value) > about.max_length else None


def _of_dob(patient: Patient, on: date) -> Iterator[Problem]:
    if patient.dob is not None and patient.dob > on:
        yield Problem(field="patient.dob", code="date_in_future")
    elif patient.dob is not None and patient.dob.year < EARLIEST_YEAR:
        yield Problem(field="patient.dob", code="dob_too_early")


def _of_location(key: str | None, practice: Practice) -> Iterator[Problem]:
    if key is None:
        return
    try:
        location = practice.location(key)
    except KeyError:
        yield Problem(field="visit.location", code="unknown_location")
        return
    if not location.active:
        yield Problem(field="visit.location", code="location_retired")
