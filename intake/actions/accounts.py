"""Accounts: making new ones, and who may still sign in."""

from __future__ import annotations

from datetime import datetime

from intake.actions.access import confirm
from intake.actions.key_ring import offer, project
from intake.actions.second_factor import refuse_reach
from intake.domain.staff import Actor, Role, Staff, Task
from intake.entry.tidy import has_control
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.security.passwords import password_problems
from intake.security.slots import password_slot
from intake.security.tries import Tries
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


def accounts(store: Store) -> tuple[Staff, ...]:
    """Return every account by name, for the list of the sign-in window."""
    with store.reading():
        return store.staff.all()


def accounts_with_factors(store: Store) -> tuple[tuple[Staff, ...], frozenset[int]]:
    """Return every account by name, and which of them have a second factor."""
    with store.reading():
        return store.staff.all(), store.factors.enrolled()


def may_stay(store: Store, actor: Actor, now: datetime) -> bool:
    """Tell whether who signed in may go on: the account is still active, in the role it had then, and no emergency has ended."""
    with store.reading():
        staff = store.staff.by_id(actor.staff.id)
        lasts = not actor.emergency or store.emergencies.runs(actor.staff.id, actor.workstation, now=now)
    return staff.active and staff.role is actor.staff.role and lasts


def add_staff(store: Store, actor: Actor, *, login: str, name: str, role: Role, password: str, now: datetime) -> Staff:
    """Make an account. Raises InvalidInputError for a login, name or password that will not do."""
    actor.must(Task.MANAGE_STAFF)
    refuse_password(password, login=login, name=name)
    slot = password_slot(login.strip(), password)
    with store.transaction():
        if store.staff.by_login(login) is not None:
            raise InvalidInputError((Problem(field="login", code="login_taken"),))
        staff = store.staff.add(login=login.strip(), name=name.strip(), role=role, slot=slot, at=now)
        changes = {"login": (None, staff.login), "name": (None, staff.name), "role": (None, role.value)}
        store.audit.add(actor, "add_staff", at=now, changes=changes)
    project(store)
    return staff


def set_active(store: Store, actor: Actor, staff_id: int, *, active: bool, now: datetime) -> None:
    """Let an account sign in, or no longer; nothing it ever did is touched. Raises IntakeError ``own_account`` for one's own."""
    actor.must(Task.MANAGE_STAFF)
    if staff_id == actor.staff.id:
        raise IntakeError("own_account")
    with store.transaction():
        before = store.staff.by_id(staff_id)
        store.staff.set_active(staff_id, active=active)
        store.staff.seal(staff_id, at=now)
        changes = {"login": (before.login, before.login), "active": ("yes" if before.active else "no", "yes" if active else "no")}
        store.audit.add(actor, "set_active", at=now, changes=changes)
    project(store)


def change_password(store: Store, actor: Actor, staff_id: int, *, password: str, now: datetime) -> None:
    """Give an account a new password. The password itself is never recorded.

    Everybody may change their own; whose is another's needs the task, or emergency access while it lasts. Raises
    InvalidInputError for one that will not do.
    """
    if staff_id != actor.staff.id:
        actor.must(Task.GIVE_ACCESS)
    with store.reading():
        staff = store.staff.by_id(staff_id)
    if staff_id != actor.staff.id:
        refuse_reach(store, actor, staff, now)
    refuse_password(password, login=staff.login, name=staff.name)
    slot = password_slot(staff.login, password)
    if staff.active:
        offer(store, slot)
    with store.transaction():
        store.staff.set_slot(staff_id, slot)
        store.staff.seal(staff_id, at=now)
        store.audit.add(actor, "change_password", at=now, changes={"login": (staff.login, staff.login)})
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


def _name_fault(text: str) -> str | None:
    """Return the code of what is wrong with a login or name, None when nothing is."""
    if not text.strip():
        return "required"
    if len(text) > MAX_NAME:
        return "too_long"
    return "control_characters" if has_control(text.strip()) else None
