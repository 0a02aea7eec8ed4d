"""A table of two-line rows: arrows move, Enter opens, a letter goes to whoever wants it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QTableView, QVBoxLayout, QWidget

from ui.models.board import CELL_ROLE, Cell
from ui.models.patients import CellRows, Row
from ui.widgets.columns import widths_of
from ui.widgets.labels import label
from ui.widgets.tables import HEAD_PX, dress_table
from ui.widgets.two_lines import ROW, TwoLines, needed_px


class RowsTable(QTableView):
    """Shows :class:`CellRows`. With ``tall``, it is as high as its rows and never scrolls by itself."""

    opened = Signal(int)
    """The key of the row that was opened."""
    typed = Signal(str)
    """A letter or digit was typed here, which a search field may want."""
    left_upwards = Signal()
    """Up was pressed on the first row."""

    def __init__(
        self,
        headings: Sequence[str],
        shares: Sequence[int],
        *,
        tall: bool = False,
        whole: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Build the table; ``shares`` are the parts of the width that the columns get, ``whole`` the columns that are cut last."""
        super().__init__(parent)
        self._headings = tuple(headings)
        self._whole = tuple(whole)
        self._needs: dict[int, int] = {}
        self._shares = tuple(shares)
        self._tall = tall
        self._empty: QLabel | None = None
        self._rows = CellRows(headings)
        self.setModel(self._rows)
        self._dress(headed=any(headings))
        self.doubleClicked.connect(self._double_clicked)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows; the one that was current stays it, or the first becomes it."""
        before = self.current_key()
        self._rows.show_rows(rows)
        self._measure(rows)
        if rows:
            self.selectRow(self._rows.row_of(before) if before is not None else 0)
        self._tell_empty()
        self.updateGeometry()

    def show_empty(self, words: str) -> None:
        """Say this in the place of the rows for as long as there are none."""
        if self._empty is None:
            self._empty = label("", "muted", wrap=True)
            self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            QVBoxLayout(self.viewport()).addWidget(self._empty)
        self._empty.setText(words)
        self._tell_empty()

    def empty_words(self) -> str:
        """Return what is said in the place of rows, empty when there are rows."""
        return "" if self._empty is None or self._empty.isHidden() else self._empty.text()

    def current_key(self) -> int | None:
        """Return what the current row is about."""
        index = self.currentIndex()
        return self._rows.key(index.row()) if index.isValid() else None

    def sizeHint(self) -> QSize:
        """Return the height of the rows when the table is tall."""
        hint = super().sizeHint()
        return QSize(hint.width(), self._height()) if self._tall else hint

    def minimumSizeHint(self) -> QSize:
        """Never cut rows when the table is tall."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self._height()) if self._tall else hint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, hand letters on, leave the arrows to the table."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        key = self.current_key()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if key is not None:
                self.opened.emit(key)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column its share."""
        super().resizeEvent(event)
        self._share_out()

    def show_shares(self, shares: Sequence[int]) -> None:
        """Share the width out otherwise; a column without a share is one that is hidden."""
        self._shares = tuple(shares)
        self._share_out()

    def _measure(self, rows: Sequence[Row]) -> None:
        """Find out how wide the columns are that are to be shown whole."""
        needs = {}
        for column in self._whole:
            cells = {(cell.first, cell.second, cell.tone, cell.pill): cell for cell in (row.cells[column] for row in rows)}
            head = needed_px(Cell(first=self._headings[column], tone="muted"), leading=column == 0)
            needs[column] = max([head, *(needed_px(cell, leading=column == 0) for cell in cells.values())])
        if needs != self._needs:
            self._needs = needs
            self._share_out()

    def _share_out(self) -> None:
        for column, width in enumerate(widths_of(self.viewport().width(), self._shares, self._needs)):
            self.setColumnWidth(column, width)

    def _tell_empty(self) -> None:
        if self._empty is not None:
            self._empty.setHidden(self._rows.rowCount() > 0)
            self.setAccessibleDescription(self.empty_words())

    def _height(self) -> int:
        head = 0 if self.horizontalHeader().isHidden() else HEAD_PX
        return self._rows.rowCount() * ROW + head + 2

    def _dress(self, *, headed: bool) -> None:
        dress_table(self, TwoLines(CELL_ROLE, self), row_px=ROW)
        self.horizontalHeader().setVisible(headed)
        if self._tall:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.key(index.row()))
