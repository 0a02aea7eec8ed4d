"""How these tests ask for documents, sign, print and hand over."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from intake.actions.handing_over import hand_over
from intake.actions.issuing import keep_document
from intake.actions.letters import keep_letter, sign_letter
from intake.actions.requests import a_request, open_request
from intake.definitions.bundle import Definitions
from intake.domain.documents import How, Made
from intake.domain.requests import Handover, NewRequest, Request
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD
from tests.intake.review.charting import sign

LATER = NOW + timedelta(minutes=10)
DAY = timedelta(hours=24)
HANDED = Handover(to="Ana Sample", identity="photo_id")
_SERIAL = count(1)


def ask(store: Store, actor: Actor, definitions: Definitions, kind: str, *, visit_id: int | None = 1, **asked: Any) -> Request:
    """Open a request of the first patient."""
    now = asked.pop("now", NOW)
    new = NewRequest(**{"patient_id": 1, "visit_id": visit_id, "kind": kind, "asked_by": "patient", "leaves_by": "", **asked})
    return open_request(store, actor, new, definitions=definitions, now=now)


def paper(**made: Any) -> Made:
    """Return bytes that no other paper has."""
    return Made(**{"content": b"%%PDF-1.7 %d" % next(_SERIAL), "pages": 1, "version": 1, **made})


def print_it(store: Store, actor: Actor, request: Request, *, made: Made | None = None, how: How = "file", now: datetime = LATER) -> int:
    """Keep a document as it left for a request."""
    with store.transaction():
        return keep_document(
            store, actor, made or paper(), kind=request.kind, patient_id=request.patient_id, visit_id=request.visit_id,
            request_id=request.id, how=how, target="front", now=now,
        )  # fmt: skip


def again(store: Store, request: Request) -> Request:
    """Return a request as it stands now."""
    return a_request(store, request.id)


def delivered(store: Store, desk: Actor, clinician: Actor, definitions: Definitions, *, now: datetime = LATER) -> Request:
    """Sign the first visit, print its note and hand it over."""
    sign(store, clinician, 1, definitions)
    request = a_request(store, 1)
    print_it(store, clinician, request)
    return hand_over(store, desk, request.id, HANDED, definitions=definitions, now=now)


def complete_letter(store: Store, actor: Actor, definitions: Definitions, request: Request, *, now: datetime = LATER) -> None:
    """Fill in whatever a letter still asks for."""
    letter = keep_letter(store, actor, request.id, typed={}, body=None, definitions=definitions, now=now)
    template = definitions.templates[letter.template]
    fields = {field.key: field for field in template.fields}
    typed: dict[str, str] = {}
    for _ in fields:
        for key in letter.missing:
            field = fields[key]
            words = {"date": "2026-11-22", "consent": "yes", "choice": field.choices[0].code if field.choices else ""}
            typed[key] = words.get(field.kind.value, "As agreed")
        if not letter.missing:
            break
        letter = keep_letter(store, actor, request.id, typed=typed, body=None, definitions=definitions, now=now)
    assert letter.missing == ()


def sign_it(store: Store, clinician: Actor, definitions: Definitions, request: Request, *, now: datetime = LATER) -> None:
    """Sign a letter that is complete."""
    sign_letter(store, clinician, request.id, password=PASSWORD, definitions=definitions, now=now)
