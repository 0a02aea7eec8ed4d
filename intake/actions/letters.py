"""Letters: opened with what the record says, kept at every change, signed by a clinician."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from intake.actions.confirming import confirm_password
from intake.actions.letter_reading import facts_of
from intake.definitions.bundle import Definitions
from intake.domain.canonical import canonical, fingerprint
from intake.domain.document_kinds import DocumentKind, Paper, WaitsFor
from intake.domain.letter_outlines import Outline, outline_of
from intake.domain.letters import Composed, Letter, LetterSignature, Template, Values
from intake.domain.numbers import document_number, record_number, visit_number
from intake.domain.requests import Request, RequestState
from intake.domain.signed import instant_text
from intake.domain.staff import NEED_NOTES, Actor, Task
from intake.entry.letter_facts import from_record
from intake.entry.letters import BODY, body_problem, compose, missing, read_typed, still_agreed
from intake.errors import ConflictError, IntakeError, InvalidInputError, Problem
from intake.storage.letters import KeptLetter, KeptSignature
from intake.storage.store import Store

__all__ = ["follow_letter", "keep_letter", "letter_of", "missing_at_first", "open_letter", "sign_letter"]

CLOSED: Final = (RequestState.DELIVERED, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A request's letter with all that it is read with; ``closed`` says that not everybody may read it."""

    request: Request
    kind: DocumentKind
    template: Template
    values: Values
    kept: KeptLetter | None = None
    closed: bool = False


def open_letter(store: Store, actor: Actor, request_id: int, *, definitions: Definitions, now: datetime) -> Letter:
    """Return a request's letter as it stands, what the record says now in its fields, and record that the actor looked.

    The request's state follows what is missing. Raises IntakeError ``request_not_found``, ``not_a_letter``.
    """
    actor.must(Task.WRITE_LETTER)
    with store.transaction():
        desk = _permitted(store, actor, request_id, definitions)
        letter = _letter(store, desk)
        _follow(store, actor, desk, len(letter.missing), now)
        if store.audit.tells(actor, f"open_letter {request_id}"):
            _note(store, actor, "open_letter", desk.request, now)
        return letter


def letter_of(store: Store, actor: Actor, request_id: int, *, definitions: Definitions) -> Letter:
    """Return a request's letter to be printed or shown, inside the caller's transaction. Raises as ``open_letter``."""
    actor.must(Task.WRITE_LETTER)
    return _letter(store, _permitted(store, actor, request_id, definitions))


def follow_letter(store: Store, actor: Actor, request_id: int, *, definitions: Definitions, now: datetime) -> None:
    """Let a letter's request stand, inside the caller's transaction, where what is missing now puts it. Raises as ``open_letter``.

    Who may not read the letter counts by what stands for its words.
    """
    desk = _desk(store, request_id, definitions)
    kept, request = store.letters.outline(request_id), desk.request
    typed, body = (kept.typed, kept.body) if kept else ({}, None)
    asked_for = missing(desk.template, {**desk.values, **typed}, purpose=request.purpose, body=body, recorded=desk.values)
    _follow(store, actor, desk, len(asked_for), now)


def keep_letter(
    store: Store,
    actor: Actor,
    request_id: int,
    *,
    typed: Mapping[str, str],
    body: str | None,
    definitions: Definitions,
    now: datetime,
    version: int | None = None,
) -> Letter:
    """Keep what stands in a letter's fields and return the letter; when this returns, it is on disk, and the request follows.

    ``typed`` is all that was typed, an empty text is what the record says; ``body`` None gives the text back to the template.
    A consent to a text of one's own falls when that text is another one. ``version`` is that of the letter on screen. Raises
    InvalidInputError (``letter.<key>``, ``letter.body``), ConflictError ``letter_signed``, ``letter_changed``, IntakeError
    ``request_closed``, ``request_printing`` and those of ``open_letter``; then nothing is kept.
    """
    actor.must(Task.WRITE_LETTER)
    with store.transaction():
        desk = _permitted(store, actor, request_id, definitions)
        _refuse_closed(store, desk, version)
        sound, problems = read_typed(desk.template, typed, on=now.astimezone(definitions.practice.zone()).date())
        body = None if body is None else unicodedata.normalize("NFC", body)
        fault = body_problem(body)
        if problems or fault:
            raise InvalidInputError((*problems, *((fault,) if fault else ())))
        desk = _put(store, actor, desk, still_agreed(desk.template, _letter(store, desk), sound, body), body, now)
        letter = _letter(store, desk)
        _follow(store, actor, desk, len(letter.missing), now)
        return letter


def sign_letter(
    store: Store, actor: Actor, request_id: int, *, password: str, definitions: Definitions, now: datetime, version: int | None = None
) -> Letter:
    """Sign a complete letter and return it; from then on it says what it says now, and its request is ready.

    ``version`` is that of the letter on screen: another one is not signed unseen. Raises IntakeError ``wrong_signature``,
    ``signature_too_soon``, ``not_to_sign`` (nobody's signature is waited for), ``clock_behind``, ``request_closed``, ``request_printing``;
    ConflictError ``letter_signed``, ``letter_changed``; InvalidInputError with what is missing, ``letter.<key>``.
    """
    actor.must(Task.REVIEW)
    confirm_password(store, actor, password=password, purpose="sign_letter", now=now)
    with store.transaction():
        desk = _permitted(store, actor, request_id, definitions)
        _refuse_closed(store, desk, version)
        if desk.kind.waits_for is not WaitsFor.LETTER:
            raise IntakeError("not_to_sign")
        letter = _letter(store, desk)
        if letter.missing:
            raise InvalidInputError(tuple(Problem(field=f"letter.{key}", code="letter_field_missing") for key in letter.missing))
        if now < max(desk.request.opened_at, desk.kept.at if desk.kept else desk.request.opened_at):
            raise IntakeError("clock_behind")
        _follow(store, actor, desk, len(letter.missing), now)
        if desk.kept is None:
            desk = _put(store, actor, desk, {}, None, now)
        signature = _signature(actor, desk, _letter(store, desk), now)
        store.letters.sign(signature)
        _note(store, actor, "sign_letter", desk.request, now, fingerprint=signature.fingerprint)
        return _letter(store, desk)


def missing_at_first(
    store: Store, kind: DocumentKind, visit_id: int | None, *, purpose: str, definitions: Definitions
) -> int:  # fmt: skip
    """Return how many fields of a letter are asked for before anybody wrote in it, 0 for a kind that is no letter."""
    if kind.paper is not Paper.LETTER or visit_id is None:
        return 0
    template = definitions.templates[kind.template]
    return len(missing(template, from_record(template, facts_of(store, visit_id, template, definitions)), purpose=purpose))


def _desk(store: Store, request_id: int, definitions: Definitions) -> _Desk:
    """Return a request's letter without its words."""
    request = store.requests.get(request_id)
    if request is None:
        raise IntakeError("request_not_found")
    kind = next((each for each in definitions.document_kinds.kinds if each.key == request.kind), None)
    if kind is None or kind.paper is not Paper.LETTER or request.visit_id is None:
        raise IntakeError("not_a_letter")
    template = definitions.templates[kind.template]
    values = from_record(template, facts_of(store, request.visit_id, template, definitions))
    return _Desk(request=request, kind=kind, template=template, values=values)


def _permitted(store: Store, actor: Actor, request_id: int, definitions: Definitions) -> _Desk:
    """Return a request's letter for an actor whose role may see it: what stands in a review is not for everybody."""
    desk = _desk(store, request_id, definitions)
    tasks = {desk.kind.task, store.requests.standing(request_id).task}
    for task in sorted(tasks):
        actor.must(task)
    return replace(desk, kept=store.letters.get(request_id), closed=bool(tasks & NEED_NOTES))


def _letter(store: Store, desk: _Desk) -> Letter:
    """Return the letter with what is missing, or as it was signed."""
    request, kept, template = desk.request, desk.kept, desk.template
    typed, body = (kept.typed, kept.body) if kept else ({}, None)
    signed = store.letters.signature(request.id)
    values = json.loads(signed.content)["values"] if signed else desk.values
    return Letter(
        request_id=request.id,
        template=template.key,
        language=request.language if request.language in template.languages else template.languages[0],
        typed=typed,
        from_record=values,
        body=body,
        version=kept.version if kept else 0,
        missing=() if signed else missing(template, {**values, **typed}, purpose=request.purpose, body=body, recorded=values),
        signature=_shown(signed) if signed else None,
        sealed=_sealed(signed) if signed else None,
    )


def _put(store: Store, actor: Actor, desk: _Desk, typed: Values, body: str | None, now: datetime) -> _Desk:
    """Keep the letter when it changed; its version rises then."""
    before = desk.kept
    if before is not None and (dict(before.typed), before.body) == (dict(typed), body):
        return desk
    kept = KeptLetter(
        request_id=desk.request.id,
        template=desk.template.key,
        typed=typed,
        body=body,
        version=before.version + 1 if before else 1,
        staff_id=actor.staff.id,
        at=now,
    )
    store.letters.put(kept, _outline(desk, kept) if desk.closed else None)
    if store.audit.tells(actor, f"write_letter {desk.request.id}"):
        _note(store, actor, "write_letter", desk.request, now)
    return replace(desk, kept=kept)


def _outline(desk: _Desk, kept: KeptLetter) -> Outline:
    """Return what stands for a letter's words where they cannot be read."""
    left = missing(desk.template, {**desk.values, **kept.typed}, purpose=desk.request.purpose, body=kept.body, recorded=desk.values)
    return outline_of(kept.typed, kept.body, recorded=desk.values, whole=BODY not in left)


def _refuse_closed(store: Store, desk: _Desk, version: int | None) -> None:
    if store.letters.signed(desk.request.id):
        raise ConflictError("letter_signed")
    if desk.request.state in CLOSED:
        raise IntakeError("request_closed")
    if store.requests.standing(desk.request.id).printing:
        raise IntakeError("request_printing")
    if version is not None and version != (desk.kept.version if desk.kept else 0):
        raise ConflictError("letter_changed")


def _follow(store: Store, actor: Actor, desk: _Desk, asked_for: int, now: datetime) -> None:
    """Let the request stand where what is missing puts it, for whom its template is now; what was handed over or withdrawn stays."""
    request = desk.request
    if not store.letters.signed(request.id) and request.state not in CLOSED:
        if desk.kind.tells_review:
            store.requests.narrow(request.id, desk.kind.task, at=now)
            if store.notes_key.held:
                store.letters.encrypt_open(request.id)
        store.requests.set_missing(request.id, asked_for, staff_id=actor.staff.id, at=now)


def _signature(actor: Actor, desk: _Desk, letter: Letter, now: datetime) -> KeptSignature:
    """Return the signature over the letter's words and all that they were made from."""
    request, staff = desk.request, actor.staff
    composed = compose(desk.template, letter, purpose=request.purpose, recipient=request.recipient, address=request.address)
    content = canonical(
        {
            "document": document_number(request.id),
            "patient_number": record_number(request.patient_id),
            "visit_number": visit_number(request.visit_id or 0),
            "kind": request.kind,
            "purpose": request.purpose,
            "recipient": request.recipient,
            "address": request.address,
            "template": desk.template.version,
            "version": letter.version,
            "values": dict(letter.from_record),
            "typed": dict(letter.typed),
            "body": letter.body,
            "words": _words(composed),
            "signature": {"account": staff.id, "by": staff.name, "role": staff.role.value, "at": instant_text(now)},
        }
    )
    return KeptSignature(
        request_id=request.id,
        content=content,
        fingerprint=fingerprint(content),
        staff_id=staff.id,
        staff_name=staff.name,
        staff_role=staff.role.value,
        at=now,
    )


def _words(composed: Composed) -> dict[str, object]:
    return {each.name: getattr(composed, each.name) for each in fields(composed) if each.name != "missing"}


def _sealed(signed: KeptSignature) -> Composed:
    """Return the words as they were signed."""
    words: dict[str, Any] = json.loads(signed.content)["words"]
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}
    return Composed(**told)


def _shown(signed: KeptSignature) -> LetterSignature:
    return LetterSignature(by=signed.staff_name, role=signed.staff_role, at=signed.at, fingerprint=signed.fingerprint)


def _note(store: Store, actor: Actor, action: str, request: Request, now: datetime, **told: str) -> None:
    changes = {"request": (None, document_number(request.id)), **{name: (None, value) for name, value in told.items()}}
    store.audit.add(actor, action, at=now, patient_id=request.patient_id, visit_id=request.visit_id, changes=changes)
