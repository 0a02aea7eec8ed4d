"""The whole program, when somebody else takes the screen back than who gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from intake.actions.accounts import add_staff
from intake.domain.staff import Actor, Role
from intake.errors import StoreError
from intake.paths import Paths
from intake.storage.driver import Connection, connect
from intake.storage.store import open_store
from tests.factories import KEYS
from tests.ui.conftest import LOGIN, PASSWORD, WORKSTATION, Bench, Clock
from tests.ui.patient.patient import Patient
from ui.app import App
from ui.failures import words_of
from ui.pages.intake.page import IntakePage
from ui.pages.sign_in import SignInPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow

OTHER = "four invented otters"


class Busy(QObject):
    """Writes to the store as another desk, from the moment the window that it watches is shown again."""

    def __init__(self, connection: Connection) -> None:
        """Begin once."""
        super().__init__()
        self._connection = connection
        self._ended = False

    def end(self) -> None:
        """Let the others write again."""
        self._connection.execute("ROLLBACK")
        self._connection.close()
        self._ended = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin, and let every event through."""
        if event.type() is QEvent.Type.Show and not self._ended and not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        return False


def work_of(app: App, login: str, qtbot: QtBot) -> MainWindow:
    """Wait until this person's work is on screen."""
    qtbot.waitUntil(lambda: app.work is not None and app.work.desk.actor.staff.login == login, timeout=20_000)
    assert app.work is not None
    return app.work


@pytest.fixture
def app(paths: Paths, administrator: Actor, clock: Clock, qtbot: QtBot) -> App:
    """Return the program; beside the administrator Robin may take intakes."""
    store = open_store(paths, KEYS)
    add_staff(store, administrator, login="robin", name="Robin Sample", role=Role.RECEPTIONIST, password=OTHER, now=clock())
    store.close()
    made = App(paths, clock=clock, workstation=WORKSTATION)
    qtbot.addWidget(made.window)
    made.show()
    return made


@pytest.fixture
def patient(app: App, qtbot: QtBot) -> Patient:
    """Return the patient to whom the administrator gave the screen, at the end of the form."""
    page = app.window.centralWidget()
    assert isinstance(page, SignInPage)
    page.login_field.set_value(LOGIN)
    page.password_field.set_value(PASSWORD)
    page.sign_in_button.click()
    work = work_of(app, LOGIN, qtbot)
    qtbot.waitUntil(work.isVisible)
    found = Patient(work, Bench(work.desk, qtbot), qtbot)
    found.take_screen()
    found.choose("en")
    found.write("patient.legal_last", "Sample")
    found.finish()
    return found


def test_the_one_who_takes_the_screen_is_signed_in_and_sees_the_draft(app: App, patient: Patient, qtbot: QtBot) -> None:
    """From the answers of the patient to the intake page of a colleague, under the colleague's own name."""
    patient.sign(OTHER, login="robin")
    theirs = work_of(app, "robin", qtbot)
    qtbot.waitUntil(lambda: isinstance(theirs.places.current(), IntakePage), timeout=20_000)
    intake = theirs.places.current()
    assert isinstance(intake, IntakePage)
    qtbot.waitUntil(lambda: intake.document.text("patient.legal_last") == "Sample", timeout=20_000)
    qtbot.waitUntil(lambda: intake.form.is_built, timeout=20_000)
    assert app.window.isVisible()
    app.window.close()


def test_while_the_first_one_cannot_be_signed_out_nobody_sees_or_goes_on_with_their_work(
    app: App, patient: Patient, paths: Paths, qtbot: QtBot
) -> None:
    """The desk is locked, from the moment the patient's screen goes; from there only a password leads on, to whose work it ever is."""
    work = app.work
    assert work is not None
    assert app.at_work is not None
    locking = app.at_work.locking
    busy = Busy(connect(str(paths.store), KEYS.store, timeout_s=5))
    app.window.installEventFilter(busy)
    work.desk.store.ask(lambda store: store._connection.execute("PRAGMA busy_timeout = 20").fetchone(), owner=work)
    with qtbot.waitSignal(work.giving.handed_on, timeout=20_000), qtbot.waitSignal(work.stayed, timeout=20_000):
        patient.sign(OTHER, login="robin")
    assert locking.is_locked
    assert not work.isVisible()
    assert locking.screen is not None
    assert words_of(StoreError("store_busy")) in locking.screen.banner.text()
    assert locking.screen.unlock_button.isEnabled()
    busy.end()
    locking.screen.other_button.click()
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), SignInPage), timeout=20_000)
    assert app.work is None


def test_who_comes_back_works_with_their_own_keys(app: App, patient: Patient, paths: Paths, qtbot: QtBot) -> None:
    """And not with those of the colleague whose password opened the store in between."""
    work, desk = app.work, patient.window.desk
    assert work is not None
    assert app.at_work is not None
    busy = Busy(connect(str(paths.store), KEYS.store, timeout_s=5))
    app.window.installEventFilter(busy)
    desk.store.ask(lambda store: store._connection.execute("PRAGMA busy_timeout = 20").fetchone(), owner=work)
    with qtbot.waitSignal(work.stayed, timeout=20_000):
        patient.sign(OTHER, login="robin")
    busy.end()
    locking = app.at_work.locking
    assert locking.screen is not None
    locking.screen.password_field.set_value(PASSWORD)
    with qtbot.waitSignal(locking.unlocked, timeout=20_000):
        locking.screen.unlock_button.click()
    assert work.isVisible()
    bench = Bench(desk, qtbot)
    assert bench.ask(lambda store: (store.held_by(desk.actor.staff.id), store.notes_key.held)) == (True, True)
    app.window.close()
