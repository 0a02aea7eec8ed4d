"""The one window, before anything is in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow


class DeskWindow(QMainWindow):
    """The one window. It tells its first painting, and that it is being closed."""

    painted = Signal()
    closing = Signal()

    def __init__(self, *, training: bool = False) -> None:
        """Build it empty; :attr:`held` may keep it open a moment longer."""
        super().__init__()
        self.setWindowTitle("Intake Desk (TRAINING)" if training else "Intake Desk")
        self.setMinimumSize(880, 600)
        self.resize(1280, 800)
        self.held: Callable[[], bool] = lambda: False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the window is on screen."""
        super().paintEvent(event)
        self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell before the window goes, unless it is held."""
        if self.held():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
