"""The program's own window, as tests of more than one place open it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.main_window import MainWindow


def open_window(desk: Desk, qtbot: QtBot) -> MainWindow:
    """Return the main window of a desk, on screen and in use."""
    window = MainWindow(desk)
    window.begin()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window
