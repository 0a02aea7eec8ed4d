"""The counts of the on-time report: tables whose columns are as wide as what they hold, side by side where both fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QTableView, QWidget

from ui import theme
from ui.models.board import CELL_ROLE, Cell
from ui.models.patients import CellRows, Row
from ui.widgets.card import Card
from ui.widgets.tables import HEAD_PX, dress_table
from ui.widgets.two_lines import TwoLines

_ROW_PX: Final = 40
_ROOM_PX: Final = 26
"""What a cell leaves free at both sides of its words; the first column is set in a little further."""
_SET_IN_PX: Final = 8
_GAP_PX: Final = 12


class CountsTable(QTableView):
    """As high as its rows. A row looks chosen only while the keyboard is here; ``reached`` carries its place then."""

    reached = Signal(QRect)

    def __init__(self, title: str, headings: Sequence[str], parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._rows = CellRows(headings)
        self.setModel(self._rows)
        dress_table(self, TwoLines(CELL_ROLE, self), row_px=_ROW_PX)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(title)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        before = self.currentIndex().row()
        self._rows.show_rows(rows)
        self._share_width()
        self.updateGeometry()
        if self.hasFocus():
            self._choose(before)

    def needed_px(self) -> int:
        """Return how wide it is with nothing cut."""
        return sum(self._needed(column) for column in range(self._rows.columnCount()))

    def sizeHint(self) -> QSize:
        """Return the room of all rows."""
        return QSize(self.needed_px(), self._rows.rowCount() * _ROW_PX + HEAD_PX + 2)

    def minimumSizeHint(self) -> QSize:
        """Never cut a row; a column that has no room is scrolled to."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out what is left."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row; every other key is for the report."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        wanted = self.currentIndex().row() + step
        if step and 0 <= wanted < self._rows.rowCount():
            self._choose(wanted)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._choose(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Look like nothing is chosen: nothing can be done with a row."""
        super().focusOutEvent(event)
        self.clearSelection()

    def _choose(self, row: int) -> None:
        if self._rows.rowCount():
            self.selectRow(min(max(row, 0), self._rows.rowCount() - 1))
            self.reached.emit(self.visualRect(self.currentIndex()))

    def _share_width(self) -> None:
        """Give each column what it needs, and what is left to all of them alike."""
        columns = self._rows.columnCount()
        left = max(0, self.viewport().width() - self.needed_px()) // columns
        for column in range(columns):
            self.setColumnWidth(column, self._needed(column) + left)

    def _needed(self, column: int) -> int:
        bold = column == 0
        cells = [self._rows.index(row, column).data(CELL_ROLE) for row in range(self._rows.rowCount())]
        widest = max((_words_px(cell, bold=bold) for cell in cells), default=0.0)
        return max(math.ceil(widest) + _ROOM_PX + (_SET_IN_PX if bold else 0), self.horizontalHeader().sectionSizeHint(column))


class CountsPair(QWidget):
    """Two tables in their cards: side by side where nothing of them is cut, else one under the other."""

    def __init__(self, one: CountsTable, other: CountsTable, parent: QWidget | None = None) -> None:
        """Put both where they belong."""
        super().__init__(parent)
        self._tables = (one, other)
        self._cards = tuple(counts_card(table) for table in self._tables)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_GAP_PX)
        for card in self._cards:
            self._line.addWidget(card, 1)

    def settle(self) -> None:
        """Look again whether both fit side by side: there is another width, or there are other counts."""
        around = 0
        if (inside := self._cards[0].layout()) is not None:
            margins = inside.contentsMargins()
            around = margins.left() + margins.right() + 2 * self._cards[0].frameWidth()
        needed = 2 * (max(table.needed_px() for table in self._tables) + around) + _GAP_PX
        beside = QBoxLayout.Direction.LeftToRight if needed <= self.width() else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != beside:
            self._line.setDirection(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside or below each other."""
        super().resizeEvent(event)
        self.settle()


def counts_card(table: CountsTable) -> Card:
    """Return a card with a table under its name."""
    card = Card(table.accessibleName())
    card.body.addWidget(table)
    card.body.addStretch(1)
    return card


def _words_px(cell: Cell, *, bold: bool) -> float:
    weight = QFont.Weight.DemiBold if bold or cell.tone else QFont.Weight.Normal
    first = theme.metrics(weight=weight).horizontalAdvance(cell.first)
    return max(first, theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(cell.second))
