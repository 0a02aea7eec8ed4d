"""Patients' requests to amend the record: received, acted on within 60 days, never overwritten.

Source: 45 CFR 164.526 (b)(2): 60 days, one extension of 30 with the reasons; (d)(2): a statement of disagreement with a denial.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from intake.actions.addenda import append_addendum
from intake.actions.confirming import confirm_password
from intake.actions.drafts import finish_draft
from intake.actions.typed import typed_text
from intake.definitions.bundle import Definitions
from intake.domain.amendments import Amendment, Step
from intake.domain.fields import LONG_TEXT
from intake.domain.records import PatientRecord
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError, InvalidInputError, Problem
from intake.storage.store import Store

REQUEST: Final = "amendment.request"
RECEIVED: Final = "amendment.received_on"
WORDS: Final = "amendment.words"
CALLED: Final = {
    Step.EXTENDED: "Extended",
    Step.ACCEPTED: "Accepted",
    Step.DENIED: "Denied",
    Step.DISAGREED: "Statement of disagreement",
}
"""What a step is called in an addendum."""
APPENDED: Final = frozenset({Step.ACCEPTED, Step.DENIED, Step.DISAGREED})
"""What becomes part of a signed record."""


def receive_amendment(
    store: Store,
    actor: Actor,
    *,
    patient_id: int,
    visit_id: int | None,
    request: str,
    received_on: date,
    draft_id: int | None = None,
    now: datetime,
) -> Amendment:
    """Keep a patient's request, in the patient's words, and return it with the day it is due; the draft it was typed in goes.

    Raises InvalidInputError for an empty or too long text and for a day that is still to come, IntakeError ``patient_not_found``,
    ``visit_not_found`` (also for another patient's visit).
    """
    actor.must(Task.RECORD_AMENDMENT)
    words = typed_text(request, field=REQUEST)
    if received_on > now.date():
        raise InvalidInputError((Problem(field=RECEIVED, code="date_in_future"),))
    with store.transaction():
        if store.patients.get(patient_id) is None:
            raise IntakeError("patient_not_found")
        if visit_id is not None and store.visits.patient_of(visit_id) != patient_id:
            raise IntakeError("visit_not_found")
        if draft_id is not None:
            finish_draft(store, actor, draft_id)
        amendment_id = store.amendments.add(
            patient_id=patient_id, visit_id=visit_id, request=words, received_on=received_on, staff_id=actor.staff.id, at=now
        )
        changes = {"amendment": (None, str(amendment_id))}
        store.audit.add(actor, "receive_amendment", at=now, patient_id=patient_id, visit_id=visit_id, changes=changes)
        return _amendment(store, amendment_id)


def amendments_of(store: Store, actor: Actor, patient_id: int) -> tuple[Amendment, ...]:
    """Return a patient's requests, the latest first; opening the patient is what is recorded."""
    actor.must(Task.SEE_PATIENTS)
    with store.reading():
        return store.amendments.of_patient(patient_id)


def open_amendments(store: Store, actor: Actor) -> tuple[Amendment, ...]:
    """Return the requests that were neither accepted nor denied yet, the one that is due first first."""
    actor.must(Task.SEE_PATIENTS)
    with store.reading():
        return tuple(sorted(store.amendments.undecided(), key=lambda amendment: (amendment.due_on, amendment.id)))


def amendments_due(store: Store, actor: Actor, *, now: datetime) -> tuple[tuple[Amendment, PatientRecord], ...]:
    """Return the open requests with their patients, the one that is due first first, and record once a sign-in that the actor looked."""
    requests = open_amendments(store, actor)
    with store.reading():
        records = [store.patients.get(each.patient_id) for each in requests]
    if requests and store.audit.tells(actor, "amendments"):
        with store.transaction(lasting=False):
            store.audit.add(actor, "see_amendments", at=now)
    return tuple((each, record) for each, record in zip(requests, records, strict=True) if record is not None)


def take_step(
    store: Store, actor: Actor, amendment_id: int, *, step: Step, words: str, password: str, definitions: Definitions, now: datetime
) -> Amendment:
    """Act on a request and return it; on a signed visit a decision, and a disagreement with it, is appended to the note too.

    ``words`` are the reason, or the patient's statement. Raises InvalidInputError for them, IntakeError ``wrong_signature`` and
    ``signature_too_soon`` (``wait_s``), ``amendment_not_found``, ``clock_behind``, ConflictError ``amendment_decided``,
    ``already_extended``, ``extension_too_late``, ``not_denied``, ``already_disagreed``.
    """
    actor.must(Task.DECIDE_AMENDMENT)
    said = typed_text(words, field=WORDS)
    confirm_password(store, actor, password=password, purpose="amendment", now=now)
    with store.transaction():
        before = store.amendments.get(amendment_id)
        if before is None:
            raise IntakeError("amendment_not_found")
        code = _step_fault(before, step, now.astimezone(definitions.practice.zone()).date())
        if code is not None:
            raise ConflictError(code)
        store.amendments.add_step(before, step, words=said, staff_id=actor.staff.id, at=now)
        changes = {"amendment": (str(amendment_id), str(amendment_id)), "step": (None, step.value)}
        store.audit.add(actor, "amendment_step", at=now, patient_id=before.patient_id, visit_id=before.visit_id, changes=changes)
        if step in APPENDED and before.visit_id is not None and store.reviews.signed(before.visit_id):
            _append(store, actor, before, before.visit_id, step, said, now)
        return _amendment(store, amendment_id)


def _step_fault(amendment: Amendment, step: Step, on: date) -> str | None:
    """Return why a step cannot be taken any more, or not yet; None when it can."""
    taken = {each.step for each in amendment.steps}
    if step is Step.DISAGREED:
        if Step.DENIED not in taken:
            return "not_denied"
        return "already_disagreed" if step in taken else None
    if not amendment.is_open:
        return "amendment_decided"
    if step is Step.EXTENDED and step in taken:
        return "already_extended"
    return "extension_too_late" if step is Step.EXTENDED and on > amendment.due_on else None


def _append(store: Store, actor: Actor, amendment: Amendment, visit_id: int, step: Step, words: str, now: datetime) -> None:
    """Append what was decided to the note; with the request, unless both together are too long for one addendum."""
    text = f"The patient asked: {amendment.request}\n\n{CALLED[step]}: {words}"
    received = amendment.received_on.isoformat()
    reason = f"Request {amendment.id} of the patient to amend the record, received {received}: {CALLED[step].lower()}"
    append_addendum(store, actor, visit_id, text=text if len(text) <= LONG_TEXT else words, reason=reason, now=now)


def _amendment(store: Store, amendment_id: int) -> Amendment:
    kept = store.amendments.get(amendment_id)
    if kept is None:
        raise LookupError
    return kept
