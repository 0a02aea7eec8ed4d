"""The whole program, when somebody else takes the screen back than who gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

from intake.actions.accounts import add_staff
from intake.domain.staff import Actor, Role
from intake.paths import Paths
from intake.storage.store import open_store
from tests.factories import KEYS
from tests.ui.conftest import LOGIN, PASSWORD, WORKSTATION, Bench, Clock
from tests.ui.patient.patient import Patient
from ui.app import App
from ui.pages.intake.page import IntakePage
from ui.pages.sign_in import SignInPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow

OTHER = "four invented otters"


def work_of(app: App, login: str, qtbot: QtBot) -> MainWindow:
    """Wait until this person's work is on screen."""
    qtbot.waitUntil(lambda: app.work is not None and app.work.desk.actor.staff.login == login, timeout=20_000)
    assert app.work is not None
    return app.work


def test_the_one_who_takes_the_screen_is_signed_in_and_sees_the_draft(
    paths: Paths, administrator: Actor, clock: Clock, qtbot: QtBot
) -> None:
    """From the answers of the patient to the intake page of a colleague, under the colleague's own name."""
    store = open_store(paths, KEYS)
    add_staff(store, administrator, login="robin", name="Robin Sample", role=Role.RECEPTIONIST, password=OTHER, now=clock())
    store.close()
    app = App(paths, clock=clock, workstation=WORKSTATION)
    qtbot.addWidget(app.window)
    app.show()
    page = app.window.centralWidget()
    assert isinstance(page, SignInPage)
    page.login_field.set_value(LOGIN)
    page.password_field.set_value(PASSWORD)
    page.sign_in_button.click()
    work = work_of(app, LOGIN, qtbot)
    qtbot.waitUntil(work.isVisible)
    patient = Patient(work, Bench(work.desk, qtbot), qtbot)
    patient.take_screen()
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    patient.finish()
    patient.sign(OTHER, login="robin")
    theirs = work_of(app, "robin", qtbot)
    qtbot.waitUntil(lambda: isinstance(theirs.places.current(), IntakePage), timeout=20_000)
    intake = theirs.places.current()
    assert isinstance(intake, IntakePage)
    qtbot.waitUntil(lambda: intake.document.text("patient.legal_last") == "Sample", timeout=20_000)
    qtbot.waitUntil(lambda: intake.form.is_built, timeout=20_000)
    assert app.window.isVisible()
    app.window.close()
