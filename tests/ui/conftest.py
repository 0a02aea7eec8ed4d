"""A desk for the tests of the window: a real encrypted store on its own thread, a clock that the test moves."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from intake.actions.accounts import add_staff
from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.actions.key_ring import project
from intake.actions.setup import first_account
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.coverage import Coverage
from intake.domain.staff import Actor, Role, Staff
from intake.paths import RESOURCES, Paths
from intake.security.slots import recovery_slot
from intake.storage.store import open_store
from tests.factories import KEYS, a_patient, a_store, a_visit, all_sign, an_intake
from ui import fonts, theme
from ui.desk import Desk
from ui.tasks import StoreThread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from intake.storage.store import Store

T = TypeVar("T")
MORNING = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
LOGIN = "alex"
PASSWORD = "seven sample ponies"
WORKSTATION = "desk-1"
RECOVERY_SECRET = bytes(range(64, 96))


class Clock:
    """A clock that stands until the test moves it."""

    def __init__(self) -> None:
        """Begin at ten in the morning at the clinics."""
        self.instant = MORNING

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.instant

    def forward(self, minutes: int) -> None:
        """Let minutes pass."""
        self.instant += timedelta(minutes=minutes)


class Bench:
    """What a test does with the store of its desk, besides looking at the window."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        """Keep the desk and the bot that waits."""
        self.desk = desk
        self._qtbot = qtbot
        self._people = count()

    def ask(self, work: Callable[[Store], T]) -> T:
        """Have work done on the store's thread and return its result; its error fails the test."""
        answers: list[T] = []
        errors: list[Exception] = []
        self.desk.store.ask(work, owner=self.desk.store, done=answers.append, failed=errors.append)
        self._qtbot.waitUntil(lambda: bool(answers or errors), timeout=10_000)
        if errors:
            raise errors[0]
        return answers[0]

    def arrive(self, last: str = "Sample", first: str = "Ana", *, location: str = "loc.edison", reason: str = "Stiff neck") -> Saved:
        """Save a whole intake of an invented person who arrives now; nobody shares a birth date or a phone with another."""
        desk, number = self.desk, next(self._people)
        patient = a_patient(
            legal_last=last, legal_first=first, dob=date(1985 - number, 3, 4), phone=f"+1732555{100 + number:04d}", email=None
        )
        coverage = Coverage(payer="Example Health Plan", member_id=f"EX10{number:04d}", subscriber="self")
        intake = an_intake(desk.definitions, patient=patient, visit=a_visit(location=location, reason=reason, primary=coverage))
        request = SaveRequest(intake=intake)
        return self.ask(lambda store: save_intake(store, desk.actor, request, definitions=desk.definitions, now=desk.now()))


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """Return the definitions that ship with the program."""
    return load_definitions(RESOURCES, None)


_SWEEPS = count(1)
_WHOLE_EVERY = 40


@pytest.fixture(scope="session", autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """Search for garbage between tests only, as the program does: on another thread it would take windows apart under Qt's feet."""
    usual = gc.get_threshold()
    gc.set_threshold(0)
    yield
    gc.set_threshold(*usual)


@pytest.fixture(autouse=True)
def swept(garbage_on_this_thread: None) -> Iterator[None]:
    """Take apart what a test left: the young objects each time, all of them now and then."""
    yield
    gc.collect(2 if next(_SWEEPS) % _WHOLE_EVERY == 0 else 1)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """Dress the application as the program does, in light colors."""
    if not qapp.property("dressed"):
        fonts.load_first()
        theme.apply(qapp, dark=False)
        qapp.setProperty("dressed", True)


@pytest.fixture
def clock() -> Clock:
    """Return a clock at ten in the morning of 22 November 2026."""
    return Clock()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Return an empty data folder of the real realm."""
    return Paths(data=tmp_path / "data", training=False)


@pytest.fixture
def administrator(paths: Paths, clock: Clock) -> Actor:
    """Return the administrator of a store that was set up at Edison."""
    store = a_store(paths.data)
    try:
        admin = first_account(
            store, admin_name="Alex Admin", login=LOGIN, password=PASSWORD, location="loc.edison", workstation=WORKSTATION, now=clock(),
            recovery=recovery_slot(RECOVERY_SECRET, notes=store.notes_key.named()),
        )  # fmt: skip
        with store.transaction():  # as after a first start that was gone through
            store.staff.confirm_recovery(at=clock())
        project(store)
        return Actor(staff=admin, workstation=WORKSTATION)
    finally:
        store.close()


def _signing(store: Store) -> Store:
    """Return the store with everybody signing what is done in their name, as who signed in does."""
    all_sign(store)
    return store


@pytest.fixture
def desk(paths: Paths, administrator: Actor, definitions: Definitions, clock: Clock, qtbot: QtBot) -> Iterator[Desk]:
    """Yield a desk at Edison with the administrator signed in, over a real store on its own thread."""
    thread = StoreThread(lambda: _signing(open_store(paths, KEYS)))
    thread.start()
    yield Desk(
        paths=paths,
        definitions=definitions,
        store=thread,
        actor=administrator,
        location="loc.edison",
        workstation=WORKSTATION,
        clock=clock,
        zone=ZoneInfo(definitions.practice.time_zone),
    )
    assert thread.stop(10), "the store's thread did not end"


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Bench:
    """Return what the test itself does with the desk's store."""
    return Bench(desk, qtbot)


@pytest.fixture
def clinician(desk: Desk, bench: Bench) -> Desk:
    """Return a second desk at Edison, over the same store, with a clinician signed in."""
    return colleague(desk, bench, login="casey", role=Role.CLINICIAN, workstation="desk-2")


@pytest.fixture
def receptionist(desk: Desk, bench: Bench) -> Desk:
    """Return a desk at Edison, over the same store, with a receptionist signed in."""
    return colleague(desk, bench, login="dana", role=Role.RECEPTIONIST, workstation="desk-3")


def colleague(desk: Desk, bench: Bench, *, login: str, role: Role, workstation: str) -> Desk:
    """Return a desk over the same store where somebody else is signed in; the password is the administrator's."""

    def add(store: Store) -> Staff:
        return add_staff(store, desk.actor, login=login, name=f"{login.title()} Example", role=role, password=PASSWORD, now=desk.now())

    actor = Actor(staff=bench.ask(add), workstation=workstation)
    return dataclasses.replace(desk, actor=actor, workstation=workstation)
