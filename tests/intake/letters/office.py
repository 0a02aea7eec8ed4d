"""A practice at which letters are asked for, written and signed, for its tests."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from intake.actions.letters import keep_letter, open_letter, sign_letter
from intake.actions.request_opening import open_request
from intake.actions.requests import request_of
from intake.definitions.bundle import Definitions
from intake.domain.letters import Letter
from intake.domain.requests import NewRequest, Request, RequestState
from intake.domain.staff import Actor
from intake.entry.letters import body_of, compose
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, a_patient, a_visit, an_intake, save

LATER = NOW + timedelta(minutes=10)


class Office:
    """A practice at which letters are asked for, written and signed."""

    def __init__(self, store: Store, desk: Actor, definitions: Definitions) -> None:
        """Work at one desk."""
        self.store, self.desk, self.definitions = store, desk, definitions
        self.returning: dict[str, Any] = {}

    def ask(self, kind: str, **asked: Any) -> Request:
        """Open a request for a letter on a new visit of Ana Sample."""
        visit = asked.pop("visit", a_visit())
        intake = an_intake(self.definitions, visit=visit, patient=a_patient())
        saved = save(self.store, self.desk, self.definitions, intake=intake, **self.returning)
        self.returning = {"patient_id": saved.patient_id, "patient_version": 1}
        new = NewRequest(
            patient_id=saved.patient_id, visit_id=saved.visit_id, kind=kind, asked_by="patient",
            leaves_by=self.definitions.document_kinds.kind(kind).leaves_by, **asked,
        )  # fmt: skip
        return open_request(self.store, self.desk, new, definitions=self.definitions, now=NOW)

    def ask_for(self, kind: str, patient_id: int, visit_id: int) -> Request:
        """Open a request for a letter on a visit that is there."""
        new = NewRequest(patient_id=patient_id, visit_id=visit_id, kind=kind, asked_by="patient", leaves_by="mail")
        return open_request(self.store, self.desk, new, definitions=self.definitions, now=NOW)

    def open(self, request: Request) -> Letter:
        """Open a request's letter."""
        return open_letter(self.store, self.desk, request.id, definitions=self.definitions, now=LATER)

    def keep(self, request: Request, typed: dict[str, str], body: str | None = None, **details: Any) -> Letter:
        """Keep what is typed."""
        return keep_letter(
            self.store,
            details.pop("actor", self.desk),
            request.id,
            typed=typed,
            body=body,
            definitions=self.definitions,
            now=LATER,
            **details,
        )

    def sign(self, request: Request, actor: Actor, password: str = PASSWORD, **details: Any) -> Letter:
        """Sign a letter."""
        details = {"now": LATER, **details}
        return sign_letter(self.store, actor, request.id, password=password, definitions=self.definitions, **details)

    def state(self, request: Request) -> RequestState:
        """Return where a request stands."""
        return request_of(self.store, self.desk, request.id).state

    def words(self, request: Request) -> str:
        """Return what the letter says."""
        letter = self.open(request)
        return body_of(compose(self.definitions.templates[letter.template], letter, purpose=request.purpose))

    def audited(self, action: str) -> list[dict[str, Any]]:
        """Return the changes of each entry of an action."""
        rows = self.store.audit._connection.execute("SELECT changes FROM audit WHERE action = ? ORDER BY seq", (action,))
        return [json.loads(changes) for (changes,) in rows]
