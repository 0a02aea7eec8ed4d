"""Choosing a snippet from the list, and keeping a selected text as one's own."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.review_form import Snippet
from ui.dialogs.overlay import Overlay
from ui.dialogs.palette_row import CELL_ROLE, PaletteList, RowCell
from ui.pages.chart.snippets_book import SnippetBook
from ui.widgets.fields import TextField
from ui.widgets.labels import label

_ROWS_SHOWN = 8
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class _Snippets(QAbstractListModel):
    """The snippets that fit what is typed."""

    def __init__(self, book: SnippetBook) -> None:
        super().__init__()
        self._book = book
        self.shown: tuple[Snippet, ...] = ()

    def find(self, typed: str) -> None:
        words = typed.casefold().split()
        self.beginResetModel()
        self.shown = tuple(
            each for each in self._book.every() if all(word in f"{each.abbreviation} {each.text}".casefold() for word in words)
        )
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        each = self.shown[index.row()]
        own = self.tr("own") if self._book.is_own(each.abbreviation) else ""
        if role == CELL_ROLE:
            return RowCell(first=each.abbreviation, second=_one_line(each.text), right=own)
        return f"{each.abbreviation} {each.text} {own}" if role == Qt.ItemDataRole.DisplayRole else None


class SnippetList(Overlay):
    """Letters find, arrows choose, Enter puts it in, Delete drops an own one. ``chosen`` carries the text."""

    chosen = Signal(str)

    def __init__(self, book: SnippetBook, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, width=600)
        self._book = book
        book.changed.connect(self._find)
        self.setAccessibleName(self.tr("Snippets"))
        self.text_field = TextField(placeholder=self.tr("Abbreviation or words of the text"))
        self.text_field.setAccessibleName(self.tr("Find a snippet"))
        self.text_field.edited.connect(self._find)
        self.text_field.installEventFilter(self)
        self._model = _Snippets(book)
        self.list_view = PaletteList(self._model, self.tr("Snippets"))
        self.list_view.clicked.connect(self._choose)
        self.note_label = label("", "hint", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        for each in (self.text_field, self.list_view, self.note_label):
            inside.addWidget(each)
        self.setFocusProxy(self.text_field)

    def offer(self) -> None:
        """Open with all of them."""
        self.text_field.clear()
        self._find()
        self.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, Enter and Ctrl+Delete work while the field has the keyboard."""
        if watched is self.text_field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list_view.step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list_view.currentIndex())
                return True
            if key == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._drop()
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        return super().eventFilter(watched, event)

    def _find(self) -> None:
        self._model.find(self.text_field.text())
        self.list_view.begin(most=_ROWS_SHOWN)
        if self._model.rowCount():
            self.note_label.setText(
                self.tr("Enter puts it in · Ctrl+Delete drops one of your own · Ctrl+Shift+S keeps selected text as a new one")
            )
        else:
            self.note_label.setText(self.tr("Nothing fits. Select text in the note and press Ctrl+Shift+S to keep it as a snippet."))
        if self.isVisible():
            self._place()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            text = self._model.shown[index.row()].text
            self.close_over()
            self.chosen.emit(text)

    def _drop(self) -> None:
        index = self.list_view.currentIndex()
        if index.isValid() and self._book.is_own(self._model.shown[index.row()].abbreviation):
            self._book.drop(self._model.shown[index.row()].abbreviation)


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else f"{words[:70]}…"  # noqa: PLR2004 - what one line of the list holds
