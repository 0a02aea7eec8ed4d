"""Patients: finding, opening and editing them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from intake.actions.checking import refuse_patient
from intake.actions.drafts import finish_draft
from intake.actions.duplicates import Decision, refuse_unanswered, strong_ids
from intake.actions.prompting import recompute_patient
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Treatment
from intake.domain.patients import Patient
from intake.domain.records import BoardLine, PatientLine, PatientRecord
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError
from intake.storage.audit import EditEntry
from intake.storage.rows import PATIENT
from intake.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFile:
    """A patient with what happened: visits and edits, the latest first. ``treatments`` are the visits after auto accidents."""

    record: PatientRecord
    visits: tuple[BoardLine, ...]
    edits: tuple[EditEntry, ...]
    treatments: tuple[Treatment, ...] = ()


def find(store: Store, actor: Actor, text: str, *, limit: int = 30, now: datetime | None = None) -> tuple[PatientLine, ...]:
    """Return the patients that fit what is typed: names in any order, birth date, phone or its end, email, a number.

    Raises IntakeError ``wrong_check_digit`` for a whole record or visit number whose check digit is wrong. A search is
    recorded once, when it begins; ``now`` is this moment unless told.
    """
    actor.must(Task.SEE_PATIENTS)
    moment = now or datetime.now(UTC)
    with store.reading():
        found = store.search.find(text, limit=limit, on=moment.date())
    if text.strip() and store.audit.begins_search(actor, text):
        with store.transaction(lasting=False):
            store.audit.add(actor, "search", at=moment)
    return found


def open_patient(store: Store, actor: Actor, patient_id: int, *, now: datetime) -> PatientFile:
    """Return a patient with visits and edits, and record that the actor looked. Raises IntakeError ``patient_not_found``."""
    actor.must(Task.SEE_PATIENTS)
    with store.transaction():
        record = _record(store, patient_id)
        store.audit.add(actor, "open_patient", at=now, patient_id=patient_id, object_version=record.version)
        visits = store.board.of_patient(patient_id)
        edits = store.audit.edits_of(patient_id)
        treated = store.visits.auto_treatments(patient_id)
    return PatientFile(record=record, visits=visits, edits=edits, treatments=treated)


def edit_patient(  # noqa: PLR0913 - keywords only, each of them is checked or kept by itself
    store: Store,
    actor: Actor,
    *,
    patient_id: int,
    version: int,
    patient: Patient,
    decisions: Iterable[Decision] = (),
    draft_id: int | None = None,
    definitions: Definitions,
    now: datetime,
) -> PatientRecord:
    """Change a patient's demographics and return the record as it stands now; the draft it was typed in goes with it.

    Raises ConflictError ``patient_changed`` when another desk was first, InvalidInputError for values that cannot be kept and
    for a strong match that is new with this edit and has no decision.
    """
    actor.must(Task.EDIT_PATIENT)
    refuse_patient(patient, on=now.astimezone(ZoneInfo(definitions.practice.time_zone)).date())
    with store.transaction():
        if draft_id is not None:
            finish_draft(store, actor, draft_id)
        return update(
            store,
            actor,
            patient_id=patient_id,
            version=version,
            patient=patient,
            decisions=decisions,
            definitions=definitions,
            now=now,
        )


def update(  # noqa: PLR0913 - keywords only, each of them is checked or kept by itself
    store: Store,
    actor: Actor,
    *,
    patient_id: int,
    version: int | None,
    patient: Patient,
    decisions: Iterable[Decision],
    definitions: Definitions,
    now: datetime,
    member_ids: Iterable[str] = (),
) -> PatientRecord:
    """Write a changed patient inside the caller's transaction: history, search index, keys of matching, prompts of unsigned visits.

    ``member_ids`` are those of a visit that is being saved with it. Nothing is written when nothing changed.
    """
    before = _record(store, patient_id)
    if version != before.version:
        raise ConflictError("patient_changed")
    given = tuple(decisions)
    kept_ids = store.matches.member_ids(patient_id)
    members = kept_ids | set(member_ids)
    changes = PATIENT.changes("patient", before.patient, patient)
    if changes or members != kept_ids:
        known = strong_ids(store, before.patient, kept_ids, excluding=patient_id)
        refuse_unanswered(store, patient, members, given, excluding=patient_id, known=known)
        store.matches.replace(patient_id, before.patient, kept_ids, patient, members)
    if not changes:
        return before
    record = store.patients.replace(before, patient, at=now)
    store.search.replace(patient_id, before.patient, patient)
    store.audit.add(actor, "edit_patient", at=now, patient_id=patient_id, object_version=record.version, changes=changes)
    note_decisions(store, actor, patient_id, given, now=now)
    recompute_patient(store, patient_id, definitions, now)
    return record


def note_decisions(store: Store, actor: Actor, patient_id: int, decisions: Iterable[Decision], *, now: datetime) -> None:
    """Record each answer "a different person" with its reason."""
    for decision in decisions:
        store.audit.add(
            actor,
            "different_person",
            at=now,
            patient_id=patient_id,
            changes={"different_from": (None, str(decision.patient_id))},
            reason=decision.reason,
        )


def _record(store: Store, patient_id: int) -> PatientRecord:
    record = store.patients.get(patient_id)
    if record is None:
        raise IntakeError("patient_not_found")
    return record
