"""Accounts: making new ones, and who may still sign in."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from intake.actions.access import confirm
from intake.actions.key_ring import offer, project
from intake.actions.second_factor import refuse_reach
from intake.domain.staff import Actor, Role, Staff, Task
from intake.entry.tidy import has_control
from intake.errors import IntakeError, InvalidInputError, Problem, StoreError
from intake.security.passwords import password_problems
from intake.security.slots import opened_slot, password_slot
from intake.security.tries import Tries
from intake.storage.account_check import Believed, believed_account
from intake.storage.store import Store

__all__ = [
    "accounts",
    "accounts_with_factors",
    "add_staff",
    "change_own_password",
    "change_password",
    "may_stay",
    "password_problems",
    "refuse_password",
    "set_active",
]

MAX_NAME = 100
READINGS: Final = 5
"""How often the audit is read again because accounts were changed meanwhile, before it counts as too busy."""
_TELLS_ACCOUNTS: Final = ("staff:", "signer:", "recovery:")


def accounts(store: Store) -> tuple[Staff, ...]:
    """Return every account by name, for the list of the sign-in window."""
    with store.reading():
        return store.staff.all()


def accounts_with_factors(store: Store) -> tuple[tuple[Staff, ...], frozenset[int]]:
    """Return every account by name, and which of them have a second factor."""
    with store.reading():
        return store.staff.all(), store.factors.enrolled()


def may_stay(store: Store, actor: Actor, now: datetime) -> bool:
    """Tell whether who signed in may go on: the account is active, in the role and with the password it had then, no emergency ended."""
    with store.reading():
        staff = store.staff.by_id(actor.staff.id)
        lasts = not actor.emergency or store.emergencies.runs(actor.staff.id, actor.workstation, now=now)
        same_key = not store.audit.signatures.stale(staff.id)
    return staff.active and staff.role is actor.staff.role and lasts and same_key


def add_staff(store: Store, actor: Actor, *, login: str, name: str, role: Role, password: str, now: datetime) -> Staff:
    """Make an account. Raises InvalidInputError for a login, name or password that will not do."""
    actor.must(Task.MANAGE_STAFF)
    refuse_password(password, login=login, name=name)
    slot = password_slot(login.strip(), password, notes=store.notes_key.named())
    with store.transaction():
        if store.staff.by_login(login) is not None:
            raise InvalidInputError((Problem(field="login", code="login_taken"),))
        staff = store.staff.add(login=login.strip(), name=name.strip(), role=role, slot=slot, at=now)
        changes = {"login": (None, staff.login), "name": (None, staff.name), "role": (None, role.value)}
        store.audit.add(actor, "add_staff", at=now, changes=changes)
    project(store)
    return staff


def set_active(store: Store, actor: Actor, staff_id: int, *, active: bool, now: datetime) -> None:
    """Let an account sign in, or no longer; nothing it ever did is touched.

    Raises IntakeError ``own_account`` for one's own, ``account_not_as_told`` for one that is to sign in and was altered.
    """
    actor.must(Task.MANAGE_STAFF)
    if staff_id == actor.staff.id:
        raise IntakeError("own_account")
    with _writing_as_told(store, staff_id) if active else store.transaction():
        before = store.staff.by_id(staff_id)
        store.staff.set_active(staff_id, active=active)
        store.staff.seal(staff_id, at=now)
        changes = {"login": (before.login, before.login), "active": ("yes" if before.active else "no", "yes" if active else "no")}
        store.audit.add(actor, "set_active", at=now, changes=changes)
    project(store)


def change_password(store: Store, actor: Actor, staff_id: int, *, password: str, now: datetime) -> None:
    """Give an account a new password. The password itself is never recorded.

    Everybody may change their own; whose is another's needs the task, or emergency access while it lasts. Only who signs in can
    open a second factor: that of another goes with their password, and is to be set up anew. Raises InvalidInputError for one
    that will not do, IntakeError ``account_not_as_told`` for an account that was altered past the actions.
    """
    own = staff_id == actor.staff.id
    if not own:
        actor.must(Task.GIVE_ACCESS)
    with store.reading():
        staff = store.staff.by_id(staff_id)
    if not own:
        refuse_reach(store, actor, staff, now)
    refuse_password(password, login=staff.login, name=staff.name)
    slot, half = opened_slot(staff.login, password, notes=store.notes_key.named())
    if staff.active:
        offer(store, slot)
    with store.transaction() if own else _writing_as_told(store, staff_id):
        role = actor.staff.role if own else store.staff.by_id(staff_id).role
        store.staff.set_slot(staff_id, slot, role=role if staff.active else None, at=now)
        factor_gone = store.factors.seal_anew(staff_id, slot)
        store.staff.seal(staff_id, at=now)
        about = {"login": (staff.login, staff.login)}
        store.audit.add(actor, "change_password", at=now, changes=about)
        if factor_gone:
            store.audit.add(actor, "remove_second_factor", at=now, changes=about)
    if own:
        store.hold(slot, half)
    Tries(store.paths.tries).forget(staff.login)
    project(store)


def change_own_password(store: Store, actor: Actor, *, present: str, password: str, now: datetime) -> None:
    """Give the actor's own account a new password in place of the present one.

    Raises IntakeError ``not_your_password`` or ``sign_in_too_soon`` (``wait_s``) for the present one, InvalidInputError for the new one.
    """
    refuse_password(password, login=actor.staff.login, name=actor.staff.name)
    codes = ("not_your_password", "sign_in_too_soon")
    confirm(store, actor, password=present, now=now, action="confirm_password", purpose="change_password", codes=codes)
    change_password(store, actor, actor.staff.id, password=password, now=now)


def refuse_password(password: str, *, login: str, name: str) -> None:
    """Raise InvalidInputError unless login, name and password will do."""
    found = [Problem(field=field, code=code) for field, text in (("login", login), ("name", name)) if (code := _name_fault(text))]
    found += password_problems(password, login=login, name=name)
    if found:
        raise InvalidInputError(tuple(found))


@contextmanager
def _writing_as_told(store: Store, staff_id: int) -> Generator[None]:
    """Write in a transaction in which an account is as the audit tells it, of those who may tell it.

    All of the audit is read before the right to write is taken, so that no other desk waits for it; what was added until then is
    looked at inside, and only when it tells of accounts or keys all is read once more. Raises IntakeError ``account_not_as_told``,
    StoreError ``store_busy`` when accounts are changed each time.
    """
    for _ in range(READINGS):
        with store.steady():
            believed = believed_account(store, staff_id)
        with store.transaction():
            if _is_outdated(store, believed):
                continue
            _refuse_unless_told(store, staff_id, believed)
            yield
            return
    raise StoreError("store_busy")


def _is_outdated(store: Store, believed: Believed) -> bool:
    """Tell whether entries of accounts or keys followed those that were read, or those that were read are not the same any more."""
    seq = believed.last.seq if believed.last else 0
    if believed.last is not None and store.audit.hash_at(seq) != believed.last.hash:
        return True
    return any(name.startswith(_TELLS_ACCOUNTS) for name in store.seals.told_after(seq))


def _refuse_unless_told(store: Store, staff_id: int, believed: Believed) -> None:
    """Refuse when an account is another one than was told, before anything is written.

    Raises IntakeError ``account_not_as_told``: who wrote another role or password into an account, and told it herself, is given no
    key by it.
    """
    role = store.staff.by_id(staff_id).role.value
    same = believed.seal is not None and dict(store.seals.kept("staff")).get(str(staff_id)) == believed.seal
    if not same or believed.role not in (None, role):
        raise IntakeError("account_not_as_told")


def _name_fault(text: str) -> str | None:
    """Return the code of what is wrong with a login or name, None when nothing is."""
    if not text.strip():
        return "required"
    if len(text) > MAX_NAME:
        return "too_long"
    return "control_characters" if has_control(text.strip()) else None
