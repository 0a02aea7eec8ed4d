"""What is told of a file that was checked: it goes with a key, and does not follow to another place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.documents.test_forms import held, key
from tests.ui.windows import open_window
from ui.desk import Desk


def test_escape_takes_away_what_was_told_of_a_file_and_the_keyboard_goes_back(desk: Desk, qtbot: QtBot) -> None:
    """As if nothing had been in the way."""
    window = open_window(desk, qtbot)
    before = held(qtbot)
    window.document_check.told.emit("This file is not known here.", "warning")
    assert window.banner.text()
    key(qtbot, Qt.Key.Key_Escape)
    assert window.banner.text() == ""
    assert held(qtbot) is before


def test_what_was_told_of_a_file_does_not_follow_to_another_place(desk: Desk, qtbot: QtBot) -> None:
    """Trouble that is told at the top stays until it is understood."""
    window = open_window(desk, qtbot)
    window.document_check.told.emit("This file is not known here.", "warning")
    window.routes.documents.emit()
    assert window.banner.text() == ""
    window.tell("The disk is full.")
    window.routes.today.emit()
    assert window.banner.text() == "The disk is full."
