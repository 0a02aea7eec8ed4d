"""The intake form for a patient to fill in: made for nobody yet, or with what is known of a patient, then recorded as it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from intake.actions.disclosing import PRINT_DESK, SAVED, TO_PATIENT, disclose
from intake.actions.labels import Way
from intake.definitions.bundle import Definitions
from intake.domain.records import PatientRecord
from intake.domain.staff import Actor, Task
from intake.entry.day_words import Language
from intake.entry.form_fields import form_id
from intake.errors import IntakeError
from intake.storage.disclosures import About
from intake.storage.store import Store

FormWay = Literal["blank", "fillable"]
"""To be written on, or to be filled in on a screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWanted:
    """Which form is wanted; with a ``patient_id`` it holds what is known of that patient."""

    form: FormWay
    language: Language
    patient_id: int | None = None


def make_form(store: Store, actor: Actor, wanted: FormWanted, way: Way, *, definitions: Definitions, now: datetime) -> bytes:
    """Return the form as PDF; one that holds a patient's data is recorded, and told, as leaving that way.

    Raises IntakeError ``patient_not_found``.
    """
    from intake.documents.forms.form import blank_form, fillable_form  # noqa: PLC0415 - reading a record needs no paper

    actor.must(Task.PRINT_INTAKE)
    make = blank_form if wanted.form == "blank" else fillable_form
    with store.reading():
        record = _record(store, wanted.patient_id)
    content = make(
        definitions,
        language=wanted.language,
        record=record,
        location=definitions.practice.location(way.location),
        training=way.training,
        printed_at=now,
    )
    if record is not None:
        with store.transaction():
            note_form(store, actor, wanted, record, way, definitions, now)
    return content


def _record(store: Store, patient_id: int | None) -> PatientRecord | None:
    if patient_id is None:
        return None
    record = store.patients.get(patient_id)
    if record is None:
        raise IntakeError("patient_not_found")
    return record


def note_form(
    store: Store, actor: Actor, wanted: FormWanted, record: PatientRecord, way: Way, definitions: Definitions, now: datetime
) -> None:  # fmt: skip
    """Record, inside the caller's transaction, that a form with a patient's data left that way, and that it was told."""
    printed = way.how == "print"
    clinic = definitions.practice.location(way.location).name
    disclose(
        store,
        actor,
        about=About(patient_id=record.id, request_id=None, document_id=None),
        event="print" if printed else "export",
        recipient=f"{PRINT_DESK if printed else SAVED}, {clinic}",
        what=f"{wanted.form}_form {record.number}",
        purpose=TO_PATIENT,
        now=now,
    )
    store.audit.add(
        actor,
        "print_form" if printed else "export_form",
        at=now,
        patient_id=record.id,
        object_version=record.version,
        changes={
            "form": (None, wanted.form),
            "version": (None, form_id(definitions, wanted.language)),
            "target": (None, way.target),
        },
    )
