"""Signing a review: what is missing, and the signature that locks the visit with all that was recorded at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from intake.actions.addenda import add_addendum
from intake.actions.calls import answer_for_visit
from intake.actions.charts import chart_of
from intake.actions.confirming import confirm_password
from intake.actions.prompting import recompute
from intake.definitions.bundle import Definitions
from intake.domain.canonical import canonical, fingerprint
from intake.domain.records import VisitRecord
from intake.domain.reviews import Chart, Note
from intake.domain.signed import instant_text, instants, note_content, patient_content, record_content
from intake.domain.staff import Actor, Task
from intake.domain.visits import Status
from intake.entry.notes import NoteReading, missing_parts, read_note
from intake.errors import ConflictError, IntakeError, InvalidInputError, Problem
from intake.storage.reviews import KeptReview
from intake.storage.signed import recorded_of
from intake.storage.store import Store

__all__ = ["add_addendum", "missing_for_signature", "sign_review"]


def missing_for_signature(chart: Chart, *, definitions: Definitions, now: datetime, actor: Actor | None = None) -> tuple[Problem, ...]:
    """Return what stands between this chart and a signature, one Problem each, empty when nothing does.

    ``prompts.<id>``: nobody said yet what was done. ``note.<part>``: what is not written, or cannot be kept as it is written.
    ``hold``: somebody else has the chart, or the actor at another desk (who looks is told by ``actor``).
    ``clock``: something was recorded after ``now``.
    """
    if chart.signature is not None:
        return (Problem(field="signature", code="visit_signed"),)
    reading = _read(chart, definitions)
    found = [*_of_prompts(chart), *_of_note(reading)]
    if actor is not None and _is_elsewhere(chart, actor):
        found.append(Problem(field="hold", code="chart_taken"))
    if _latest(chart) > now:
        found.append(Problem(field="clock", code="clock_behind"))
    return tuple(found)


def sign_review(store: Store, actor: Actor, visit_id: int, *, password: str, definitions: Definitions, now: datetime) -> Chart:
    """Sign what the actor typed into a chart, and return the chart; from then on the visit is locked.

    A visit that waits or is with a clinician is finished by it; a patient who left stays one who left. Raises IntakeError
    ``wrong_signature`` and ``signature_too_soon`` (``wait_s``), ``clock_behind``, ``visit_not_found``; ConflictError
    ``visit_signed``, ``chart_taken``; InvalidInputError with what is missing. Then nothing is signed.
    """
    actor.must(Task.REVIEW)
    confirm_password(store, actor, password=password, purpose="sign_review", now=now)
    with store.transaction():
        recompute(store, visit_id, definitions, now)
    with store.transaction():
        record = store.visits.get(visit_id, definitions)
        if record is None:
            raise IntakeError("visit_not_found")
        chart = chart_of(store, actor, record, definitions)
        _refuse_behind(store, actor, visit_id, now)
        note = _ready(chart, actor, definitions, now)
        if record.status in (Status.WAITING, Status.WITH_CLINICIAN):
            store.visits.move(visit_id, Status.FINISHED, at=now)
        review = _review(store, actor, record, note, definitions, now)
        store.notes.remove(visit_id, actor.staff.id)
        store.holds.remove(visit_id)
        answer_for_visit(store, actor, visit_id, now)  # one that came while the chart was open
        store.reviews.add(review)
        changes = {"fingerprint": (None, review.fingerprint)}
        store.audit.add(actor, "sign_review", at=now, patient_id=record.patient.id, visit_id=visit_id, object_version=1, changes=changes)
        signed = store.visits.get(visit_id, definitions) or record
        return chart_of(store, actor, signed, definitions)


def _ready(chart: Chart, actor: Actor, definitions: Definitions, now: datetime) -> Note:
    """Return the note when it may be signed."""
    if chart.signature is not None:
        raise ConflictError("visit_signed")
    if _is_elsewhere(chart, actor):
        raise ConflictError("chart_taken")
    if _latest(chart) > now:
        raise IntakeError("clock_behind")
    missing = missing_for_signature(chart, definitions=definitions, now=now, actor=actor)
    if missing:
        raise InvalidInputError(missing)
    return _read(chart, definitions).note


def _is_elsewhere(chart: Chart, actor: Actor) -> bool:
    """Tell whether somebody else has the chart, or the actor at another desk: then this desk may not show what would be signed."""
    return chart.hold is not None and (chart.hold.staff_id, chart.hold.workstation) != (actor.staff.id, actor.workstation)


def _refuse_behind(store: Store, actor: Actor, visit_id: int, now: datetime) -> None:
    """Refuse a signature that would be older than the last word of the note, or the last move of the visit."""
    draft, line = store.notes.get(visit_id, actor.staff.id), store.board.line(visit_id)
    if (draft is not None and draft.updated_at > now) or (line is not None and line.signed_by is None and line.status_at > now):
        raise IntakeError("clock_behind")


def _review(store: Store, actor: Actor, record: VisitRecord, note: Note, definitions: Definitions, now: datetime) -> KeptReview:
    recorded = recorded_of(store, record.id)
    if recorded is None:
        raise LookupError
    versions = {
        "checklist": record.checklist_version,
        "regions": record.regions_version,
        "form": definitions.review_form.version,
        "rules": definitions.prompts.version,
        "codes": definitions.codes.release,
    }
    staff = actor.staff
    content = canonical(
        {
            "record": record_content(recorded),
            "patient": patient_content(record.patient.patient),
            "patient_number": record.patient.number,
            "patient_version": record.patient.version,
            "clinic": record.location.name,
            "note": note_content(note),
            "versions": versions,
            "signature": {"account": staff.id, "by": staff.name, "role": staff.role.value, "at": instant_text(now)},
        }
    )
    return KeptReview(
        visit_id=record.id,
        content=content,
        fingerprint=fingerprint(content),
        staff_id=staff.id,
        staff_name=staff.name,
        staff_role=staff.role.value,
        at=now,
        location=record.location.key,
        form_version=versions["form"],
        rules_version=versions["rules"],
        code_release=versions["codes"],
    )


def _read(chart: Chart, definitions: Definitions) -> NoteReading:
    return read_note(chart.draft, form=definitions.review_form, codes=definitions.codes, on=chart.visit.visit_day)


def _of_prompts(chart: Chart) -> Iterator[Problem]:
    for prompt in chart.prompts:
        if prompt.acknowledgement is None:
            yield Problem(field=f"prompts.{prompt.id}", code="prompt_not_acknowledged")


def _of_note(reading: NoteReading) -> Iterator[Problem]:
    faults = [problem for problem in reading.problems if problem.level == "error"]
    faulty = {problem.field for problem in faults}
    for part in missing_parts(reading.note):
        if f"note.{part}" not in faulty:
            yield Problem(field=f"note.{part}", code="part_missing")
    yield from faults


def _latest(chart: Chart) -> datetime:
    """Return the latest instant of what is signed, and of what had to be done for it."""
    moments = [chart.visit.arrived_at, chart.visit.recorded_at, *instants(chart.corrections, chart.prompts)]
    if chart.hold is not None:
        moments.append(chart.hold.since)
    return max(moments)
