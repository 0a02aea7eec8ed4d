"""Finding the patient a document is for, while typing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.actions.patients import find
from intake.domain.patients import listed_name
from intake.domain.records import PatientLine
from intake.errors import IntakeError
from ui.desk import Desk
from ui.dialogs.palette_row import CELL_ROLE, PaletteList, PaletteRow, patient_cell
from ui.failures import words_of
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField

_MOST = 5
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class _Found(QAbstractListModel):
    """The patients that fit what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[PatientLine, ...] = ()

    def show_lines(self, lines: tuple[PatientLine, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == CELL_ROLE:
            return patient_cell(line)
        return f"{_name(line)}, {line.number}" if role == Qt.ItemDataRole.DisplayRole else None


class PatientPick(QWidget):
    """A field and the few who fit: arrows choose, Enter takes. ``picked`` carries the patient's id, ``edited`` tells of typing."""

    picked = Signal(int)
    edited = Signal()
    resized = Signal()
    """The list grew or shrank: whoever holds it is to make room."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._desk = desk
        self.text_field = TextField(placeholder=self.tr("Name, birth date, phone or record number"))
        self.text_field.edited.connect(self._type)
        self.text_field.installEventFilter(self)
        self.box = FieldBox(self.tr("Patient"), self.text_field)
        self._found = _Found()
        self.list_view = PaletteList(self._found, self.tr("Patients found"))
        self.list_view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list_view.clicked.connect(self._take)
        self.list_view.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.box)
        column.addWidget(self.list_view)
        self.setFocusProxy(self.text_field)

    def show_text(self, text: str) -> None:
        """Show a text without looking for it: who was picked, or what was typed before."""
        self.text_field.set_value(text)
        self._list(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows and Enter work while the field has the keyboard."""
        if watched is self.text_field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._found.lines:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list_view.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list_view.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _type(self) -> None:
        text, desk = self.text_field.value(), self._desk
        self.edited.emit()
        if not text.strip():
            self.box.clear()
            self._list(())
            return
        desk.store.ask(
            lambda store: find(store, desk.actor, text, limit=_MOST, now=desk.now()),
            owner=self,
            done=partial(self._show, text),
            failed=partial(self._refuse, text),
            newest="find",
        )

    def _show(self, text: str, lines: tuple[PatientLine, ...]) -> None:
        if text != self.text_field.value():
            return
        self._list(lines)
        if lines:
            self.box.clear()
            self.list_view.setCurrentIndex(self._found.index(0))
        else:
            self.box.show_problem(self.tr("Nobody here fits that. Try fewer letters, or the birth date."), "warning")

    def _refuse(self, text: str, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        if text == self.text_field.value():
            self._list(())
            self.box.show_problem(words_of(error))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            line = self._found.lines[index.row()]
            self.show_text(f"{_name(line)} · {line.number}")
            self.picked.emit(line.id)

    def _list(self, lines: tuple[PatientLine, ...]) -> None:
        self._found.show_lines(lines)
        self.list_view.setVisible(bool(lines))
        self.list_view.setFixedHeight(len(lines) * PaletteRow.HEIGHT + 4)
        inside = self.layout()
        if inside is not None:
            inside.activate()  # or whoever holds this would measure it as it was
        self.resized.emit()


def _name(line: PatientLine) -> str:
    return listed_name(line.legal_last, line.legal_first, None, None)
