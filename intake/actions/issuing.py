"""Keeping every document that leaves, bytes and all, whatever way it leaves."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from intake.actions.disclosing import PRINT_DESK, SAVED, TO_PATIENT, Telling, disclose
from intake.actions.request_clock import refuse_clock_behind
from intake.domain.document_kinds import TASK_OF, Paper
from intake.domain.documents import Event, How, IssuedDocument, Made
from intake.domain.numbers import document_number, record_number, visit_number
from intake.domain.requests import RequestState
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError
from intake.storage.disclosures import About
from intake.storage.documents import Leaf
from intake.storage.store import Store

EVENTS: Final[dict[How, Event]] = {"print": "print", "file": "export"}
ACTIONS: Final[dict[How, str]] = {"print": "print_document", "file": "export_document"}
SEND: Final = "send_document"
"""The action of what is kept before its pages go to a printer; ``print_document`` follows when they came out."""


def keep_document(  # noqa: PLR0913 - keywords only, each of them is kept by itself
    store: Store,
    actor: Actor,
    made: Made,
    *,
    kind: str,
    patient_id: int,
    visit_id: int | None,
    request_id: int | None,
    how: How,
    target: str,
    now: datetime,
    clinic: str = "",
    told: bool = True,
    stamp: str | None = None,
) -> int:
    """Keep, inside the caller's transaction, a document as it leaves, and return its id: bytes, audit, disclosure.

    ``target`` is the printer or the kind of place, never a file name. What left for a ready request makes it printed; of pages on
    their way that is known only when they came out: ``told`` is false then, and ``tell_printed`` tells it. ``stamp`` is the
    state of the record when what the document was made of was read, None when that is the record as it stands.
    Raises IntakeError ``request_not_found``, ``not_signed``, ``clock_behind``.
    """
    paper = _paper(store, kind, request_id)
    actor.must(_task(store, paper, request_id))
    if request_id is not None and not made.preliminary and not store.requests.standing(request_id).signed:
        raise IntakeError("not_signed")
    if request_id is not None:
        refuse_clock_behind(store, request_id, now=now)
    leaf = Leaf(
        kind=kind, paper=paper.value, patient_id=patient_id, visit_id=visit_id, request_id=request_id, how=how, target=target,
        staff_id=actor.staff.id, at=now,
    )  # fmt: skip
    document_id = store.documents.add(made, leaf, stamp=stamp)
    if told:
        _tell(store, actor, leaf, document_id, clinic)
    if told and request_id is not None and not made.preliminary and made.copy_of is None:
        note_printed(store, actor, request_id, now=now)
    sha256 = hashlib.sha256(made.content).hexdigest()
    _record(store, actor, ACTIONS[how] if told else SEND, leaf, document_id, sha256=sha256, version=made.version)
    return document_id


def tell_printed(
    store: Store, actor: Actor, document_id: int, *, now: datetime, clinic: str = "", copy: Telling | None = None
) -> None:  # fmt: skip
    """Tell, inside the caller's transaction, that the pages of a document came out which was kept before: audit, disclosure.

    ``copy`` is for whom a copy is that goes to somebody else than the document did.
    """
    kept = store.documents.get(document_id)
    if kept is None:
        raise IntakeError("document_not_found")
    leaf = Leaf(
        kind=kept.kind, paper=_paper(store, kept.kind, kept.request_id).value, patient_id=kept.patient_id, visit_id=kept.visit_id,
        request_id=kept.request_id, how=kept.how, target=kept.target, staff_id=actor.staff.id, at=now,
    )  # fmt: skip
    _tell(store, actor, leaf, document_id, clinic, copy)
    _record(store, actor, ACTIONS[kept.how], leaf, document_id, sha256=kept.sha256, version=kept.version)


def note_printed(store: Store, actor: Actor, request_id: int, *, now: datetime) -> None:
    """Move, inside the caller's transaction, a ready request on: its document came out; one that stands elsewhere stays there.

    Raises IntakeError ``clock_behind``.
    """
    if store.requests.standing(request_id).state is RequestState.READY:
        refuse_clock_behind(store, request_id, now=now)
        store.requests.move(request_id, RequestState.PRINTED, staff_id=actor.staff.id, at=now)


def document_of(store: Store, actor: Actor, document_id: int, *, now: datetime) -> IssuedDocument:
    """Return an issued document without its bytes, and record that the actor looked. Raises IntakeError ``document_not_found``."""
    actor.must(Task.SEE_PATIENTS)
    with store.transaction(lasting=False):
        document = _found(store, actor, document_id)
        changes = {"document": (None, str(document_id)), "kind": (None, document.kind), "sha256": (None, document.sha256)}
        store.audit.add(
            actor, "see_document", at=now, patient_id=document.patient_id, visit_id=document.visit_id, changes=changes
        )  # fmt: skip
    return document


def content_of(store: Store, actor: Actor, document_id: int) -> bytes:
    """Return the bytes of a document as it left. Raises IntakeError ``document_not_found``, ``bytes_not_kept``."""
    with store.reading():
        _found(store, actor, document_id)
        content = store.documents.content(document_id)
    if content is None:
        raise IntakeError("bytes_not_kept")
    return content


def _found(store: Store, actor: Actor, document_id: int) -> IssuedDocument:
    document = store.documents.get(document_id)
    if document is None:
        raise IntakeError("document_not_found")
    actor.must(_task(store, _paper(store, document.kind, document.request_id), document.request_id))
    return document


def _task(store: Store, paper: Paper, request_id: int | None) -> Task:
    """Return what a role must permit to see a document: what its request says, or what its paper asks for."""
    return TASK_OF[paper] if request_id is None else store.requests.standing(request_id).task


def _paper(store: Store, kind: str, request_id: int | None) -> Paper:
    """Return as which paper a kind is made: what its request says, or what it is called."""
    if request_id is not None:
        if store.requests.get(request_id) is None:
            raise IntakeError("request_not_found")
        return Paper(store.requests.standing(request_id).paper)
    return Paper(kind) if kind in tuple(Paper) else Paper.LETTER


def _record(store: Store, actor: Actor, action: str, leaf: Leaf, document_id: int, *, sha256: str, version: int) -> None:
    """Record that a document left, or is about to, by what it is known again."""
    changes = {"kind": (None, leaf.kind), "target": (None, leaf.target), "sha256": (None, sha256), "document": (None, str(document_id))}
    store.audit.add(
        actor, action, at=leaf.at, patient_id=leaf.patient_id, visit_id=leaf.visit_id, object_version=version or None, changes=changes
    )


def _tell(store: Store, actor: Actor, leaf: Leaf, document_id: int, clinic: str, copy: Telling | None = None) -> None:
    """Keep to whom a document went by printing or saving it: to the desk, until it is handed over; a copy to whom it is for."""
    request = None if leaf.request_id is None else store.requests.get(leaf.request_id)
    if request is not None:
        number = document_number(request.id)
    else:
        number = record_number(leaf.patient_id) if leaf.visit_id is None else visit_number(leaf.visit_id)
    place = ", ".join(part for part in (PRINT_DESK if leaf.how == "print" else SAVED, clinic or actor.workstation) if part)
    telling = copy or Telling(recipient=place, purpose=request.purpose if request else TO_PATIENT)
    disclose(
        store,
        actor,
        about=About(patient_id=leaf.patient_id, request_id=leaf.request_id, document_id=document_id),
        event=EVENTS[leaf.how],
        recipient=telling.recipient,
        what=f"{leaf.kind} {number}",
        purpose=telling.purpose,
        accountable=telling.accountable,
        now=leaf.at,
    )
