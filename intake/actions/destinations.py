"""Where a document goes that is not for the patient, as far as the record of the visit says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.actions.visits import open_visit
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import DocumentKind
from intake.domain.staff import Actor, Task
from intake.entry.phones import show_phone
from intake.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """Who pays for a claim, with the adjuster's number and address; each empty when nobody told it."""

    recipient: str = ""
    fax: str = ""
    email: str = ""

    def address(self, leaves_by: str) -> str:
        """Return the number or address for one way of leaving."""
        return {"fax": self.fax, "email": self.email}.get(leaves_by, "")


def payer_on_file(
    store: Store, actor: Actor, visit_id: int, *, kind: DocumentKind, definitions: Definitions, now: datetime
) -> OnFile:  # fmt: skip
    """Return the insurer or carrier of a visit's claim for a kind of document that goes there, and record that the actor looked.

    Empty for every other kind, of which nothing is read. Raises IntakeError ``visit_not_found``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    if not kind.visit_types:
        return OnFile()
    claim = open_visit(store, actor, visit_id, definitions=definitions, now=now).visit.claim
    return OnFile(
        recipient=claim.insurer or claim.carrier or "", fax=show_phone(claim.adjuster_fax or ""), email=claim.adjuster_email or ""
    )
