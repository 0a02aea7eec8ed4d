"""The check that nobody asked for: when the store was not checked for a day, or at night for half of one, while somebody is signed in."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from intake.actions.check import check_due
from ui.desk import Desk
from ui.store_check import StoreCheck

_LOOK_MS = 15 * 60_000
_FIRST_MS = 60_000
"""Not in the first minute: who just signed in has a patient in front of them."""


class NightlyCheck(QObject):
    """Looks every quarter of an hour whether a check is due, and makes it, also while the desk is locked."""

    found = Signal(object)
    """The :class:`CheckRun` of a check that was made."""
    failed = Signal(object)
    """The exception by which one ended."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Begin to look."""
        super().__init__(parent)
        self._desk = desk
        self._check = StoreCheck(desk, self, by_itself=True)
        self._check.found.connect(self.found)
        self._check.failed.connect(self.failed)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_MS)
        self._first.timeout.connect(self.look)
        self._first.start()

    def look(self) -> None:
        """Make a check if one is due."""
        desk = self._desk
        desk.store.ask(lambda store: check_due(store, desk.now(), desk.zone), owner=self, done=self._begin, newest="due")

    def stop(self) -> None:
        """Give up what is being made and look no more: the store is about to be closed."""
        self._timer.stop()
        self._first.stop()
        self._check.stop()

    def _begin(self, due: object) -> None:
        if due and self._timer.isActive():
            self._check.begin()
