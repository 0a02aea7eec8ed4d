"""The recovery key: made, confirmed by typing its print back, and used when a password is gone."""

from __future__ import annotations

from datetime import datetime

from intake.actions.access import open_with, refuse_too_soon, tell_tries
from intake.actions.accounts import refuse_password
from intake.actions.key_ring import offer, project
from intake.actions.restoring import finish_restore, take_up_restore
from intake.domain.staff import Actor, Role, Task
from intake.errors import IntakeError
from intake.paths import Paths
from intake.security import recovery_key
from intake.security.ring import read_ring
from intake.security.slots import RECOVERY, Slot, password_slot, recovery_slot
from intake.security.tries import Tries
from intake.storage.staff import Recovery
from intake.storage.store import Store

__all__ = ["confirm_recovery_key", "new_recovery_key", "recover", "recovery_state"]


def recovery_state(store: Store, actor: Actor) -> Recovery | None:
    """Return when the recovery key was made, confirmed and used; None when there is none yet."""
    actor.must(Task.MANAGE_KEYS)
    with store.reading():
        return store.staff.recovery()


def new_recovery_key(store: Store, actor: Actor, *, now: datetime) -> str:
    """Make a recovery key in place of the one before, which opens nothing from then on, and return it in words: shown now or never."""
    actor.must(Task.MANAGE_KEYS)
    secret = recovery_key.new_secret()
    with store.transaction():
        store.staff.put_recovery(recovery_slot(secret, notes=store.notes_key.named()), at=now)
        store.audit.add(actor, "new_recovery_key", at=now)
    project(store)
    return recovery_key.spoken(secret)


def confirm_recovery_key(store: Store, actor: Actor, typed: str, *, now: datetime) -> None:
    """Record that the print is legible: it was typed back. Raises IntakeError ``recovery_key_mistyped`` or ``recovery_key_other``."""
    actor.must(Task.MANAGE_KEYS)
    secret = recovery_key.read(typed)
    with store.reading():
        kept = store.staff.recovery()
    if kept is None or kept.slot.private_half(secret) is None:
        raise IntakeError("recovery_key_other", wait_s=0)
    with store.transaction():
        store.staff.confirm_recovery(at=now)
        store.audit.add(actor, "confirm_recovery_key", at=now)


def recover(paths: Paths, *, typed: str, login: str, password: str, workstation: str, now: datetime) -> None:
    """Give an administrator's account a new password by the recovery key; it signs in again, without its second factor.

    Raises IntakeError ``recovery_key_mistyped``, ``recovery_key_other`` (``wait_s``), ``sign_in_too_soon``, ``not_an_administrator``,
    InvalidInputError for a password that will not do.
    """
    secret = recovery_key.read(typed)
    finish_restore(paths)
    tries, ring = Tries(paths.tries), read_ring(paths.ring)
    before = tries.failures(RECOVERY)
    refuse_too_soon(tries, RECOVERY, workstation, now, action="recover")
    opened = ring.opened(RECOVERY, secret)
    if opened is None:
        tries.keep("", at=now, workstation=workstation, action="recover", outcome="refused")
        raise IntakeError("recovery_key_other", wait_s=tries.wait_s(RECOVERY, now))
    tries.take_back(RECOVERY, before)
    store = open_with(paths, opened.keys)
    try:
        take_up_restore(store, workstation=workstation, now=now)
        tell_tries(store, now)
        store.guard()
        slot, half = _present(store, secret, tries, workstation=workstation, now=now)
        store.hold(slot, half)
        _give_password(store, login=login, password=password, workstation=workstation, now=now)
        project(store)
    finally:
        store.close()
    tries.forget(RECOVERY)
    tries.forget(login.strip())


def _refusal(tries: Tries, now: datetime) -> IntakeError:
    tries.fail(RECOVERY, at=now)
    return IntakeError("recovery_key_other", wait_s=tries.wait_s(RECOVERY, now))


def _present(store: Store, secret: bytes, tries: Tries, *, workstation: str, now: datetime) -> tuple[Slot, bytes]:
    """Return the recovery key's slot, opened; refuse a key that another one took the place of, which an older ring still lets in so far."""
    with store.reading():
        kept = store.staff.recovery()
    if kept is not None and (half := kept.slot.private_half(secret)) is not None:
        return kept.slot, half
    with store.transaction():
        store.audit.add(None, "recover", at=now, workstation=workstation, outcome="refused")
    project(store)
    raise _refusal(tries, now)


def _give_password(store: Store, *, login: str, password: str, workstation: str, now: datetime) -> None:
    with store.reading():
        kept = store.staff.by_login(login)
    if kept is None or kept.staff.role is not Role.ADMINISTRATOR:
        with store.transaction():
            store.audit.add(None, "recover", at=now, workstation=workstation, reason="not_an_administrator", outcome="refused")
        raise IntakeError("not_an_administrator")
    staff = kept.staff
    refuse_password(password, login=staff.login, name=staff.name)
    slot = password_slot(staff.login, password, notes=store.notes_key.named())
    offer(store, slot)
    with store.transaction():
        store.staff.use_recovery(at=now)
        store.staff.set_slot(staff.id, slot, role=staff.role, at=now)
        store.staff.set_active(staff.id, active=True)
        store.factors.remove(staff.id)
        store.staff.seal(staff.id, at=now)
        store.audit.add(Actor(staff=staff, workstation=workstation), "recover", at=now, changes={"login": (staff.login, staff.login)})
