"""The lock in the program itself: the key, the other person, the way back to the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.lock.room import PLANTED
from tests.ui.shell.test_app import Start, start, the_sign_in, type_sign_in
from ui.app import App
from ui.lock.screen import LockScreen
from ui.main_window import MainWindow
from ui.pages.sign_in import SignInPage
from ui.routes import IntakeStart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.staff import Actor
    from intake.paths import Paths
    from ui.pages.intake.page import IntakePage

__all__ = ["start"]
CTRL = Qt.KeyboardModifier.ControlModifier
LONG_MS = 20_000


@pytest.fixture
def app(start: Start, paths: Paths, administrator: Actor, qtbot: QtBot) -> App:
    """Return the program with the administrator at work and a name half typed."""
    made = start(paths)
    page = the_sign_in(made)
    qtbot.waitUntil(page.sign_in_button.isEnabled, timeout=LONG_MS)
    work = signed_in(made, qtbot)
    work.routes.intake.emit(IntakeStart())
    intake = the_intake(work)
    qtbot.waitUntil(lambda: intake.form.is_built and intake.form.isEnabled(), timeout=LONG_MS)
    made.window.activateWindow()
    qtbot.waitUntil(
        lambda: made.window.isActiveWindow() and made.window.isAncestorOf(QApplication.focusWidget() or intake), timeout=LONG_MS
    )
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, PLANTED)
    return made


def signed_in(app: App, qtbot: QtBot) -> MainWindow:
    """Sign in and return the work, shown."""
    type_sign_in(app, "seven sample ponies")
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), MainWindow) and app.at_work is not None, timeout=LONG_MS)
    work = app.work
    assert work is not None
    qtbot.waitUntil(lambda: work.places.current() is not None, timeout=LONG_MS)
    return work


def the_intake(work: MainWindow) -> IntakePage:
    """Return the intake that is open."""
    from ui.pages.intake.page import IntakePage  # noqa: PLC0415 - loaded when the program asks for it

    (page,) = work.places.intakes
    assert isinstance(page, IntakePage)
    return page


def locked(app: App) -> LockScreen:
    """Press the key of the lock and return what is shown."""
    focus = QApplication.focusWidget()
    assert focus is not None
    assert app.window.isAncestorOf(focus)
    QTest.keyClick(focus, Qt.Key.Key_L, CTRL)
    assert app.at_work is not None
    screen = app.at_work.locking.screen
    assert screen is not None
    return screen


@pytest.mark.parametrize("way", ["key", "button"])
def test_another_person_comes_to_the_sign_in_and_the_first_one_finds_the_draft(app: App, way: str, qtbot: QtBot) -> None:
    """By the key that stands on the button too; nothing of the first one's work is left in the window, and nothing typed is lost."""
    screen = locked(app)
    if way == "key":
        QTest.keyClick(screen.password_field.text_field, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    else:
        screen.other_button.click()
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), SignInPage), timeout=LONG_MS)
    qtbot.waitUntil(lambda: not app.window.findChildren(LockScreen), timeout=LONG_MS)
    assert app.work is None
    qtbot.waitUntil(lambda: app.entry is None, timeout=LONG_MS)
    work = signed_in(app, qtbot)
    qtbot.waitUntil(lambda: any(PLANTED in each.title for each in work.rail.drafts()), timeout=LONG_MS)


def test_trouble_under_the_lock_is_told_on_it_and_again_when_it_is_opened(app: App) -> None:
    """Whoever stands there can read the number out; whoever unlocks is told too."""
    screen = locked(app)
    app.tell("Something went wrong in the program. Incident number: K7Q2-MX")
    assert screen.banner.isVisible()
    assert app.work is not None
    assert not app.work.banner.isHidden()


def test_the_program_may_be_closed_while_the_desk_is_locked(app: App, qtbot: QtBot) -> None:
    """What was typed is written down, and the store is closed."""
    locked(app)
    entry = app.entry
    app.window.close()
    assert app.window.isHidden()
    assert entry is not None
    assert entry.store.stop()
