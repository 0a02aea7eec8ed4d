"""What lies in the folders besides what the store knows: read on a thread of its own, for a folder may be far away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from intake.actions.backup_targets import take_up_found
from intake.actions.found_backups import unknown_at
from intake.domain.backups import BackupRow, KeptBackup
from ui.desk import Desk
from ui.preview.worker import Worker

Known = Mapping[int, tuple[Path, frozenset[str]]]
"""Of each folder: where this store's backups lie in it, and the names of those that are known."""


class Lying(QObject):
    """Looks through the folders; ``found`` tells that the store knows more backups than it did."""

    found = Signal()
    others_shown = Signal()
    """There are other :attr:`others` than before."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Look at nothing yet."""
        super().__init__(parent)
        self._desk = desk
        self._worker = Worker(self)
        self.others: Mapping[int, tuple[BackupRow, ...]] = {}

    def look(self, known: Known) -> None:
        """Read what is not known, and have the store remember what is its own."""
        self._worker.ask(partial(_unknown, known), done=self._take_up, newest="lying")

    def _take_up(self, found: Mapping[int, tuple[KeptBackup, ...]]) -> None:
        desk = self._desk
        if found:
            work = partial(take_up_found, actor=desk.actor, found=found, now=desk.now(), workstation=desk.workstation)
            desk.store.ask(work, owner=self, done=partial(self._taken, found), newest="lying")
        elif self.others:
            self._show({})

    def _taken(self, found: Mapping[int, tuple[KeptBackup, ...]], taken: tuple[int, Mapping[int, tuple[BackupRow, ...]]]) -> None:
        count, others = taken
        if others != self.others:
            self._show(others)
        if count:
            self.found.emit()

    def _show(self, others: Mapping[int, tuple[BackupRow, ...]]) -> None:
        self.others = others
        self.others_shown.emit()


def _unknown(known: Known) -> dict[int, tuple[KeptBackup, ...]]:
    found = {target_id: unknown_at(home, names) for target_id, (home, names) in known.items()}
    return {target_id: backups for target_id, backups in found.items() if backups}
