"""Watches the clock: every minute it is compared with the time that passed by a counter that nobody sets."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from intake.actions.clock import JUMP, note_clock_jump
from ui.desk import Desk

_MINUTE_MS = 60_000


def steady_s() -> float:
    """Return seconds by a counter that goes on while the machine sleeps, where the system has one."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class ClockWatch(QObject):
    """Has it recorded when the clock went ahead; one that was set back shows by itself in what is recorded next."""

    def __init__(self, desk: Desk, parent: QObject | None = None, *, steady: Callable[[], float] = steady_s) -> None:
        """Begin to watch; ``steady`` counts seconds."""
        super().__init__(parent)
        self._desk = desk
        self._steady = steady
        self._seen = (desk.now(), steady())
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Compare clock and counter."""
        (clock, counter), desk = self._seen, self._desk
        self._seen = now, counted = desk.now(), self._steady()
        expected: datetime = clock + timedelta(seconds=counted - counter)
        if now - expected > JUMP:
            desk.store.ask(lambda store: note_clock_jump(store, desk.actor, expected=expected, now=now), owner=self)
