"""Calling a clinician from the desk to a patient, and answering."""

from __future__ import annotations

from datetime import UTC, datetime

from intake.actions.drafts import must_own
from intake.domain.fields import SHORT_TEXT
from intake.domain.reviews import Call, CallState
from intake.domain.staff import Actor, Task
from intake.entry.tidy import tidy_line, without_controls
from intake.errors import ConflictError, IntakeError
from intake.storage.store import Store


def call_clinician(
    store: Store,
    actor: Actor,
    *,
    visit_id: int | None = None,
    draft_id: int | None = None,
    location: str,
    title: str,
    now: datetime,
) -> Call:
    """Call a clinician to a visit, or to the actor's draft of an intake, and return the call; while one is open it stays that one.

    A visit goes on top of the list of its own clinic, whatever ``location`` says; ``title`` is what the clinician reads, without
    what cannot be shown: a call is never refused for a name as typed.
    Raises IntakeError ``visit_not_found``, ``draft_gone``, ConflictError ``visit_signed``, DeniedError ``not_your_draft``.
    """
    actor.must(Task.CALL_CLINICIAN)
    if (visit_id is None) == (draft_id is None):
        msg = "either a visit or a draft"
        raise ValueError(msg)
    with store.transaction():
        if draft_id is not None:
            must_own(store, actor, draft_id)
        place, patient_id = (location, None) if visit_id is None else _where(store, visit_id)
        kept = store.calls.of_draft(draft_id) if draft_id is not None else store.calls.of_visit(visit_id or 0)
        if kept is not None:
            return kept
        words = without_controls(tidy_line(title))[:SHORT_TEXT]
        call_id = store.calls.add(visit_id=visit_id, draft_id=draft_id, location=place, title=words, staff_id=actor.staff.id, at=now)
        if visit_id is not None:
            store.awaiting.set_urgency(visit_id)
        store.audit.add(actor, "call_clinician", at=now, patient_id=patient_id, visit_id=visit_id, changes=_numbered(call_id))
    return Call(id=call_id, visit_id=visit_id, location=place, title=words, by=actor.staff.name, at=now)


def open_calls(store: Store, actor: Actor, *, location: str | None, now: datetime | None = None) -> tuple[Call, ...]:
    """Return the calls nobody answered yet, the earliest first, at one clinic or at all.

    Looking is recorded once per sign-in, for windows look again and again; ``now`` is this moment unless told.
    """
    actor.must(Task.SEE_PATIENTS)
    with store.reading():
        calls = store.calls.open(location)
    if calls and store.audit.tells(actor, f"calls {location}"):
        with store.transaction(lasting=False):
            store.audit.add(actor, "see_calls", at=now or datetime.now(UTC), changes={"list": (None, location or "all")})
    return calls


def call_state(store: Store, actor: Actor, call_id: int) -> CallState:
    """Return who answered a call and when, for the desk that made it; nothing of a patient is in it, so it is not recorded.

    Raises IntakeError ``call_not_found``.
    """
    actor.must(Task.CALL_CLINICIAN)
    with store.reading():
        state = store.calls.answered(call_id)
    if state is None:
        raise IntakeError("call_not_found")
    return state


def answer_call(store: Store, actor: Actor, call_id: int, *, now: datetime) -> None:
    """Record that the actor, a clinician, goes; a call that somebody answered before stays theirs.

    Raises IntakeError ``call_not_found``.
    """
    actor.must(Task.REVIEW)
    with store.transaction():
        state = store.calls.state(call_id)
        if state is None:
            raise IntakeError("call_not_found")
        visit_id, answered = state
        if not answered:
            _answer(store, actor, call_id, visit_id, now)


def answer_for_visit(store: Store, actor: Actor, visit_id: int, now: datetime) -> None:
    """Answer a visit's open call, if there is one, inside the transaction in which a clinician opens the chart."""
    call = store.calls.of_visit(visit_id) if actor.may(Task.REVIEW) else None
    if call is not None:
        _answer(store, actor, call.id, visit_id, now)


def carry_over(store: Store, draft_id: int, visit_id: int, *, location: str) -> None:
    """Let the calls of a draft be those of its visit, inside the transaction that saves it."""
    if store.calls.carry_over(draft_id, visit_id, location=location):
        store.awaiting.set_urgency(visit_id)


def _where(store: Store, visit_id: int) -> tuple[str, int]:
    """Return the clinic and the patient of an unsigned visit."""
    line = store.board.line(visit_id)
    if line is None:
        raise IntakeError("visit_not_found")
    if not store.awaiting.has(visit_id):
        raise ConflictError("visit_signed")
    return line.location, line.patient_id


def _answer(store: Store, actor: Actor, call_id: int, visit_id: int | None, now: datetime) -> None:
    store.calls.answer(call_id, actor.staff.id, at=now)
    patient_id = None
    if visit_id is not None:
        store.awaiting.set_urgency(visit_id)
        patient_id = store.visits.patient_of(visit_id)
    store.audit.add(actor, "answer_call", at=now, patient_id=patient_id, visit_id=visit_id, changes=_numbered(call_id))


def _numbered(call_id: int) -> dict[str, tuple[str | None, str | None]]:
    return {"call": (None, str(call_id))}
