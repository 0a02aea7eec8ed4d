"""The numbers of the rail: who waits, what awaits review, which documents are due; and the word when one becomes late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from intake.actions.requests import count_requests
from intake.actions.reviewing import awaiting_count
from intake.actions.visits import today
from intake.domain.requests import Counts
from intake.domain.staff import Task
from intake.domain.visits import Status
from ui.desk import Desk
from ui.rail import Rail
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.storage.store import Store

_MINUTE_MS = 60_000


class RailCounts(QObject):
    """Asks for the numbers when something was written, and each minute for what is due: time alone makes a document late."""

    def __init__(self, desk: Desk, routes: Routes, rail: Rail, parent: QObject | None = None) -> None:
        """Show the numbers in ``rail``; what became late is told through ``routes``."""
        super().__init__(parent)
        self._desk = desk
        self._routes = routes
        self._rail = rail
        self._overdue: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self.refresh_due)
        self._timer.start()

    def refresh(self) -> None:
        """Ask for every number that this role sees."""
        desk, items = self._desk, self._rail.items

        def count(store: Store) -> int:
            lines = today(store, desk.actor, location=desk.location, day=desk.today(), now=desk.now())
            return sum(line.status is Status.WAITING for line in lines)

        desk.store.ask(count, owner=self, done=items["today"].show_count, newest="count")
        if desk.may(Task.REVIEW):
            desk.store.ask(
                lambda store: awaiting_count(store, desk.actor, location=desk.location),
                owner=self,
                done=items["review"].show_count,
                newest="awaiting",
            )
        self.refresh_due()

    def refresh_due(self) -> None:
        """Ask how many documents this clinic owes."""
        desk = self._desk
        if desk.may(Task.HANDLE_REQUESTS):
            desk.store.ask(
                lambda store: count_requests(store, desk.actor, location=desk.location, now=desk.now()),
                owner=self,
                done=self._show_due,
                newest="due",
            )

    def _show_due(self, counts: Counts) -> None:
        item = self._rail.items["documents"]
        owed = self.tr("%1 due").replace("%1", str(counts.owed)) if counts.owed else ""
        late = self.tr("%1 late").replace("%1", str(counts.overdue))
        item.show_words(
            late if counts.overdue else owed,
            tone="danger" if counts.overdue else "",
            spoken=f"{owed}, {late}" if counts.overdue else owed,
        )
        before, self._overdue = self._overdue, counts.overdue
        if before is not None and counts.overdue > before:
            self._tell(counts.overdue)

    def _tell(self, overdue: int) -> None:
        """Say it in the foot bar and to a screen reader; nothing is stopped by it."""
        words = self.tr("1 document is late") if overdue == 1 else self.tr("%1 documents are late").replace("%1", str(overdue))
        self._routes.said.emit("⚑ " + words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._rail.items["documents"], words))
