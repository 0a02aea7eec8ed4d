"""The table of Today: its columns, its keys, and the row that stays current over a reload."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from intake.domain.records import BoardLine
from ui.models.board import CELL_ROLE, BoardDay, BoardModel, Column
from ui.widgets.card import Card
from ui.widgets.tables import dress_table
from ui.widgets.two_lines import ROW, TwoLines

_LEAST = {
    Column.PATIENT: 170, Column.BORN: 108, Column.REASON: 150, Column.WAITING: 136, Column.STATUS: 128, Column.NEXT: 146,
}  # fmt: skip
"""What each column needs, in pixels."""
_SHARES = {Column.PATIENT: 36, Column.BORN: 4, Column.REASON: 42, Column.WAITING: 8, Column.STATUS: 5, Column.NEXT: 5}
"""What each column gets of the rest, in percent."""
_NARROW_PX = 920


class _Rows(QTableView):
    """The rows; a letter does something, and never searches."""

    opened = Signal()
    lettered = Signal(str)

    def __init__(self, *, may_move: bool) -> None:
        """Build the rows; the column of next steps is only for those who may take them."""
        super().__init__()
        self.may_move = may_move

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Enter and letters, leave the arrows to the table."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif plain and event.text().isalpha():
            self.lettered.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column its share; the next step gives way first when it is narrow."""
        super().resizeEvent(event)
        width = event.size().width()  # of the rows, without the scroll bar
        self.setColumnHidden(Column.NEXT, width < _NARROW_PX or not self.may_move)
        shown = [column for column in Column if not self.isColumnHidden(column)]
        free = width - sum(_LEAST[column] for column in shown)
        for column in shown[:-1]:
            self.setColumnWidth(column, _LEAST[column] + max(0, free) * _SHARES[column] // 100)
        self.setColumnWidth(shown[-1], width - sum(self.columnWidth(column) for column in shown[:-1]))


class TodayTable(Card):
    """A card with the day's visits."""

    opened = Signal()
    print_asked = Signal()

    def __init__(self, model: BoardModel, *, may_move: bool, parent: QWidget | None = None) -> None:
        """Show ``model``; the column of next steps is only for those who may take them."""
        super().__init__(parent=parent)
        self._model = model
        self._keys: dict[str, Callable[[], None]] = {"P": self.print_asked.emit}
        self.rows = _Rows(may_move=may_move)
        self.rows.setModel(model)
        dress_table(self.rows, TwoLines(CELL_ROLE, self.rows), row_px=ROW)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.setContentsMargins(1, 1, 1, 1)
        self.body.addWidget(self.rows)
        self.setFocusProxy(self.rows)
        self.rows.opened.connect(self.opened)
        self.rows.doubleClicked.connect(self._double_clicked)
        self.rows.lettered.connect(self._lettered)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name card and rows alike."""
        super().setAccessibleName(name)
        for each in (self.rows, self.rows.horizontalHeader(), self.rows.verticalHeader()):
            each.setAccessibleName(name)

    def add_key(self, letter: str, act: Callable[[], None]) -> None:
        """Have a letter do something with the current row."""
        self._keys[letter] = act

    def show_lines(self, lines: Sequence[BoardLine], day: BoardDay, *, all_clinics: bool) -> None:
        """Show lines; the visit that was current stays it."""
        current, scrolled = self.current_line(), self.rows.verticalScrollBar().value()
        self._model.show_lines(lines, day, all_clinics=all_clinics)
        row = self._model.row_of(current.visit_id) if current else 0
        if lines:
            self.rows.selectRow(max(0, row))
        self.rows.verticalScrollBar().setValue(scrolled)

    def current_line(self) -> BoardLine | None:
        """Return the visit of the current row."""
        index = self.rows.currentIndex()
        return self._model.line(index.row()) if index.isValid() else None

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit()

    def _lettered(self, letter: str) -> None:
        act = self._keys.get(letter)
        if act is not None:
            act()
