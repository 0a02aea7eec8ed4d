"""Requests: what the practice promised on paper, listed by the clock, and what may be done about one that is owed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from intake.actions.letters import follow_letter
from intake.actions.request_clock import refuse_clock_behind
from intake.actions.request_opening import open_request, problems_of_leaving
from intake.actions.typed import optional_line, typed_text
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import Paper, WaitsFor
from intake.domain.documents import IssuedDocument
from intake.domain.numbers import DOCUMENT_PREFIX, read_number
from intake.domain.requests import Counts, Filter, Request, RequestLine, RequestState, RequestStep
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.storage.requests import Leaving
from intake.storage.rows import instant_text
from intake.storage.store import Store

__all__ = [
    "a_request",
    "change_request",
    "clinicians_owing",
    "count_requests",
    "documents_of",
    "list_requests",
    "note_delay",
    "open_request",
    "renew",
    "request_id_of",
    "request_line",
    "request_of",
    "requests_of_patient",
    "steps_of",
    "withdraw",
]

COUNTED: Final = 1_000
"""A rail needs no more than this."""
LISTED: Final = 200


def request_of(store: Store, actor: Actor, request_id: int) -> Request:
    """Return a request; the list or the patient it was picked from is what was recorded. Raises IntakeError ``request_not_found``."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        return a_request(store, request_id)


def request_line(store: Store, actor: Actor, request_id: int) -> RequestLine:
    """Return a request as a line of the list. Raises IntakeError ``request_not_found``."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        line = store.request_lists.line(request_id)
    if line is None:
        raise IntakeError("request_not_found")
    return line


def list_requests(
    store: Store, actor: Actor, where: Filter, *, limit: int = LISTED, now: datetime | None = None
) -> tuple[RequestLine, ...]:  # fmt: skip
    """Return the requests of a list: what is owed by the clock, what was delivered or withdrawn the latest first.

    Looking at the list of a clinic is recorded once per sign-in, when ``now`` is given, for the list reads itself anew.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        lines = store.request_lists.lines(where, limit=limit)
    if now is not None and store.audit.tells(actor, f"requests {where.location}"):
        with store.transaction(lasting=False):
            store.audit.add(actor, "see_requests", at=now, changes={"requests": (None, where.location or "all")})
    return lines


def steps_of(store: Store, actor: Actor, request_id: int) -> tuple[RequestStep, ...]:
    """Return what happened to a request, and each time its document did not come out of a printer, the first first.

    Raises IntakeError ``request_not_found``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        a_request(store, request_id)
        happened = (*store.requests.steps(request_id), *store.print_runs.failures_of(request_id))
    return tuple(sorted(happened, key=lambda step: step.at))


def documents_of(store: Store, actor: Actor, request_id: int) -> tuple[IssuedDocument, ...]:
    """Return the documents that came out for a request, the latest first. Raises IntakeError ``request_not_found``."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        a_request(store, request_id)
        return store.documents.of_request(request_id)


def requests_of_patient(store: Store, actor: Actor, patient_id: int) -> tuple[RequestLine, ...]:
    """Return a patient's requests, what is owed first; opening the patient is what is recorded."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        return store.request_lists.of_patient(patient_id, limit=LISTED)


def count_requests(store: Store, actor: Actor, *, location: str | None, now: datetime) -> Counts:
    """Return how many requests are owed, overdue and ready, at a clinic or at all, each counted to at most COUNTED."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        return store.request_lists.counts(location, now=instant_text(now), most=COUNTED)


def clinicians_owing(store: Store, actor: Actor, *, location: str | None) -> tuple[tuple[int, str], ...]:
    """Return account and name of each clinician of whom something owed waits or was signed, by name."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        return store.request_lists.clinicians(location)


def withdraw(store: Store, actor: Actor, request_id: int, *, reason: str, now: datetime) -> None:
    """Withdraw a request: nothing is owed any more, and it stays so.

    Raises InvalidInputError without a reason, IntakeError ``request_not_found``, ``request_closed``, ``request_printing``,
    ``clock_behind``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    words = typed_text(reason, field="reason")
    with store.transaction():
        request = _owed(store, request_id, now)
        if store.requests.standing(request_id).printing:
            raise IntakeError("request_printing")
        store.requests.move(request_id, RequestState.WITHDRAWN, staff_id=actor.staff.id, at=now, words=words)
        changes = {"state": (request.state.value, RequestState.WITHDRAWN.value)}
        _note(store, actor, "withdraw_request", request, now, changes=changes, reason=words)


def note_delay(store: Store, actor: Actor, request_id: int, *, reason: str, now: datetime) -> None:
    """Record why a document is late or will be; its clock goes on.

    Raises InvalidInputError without a reason, IntakeError ``request_not_found``, ``request_closed``, ``clock_behind``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    words = typed_text(reason, field="reason")
    with store.transaction():
        request = _owed(store, request_id, now)
        store.requests.add_step(request_id, "delayed", staff_id=actor.staff.id, at=now, words=words)
        _note(store, actor, "note_delay", request, now, reason=words)


def renew(store: Store, actor: Actor, request_id: int, *, now: datetime) -> None:
    """Make a printed document ready to be printed anew, because the record moved on since.

    Raises IntakeError ``request_not_found``, ``request_closed``, ``not_printed_yet``, ``nothing_moved_on``, ``clock_behind``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        request = _owed(store, request_id, now)
        line = store.request_lists.line(request_id)
        if request.state is not RequestState.PRINTED:
            raise IntakeError("not_printed_yet")
        if line is None or not line.changed:
            raise IntakeError("nothing_moved_on")
        make_ready_again(store, actor, request, now=now)


def make_ready_again(store: Store, actor: Actor, request: Request, *, now: datetime) -> None:
    """Make, inside the caller's transaction, a printed request ready: the record moved on."""
    store.requests.move(request.id, RequestState.READY, staff_id=actor.staff.id, at=now)
    _note(store, actor, "renew_request", request, now, changes={"state": (request.state.value, RequestState.READY.value)})


def change_request(  # noqa: PLR0913 - keywords only: what a document's leaving is made of
    store: Store,
    actor: Actor,
    request_id: int,
    *,
    leaves_by: str,
    recipient: str,
    address: str,
    purpose: str,
    language: str,
    definitions: Definitions,
    now: datetime,
) -> Request:
    """Change how a document leaves while it is owed; one that was printed in another language is to be printed anew.

    A printed letter that goes to somebody else now, or elsewhere, counts as changed since. Raises InvalidInputError with every
    problem by field, IntakeError ``request_not_found``, ``request_closed``, ``request_printing``, ``letter_signed`` for language,
    purpose, recipient and address of a letter that is signed.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        request = _owed(store, request_id, now)
        leaving = Leaving(
            leaves_by=leaves_by,
            recipient=optional_line(recipient, field="recipient"),
            address=optional_line(address, field="address"),
            purpose=purpose,
            language=language,
        )
        _refuse_leaving(store, request, leaving, definitions)
        changed = {name: (getattr(request, name), getattr(leaving, name)) for name in Leaving.__slots__}
        changed = {name: (old, new) for name, (old, new) in changed.items() if old != new}
        if changed:
            store.requests.set_leaving(request_id, leaving, at=now)
            store.requests.add_step(request_id, "changed", staff_id=actor.staff.id, at=now, words=", ".join(changed))
            _note(store, actor, "change_request", request, now, changes=changed)
        if "language" in changed and request.state is RequestState.PRINTED:
            store.requests.move(request_id, RequestState.READY, staff_id=actor.staff.id, at=now)
        known = definitions.document_kinds.find(request.kind) is not None
        if "purpose" in changed and known and store.requests.standing(request_id).paper == Paper.LETTER:
            follow_letter(store, actor, request_id, definitions=definitions, now=now)
        return a_request(store, request_id)


def request_id_of(request: int | str) -> int:
    """Return the id of a request given by id or by its number as typed.

    Raises IntakeError ``wrong_check_digit``, ``request_not_found``.
    """
    if isinstance(request, int):
        return request
    number = read_number(request)
    if number is None:
        raise IntakeError("wrong_check_digit")
    if number[0] != DOCUMENT_PREFIX:
        raise IntakeError("request_not_found")
    return number[1]


def a_request(store: Store, request_id: int) -> Request:
    """Return a request, inside the caller's transaction or reading. Raises IntakeError ``request_not_found``."""
    request = store.requests.get(request_id)
    if request is None:
        raise IntakeError("request_not_found")
    return request


def _owed(store: Store, request_id: int, now: datetime) -> Request:
    request = a_request(store, request_id)
    if not request.state.open:
        raise IntakeError("request_closed")
    refuse_clock_behind(store, request_id, now=now)
    return request


def _refuse_leaving(store: Store, request: Request, leaving: Leaving, definitions: Definitions) -> None:
    """Refuse a leaving that is not sound, and another language, purpose or address of what was signed or is with a printer."""
    kind = definitions.document_kinds.find(request.kind)
    languages = kind.languages if kind else (request.language,)
    purpose = "" if leaving.purpose == request.purpose else leaving.purpose
    problems = list(problems_of_leaving(leaving.leaves_by, purpose, leaving.language, languages, definitions))
    problems += [Problem(field=name, code="required") for name in ("leaves_by", "purpose") if not getattr(leaving, name)]
    if problems:
        raise InvalidInputError(tuple(problems))
    standing = store.requests.standing(request.id)
    on_paper = ("language", "purpose", *(("recipient", "address") if standing.paper == Paper.LETTER else ()))
    if all(getattr(leaving, name) == getattr(request, name) for name in on_paper):
        return
    if standing.printing:
        raise IntakeError("request_printing")
    if standing.waits_for == WaitsFor.LETTER and standing.signed:
        raise IntakeError("letter_signed")


def _note(store: Store, actor: Actor, action: str, request: Request, now: datetime, **details: Any) -> None:
    changes = {"request": (None, request.number), **details.pop("changes", {})}
    store.audit.add(actor, action, at=now, patient_id=request.patient_id, visit_id=request.visit_id, changes=changes, **details)
