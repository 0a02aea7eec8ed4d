"""Saving an intake: the patient, the visit and all that was asked, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from intake.actions.calls import carry_over
from intake.actions.checking import refuse_intake
from intake.actions.drafts import finish_draft
from intake.actions.duplicates import Decision, refuse_unanswered
from intake.actions.form_marks import refuse_unconfirmed
from intake.actions.patients import note_decisions, update
from intake.actions.prompting import raise_first
from intake.actions.request_opening import promise_note
from intake.definitions.bundle import Definitions
from intake.domain.numbers import visit_number
from intake.domain.records import Intake, PatientRecord
from intake.domain.staff import Actor, Task
from intake.storage.store import Store
from intake.storage.visits import Arrival

__all__ = ["Decision", "SaveRequest", "Saved", "save_intake"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRequest:
    """An intake to save.

    For a returning patient ``patient_id`` and the ``patient_version`` that was on the screen; ``draft_id`` is the draft it was
    typed in, gone with the save; ``decisions`` are the answers to strong matches.
    """

    intake: Intake
    patient_id: int | None = None
    patient_version: int | None = None
    draft_id: int | None = None
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save gave: the numbers to say and to print."""

    patient_id: int
    record_number: str
    visit_id: int
    visit_number: str


def save_intake(store: Store, actor: Actor, request: SaveRequest, *, definitions: Definitions, now: datetime) -> Saved:
    """Save an intake, put its visit on the board, and promise its note.

    Raises InvalidInputError (with problems by field; ``matches``/``strong_match_unanswered`` for a strong match without an
    answer, ``not_confirmed`` for what a form said and nobody confirmed), ConflictError ``patient_changed``, DeniedError; then
    nothing is saved.
    """
    actor.must(Task.RECORD_INTAKE)
    day = now.astimezone(ZoneInfo(definitions.practice.time_zone)).date()
    refuse_intake(request.intake, definitions, on=day)
    intake = request.intake
    arrival = Arrival(
        at=now,
        day=day,
        recorded_by=actor.staff.id,
        checklist_version=definitions.checklist.version,
        regions_version=definitions.regions.version,
    )
    with store.transaction():
        if request.draft_id is not None:
            refuse_unconfirmed(store, request.draft_id, intake)
            finish_draft(store, actor, request.draft_id)
        record = _patient(store, actor, request, definitions, now)
        visit_id = store.visits.add(record.id, intake, arrival)
        raise_first(store, visit_id, intake, day, definitions=definitions, now=now)
        if request.draft_id is not None:
            carry_over(store, request.draft_id, visit_id, location=intake.visit.location or "")
        place = intake.visit.location or ""
        promise_note(store, actor, visit_id, patient_id=record.id, location=place, definitions=definitions, now=now)
        store.audit.add(actor, "save_intake", at=now, patient_id=record.id, visit_id=visit_id, object_version=record.version)
    return Saved(patient_id=record.id, record_number=record.number, visit_id=visit_id, visit_number=visit_number(visit_id))


def _patient(store: Store, actor: Actor, request: SaveRequest, definitions: Definitions, now: datetime) -> PatientRecord:
    """Return the record of the intake's patient: a new one, or the returning one brought up to date."""
    patient, visit = request.intake.patient, request.intake.visit
    members = {member for member in (visit.primary.member_id, visit.secondary.member_id) if member}
    if request.patient_id is not None:
        return update(
            store,
            actor,
            patient_id=request.patient_id,
            version=request.patient_version,
            patient=patient,
            decisions=request.decisions,
            definitions=definitions,
            now=now,
            member_ids=members,
        )
    refuse_unanswered(store, patient, members, request.decisions)
    record = store.patients.add(patient, at=now)
    store.matches.add(record.id, patient, members)
    store.search.add(record.id, patient)
    note_decisions(store, actor, record.id, request.decisions, now=now)
    return record
