"""A request: a document somebody was promised, when it is due, and where it stands until it is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from intake.domain.fields import choices
from intake.errors import Problem

ASKERS: Final = choices(
    visit="The visit itself", patient="Patient", family="Family or responsible adult", provider="Another provider", insurer="Insurer",
    employer="Employer or school", attorney="Attorney", staff="Staff", other="Other",
)  # fmt: skip
WAYS: Final = choices(hand="By hand", mail="Mail", fax="Fax", email="Email", portal="Portal")
"""How a document leaves. It is recorded; the program sends nothing."""
IDENTITIES: Final = choices(
    photo_id="Photo ID seen", known="Known to the staff", birth_date="Birth date and address asked",
    representative="Representative's papers seen", recipient_known="Recipient's address or number on file",
)  # fmt: skip


class RequestState(StrEnum):
    """Where a request stands. Only ``DELIVERED`` stops the clock."""

    REQUESTED = "requested"
    WAITING = "waiting"
    READY = "ready"
    PRINTED = "printed"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"

    @property
    def open(self) -> bool:
        """Whether the document is still owed."""
        return self not in (RequestState.DELIVERED, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What is asked for. ``visit_id`` is None only for papers of the whole record; ``recipient`` is empty when it is the patient."""

    patient_id: int
    visit_id: int | None
    kind: str
    asked_by: str
    leaves_by: str
    recipient: str = ""
    address: str = ""
    purpose: str = ""
    language: str = "en"


def problems_of_destination(leaves_by: str, recipient: str, address: str) -> tuple[Problem, ...]:
    """Return what a document that leaves this way needs and nobody said: a number, an address, somebody it goes to.

    Without a recipient it is the patient's, whose postal address is on record; nobody faxes to a patient unasked.
    """
    asked = {
        "fax": (("recipient", "fax_recipient_missing", recipient), ("address", "fax_number_missing", address)),
        "email": (("address", "email_address_missing", address),),
        "mail": (("address", "mail_address_missing", address if recipient else "-"),),
    }
    return tuple(Problem(field=field, code=code) for field, code, said in asked.get(leaves_by, ()) if not said.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as kept. Instants are UTC. ``clinician`` is who signed, or who is to sign: the last to have had the chart in hand."""

    id: int
    number: str
    patient_id: int
    visit_id: int | None
    kind: str
    location: str
    asked_by: str
    leaves_by: str
    recipient: str
    address: str
    purpose: str
    language: str
    state: RequestState
    opened_at: datetime
    opened_by: str
    due_at: datetime
    clinician: str | None
    printed_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request as one line of a list.

    ``changed`` is true when the record moved on since the document was printed; ``printing`` while it is with a printer;
    ``trouble`` is what the printer said when it did not come out, in the printer's own words; ``missing`` how many of the letter's
    fields are still asked for.
    """

    id: int
    number: str
    patient_id: int
    visit_id: int | None
    name: str
    record_number: str
    kind: str
    location: str
    leaves_by: str
    recipient: str
    state: RequestState
    opened_at: datetime
    due_at: datetime
    clinician: str | None
    delivered_at: datetime | None
    changed: bool
    printing: bool
    trouble: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A document handed over: to whom, how that was checked, by whom, and why late if it was."""

    to: str
    identity: str
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStep:
    """One thing that happened to a request: ``what`` is a state, or ``delayed``, ``changed``, ``reprinted``, ``not_printed``."""

    what: str
    at: datetime
    by: str
    words: str
    handover: Handover | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which requests a list shows; what is None or empty is not asked for. ``states`` empty means all that are still owed."""

    location: str | None = None
    kind: str | None = None
    clinician_id: int | None = None
    states: tuple[RequestState, ...] = ()
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many requests are owed, how many of them overdue, and how many ready to be printed."""

    owed: int
    overdue: int
    ready: int
