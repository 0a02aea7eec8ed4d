"""How long the window's thread was away: a heartbeat on that thread, and the longest gap between two beats."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 2


class Pulse(QObject):
    """Measures how long the window's thread was blocked, in milliseconds, while ``measuring``."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the heartbeat."""
        super().__init__(parent)
        self.longest_ms = 0.0
        self.longest_at = ""
        self.step = ""
        self._last = time.perf_counter()
        self._paused = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def pause(self) -> None:
        """Leave out what the tour itself does on the thread, such as taking a photograph."""
        self._beat()
        self._paused = True

    def go_on(self) -> None:
        """Measure again, from now."""
        self._paused = False
        self._last = time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap_ms = (now - self._last) * 1000 - BEAT_MS
        self._last = now
        if not self._paused and gap_ms > self.longest_ms:
            self.longest_ms, self.longest_at = gap_ms, self.step
