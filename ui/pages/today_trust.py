"""The line on Today that says how far the records can be relied on: the last proven backup, and a check that found a break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from intake.actions.backup_targets import BackupState, state
from intake.actions.check import latest_checks
from intake.domain.audit import CheckRun
from intake.domain.staff import Task
from ui.desk import Desk
from ui.pages.backup.words import status_words
from ui.widgets.labels import ElidedLabel, set_tone

if TYPE_CHECKING:
    from intake.storage.store import Store

_MINUTE_MS: Final = 60_000


class TrustLine(ElidedLabel):
    """Asks when the board does, and each minute: time alone makes a backup late."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build it empty; :meth:`refresh` asks."""
        super().__init__("", "hint", parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def refresh(self) -> None:
        """Ask how it stands."""
        desk = self._desk

        def look(store: Store) -> tuple[BackupState, tuple[CheckRun, ...]]:
            checks = latest_checks(store, desk.actor, now=desk.now()) if desk.may(Task.CHECK_STORE) else ()
            return state(store, now=desk.now()), checks

        desk.store.ask(look, owner=self, done=self._show, newest="trust")

    def _show(self, found: tuple[BackupState, tuple[CheckRun, ...]]) -> None:
        backups, checks = found
        words, tone = status_words(backups, self._desk.now(), manages=self._desk.may(Task.RESTORE))
        if any(not check.good for check in checks):
            words, tone = self.tr("⚠ The last check found a break (Ctrl H)"), "danger"
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)
        set_tone(self, tone)
