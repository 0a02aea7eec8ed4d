"""Charts: opening one, taking it over from somebody, giving it back, and the visits before it."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import Any

from intake.actions.calls import answer_for_visit
from intake.actions.prompting import Found, facts_as_corrected, prompts_of, recompute_record
from intake.actions.typed import typed_line
from intake.actions.visits import visit_id_of
from intake.definitions.bundle import Definitions
from intake.domain.corrections import answers_as_corrected
from intake.domain.note_merging import is_typed, together
from intake.domain.records import VisitRecord
from intake.domain.reviews import Chart, Hold, Raw, Signature
from intake.domain.signed import note_of, patient_of
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError
from intake.storage.notes import NoteDraft
from intake.storage.reviews import KeptReview
from intake.storage.store import Store

__all__ = ["changed_hands", "chart_of", "earlier", "leave_chart", "open_chart", "read_chart", "refuse_taken", "take_chart"]


def open_chart(store: Store, actor: Actor, visit: int | str, *, definitions: Definitions, now: datetime) -> Chart:
    """Return the chart of a visit by id or by its number as typed, with its prompts raised anew, and record that the actor looked.

    A clinician has it in hand then, unless somebody else has or it is signed; a call to it is answered. Raises IntakeError
    ``visit_not_found``, ``wrong_check_digit``.
    """
    actor.must(Task.READ_NOTE)
    visit_id = visit_id_of(visit)
    with store.transaction():
        record = _record(store, visit_id, definitions)
        found = recompute_record(store, record, definitions, now)
        if actor.may(Task.REVIEW):
            answer_for_visit(store, actor, visit_id, now)
            _take_free(store, actor, visit_id, now)
        _note(store, actor, "open_chart", record, now)
        return chart_of(store, actor, record, definitions, found=found)


def read_chart(store: Store, actor: Actor, visit: int | str, *, definitions: Definitions, now: datetime) -> Chart:
    """Return a chart to be printed or shown: nobody has it in hand for that. Raises as ``open_chart``."""
    actor.must(Task.READ_NOTE)
    visit_id = visit_id_of(visit)
    with store.transaction():
        record = _record(store, visit_id, definitions)
        found = recompute_record(store, record, definitions, now)
        _note(store, actor, "read_chart", record, now)
        return chart_of(store, actor, record, definitions, found=found)


def changed_hands(store: Store, actor: Actor, chart: Chart) -> bool:
    """Tell whether a chart on screen was taken, given back, signed or added to since it was read.

    Nothing is shown by it, so nothing is recorded.
    """
    actor.must(Task.READ_NOTE)
    with store.reading():
        hold, version = store.holds.of(chart.visit.id), store.reviews.version(chart.visit.id)
    return (hold, version) != (chart.hold, len((chart.signature, *chart.addenda)) if chart.signature else 0)


def take_chart(store: Store, actor: Actor, visit_id: int, *, reason: str, now: datetime, definitions: Definitions) -> Chart:
    """Take a chart out of somebody's hands and return it; what the former holder typed is where the actor goes on.

    The former holder's own draft stays; what only the actor's had is put after theirs. Raises InvalidInputError without a
    ``reason``, ConflictError ``visit_signed``, IntakeError ``visit_not_found``.
    """
    actor.must(Task.REVIEW)
    words = typed_line(reason, field="reason")
    with store.transaction():
        record = _record(store, visit_id, definitions)
        if store.reviews.signed(visit_id):
            raise ConflictError("visit_signed")
        found = recompute_record(store, record, definitions, now)
        answer_for_visit(store, actor, visit_id, now)
        former = store.holds.of(visit_id)
        if former is None or former.staff_id == actor.staff.id:
            _take_free(store, actor, visit_id, now)
            _note(store, actor, "open_chart", record, now)
        else:
            _copy_note(store, actor, visit_id, former, now)
            store.holds.put(visit_id, actor.staff.id, workstation=actor.workstation, reason=words, at=now)
            _note(store, actor, "take_chart", record, now, reason=words, changes={"hold": (str(former.staff_id), str(actor.staff.id))})
        return chart_of(store, actor, record, definitions, found=found)


def leave_chart(store: Store, actor: Actor, visit_id: int, *, now: datetime) -> None:
    """Put a chart back that the actor typed nothing into; one with something typed stays in hand."""
    actor.must(Task.READ_NOTE)
    with store.transaction():
        draft = store.notes.get(visit_id, actor.staff.id)
        if draft is not None and is_typed(draft.content):
            return
        store.notes.remove(visit_id, actor.staff.id)
        hold = store.holds.of(visit_id)
        if hold is not None and (hold.staff_id, hold.workstation) == (actor.staff.id, actor.workstation):
            store.holds.remove(visit_id)
            store.audit.add(actor, "leave_chart", at=now, patient_id=store.visits.patient_of(visit_id), visit_id=visit_id)


def refuse_taken(store: Store, actor: Actor, visit_id: int) -> None:
    """Raise ConflictError ``chart_taken`` when somebody else has the chart: who has it signs what stands in it."""
    hold = store.holds.of(visit_id)
    if hold is not None and hold.staff_id != actor.staff.id:
        raise ConflictError("chart_taken")


def earlier(store: Store, actor: Actor, visit_id: int, *, definitions: Definitions, limit: int = 5) -> tuple[Chart, ...]:
    """Return the charts of the patient's visits before this one, the latest first, as they are kept.

    Opening the chart of this visit is what is recorded. Raises IntakeError ``visit_not_found``.
    """
    actor.must(Task.READ_NOTE)
    with store.reading():
        if store.visits.patient_of(visit_id) is None:
            raise IntakeError("visit_not_found")
        records = [_record(store, before, definitions) for before in store.visits.before(visit_id, limit=limit)]
        return tuple(chart_of(store, actor, record, definitions) for record in records)


def chart_of(store: Store, actor: Actor, record: VisitRecord, definitions: Definitions, *, found: Found | None = None) -> Chart:
    """Return a visit's chart as this person sees it, read inside the caller's transaction; ``found`` is what its rules just found."""
    kept = store.reviews.get(record.id)
    content = json.loads(kept.content) if kept else {}
    patient = patient_of(content["patient"]) if kept else None
    corrections = store.corrections.of_visit(record.id)
    facts = partial(facts_as_corrected, record, corrections, patient=patient)  # asked for only where a prompt was raised
    hold = store.holds.of(record.id)
    draft = _draft(store, actor, record.id, hold)
    return Chart(
        visit=record,
        answers=answers_as_corrected(record.answers, corrections),
        corrections=corrections,
        prompts=prompts_of(store, record.id, facts, definitions, found=found or {}),
        draft=draft.content if draft else {},
        caret=draft.caret if draft else {},
        hold=hold,
        signature=_signature(kept, content) if kept else None,
        addenda=tuple(each.addendum for each in store.reviews.addenda(record.id)),
    )


def _signature(kept: KeptReview, content: dict[str, Any]) -> Signature:
    return Signature(
        by=kept.staff_name,
        role=kept.staff_role,
        at=kept.at,
        fingerprint=kept.fingerprint,
        note=note_of(content["note"]),
        patient=patient_of(content["patient"]),
        form_version=kept.form_version,
        rules_version=kept.rules_version,
        code_release=kept.code_release,
    )


def _draft(store: Store, actor: Actor, visit_id: int, hold: Hold | None) -> NoteDraft | None:
    """Return what there is to read: the holder's note, or the actor's own when nobody else has the chart or typed into it."""
    theirs = store.notes.get(visit_id, hold.staff_id) if hold is not None else None
    return theirs or store.notes.get(visit_id, actor.staff.id)


def _take_free(store: Store, actor: Actor, visit_id: int, now: datetime) -> None:
    """Give the actor a chart that nobody else has in hand and that is not signed; one's own comes along to another desk."""
    hold = store.holds.of(visit_id)
    own = hold is not None and hold.staff_id == actor.staff.id
    if store.reviews.signed(visit_id) or not (hold is None or (own and hold.workstation != actor.workstation)):
        return
    store.holds.put(visit_id, actor.staff.id, workstation=actor.workstation, reason=hold.reason if hold else "", at=now)


def _copy_note(store: Store, actor: Actor, visit_id: int, former: Hold, now: datetime) -> None:
    """Let the actor's draft go on from the former holder's."""
    theirs = store.notes.get(visit_id, former.staff_id)
    own = store.notes.get(visit_id, actor.staff.id)
    if theirs is None:
        return
    content: Raw = together(theirs.content, own.content) if own else theirs.content
    store.notes.put(visit_id, actor.staff.id, content=content, caret=theirs.caret, at=now)


def _record(store: Store, visit_id: int, definitions: Definitions) -> VisitRecord:
    record = store.visits.get(visit_id, definitions)
    if record is None:
        raise IntakeError("visit_not_found")
    return record


def _note(store: Store, actor: Actor, action: str, record: VisitRecord, now: datetime, **details: Any) -> None:
    store.audit.add(actor, action, at=now, patient_id=record.patient.id, visit_id=record.id, **details)
