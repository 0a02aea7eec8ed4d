"""A practice of three people who signed in with their passwords and worked, one after the other."""

from __future__ import annotations

from datetime import datetime

from intake.actions.access import sign_out
from intake.actions.setup import set_up
from intake.domain.audit import Finding
from intake.domain.staff import Actor, Role
from intake.paths import Paths, open_folder
from intake.security.ring import read_ring
from intake.security.slots import secret_of
from intake.storage.check import examine
from intake.storage.store import Store, open_store
from tests.factories import NOW, PASSWORD, WORKSTATION
from tests.intake.access.desk import hire, signed_in

ALEX, DANA, CASEY = 1, 2, 3
"""An administrator, a receptionist, a clinician."""


def a_practice(paths: Paths) -> str:
    """Make the practice and return its recovery key: alex hires, dana works, casey works."""
    open_folder(paths)
    made = set_up(paths, admin_name="Alex Sample", login="alex", password=PASSWORD, location="loc.edison", workstation=WORKSTATION, now=NOW)
    alex = Actor(staff=made.admin, workstation=WORKSTATION)
    hire(made.store, alex, "dana", Role.RECEPTIONIST)
    hire(made.store, alex, "casey", Role.CLINICIAN)
    made.store.close()
    for login in ("dana", "casey"):
        work(paths, login)
    return made.recovery_key


def work(paths: Paths, login: str, *, entries: int = 6, password: str = PASSWORD, now: datetime = NOW) -> None:
    """Sign in, do as many things, and sign out."""
    with signed_in(paths, login, password, now=now) as desk:
        for number in range(entries):
            do(desk.store, desk.actor, number, now=now)
        sign_out(desk.store, desk.actor, now)


def do(store: Store, actor: Actor, number: int = 0, *, now: datetime = NOW) -> None:
    """Do one thing that is told."""
    with store.transaction():
        store.audit.add(actor, "search", at=now, reason=f"number {number}")


def findings(paths: Paths, login: str = "dana") -> tuple[Finding, ...]:
    """Check the store as the program does at night, with nobody's signature, and return what was found."""
    opened = read_ring(paths.ring).opened(login, secret_of(PASSWORD))
    assert opened is not None
    store = open_store(paths, opened.keys[0])
    try:
        return examine(store).findings()
    finally:
        store.close()


def codes(found: tuple[Finding, ...]) -> set[str]:
    """Return the codes of what was found."""
    return {each.code for each in found}
