"""Accounts: signing in and out, and making new ones."""

from __future__ import annotations

from datetime import datetime

from intake.domain.staff import Actor, Role, Staff, Task
from intake.entry.tidy import has_control
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.security.passwords import hash_password, password_problems, verify_password
from intake.security.throttle import wait_after
from intake.storage.store import Store

__all__ = [
    "accounts",
    "add_staff",
    "change_password",
    "may_stay",
    "password_problems",
    "refuse_password",
    "set_active",
    "sign_in",
    "sign_out",
]

MAX_NAME = 100


def accounts(store: Store) -> tuple[Staff, ...]:
    """Return every account by name, for the list of the sign-in window."""
    with store.reading():
        return store.staff.all()


def sign_in(store: Store, *, login: str, password: str, workstation: str, now: datetime) -> Actor:
    """Return the acting person.

    Raises IntakeError ``wrong_sign_in`` (``wait_s``: how long the next try must wait) or ``sign_in_too_soon`` (``wait_s``: how
    long it still must). Nobody is ever locked out: the wait grows to a minute and stays there.
    """
    with store.reading():
        kept = store.staff.by_login(login)
        name = kept.staff.login if kept else ""
        failures = store.staff.failures(name)
    wait_s = wait_after(failures.count, since=failures.at, now=now)
    right = not wait_s and verify_password(password, kept.password if kept else None)
    actor = Actor(staff=kept.staff, workstation=workstation) if kept else None
    with store.transaction():
        if right and kept is not None and actor is not None and kept.staff.active:
            store.staff.forget_failures(name)
            store.audit.add(actor, "sign_in", at=now)
            store.audit.forget_told(kept.staff.id)
            return actor
        count = failures.count
        if not wait_s:
            count = store.staff.count_failure(name, at=now)
        store.audit.add(actor, "sign_in", at=now, workstation=workstation, outcome="too_soon" if wait_s else "refused")
    if wait_s:
        raise IntakeError("sign_in_too_soon", wait_s=wait_s)
    raise IntakeError("wrong_sign_in", wait_s=wait_after(count, since=now, now=now))


def may_stay(store: Store, actor: Actor) -> bool:
    """Tell whether who signed in may go on: the account is still active, in the role it had then."""
    with store.reading():
        staff = store.staff.by_id(actor.staff.id)
    return staff.active and staff.role is actor.staff.role


def sign_out(store: Store, actor: Actor, now: datetime) -> None:
    """Record that the person left this desk."""
    with store.transaction():
        store.audit.add(actor, "sign_out", at=now)


def add_staff(store: Store, actor: Actor, *, login: str, name: str, role: Role, password: str, now: datetime) -> Staff:
    """Make an account. Raises InvalidInputError for a login, name or password that will not do."""
    actor.must(Task.MANAGE_STAFF)
    refuse_password(password, login=login, name=name)
    hashed = hash_password(password)
    with store.transaction():
        if store.staff.by_login(login) is not None:
            raise InvalidInputError((Problem(field="login", code="login_taken"),))
        staff = store.staff.add(login=login.strip(), name=name.strip(), role=role, password=hashed, at=now)
        changes = {"login": (None, staff.login), "name": (None, staff.name), "role": (None, role.value)}
        store.audit.add(actor, "add_staff", at=now, changes=changes)
    return staff


def set_active(store: Store, actor: Actor, staff_id: int, *, active: bool, now: datetime) -> None:
    """Let an account sign in, or no longer; nothing it ever did is touched. Raises IntakeError ``own_account`` for one's own."""
    actor.must(Task.MANAGE_STAFF)
    if staff_id == actor.staff.id:
        raise IntakeError("own_account")
    with store.transaction():
        before = store.staff.by_id(staff_id)
        store.staff.set_active(staff_id, active=active)
        changes = {"login": (before.login, before.login), "active": ("yes" if before.active else "no", "yes" if active else "no")}
        store.audit.add(actor, "set_active", at=now, changes=changes)


def change_password(store: Store, actor: Actor, staff_id: int, *, password: str, now: datetime) -> None:
    """Give an account a new password. Raises InvalidInputError for one that will not do. The password itself is never recorded."""
    actor.must(Task.MANAGE_STAFF)
    with store.reading():
        staff = store.staff.by_id(staff_id)
    refuse_password(password, login=staff.login, name=staff.name)
    hashed = hash_password(password)
    with store.transaction():
        store.staff.set_password(staff_id, hashed)
        store.staff.forget_failures(staff.login)
        store.audit.add(actor, "change_password", at=now, changes={"login": (staff.login, staff.login)})


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
