"""Getting in: the password opens the account's slot, the slot the store's keys, the keys the store."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from intake.actions.emergency import begin_emergency
from intake.actions.key_ring import project
from intake.actions.own_keys import begin_signing, hold_as
from intake.actions.restoring import finish_restore, take_up_restore
from intake.actions.second_factor import check_code, must_enrol
from intake.domain.staff import HOLD_NOTES, Actor, Staff
from intake.errors import IntakeError, StoreError
from intake.paths import Paths
from intake.security.cost import tuned_cost
from intake.security.ring import OpenedSlot, Ring, read_ring
from intake.security.slots import StoreKeys, dearer_slot, opened_slot, password_slot, secret_of
from intake.security.tries import Tries, Untold
from intake.storage.store import Store, open_store

__all__ = ["SignedIn", "confirm", "lock", "open_with", "refuse_too_soon", "sign_in", "sign_out", "take_over", "tell_tries", "unlock"]

QUICK_S = 0.2
"""A password that opens its slot sooner is wrapped at a higher cost."""
UPGRADE, OF_HASH = "upgrade", "slots_of_hash"
"""The setting that names the accounts whose slot was made of the hash that an older store kept: a copy of that store opens it."""
SIGN_IN_CODES = ("wrong_sign_in", "sign_in_too_soon")
"""How a password that does not fit is refused, and one that came too soon."""
_TOLD = ("tries", "told")
"""The setting that names the tries of which the audit was told last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """An open store and who acts in it. With ``enrol`` the role asks for a second factor that the account does not have yet."""

    store: Store
    actor: Actor
    enrol: bool = False


def sign_in(paths: Paths, *, login: str, password: str, workstation: str, now: datetime, code: str = "", emergency: str = "") -> SignedIn:
    """Open the store with a person's password; who asks closes it.

    ``code`` is the second factor's or a spare one; a clinician may give the reason of an ``emergency`` instead.

    Raises IntakeError ``wrong_sign_in`` (``wait_s``: how long the next try must wait), ``sign_in_too_soon`` (``wait_s``: how long it
    still must), ``second_factor_needed``, ``wrong_code`` (``wait_s``), ``emergency_not_permitted``, and StoreError of ring and
    store. Nobody is ever locked out: the wait grows to a minute and stays there. Every try is told to the audit, at once or when
    the store opens next.
    """
    finish_restore(paths)
    tries, ring = Tries(paths.tries), read_ring(paths.ring)
    known = ring.of(login) if login.strip() else None
    name = known.slot.login if known else ""
    before = tries.failures(name)
    refuse_too_soon(tries, name, workstation, now)
    begun = time.perf_counter()
    opened = _opened(ring, name, password)
    took_s = time.perf_counter() - begun
    if opened is None:
        tries.keep(name, at=now, workstation=workstation, action="sign_in", outcome="refused")
        raise IntakeError("wrong_sign_in", wait_s=tries.wait_s(name, now))
    tries.take_back(name, before)
    store = open_with(paths, opened.keys)
    try:
        take_up_restore(store, workstation=workstation, now=now)
        actor = _admit(store, opened, password, tries, workstation=workstation, now=now)
        if emergency:
            actor = begin_emergency(store, actor, reason=emergency, now=now)
        else:
            _check_code(store, actor, code, tries, now)
        with store.transaction():
            store.audit.add(actor, "sign_in", at=now)
            store.audit.forget_told(actor.staff.id)
        tries.forget(name)
        _renew_slot(store, actor, password, now, quick=took_s < QUICK_S, unbound=not opened.slot.signer)
        project(store)
        return SignedIn(store=store, actor=actor, enrol=not emergency and must_enrol(store, actor))
    except BaseException:
        store.close()
        raise


def take_over(store: Store, *, login: str, password: str, workstation: str, now: datetime, same: Staff) -> Actor:
    """Let a member of the staff go on in a store that is open, as ``same``, who opened it, or in their place.

    Raises IntakeError ``wrong_sign_in`` and ``sign_in_too_soon`` as signing in does, and ``second_factor_elsewhere`` to another
    person whose account has a second factor: where no code can be typed, only who passed it before goes on.
    """
    with store.reading():
        kept = store.staff.by_login(login)
        other = kept is not None and kept.staff.id != same.id
        needs_code = other and kept is not None and kept.staff.id in store.factors.enrolled()
    if kept is None:
        refuse_too_soon(Tries(store.paths.tries), "", workstation, now)
        password_slot("nobody", password)
        with store.transaction(parting=True):
            store.audit.add(None, "sign_in", at=now, workstation=workstation, outcome="refused")
        raise IntakeError("wrong_sign_in", wait_s=Tries(store.paths.tries).wait_s("", now))
    actor = Actor(staff=kept.staff, workstation=workstation)
    elsewhere = needs_code or (other and must_enrol(store, actor))
    half = confirm(store, actor, password=password, now=now, action="sign_in", right="code_asked" if elsewhere else "done")
    if elsewhere:
        raise IntakeError("second_factor_elsewhere")
    hold_as(store, kept, half, workstation=workstation, now=now)
    with store.reading():
        store.audit.forget_told(kept.staff.id)
    return actor


def open_with(paths: Paths, keys: Sequence[StoreKeys]) -> Store:
    """Open the store with the first of these keys that does: while the key is changed, two may. Raises StoreError."""
    *others, last = keys
    for each in others:
        try:
            return open_store(paths, each)
        except StoreError as error:
            if error.code != "damaged_store":
                raise
    return open_store(paths, last)


def confirm(
    store: Store,
    actor: Actor,
    *,
    password: str,
    now: datetime,
    action: str,
    purpose: str = "",
    codes: tuple[str, str] = SIGN_IN_CODES,
    right: str = "done",
) -> bytes:
    """Return the private half of the actor's slot when this is the actor's own password. Every try is told to the audit.

    ``right`` is the outcome that is told when the password was right: another one when it does not let in by itself.
    Raises IntakeError with the first of the codes for a wrong one (``wait_s``: how long the next try must wait), with the second for one
    that came too soon and was not looked at (``wait_s``: how long it still must).
    """
    login, tries = actor.staff.login, Tries(store.paths.tries)
    with store.reading():
        kept = store.staff.by_login(login)
    wait_s = tries.begin(login, at=now)
    same = kept is not None and kept.staff.active and kept.staff.id == actor.staff.id
    half = kept.slot.private_half(secret_of(password)) if kept is not None and same and not wait_s else None
    changes = {"purpose": (None, purpose)} if purpose else None
    outcome = right if half else "too_soon" if wait_s else "refused"
    if half:
        begin_signing(store, actor, half, now=now)
    signed = store.audit.signatures.lent(actor.staff.id, half) if half else nullcontext()
    with signed, store.transaction(parting=True):
        store.audit.add(actor, action, at=now, changes=changes, outcome=outcome)
    if half:
        tries.forget(login)
        return half
    wrong, soon = codes
    raise IntakeError(soon, wait_s=wait_s) if wait_s else IntakeError(wrong, wait_s=tries.wait_s(login, now))


def lock(store: Store, actor: Actor, now: datetime) -> None:
    """Record that the desk was locked."""
    with store.transaction(parting=True):
        store.audit.add(actor, "lock", at=now)


def unlock(store: Store, actor: Actor, *, password: str, now: datetime) -> None:
    """Let the same person go on. Raises IntakeError ``wrong_sign_in`` or ``sign_in_too_soon`` (``wait_s``)."""
    half = confirm(store, actor, password=password, now=now, action="unlock")
    with store.reading():
        anew = store.audit.signatures.stale(actor.staff.id) or not store.held_by(actor.staff.id)
        kept = store.staff.by_login(actor.staff.login) if anew else None
    if kept is not None:  # somebody gave the account a new password meanwhile, and this was it; or a colleague took the store over
        hold_as(store, kept, half, workstation=actor.workstation, now=now)


def sign_out(store: Store, actor: Actor, now: datetime) -> None:
    """Record that the person left this desk."""
    with store.transaction(parting=True):
        store.audit.add(actor, "sign_out", at=now)


def _opened(ring: Ring, name: str, password: str) -> OpenedSlot | None:
    """Return the opened slot; for a login that nobody has it takes as long and there is none."""
    if not name:
        password_slot("nobody", password)
        return None
    return ring.opened(name, secret_of(password))


def refuse_too_soon(tries: Tries, name: str, workstation: str, now: datetime, *, action: str = "sign_in") -> None:
    """Count the try, or refuse it when it comes too soon."""
    wait_s = tries.begin(name, at=now)
    if wait_s:
        tries.keep(name, at=now, workstation=workstation, action=action, outcome="too_soon")
        raise IntakeError("sign_in_too_soon", wait_s=wait_s)


def _refusal(code: str, tries: Tries, name: str, now: datetime) -> IntakeError:
    """Count the failure and return the error that tells of it."""
    tries.fail(name, at=now)
    return IntakeError(code, wait_s=tries.wait_s(name, now))


def _admit(store: Store, opened: OpenedSlot, password: str, tries: Tries, *, workstation: str, now: datetime) -> Actor:
    """Tell the audit of the tries before and return who acts; refuse when the store has another password, or lets nobody in by it."""
    tell_tries(store, now)
    login = opened.slot.login
    with store.reading():
        kept = store.staff.by_login(login)
    if kept is not None and kept.staff.active:
        half = opened.private_half if kept.slot == opened.slot else kept.slot.private_half(secret_of(password))
        if half is not None:
            return hold_as(store, kept, half, workstation=workstation, now=now)
    with store.transaction():
        actor = Actor(staff=kept.staff, workstation=workstation) if kept else None
        store.audit.add(actor, "sign_in", at=now, workstation=workstation, outcome="refused")
    project(store)  # the ring lags behind, or an old one was put back
    raise _refusal("wrong_sign_in", tries, login, now)


def tell_tries(store: Store, now: datetime) -> None:
    """Tell the audit, once, of the tries that failed while the store was closed."""
    tries = Tries(store.paths.tries)
    if tries.untold() == Untold():
        return
    with tries.telling() as untold, store.transaction():
        told = (store.settings.get(*_TOLD) or "").split()
        store.settings.put(*_TOLD, " ".join(each.id for each in untold.tries))
        for each in untold.tries:
            if each.id not in told:  # else the program ended after the audit was told and before they were let go
                kept = store.staff.by_login(each.login) if each.login else None
                actor = Actor(staff=kept.staff, workstation=each.workstation) if kept else None
                store.audit.add(actor, each.action, at=each.at, workstation=each.workstation, outcome=each.outcome)
        if untold.more:
            store.audit.add(None, "sign_in", at=now, changes={"more": (None, str(untold.more))}, outcome="refused")
        if untold.damaged:
            store.audit.add(None, "tries_damaged", at=now, outcome="not_whole")


def _check_code(store: Store, actor: Actor, code: str, tries: Tries, now: datetime) -> None:
    if check_code(store, actor.staff.id, code, now=now):
        return
    asked = not code.strip()
    with store.transaction():
        store.audit.add(actor, "sign_in", at=now, outcome="code_asked" if asked else "wrong_code")
    raise IntakeError("second_factor_needed") if asked else _refusal("wrong_code", tries, actor.staff.login, now)


def _renew_slot(store: Store, actor: Actor, password: str, now: datetime, *, quick: bool, unbound: bool) -> None:
    """Make the slot anew: when it opened so ``quick`` that this machine can make guessing dearer, with the halves it has.

    With new ones when it was made of a hash, is from before there were signatures (``unbound``), or does not name the key of the notes
    that is held: somebody could put a key of their own into it.
    """
    staff = actor.staff
    with store.reading():
        kept = store.staff.by_login(staff.login)
        of_hash = (store.settings.get(UPGRADE, OF_HASH) or "").split()
    if kept is None or kept.slot.cost is None:
        return
    if staff.role in HOLD_NOTES and store.notes_key.made() and not store.notes_key.held:  # a new slot would need a share of that key
        return
    unbound = unbound or (store.notes_key.held and not kept.slot.notes)
    dearer = quick and tuned_cost().work() > kept.slot.cost.work()
    if not (dearer or unbound or str(staff.id) in of_hash):
        return
    if unbound or str(staff.id) in of_hash or store.held is None:
        slot, half = opened_slot(staff.login, password, notes=store.notes_key.named())
    else:
        slot, half = dearer_slot(kept.slot, store.held, password), store.held
    with store.transaction():
        now_kept = store.staff.by_login(staff.login)
        same = now_kept is not None and now_kept.slot == kept.slot
        if same:  # else another desk gave the account a new password meanwhile
            store.staff.set_slot(staff.id, slot, role=staff.role, at=now)
            store.factors.seal_anew(staff.id, slot)
            store.staff.seal(staff.id, at=now)
            if of_hash:
                store.settings.put(UPGRADE, OF_HASH, " ".join(each for each in of_hash if each != str(staff.id)))
            store.audit.add(actor, "renew_slot" if slot.signer == kept.slot.signer else "add_signer", at=now)
    if same:
        store.hold(slot, half)
