"""Opening requests: one somebody asks for, and the visit note that every visit is promised."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from intake.actions.letters import missing_at_first
from intake.actions.setup import LOCATION
from intake.actions.typed import optional_line
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import DocumentKind, Paper, WaitsFor
from intake.domain.fields import codes_of
from intake.domain.numbers import document_number
from intake.domain.requests import ASKERS, WAYS, NewRequest, Request, RequestState
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.storage.requests import Opening
from intake.storage.store import Store

VISIT_NOTE: Final = "visit_note"
LEFT: Final = "left without being seen"
"""Why the note of a visit is not owed any more; words of a step, by which it is known again."""


def open_request(store: Store, actor: Actor, new: NewRequest, *, definitions: Definitions, now: datetime) -> Request:
    """Open a request and return it: its clock runs from now.

    What ``new`` leaves empty (way, purpose) is the kind's own. Raises InvalidInputError with every problem by field, IntakeError
    ``patient_not_found``, ``visit_not_found``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        kind = _refuse(store, new, definitions)
        sound = dataclasses.replace(
            new, recipient=optional_line(new.recipient, field="recipient"), address=optional_line(new.address, field="address")
        )
        request_id = store.requests.add(sound, _opening(store, actor, new, kind, definitions, now), at=now)
        changes = {"request": (None, document_number(request_id)), "kind": (None, new.kind)}
        store.audit.add(actor, "open_request", at=now, patient_id=new.patient_id, visit_id=new.visit_id, changes=changes)
        request = store.requests.get(request_id)
        if request is None:
            raise LookupError
        return request


def promise_note(
    store: Store, actor: Actor, visit_id: int, *, patient_id: int, location: str, definitions: Definitions, now: datetime
) -> int:
    """Open, inside the caller's transaction, the request for the note of a visit that was just recorded, and return its id."""
    kind = definitions.document_kinds.kind(VISIT_NOTE)
    new = NewRequest(
        patient_id=patient_id, visit_id=visit_id, kind=VISIT_NOTE, asked_by="visit", leaves_by=kind.leaves_by, language=kind.languages[0]
    )
    opening = Opening(
        paper=kind.paper.value,
        waits_for=kind.waits_for.value,
        task=kind.task,
        location=location,
        purpose=kind.purpose,
        leaves_by=kind.leaves_by,
        state=RequestState.WAITING,
        missing=0,
        clinician_id=None,
        opened_at=now,
        opened_by=actor.staff.id,
        due_at=kind.due.due_at(now, treated_on=None, zone=definitions.practice.zone()),
    )
    return store.requests.add(new, opening, at=now)


def release_note(store: Store, actor: Actor, visit_id: int, *, now: datetime) -> None:
    """Withdraw, inside the caller's transaction, the note promised to a patient who left; a signed one is still owed."""
    for request_id in store.requests.of_visit(visit_id, VISIT_NOTE):
        request = store.requests.get(request_id)
        if request is not None and request.asked_by == "visit" and request.state in (RequestState.REQUESTED, RequestState.WAITING):
            store.requests.move(request_id, RequestState.WITHDRAWN, staff_id=actor.staff.id, at=now, words=LEFT)


def promise_again(store: Store, actor: Actor, visit_id: int, *, now: datetime) -> None:
    """Open, inside the caller's transaction, the note's request anew with the clock it had, when the patient had not left after all."""
    former_id = store.requests.latest_by_itself(visit_id, VISIT_NOTE)
    former = None if former_id is None else store.requests.get(former_id)
    if (
        former_id is None
        or former is None
        or former.state is not RequestState.WITHDRAWN
        or store.requests.steps(former_id)[-1].words != LEFT
    ):
        return
    standing = store.requests.standing(former_id)
    new = NewRequest(
        patient_id=former.patient_id, visit_id=visit_id, kind=former.kind, asked_by=former.asked_by, leaves_by=former.leaves_by,
        recipient=former.recipient, address=former.address, language=former.language,
    )  # fmt: skip
    opening = Opening(
        paper=standing.paper,
        waits_for=standing.waits_for,
        task=standing.task,
        location=former.location,
        purpose=former.purpose,
        leaves_by=former.leaves_by,
        state=RequestState.WAITING,
        missing=0,
        clinician_id=store.requests.clinician_of(visit_id),
        opened_at=former.opened_at,
        opened_by=actor.staff.id,
        due_at=former.due_at,
    )
    store.requests.add(new, opening, at=now)


def problems_of_leaving(
    leaves_by: str, purpose: str, language: str, languages: tuple[str, ...], definitions: Definitions
) -> Iterator[Problem]:  # fmt: skip
    """Yield what is wrong with how a document is to leave; way and purpose may be empty, ``languages`` are those of its kind."""
    if leaves_by and leaves_by not in codes_of(WAYS):
        yield Problem(field="leaves_by", code="not_a_choice")
    if purpose and purpose not in [each.key for each in definitions.document_kinds.purposes]:
        yield Problem(field="purpose", code="not_a_choice")
    if language not in languages:
        yield Problem(field="language", code="language_not_offered")


def _refuse(store: Store, new: NewRequest, definitions: Definitions) -> DocumentKind:
    """Return the kind of a request that can be opened."""
    try:
        kind = definitions.document_kinds.kind(new.kind)
    except KeyError:
        raise InvalidInputError((Problem(field="kind", code="not_a_choice"),)) from None
    if store.patients.get(new.patient_id) is None:
        raise IntakeError("patient_not_found")
    problems = list(problems_of_leaving(new.leaves_by, new.purpose, new.language, kind.languages, definitions))
    if new.asked_by not in codes_of(ASKERS):
        problems.append(Problem(field="asked_by", code="not_a_choice"))
    problems += _of_visit(store, new, kind)
    if problems:
        raise InvalidInputError(tuple(problems))
    return kind


def _of_visit(store: Store, new: NewRequest, kind: DocumentKind) -> Iterator[Problem]:
    if new.visit_id is None:
        if kind.paper is not Paper.RECORDS_COPY:
            yield Problem(field="visit_id", code="visit_needed")
        return
    line = store.board.line(new.visit_id)
    if line is None or line.patient_id != new.patient_id:
        raise IntakeError("visit_not_found")
    if kind.visit_types and line.visit_type not in kind.visit_types:
        yield Problem(field="kind", code="not_for_this_visit")


def _opening(
    store: Store, actor: Actor, new: NewRequest, kind: DocumentKind, definitions: Definitions, now: datetime
) -> Opening:  # fmt: skip
    visit_id, zone = new.visit_id, definitions.practice.zone()
    treated_on = None if visit_id is None or kind.due.days is None else store.requests.first_treated_on(visit_id)
    missing = missing_at_first(store, kind, visit_id, purpose=new.purpose or kind.purpose, definitions=definitions)
    signer = None if visit_id is None or kind.waits_for is WaitsFor.NOTHING else store.requests.clinician_of(visit_id)
    return Opening(
        paper=kind.paper.value,
        waits_for=kind.waits_for.value,
        task=kind.task,
        location=_place(store, actor, new, definitions),
        purpose=new.purpose or kind.purpose,
        leaves_by=new.leaves_by or kind.leaves_by,
        state=_first_state(store, new, kind, missing),
        missing=missing,
        clinician_id=signer,
        opened_at=now,
        opened_by=actor.staff.id,
        due_at=kind.due.due_at(now, treated_on=treated_on, zone=zone),
    )


def _first_state(store: Store, new: NewRequest, kind: DocumentKind, missing: int) -> RequestState:
    if missing:
        return RequestState.REQUESTED
    if kind.waits_for is WaitsFor.NOTHING or (kind.waits_for is WaitsFor.VISIT and store.reviews.signed(new.visit_id or 0)):
        return RequestState.READY
    return RequestState.WAITING


def _place(store: Store, actor: Actor, new: NewRequest, definitions: Definitions) -> str:
    """Return the clinic that owes the document: the visit's; without one this desk's, or that of the patient's latest visit."""
    if new.visit_id is not None:
        line = store.board.line(new.visit_id)
        return line.location if line else ""
    here = store.settings.get(actor.workstation, LOCATION)
    return here or store.requests.latest_place_of(new.patient_id) or definitions.practice.active()[0].key
