"""Keeping records as long as they must be, and taking away what may go: proposed, copied, consented to by two people, removed.

What was removed is still in backups made before, until they are rotated out. The file of the store needs no compacting
afterwards: what is deleted in it is overwritten at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from intake.actions.confirming import confirm_password
from intake.actions.typed import typed_line
from intake.definitions.bundle import Definitions
from intake.domain.retention import Reckoned, Removal, Stays
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError
from intake.storage.retention import FIRST, Key
from intake.storage.store import Store

PAGE: Final = 50
LAST_REMOVED: Final = 200
PURPOSE: Final = "removal"
"""What a password is confirmed for, followed by the removal's number; the store asks the audit for it."""
_WRONG = {"wrong_signature": "wrong_consent", "signature_too_soon": "consent_too_soon"}
_CODES: Final = {Stays.NOT_DUE: "record_not_due", Stays.KEPT: "record_kept", Stays.LAST_NUMBER: "last_number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What may go, where the list goes on (None at its end), what was proposed, and what was removed, the latest first."""

    due: tuple[Reckoned, ...]
    more: Key | None
    proposed: tuple[tuple[Removal, Reckoned], ...]
    removed: tuple[Removal, ...]


def overview(store: Store, actor: Actor, *, definitions: Definitions, now: datetime, after: Key = FIRST) -> Overview:
    """Return what may go and what went. Looking is recorded once per sign-in."""
    actor.must(Task.REMOVE_RECORDS)
    years = definitions.practice.retention_years
    with store.reading():
        due, more = store.retention.due(years=years, today=utc_day(now), limit=PAGE, after=after)
        proposed = [(removal, store.retention.of_patient(removal.patient_id, years=years)) for removal in store.removals.open()]
        removed = store.removals.carried_out(limit=LAST_REMOVED)
    if store.audit.tells(actor, "retention"):
        with store.transaction(lasting=False):
            store.audit.add(actor, "see_retention", at=now)
    return Overview(
        due=due,
        more=more,
        proposed=tuple((removal, line) for removal, line in proposed if line is not None),
        removed=removed,
    )


def search_kept(store: Store, actor: Actor, text: str, *, definitions: Definitions, now: datetime) -> tuple[Reckoned, ...]:
    """Return the records that fit a name, birth date or number, each with how long it is kept; a new search is recorded.

    Raises IntakeError ``wrong_check_digit``.
    """
    actor.must(Task.REMOVE_RECORDS)
    years, zone = definitions.practice.retention_years, definitions.practice.zone()
    with store.reading():
        found = store.search.find(text, limit=PAGE, on=now.astimezone(zone).date())
        lines = [store.retention.of_patient(line.id, years=years) for line in found]
    if store.audit.begins_search(actor, text):
        with store.transaction(lasting=False):
            store.audit.add(actor, "search", at=now)
    return tuple(line for line in lines if line is not None)


def keep_record(store: Store, actor: Actor, patient_id: int, *, reason: str, definitions: Definitions, now: datetime) -> Reckoned:
    """Have a record kept whatever its age, and a removal that was proposed withdrawn.

    Raises InvalidInputError without a ``reason``, IntakeError ``patient_not_found``, ConflictError ``kept_already``.
    """
    actor.must(Task.REMOVE_RECORDS)
    words = typed_line(reason, field="reason")
    with store.transaction():
        if reckoned(store, patient_id, definitions).keep is not None:
            raise ConflictError("kept_already")
        removal = store.removals.of_patient(patient_id)
        if removal is not None:  # one that was carried out has no patient any more
            _withdraw(store, actor, removal, now)
        store.retention.keep(patient_id, reason=words, staff_id=actor.staff.id, at=now)
        store.audit.add(actor, "keep_record", at=now, patient_id=patient_id, reason=words)
        return reckoned(store, patient_id, definitions)


def keep_no_more(store: Store, actor: Actor, patient_id: int, *, reason: str, definitions: Definitions, now: datetime) -> Reckoned:
    """Have a record kept only as long as every other one. Raises as ``keep_record``; ConflictError ``not_kept``."""
    actor.must(Task.REMOVE_RECORDS)
    words = typed_line(reason, field="reason")
    with store.transaction():
        if reckoned(store, patient_id, definitions).keep is None:
            raise ConflictError("not_kept")
        store.retention.keep_no_more(patient_id, why=words, staff_id=actor.staff.id, at=now)
        store.audit.add(actor, "keep_no_more", at=now, patient_id=patient_id, reason=words)
        return reckoned(store, patient_id, definitions)


def propose(store: Store, actor: Actor, patient_id: int, *, definitions: Definitions, now: datetime) -> Removal:
    """Propose that a record goes, and return the removal; one that was proposed already is returned as it stands.

    Raises IntakeError ``patient_not_found``, ``record_not_due`` (``day``: from when on it may), ``record_kept``, ``last_number``.
    """
    actor.must(Task.REMOVE_RECORDS)
    with store.transaction():
        refuse_staying(reckoned(store, patient_id, definitions), now)
        removal = store.removals.of_patient(patient_id)
        if removal is not None:
            return removal
        years = definitions.practice.retention_years
        removal_id = store.removals.propose(patient_id, years=years, staff_id=actor.staff.id, at=now)
        changes = {"removal": (None, str(removal_id)), "years": (None, str(years))}
        store.audit.add(actor, "propose_removal", at=now, patient_id=patient_id, changes=changes)
        return a_removal(store, removal_id)


def withdraw(store: Store, actor: Actor, removal_id: int, *, now: datetime) -> None:
    """Take a proposal back; the record stays, and what was consented to counts no more. Raises IntakeError ``removal_not_found``."""
    actor.must(Task.REMOVE_RECORDS)
    with store.transaction():
        _withdraw(store, actor, a_removal(store, removal_id), now)


def consent(store: Store, actor: Actor, removal_id: int, *, login: str, password: str, now: datetime) -> Removal:
    """Record the consent of the person with this login, given at the actor's desk with their own password.

    Raises IntakeError ``removal_not_found``, ``copy_missing``, ``consent_given``, ``wrong_consent`` (``wait_s``),
    ``consent_too_soon`` (``wait_s``), those of ``propose``; DeniedError for somebody whose role does not permit it.
    """
    actor.must(Task.REMOVE_RECORDS)
    with store.reading():
        removal, account = a_removal(store, removal_id), store.staff.by_login(login)
    if removal.copy is None:
        raise IntakeError("copy_missing")
    if account is None or not account.staff.active:
        with store.transaction():
            changes = {"removal": (None, str(removal_id))}
            store.audit.add(actor, "consent_to_removal", at=now, patient_id=removal.patient_id, changes=changes, outcome="refused")
        raise IntakeError("wrong_consent")
    who = Actor(staff=account.staff, workstation=actor.workstation)
    who.must(Task.REMOVE_RECORDS)
    if who.staff.id in [given.staff_id for given in removal.consents]:
        raise ConflictError("consent_given")
    try:
        half = confirm_password(store, who, password=password, purpose=f"{PURPOSE} {removal_id}", now=now)
    except IntakeError as error:
        raise IntakeError(_WRONG.get(error.code, error.code), **error.facts) from error
    with store.audit.signatures.lent(who.staff.id, half), store.transaction():
        store.removals.consent(removal_id, staff_id=who.staff.id, at=now)
        changes = {"removal": (None, str(removal_id))}
        store.audit.add(who, "consent_to_removal", at=now, patient_id=removal.patient_id, changes=changes)
        return a_removal(store, removal_id)


def remove(store: Store, actor: Actor, removal_id: int, *, definitions: Definitions, now: datetime) -> Removal:
    """Take the record away with all that hangs on it; what the audit tells of it stays. ``forget_words`` is to follow.

    Raises IntakeError ``removal_not_found``, ``copy_missing``, ``consent_missing``, and those of ``propose``.
    """
    actor.must(Task.REMOVE_RECORDS)
    with store.transaction():
        removal = a_removal(store, removal_id)
        refuse_staying(reckoned(store, removal.patient_id, definitions), now)
        if removal.copy is None:
            raise IntakeError("copy_missing")
        if not removal.complete:
            raise IntakeError("consent_missing")
        changes = {
            "removal": (None, str(removal_id)),
            "consents": (None, " ".join(str(given.staff_id) for given in removal.consents)),
            "removed": (" ".join(store.removals.sealed_names(removal.patient_id)), None),
        }
        store.audit.add(actor, "remove_record", at=now, patient_id=removal.patient_id, changes=changes)
        store.removals.remove(removal, staff_id=actor.staff.id, at=now)
        done = store.removals.get(removal_id)
    return done or removal


def forget_words(store: Store, actor: Actor) -> bool:
    """Take the words of who was removed out of the word index, a piece at a time, and at the end empty the log; tell whether to go on.

    Nothing finds them meanwhile. What is left when the program ends is taken away after the next removal.
    """
    actor.must(Task.REMOVE_RECORDS)
    with store.transaction(lasting=False):
        more = store.removals.merge_words()
    if not more:
        with store.reading():
            store.removals.empty_log()
    return more


def reckoned(store: Store, patient_id: int, definitions: Definitions) -> Reckoned:
    """Return how long a patient's record is kept. Raises IntakeError ``patient_not_found``."""
    found = store.retention.of_patient(patient_id, years=definitions.practice.retention_years)
    if found is None:
        raise IntakeError("patient_not_found")
    return found


def refuse_staying(line: Reckoned, now: datetime) -> None:
    """Raise IntakeError unless the record can go today."""
    stays = line.stays(utc_day(now))
    if stays is not None:
        raise IntakeError(_CODES[stays], day=line.free_on.isoformat())


def removal_of(store: Store, actor: Actor, patient_id: int) -> Removal | None:
    """Return the removal of a record that is open, None when there is none."""
    actor.must(Task.REMOVE_RECORDS)
    with store.reading():
        removal = store.removals.of_patient(patient_id)
    return None if removal is None or removal.ended is not None else removal


def a_removal(store: Store, removal_id: int) -> Removal:
    """Return a removal that is neither withdrawn nor carried out. Raises IntakeError ``removal_not_found``."""
    removal = store.removals.get(removal_id)
    if removal is None or removal.ended is not None:
        raise IntakeError("removal_not_found")
    return removal


def utc_day(now: datetime) -> date:
    """Return the day by which the legal time is counted: the store counts it in UTC, whatever the zone of the clinic."""
    return now.astimezone(UTC).date()


def _withdraw(store: Store, actor: Actor, removal: Removal, now: datetime) -> None:
    store.removals.withdraw(removal.id, staff_id=actor.staff.id, at=now)
    changes = {"removal": (None, str(removal.id))}
    store.audit.add(actor, "withdraw_removal", at=now, patient_id=removal.patient_id, changes=changes)
