"""A clinic whose people get in by their passwords, for the tests of access."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from intake.actions.access import SignedIn, sign_in
from intake.actions.accounts import add_staff
from intake.domain.staff import Actor, Role
from intake.errors import IntakeError
from intake.paths import Paths
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, WORKSTATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """A data folder that was set up by ``alex``, and its recovery key."""

    paths: Paths
    recovery_key: str


def enter(paths: Paths, login: str = "alex", password: str = PASSWORD, *, now: datetime = NOW, **more: str) -> SignedIn:
    """Sign in; who asks closes the store."""
    return sign_in(paths, login=login, password=password, workstation=more.pop("workstation", WORKSTATION), now=now, **more)


@contextmanager
def signed_in(paths: Paths, login: str = "alex", password: str = PASSWORD, *, now: datetime = NOW, **more: str) -> Generator[SignedIn]:
    """Sign in and close the store again."""
    found = enter(paths, login, password, now=now, **more)
    try:
        yield found
    finally:
        found.store.close()


def refused(paths: Paths, login: str = "alex", password: str = PASSWORD, *, now: datetime = NOW, **more: str) -> IntakeError:
    """Return the error of a sign-in that is refused."""
    with pytest.raises(IntakeError) as caught, signed_in(paths, login, password, now=now, **more):
        pass
    return caught.value


def hire(store: Store, admin: Actor, login: str, role: Role) -> Actor:
    """Add an account with the usual password and return that person at the same desk."""
    staff = add_staff(store, admin, login=login, name=f"{login.title()} Example", role=role, password=PASSWORD, now=NOW)
    return replace(admin, staff=staff)


def told(store: Store, action: str) -> list[tuple[int | None, str, str]]:
    """Return who, where and with which outcome the audit tells an action, the oldest first."""
    rows = store._connection.execute("SELECT staff_id, workstation, outcome FROM audit WHERE action = ? ORDER BY seq", (action,))
    return [(row[0], row[1], row[2]) for row in rows]
