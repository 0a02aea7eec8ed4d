"""Handing a document over: the only thing that stops its clock."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from intake.actions.disclosing import disclose
from intake.actions.request_clock import refuse_clock_behind
from intake.actions.requests import a_request
from intake.actions.typed import optional_text, typed_line
from intake.definitions.bundle import Definitions
from intake.domain.fields import codes_of
from intake.domain.requests import IDENTITIES, Handover, Request, RequestState
from intake.domain.staff import Actor, Task
from intake.entry.tidy import tidy_line, tidy_long
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.storage.disclosures import About
from intake.storage.store import Store


def hand_over(store: Store, actor: Actor, request_id: int, handover: Handover, *, definitions: Definitions, now: datetime) -> Request:
    """Record to whom a printed document was handed, and return its request, delivered now.

    Raises InvalidInputError: ``recipient_missing`` at ``to``, ``identity_missing`` at ``identity``, ``late_reason_missing`` at
    ``late_reason``; IntakeError ``request_not_found``, ``not_printed_yet``, ``clock_behind``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        request = a_request(store, request_id)
        document = store.documents.last_of(request_id)
        if request.state is not RequestState.PRINTED or document is None:
            raise IntakeError("not_printed_yet")
        refuse_clock_behind(store, request_id, now=now)
        given = _sound(handover, late=now > request.due_at)
        store.requests.hand_over(request_id, (document.id, given.to, given.identity, given.late_reason), staff_id=actor.staff.id, at=now)
        disclose(
            store,
            actor,
            about=About(patient_id=request.patient_id, request_id=request_id, document_id=document.id),
            event="handover",
            recipient=given.to,
            address=request.address,
            what=f"{request.kind} {request.number}",
            purpose=request.purpose,
            accountable=definitions.document_kinds.accountable(request.purpose),
            now=now,
        )
        changes = {"request": (None, request.number), "state": (request.state.value, RequestState.DELIVERED.value)}
        store.audit.add(
            actor, "hand_over", at=now, patient_id=request.patient_id, visit_id=request.visit_id, changes=changes,
            reason=given.late_reason or None,
        )  # fmt: skip
        return a_request(store, request_id)


def _sound(handover: Handover, *, late: bool) -> Handover:
    """Return a handover as it is kept. Raises InvalidInputError with everything that is wrong with it."""
    found: list[Problem] = []
    if not tidy_line(handover.to):
        found.append(Problem(field="to", code="recipient_missing"))
    if not handover.identity:
        found.append(Problem(field="identity", code="identity_missing"))
    elif handover.identity not in codes_of(IDENTITIES):
        found.append(Problem(field="identity", code="not_a_choice"))
    if late and not tidy_long(handover.late_reason):
        found.append(Problem(field="late_reason", code="late_reason_missing"))
    if found:
        raise InvalidInputError(tuple(found))
    return dataclasses.replace(
        handover, to=typed_line(handover.to, field="to"), late_reason=optional_text(handover.late_reason, field="late_reason")
    )
