"""Rules that are newer than a visit: its prompts are raised a few visits at a time, between two other asks of the store."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from intake.actions.prompting import catch_up
from ui.desk import Desk

_PAUSE_MS = 50


class CatchingUp(QObject):
    """Begins after the sign-in and ends when no visit is left that the rules in force have not looked at."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Begin."""
        super().__init__(parent)
        self._desk = desk
        self._go_on(0)

    def _go_on(self, after: int) -> None:
        desk = self._desk
        desk.store.ask(lambda store: catch_up(store, desk.definitions, after=after, now=desk.now()), owner=self, done=self._caught_up_to)

    def _caught_up_to(self, visit_id: int | None) -> None:
        if visit_id is not None:
            QTimer.singleShot(_PAUSE_MS, self, lambda: self._go_on(visit_id))
