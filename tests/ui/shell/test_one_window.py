"""The program has one window: nothing else takes the keyboard, and nothing flickers by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.windows import open_window
from ui.desk import Desk
from ui.main_window import MainWindow


class _Shown(QObject):
    """Keeps the kind of every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


def test_no_part_of_the_work_is_ever_a_window_of_its_own(desk: Desk, qtbot: QtBot, qapp: QObject) -> None:
    """A part that is shown before it stands in its place would take the keyboard from the window for good."""
    shown = _Shown()
    qapp.installEventFilter(shown)
    window = open_window(desk, qtbot)
    window.routes.documents.emit()
    qapp.removeEventFilter(shown)
    assert shown.kinds == [MainWindow.__name__]
