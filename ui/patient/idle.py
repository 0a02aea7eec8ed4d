"""Noticing that nobody answers any more: asked first, then the answers are put out of sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

QUIET_S = 240
"""After this long without a touch the patient is asked."""
ASKED_S = 60
"""So long the question stands before the answers are put out of sight."""


class Idle(QObject):
    """Runs from one touch to the next. ``asked`` carries the seconds that are left, ``gone`` that nobody answered."""

    asked = Signal(int)
    gone = Signal()

    def __init__(self, *, quiet_s: float = QUIET_S, asked_s: int = ASKED_S, parent: QObject | None = None) -> None:
        """Wait for :meth:`touch`."""
        super().__init__(parent)
        self._asked_s = asked_s
        self._left_s = asked_s
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(round(quiet_s * 1000))
        self._quiet.timeout.connect(self._ask)
        self._each_second = QTimer(self)
        self._each_second.setInterval(1000)
        self._each_second.timeout.connect(self._count_down)

    def touch(self) -> None:
        """Begin to wait anew: somebody is there."""
        self._each_second.stop()
        self._quiet.start()

    def stop(self) -> None:
        """Wait for nobody."""
        self._each_second.stop()
        self._quiet.stop()

    def _ask(self) -> None:
        self._left_s = self._asked_s
        self._each_second.start()
        self.asked.emit(self._left_s)

    def _count_down(self) -> None:
        self._left_s -= 1
        if self._left_s > 0:
            self.asked.emit(self._left_s)
            return
        self.stop()
        self.gone.emit()
