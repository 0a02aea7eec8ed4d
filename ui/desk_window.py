"""The one window, before anything is in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow


class DeskWindow(QMainWindow):
    """The one window. It tells its first painting, and that it is being closed."""

    painted = Signal()
    closing = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the window is on screen."""
        super().paintEvent(event)
        self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell before the window goes."""
        self.closing.emit()
        super().closeEvent(event)
