"""What a person's own slot opens beside the store: the key of the notes, for those who may read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from intake.actions.closing_notes import begin_notes, clear_open
from intake.actions.sealing import seal_former
from intake.domain.staff import Actor
from intake.security.signing import Signer
from intake.storage.in_whose_name import ALTERED
from intake.storage.own_work import own_findings
from intake.storage.staff import Account
from intake.storage.store import Store


def hold_as(store: Store, account: Account, private_half: bytes, *, workstation: str, now: datetime) -> Actor:
    """Go on in an open store as somebody, with what their slot opens, and return who acts; tell first when their work was altered.

    Where it was, the key of the notes is not taken up on the audit's word alone, only when the slot itself names it.
    """
    actor = Actor(staff=account.staff, workstation=workstation)
    store.guard()
    close_factors(store, now=now)  # before there are signatures: afterwards nobody seals an account in nobody's name
    store.hold(account.slot, private_half)
    begin_signing(store, actor, private_half, now=now)
    altered = tell_altered(store, actor, private_half, now=now)
    doubted = altered and not account.slot.notes and store.notes_key.held
    store.audit.signatures.hold(account.staff.id, private_half)
    begin_notes(store, actor, now=now)
    seal_former(store, now=now)
    store.hold(account.slot, private_half)
    if doubted:
        store.notes_key.key = None
        store.keys = replace(store.keys, notes=None)
    clear_open(store)
    return actor


def begin_signing(store: Store, actor: Actor, private_half: bytes, *, now: datetime) -> None:
    """Register by what this person's signatures are checked, when the slot is from before there were any: the first use is believed."""
    with store.reading():
        kept = store.staff.by_login(actor.staff.login)
    if kept is None or kept.slot.signer:
        return
    with store.transaction():
        kept = store.staff.by_login(actor.staff.login)
        if kept is not None and not kept.slot.signer:  # else another desk was quicker
            store.staff.set_slot(kept.staff.id, replace(kept.slot, signer=Signer(private_half).public), role=None, at=now)
            store.staff.seal(kept.staff.id, at=now)
            store.audit.signatures.add(kept.staff.id, private_half)
            store.audit.add(actor, "add_signer", at=now)


def tell_altered(store: Store, actor: Actor, private_half: bytes, *, now: datetime) -> bool:
    """Tell, before anything is signed over it, when what this person did last is not as she signed it, and return whether that is so.

    It stands among what checks found until somebody looked into it.
    """
    with store.steady():  # whoever works at another desk just now must not seem to have written unsigned
        found = own_findings(store, actor.staff.id, actor.staff.login, Signer(private_half).public)
        last = store.audit.last()
    if not found:
        return False
    told = " ".join(f"{each.code} {each.place}" for each in found)
    with store.transaction():
        store.check_runs.add_found(found, actor=actor, last=last, at=now)
        store.audit.add(actor, ALTERED, at=now, changes={"found": (None, told)}, outcome="not_whole")
    return True


def close_factors(store: Store, *, now: datetime) -> None:
    """Seal each second factor of a store of before to its owner's slot; any other store is left as it is."""
    with store.reading():
        if store.audit.signatures.begun() or not store.factors.open_secrets():  # what came later in the open, nobody set up
            return
    with store.transaction():
        for staff_id, secret in store.factors.open_secrets().items():
            store.factors.close_secret(staff_id, secret, store.staff.slot_of(staff_id))
            store.staff.seal(staff_id, at=now)
