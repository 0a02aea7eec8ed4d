"""What a role does not permit is said where it was asked; trouble stays until it is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from intake.actions.audit_reading import people
from intake.errors import DeniedError, IntakeError, StoreError
from intake.paths import Paths
from tests.ui.documents.test_forms import CTRL, key
from tests.ui.windows import open_window
from ui.app import App
from ui.desk import Desk
from ui.main_window import MainWindow

REFUSED = "Your role does not permit this. Ask an administrator."


@pytest.fixture
def work(receptionist: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return the window of a receptionist, told of every failure as the program tells it."""
    app = App(Paths(data=tmp_path / "other", training=False))
    qtbot.addWidget(app.window)
    window = open_window(receptionist, qtbot)
    app.setParent(window)
    app.work = window
    receptionist.store.failed.connect(app.failures.take)
    return window


def refuse(work: MainWindow, qtbot: QtBot) -> None:
    """Ask the store for what this role does not permit."""
    desk = work.desk
    with qtbot.waitSignal(desk.store.failed):
        desk.store.ask(lambda store: people(store, desk.actor, now=desk.now()), owner=work)


def test_a_refusal_goes_when_the_page_it_was_said_on_is_left(work: MainWindow, qtbot: QtBot) -> None:
    """It stays while the page does."""
    refuse(work, qtbot)
    assert work.banner.text() == REFUSED
    work.refresh()
    assert work.banner.text() == REFUSED
    key(qtbot, Qt.Key.Key_O, CTRL)
    assert work.banner.text() == ""


@pytest.mark.parametrize("error", [StoreError("disk_full", folder="data"), DeniedError("not_your_draft")])
def test_trouble_stays_from_page_to_page_and_a_refusal_does_not_cover_it(error: IntakeError, work: MainWindow, qtbot: QtBot) -> None:
    """What may not be on disk is told until somebody has understood it; the refusal is said in the foot bar then."""
    work.desk.store.failed.emit(error)
    told = work.banner.text()
    assert told
    refuse(work, qtbot)
    assert work.banner.text() == told
    assert REFUSED in work.foot_bar.said_label.accessibleDescription()
    work.routes.documents.emit()
    assert work.banner.text() == told


def test_trouble_told_after_a_refusal_stays(work: MainWindow, qtbot: QtBot) -> None:
    """It takes the place of the refusal, not its end."""
    refuse(work, qtbot)
    work.desk.store.failed.emit(StoreError("disk_full", folder="data"))
    told = work.banner.text()
    assert told != REFUSED
    work.routes.documents.emit()
    assert work.banner.text() == told
