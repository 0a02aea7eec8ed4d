"""Where backups go and what lies there: two tables, one under the other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject

from intake.domain.backups import BackupRow, Target
from intake.errors import IntakeError
from ui.failures import words_of
from ui.models.board import Cell
from ui.models.patients import Row
from ui.models.requests import whole_moment
from ui.pages.backup.words import ago_words, size_words, target_cell
from ui.pages.patients.rows_table import RowsTable
from ui.widgets.tables import HEAD_PX
from ui.widgets.two_lines import ROW

_SHOWN = 2
"""So many folders, and so many backups, are always in view."""


class Tables(QObject):
    """The table of folders and the table of the backups in the chosen one."""

    def __init__(self, parent: QObject) -> None:
        """Build both, empty."""
        super().__init__(parent)
        self.targets = RowsTable((self.tr("Folder"), self.tr("Last backup"), self.tr("State")), (6, 3, 3))
        self.targets.setMinimumHeight(HEAD_PX + _SHOWN * ROW)
        self.targets.setAccessibleName(self.tr("Folders that backups go to"))
        self.backups = RowsTable((self.tr("Taken"), self.tr("Size"), self.tr("Last proven restore")), (5, 2, 5))
        self.backups.setMinimumHeight(HEAD_PX + _SHOWN * ROW)
        self.backups.setAccessibleName(self.tr("Backups in the chosen folder"))

    def show_empty(self, folders: str, backups: str) -> None:
        """Say what to do next in the place of rows, for as long as there are none."""
        self.targets.show_empty(folders)
        self.backups.show_empty(backups)

    def show_targets(self, found: Sequence[Target], now: datetime, *, running: int | None, shared: set[int]) -> None:
        """Show the folders."""
        both = self.tr("On the disk of the store: who loses one loses both.")
        never = self.tr("never")
        self.targets.show_rows(
            [_target_row(each, now, running=each.id == running, shared=both if each.id in shared else "", never=never) for each in found]
        )

    def show_backups(self, found: Sequence[BackupRow], now: datetime, zone: ZoneInfo) -> None:
        """Show the backups of the chosen folder; who stands on the newest one stays on the newest."""
        on_newest = self.backups.currentIndex().row() <= 0
        self.backups.show_rows([_backup_row(each, now, zone) for each in found])
        if on_newest and found:
            self.backups.selectRow(0)


def empty_words(found: Sequence[Target], *, manages: bool) -> tuple[str, str]:
    """Return what is said where there is no folder, and where there is no backup in it."""
    if found:
        return "", _tr("There is no backup here yet. B writes the first one.")
    if not manages:
        return _tr("There is no folder for backups yet. Tell an administrator."), _tr("There is no folder for backups yet.")
    add = _tr("There is no folder for backups yet. N adds one: best on a stick, a second drive or a share.")
    return add, _tr("There is no backup yet. Add a folder with N; the first backup is written at once.")


def on_the_same_disk(folder: str, data: Path) -> bool:
    """Tell whether a folder lies on the disk that the store lies on; of one that is not there it cannot be told."""
    try:
        return os.stat(folder).st_dev == os.stat(data).st_dev  # noqa: PTH116 - a path as it is kept
    except OSError:
        return False


def _target_row(target: Target, now: datetime, *, running: bool, shared: str, never: str) -> Row:
    trouble = words_of(IntakeError(target.trouble)) if target.trouble else shared
    last = Cell(first=ago_words(target.last_at, now) if target.last_at else never)
    state = target_cell(target, running=running, shared=bool(shared))
    return Row(key=target.id, cells=(Cell(first=target.folder, second=trouble), last, state))


def _backup_row(row: BackupRow, now: datetime, zone: ZoneInfo) -> Row:
    if row.other_keys:
        state = Cell(first=_tr("Under other keys"), second=_tr("read whole when brought back"))
    elif row.trouble:
        state = Cell(first=words_of(IntakeError(row.trouble)), tone="danger")
    elif row.proven_at is None:
        state = Cell(first=_tr("Not proven yet"), tone="warning", pill=True)
    else:
        state = Cell(first=_tr("✓ %1").replace("%1", ago_words(row.proven_at, now)), tone="ok", pill=True)
    taken = Cell(first=whole_moment(row.taken_at, zone), second=ago_words(row.taken_at, now))
    return Row(key=row.id, cells=(taken, Cell(first=size_words(row.size)), state))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backup", text)
