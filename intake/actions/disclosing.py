"""What was told to whom, and the accounting of it that a patient may ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from intake.actions.typed import optional_line
from intake.definitions.bundle import Definitions
from intake.domain.documents import Disclosure, Event
from intake.domain.requests import Request
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.storage.disclosures import About
from intake.storage.store import Store

OPERATIONS: Final = "operations"
"""The purpose of what the practice prints for itself."""
TO_PATIENT: Final = "to_patient"
PRINT_DESK: Final = "Print desk"
SAVED: Final = "Saved as a file"
ACCOUNTED_YEARS = 6
"""45 CFR 164.528(a)(1): the six years before the day on which the patient asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """To whom something is told, and for what; ``accountable`` stands in the accounting."""

    recipient: str
    purpose: str
    accountable: bool = False


def disclose(  # noqa: PLR0913 - keywords only, each of them is recorded by itself
    store: Store,
    actor: Actor,
    *,
    about: About,
    event: Event,
    recipient: str,
    what: str,
    purpose: str,
    now: datetime,
    address: str = "",
    accountable: bool = False,
) -> None:
    """Keep, inside the caller's transaction, that something was told; ``what`` is the kind of document with its number."""
    told = Disclosure(
        at=now,
        event=event,
        recipient=recipient,
        address=address,
        what=what,
        purpose=purpose,
        accountable=accountable,
        by=actor.staff.name,
    )
    store.disclosures.add(about, told, staff_id=actor.staff.id)


def disclose_list(store: Store, actor: Actor, patient_ids: Iterable[int], *, what: str, place: str, now: datetime) -> None:
    """Keep, inside the caller's transaction, that a list which names these patients was printed at a place."""
    recipient = f"{PRINT_DESK}, {place}"
    for patient_id in patient_ids:
        about = About(patient_id=patient_id, request_id=None, document_id=None)
        disclose(store, actor, about=about, event="print", recipient=recipient, what=what, purpose=OPERATIONS, now=now)


def copy_for(store: Store, request: Request, *, recipient: str, purpose: str, definitions: Definitions) -> Telling:
    """Return to whom a copy of a request's document goes, with nobody in it when that is as it was the first time.

    Raises InvalidInputError for a purpose there is not.
    """
    known = [each.key for each in definitions.document_kinds.purposes]
    if purpose and purpose != request.purpose and purpose not in known:
        raise InvalidInputError((Problem(field="purpose", code="not_a_choice"),))
    first = _first_recipient(store, request)
    to, why = optional_line(recipient, field="recipient") or first, purpose or request.purpose
    if (to.casefold(), why) == (first.casefold(), request.purpose):
        return Telling(recipient="", purpose="")
    return Telling(recipient=to, purpose=why, accountable=definitions.document_kinds.accountable(why))


def _first_recipient(store: Store, request: Request) -> str:
    """Return who got a document, or was to: without anybody else it is the patient."""
    given = next((step.handover for step in store.requests.steps(request.id) if step.handover is not None), None)
    record = store.patients.get(request.patient_id)
    return given.to if given else request.recipient or (record.patient.full_name() if record else request.number)


def accounting(store: Store, actor: Actor, patient_id: int, *, definitions: Definitions, now: datetime) -> tuple[Disclosure, ...]:
    """Return the accountable disclosures of a patient in the six years up to now, whole days, the latest first; it is recorded.

    Raises IntakeError ``patient_not_found``.
    """
    actor.must(Task.ACCOUNT_DISCLOSURES)
    since = accounted_since(now, definitions)
    with store.transaction():
        if store.patients.get(patient_id) is None:
            raise IntakeError("patient_not_found")
        store.audit.add(actor, "account_disclosures", at=now, patient_id=patient_id, changes={"since": (None, since.isoformat())})
        return store.disclosures.accountable(patient_id, since=since)


def accounted_since(now: datetime, definitions: Definitions) -> datetime:
    """Return the beginning of the day six years before today at the clinics."""
    zone = definitions.practice.zone()
    today = now.astimezone(zone).date()
    leap_day = (today.month, today.day) == (2, 29)
    first = today.replace(year=today.year - ACCOUNTED_YEARS, day=28 if leap_day else today.day)
    return datetime.combine(first, time(0), zone)
