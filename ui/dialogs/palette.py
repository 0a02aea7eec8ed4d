"""Ctrl+K: any patient and any command, by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.actions.patients import find
from intake.domain.records import PatientLine
from intake.errors import IntakeError
from ui.commands import Command
from ui.desk import Desk
from ui.dialogs.overlay import Overlay
from ui.dialogs.palette_row import CELL_ROLE, PaletteList, RowCell, patient_cell
from ui.failures import words_of
from ui.widgets.fields import TextField
from ui.widgets.labels import label

if TYPE_CHECKING:
    from intake.storage.store import Store

_MOST_PATIENTS = 8
_ROWS_SHOWN = 9
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    cell: RowCell
    act: Callable[[], object]


class _Entries(QAbstractListModel):
    """What the palette offers now."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[_Entry, ...] = ()

    def show_entries(self, entries: Sequence[_Entry]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.entries[index.row()].cell
        if role == CELL_ROLE:
            return cell
        return f"{cell.first} {cell.second}" if role == Qt.ItemDataRole.DisplayRole else None


class Palette(Overlay):
    """A field and a list: arrows choose, Enter does it, Escape goes back to where you were."""

    def __init__(self, desk: Desk, *, open_patient: Callable[[int], None], parent: QWidget) -> None:
        """Build it hidden; ``open_patient`` is called with the id of a chosen patient."""
        super().__init__(parent, width=600)
        self._desk = desk
        self._open_patient = open_patient
        self._commands: tuple[Command, ...] = ()
        self._patients: tuple[PatientLine, ...] = ()
        self.setAccessibleName(self.tr("Find a patient or a command"))
        self.text_field = TextField(placeholder=self.tr("Name, birth date, phone, record number, or a command"))
        self.text_field.setAccessibleName(self.tr("Find a patient or a command"))
        self.text_field.edited.connect(self._type)
        self.text_field.installEventFilter(self)
        self._entries = _Entries()
        self.list_view = PaletteList(self._entries, self.tr("Patients and commands"))
        self.list_view.clicked.connect(self._clicked)
        self.note_label = label("", "hint", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(self.text_field)
        inside.addWidget(self.note_label)
        inside.addWidget(self.list_view, 1)
        self.setFocusProxy(self.text_field)

    def offer(self, commands: Sequence[Command]) -> None:
        """Open with these commands and an empty field."""
        self._commands = tuple(commands)
        self.text_field.clear()
        self._type()
        self.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows, Enter and Escape work while the field has the focus."""
        if watched is self.text_field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list_view.step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.list_view.currentIndex().row())
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        return super().eventFilter(watched, event)

    def _type(self) -> None:
        text = self.text_field.text().strip()
        self.note_label.hide()
        if text:
            desk = self._desk

            def look(store: Store) -> tuple[PatientLine, ...]:
                return find(store, desk.actor, text, limit=_MOST_PATIENTS, now=desk.now())

            desk.store.ask(look, owner=self, done=partial(self._found, text), failed=self._failed, newest="palette")
        else:
            self._patients = ()
        self._list()

    def _found(self, text: str, patients: tuple[PatientLine, ...]) -> None:
        if text == self.text_field.text().strip():
            self._patients = patients
            self._list()
            if not self._entries.rowCount():
                self._note(self.tr("Nothing fits. Try fewer letters, the birth date or the last four digits of a phone."))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, IntakeError):
            self._patients = ()
            self._list()
            self._note(words_of(error))
        else:
            self._desk.store.failed.emit(error)

    def _list(self) -> None:
        typed = self.text_field.text().strip().casefold()
        commands = [each for each in self._commands if all(word in each.words.casefold() for word in typed.split())]
        entries = [
            _Entry(cell=RowCell(first=each.words, second="", right=each.key), act=each.act)
            for each in (commands if typed else self._commands)
        ]
        people = [
            _Entry(cell=patient_cell(each), act=partial(self._open_patient, each.id)) for each in self._patients
        ]  # fmt: skip
        self._entries.show_entries([*people, *entries])
        self.list_view.begin(most=_ROWS_SHOWN)
        self._place()

    def _note(self, text: str) -> None:
        self.note_label.setText(text)
        self.note_label.show()
        self._place()

    def _do(self, row: int) -> None:
        if 0 <= row < self._entries.rowCount():
            act = self._entries.entries[row].act
            self.close_over()
            act()

    def _clicked(self, index: QModelIndex) -> None:
        self._do(index.row())
