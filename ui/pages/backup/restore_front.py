"""Bringing a backup back before anybody is signed in: for a store that is gone, damaged, or opens for nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake.actions.restore_access import Typed, open_for_restore
from intake.actions.restoring import Opened, backups_in, open_by_recovery_key, restore
from intake.domain.backups import KeptBackup, Loss
from intake.errors import IntakeError
from intake.paths import Paths
from ui.choosing import folder_to_use
from ui.failures import words_of
from ui.models.board import Cell
from ui.models.patients import Row
from ui.models.requests import whole_moment
from ui.pages.backup.restore_fields import RestoreFields
from ui.pages.backup.words import consequence_words, held_words, loss_words, size_words
from ui.pages.front import Front
from ui.pages.patients.rows_table import RowsTable
from ui.preview.worker import Worker
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.tables import HEAD_PX
from ui.widgets.two_lines import ROW

_WIDE = 620
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A backup that was opened, and what would be lost."""

    opened: Opened = field(repr=False)
    loss: Loss


class RestoreFront(Front):
    """Folder, backup, who you are; then what it holds and what would be lost; then it is done."""

    restored = Signal(str)
    """The backup that took the store's place, in words: somebody may sign in now."""
    left = Signal()
    """Back to the sign-in."""
    listed = Signal()
    """The backups of a folder are on screen."""

    def __init__(
        self, paths: Paths, *, workstation: str, clock: Callable[[], datetime], zone: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        """Build the page."""
        super().__init__(training=paths.training, parent=parent)
        self._paths, self._workstation, self._clock, self._zone = paths, workstation, clock, zone
        self._worker = Worker(self)
        self._found: tuple[KeptBackup, ...] = ()
        self._ready: _Ready | None = None
        self.folder_field = TextField()
        self.folder_box = FieldBox(self.tr("Folder"), self.folder_field, hint=self.tr("where backups went to, or one backup itself"))
        self.pick_button, self.look_button = Button(self.tr("Choose…")), Button(self.tr("Look"), key="Enter")
        self.table = RowsTable((self.tr("Taken"), self.tr("Size"), self.tr("Proven")), (5, 2, 4))
        self.fields = RestoreFields()
        self.open_button = Button(self.tr("Open this backup"), key="Enter", primary=True)
        self.held_label, self.loss_label = label("", wrap=True), label("", "strong", tone="warning", wrap=True)
        self.after_label = label(consequence_words(), "muted", wrap=True)
        self.restore_button = Button(self.tr("Bring this backup back"), primary=True)
        self.back_button = Button(self.tr("Back to the sign-in"), key="Esc")
        self.state_label = label("", "hint")
        self._lay_out()
        self._connect()
        self._show_step(1)
        self.setFocusProxy(self.folder_field)

    def look(self) -> None:
        """Read what lies in the folder."""
        self.folder_box.clear()
        self._busy(self.tr("Looking…"))
        folder = Path(self.folder_field.value().strip()).expanduser()
        self._worker.ask(partial(backups_in, folder), done=self._show_found, failed=partial(self._refused, self.folder_box))

    def open_backup(self) -> None:
        """Open the chosen backup with what was typed."""
        backup = self._backup()
        if backup is None or not self.fields.complete():
            return
        self._busy(self.tr("Opening…"))
        if self.fields.by_recovery_key():
            work = partial(_by_recovery_key, self._paths, backup, self.fields.recovery_key(), self._workstation, self._clock)
        else:
            work = partial(_by_password, self._paths, backup, self.fields.typed(), self._workstation, self._clock)
        self._worker.ask(work, done=self._opened, failed=self._not_opened)

    def restore(self) -> None:
        """Bring the opened backup back."""
        ready = self._ready
        if ready is not None:
            self.restore_button.setEnabled(False)
            self._busy(self.tr("Reading and checking the whole backup…"))
            work = partial(restore, self._paths, ready.opened, workstation=self._workstation, now=self._clock())
            self._worker.ask(work, done=self._done, failed=partial(self._refused, None))

    def _pick(self) -> None:
        folder = folder_to_use(self, self.tr("Folder with backups"))
        if folder is not None:
            self.folder_field.set_value(str(folder))
            self.look()

    def _show_found(self, found: tuple[KeptBackup, ...]) -> None:
        self._found = found
        self._busy("")
        self.table.show_rows(_rows(found, self._zone, unproven=self.tr("never"), said=self.tr("said to be; seen once opened")))
        self._show_step(2)
        self.fields.setFocus()
        self.listed.emit()

    def _opened(self, ready: _Ready) -> None:
        self._ready = ready
        self._busy("")
        self.fields.forget()
        self.held_label.setText(held_words(ready.opened.backup, self._zone))
        self.loss_label.setText("⚠ " + loss_words(ready.loss))
        self._show_step(3)
        self.restore_button.setEnabled(True)
        self.restore_button.setFocus()

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._busy("")
        if not self.fields.show_refused(error):
            self.banner.say(words_of(error))

    def _refused(self, box: FieldBox | None, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._busy("")
        self.restore_button.setEnabled(True)
        if box is None:
            self.banner.say(words_of(error))
        else:
            box.show_problem(words_of(error))
            box.setFocus()

    def _done(self, _nothing: None) -> None:
        ready, self._ready = self._ready, None
        taken = whole_moment(ready.opened.backup.manifest.taken_at, self._zone) if ready else ""
        self.restored.emit(self.tr("The store is as it was on %1. Sign in with the password of that time.").replace("%1", taken))

    def _leave(self) -> None:
        self._ready = None
        self.fields.forget()
        self.left.emit()

    def _backup(self) -> KeptBackup | None:
        key = self.table.current_key()
        return self._found[key] if key is not None and key < len(self._found) else None

    def _busy(self, words: str) -> None:
        self.state_label.setText(words)
        if words:
            self.banner.hide()

    def _show_step(self, step: int) -> None:
        parts: dict[int, tuple[QWidget, ...]] = {
            2: (self.table, self.fields, self.open_button),
            3: (self.held_label, self.loss_label, self.after_label, self.restore_button),
        }
        for number, widgets in parts.items():
            for each in widgets:
                each.setVisible(step == number)
        for each in (self.folder_box, self.pick_button, self.look_button):
            each.setVisible(step not in parts or step == min(parts))

    def _lay_out(self) -> None:
        self.card.setFixedWidth(_WIDE)
        self.banner.setFixedWidth(_WIDE)
        self.table.setAccessibleName(self.tr("Backups in the folder"))
        self.table.setFixedHeight(HEAD_PX + _SHOWN * ROW)
        body = self.card.body
        body.addWidget(label(self.tr("Bring a backup back"), "place"))
        body.addWidget(self.folder_box)
        body.addLayout(row(self.pick_button, self.look_button))
        for each in (self.table, self.fields, self.held_label, self.loss_label, self.after_label):
            body.addWidget(each)
        body.addLayout(row(self.open_button, self.restore_button, self.back_button, self.state_label))

    def _connect(self) -> None:
        self.folder_field.advanced.connect(self.look)
        self.pick_button.clicked.connect(self._pick)
        self.look_button.clicked.connect(self.look)
        self.fields.submitted.connect(self.open_backup)
        self.open_button.clicked.connect(self.open_backup)
        self.table.opened.connect(self.fields.setFocus)
        self.restore_button.clicked.connect(self.restore)
        self.back_button.clicked.connect(self._leave)
        QShortcut(QKeySequence("Esc"), self, self._leave)


def _by_password(paths: Paths, backup: KeptBackup, typed: Typed, workstation: str, clock: Callable[[], datetime]) -> _Ready:
    opened, loss = open_for_restore(paths, backup, typed, workstation=workstation, now=clock())
    return _Ready(opened=opened, loss=loss)


def _by_recovery_key(paths: Paths, backup: KeptBackup, typed: str, workstation: str, clock: Callable[[], datetime]) -> _Ready:
    return _Ready(opened=open_by_recovery_key(paths, backup, typed=typed, workstation=workstation, now=clock()), loss=Loss())


def _rows(found: Sequence[KeptBackup], zone: ZoneInfo, *, unproven: str, said: str) -> list[Row]:
    rows = []
    for place, each in enumerate(found):
        proven = Cell(first=unproven, tone="warning", pill=True)
        if each.said_proven_at is not None:  # only a key tells whether it is true
            proven = Cell(first=whole_moment(each.said_proven_at, zone), second=said)
        taken = Cell(first=whole_moment(each.manifest.taken_at, zone), second=each.manifest.workstation)
        rows.append(Row(key=place, cells=(taken, Cell(first=size_words(each.size)), proven)))
    return rows
