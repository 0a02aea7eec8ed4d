"""The table of requests: arrows walk, Space and Shift with an arrow mark, Enter opens; every other letter is the page's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from intake.domain.requests import RequestLine
from ui.models.requests import ListDay
from ui.pages.documents.groups import Grouping
from ui.pages.documents.painting import HEADING, ROW, RequestPainter
from ui.pages.documents.rows import Column, RequestRows
from ui.widgets.tables import dress_table

_LEAST = {Column.MARK: 38, Column.PATIENT: 134, Column.DOCUMENT: 130, Column.STAND: 178, Column.WAY: 104, Column.TIME: 150}
"""What each column needs, in pixels."""
_SHARES = {Column.PATIENT: 24, Column.DOCUMENT: 20, Column.STAND: 26, Column.WAY: 18, Column.TIME: 12}
"""What each column gets of the rest, in percent."""
_NARROW_PX = 740
"""Under this width, how a document leaves stands under its name."""
_TIGHT_PX = 635
"""Under this width, both stand under the patient's name."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_Index = QModelIndex | QPersistentModelIndex


class RequestTable(QTableView):
    """Shows :class:`RequestRows`. ``moved`` tells another current line, ``marks_changed`` other marks, ``opened`` a request's id."""

    moved = Signal()
    marks_changed = Signal()
    opened = Signal(int)

    def __init__(self, rows: RequestRows, parent: QWidget | None = None) -> None:
        """Build the table."""
        super().__init__(parent)
        self.rows = rows
        self._anchor: int | None = None
        self._before: frozenset[int] = frozenset()
        self._told: int | None = None
        self.painter = RequestPainter(rows, self)
        self.setModel(rows)
        self._dress()
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)

    def show_lines(
        self, lines: Sequence[RequestLine], day: ListDay, grouping: Grouping, *, all_clinics: bool = False, delivered: bool = False
    ) -> None:
        """Show lines; current line, marks and scroll position stay. When the current line is gone, the one in its place is next.

        A current line that was in view is in view again; one that somebody scrolled away from stays where it is.
        """
        with _Place(self):
            self.rows.show_lines(lines, day, grouping, all_clinics=all_clinics, delivered=delivered)
        self.marks_changed.emit()

    def show_time(self, day: ListDay) -> None:
        """Count the time left from another instant."""
        with _Place(self):
            self.rows.show_time(day)

    def current_line(self) -> RequestLine | None:
        """Return the line the keyboard stands on."""
        return self.rows.line(self.currentIndex().row())

    def show_current(self) -> None:
        """Bring the line the keyboard stands on into view."""
        self.updateGeometries()  # or it would be scrolled as far as the lines before reached
        self.scrollTo(self.currentIndex())

    def go_to(self, request_id: int) -> bool:
        """Stand on a request, and say whether it is here."""
        row = self.rows.row_of(request_id)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, Column.PATIENT))
        return row >= 0

    def toggle(self) -> None:
        """Mark the current line, or take its mark away."""
        line = self.current_line()
        if line is not None:
            marked = {each.id for each in self.rows.marked()}
            self._mark(marked ^ {line.id})

    def mark_ready(self) -> None:
        """Mark every line that can be printed; when all of them are, take every mark away."""
        ready = {line.id for line in self.rows.ready()}
        marked = {line.id for line in self.rows.marked()}
        self._mark(set() if ready and ready == marked else ready)

    def unmark(self) -> bool:
        """Take every mark away, and say whether there was one."""
        marked = bool(self.rows.marked())
        self._mark(set())
        return marked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark, open and walk; letters and digits go on to the page."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _WALK and shift and not control:
            self._extend(event)
            return
        if event.key() == Qt.Key.Key_Shift:  # it comes by itself, before the arrow
            event.ignore()
            return
        self._anchor = None
        line = self.current_line()
        if event.key() in _ENTER and line is not None:
            self.opened.emit(line.id)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() == Qt.Key.Key_A and control:
            self.mark_ready()
        elif event.key() == Qt.Key.Key_Escape and self.rows.marked():
            self.unmark()
        elif event.key() in _ENDS:
            self._go_to_end(last=event.key() == Qt.Key.Key_End)
        elif event.key() in _WALK:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 - Qt's name
        """Tell another current line; a heading right above it comes into view with it."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() > 0 and self.rows.line(current.row() - 1) is None:
            self.scrollTo(self.rows.index(current.row() - 1, 0))
        line = self.rows.line(current.row())
        if line is not None and line.id != self._told:
            self._told = line.id
            self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column its share; how a document leaves goes under its name first when it is narrow."""
        super().resizeEvent(event)
        width = event.size().width()  # of the rows, without the scroll bar
        narrow, tight = width < _NARROW_PX, width < _TIGHT_PX
        self.setColumnHidden(Column.WAY, narrow)
        self.setColumnHidden(Column.DOCUMENT, tight)
        self.painter.with_way, self.painter.with_kind = narrow, tight
        shown = [column for column in Column if not self.isColumnHidden(column)]
        free = max(0, width - sum(_LEAST[column] for column in shown))
        whole = sum(_SHARES.get(column, 0) for column in shown)
        for column in shown[:-1]:
            self.setColumnWidth(column, _LEAST[column] + free * _SHARES.get(column, 0) // whole)
        self.setColumnWidth(shown[-1], width - sum(self.columnWidth(column) for column in shown[:-1]))

    def lay_rows(self) -> None:
        """Give headings their height and the whole width."""
        self.clearSpans()
        headings = set(self.rows.first_rows())
        for row in range(self.rows.rowCount()):
            height = HEADING if row in headings else ROW
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        for row in headings:
            self.setSpan(row, 0, 1, len(Column))

    def _extend(self, event: QKeyEvent) -> None:
        """Walk on and mark everything from where Shift was first held down."""
        if self._anchor is None:
            line = self.current_line()
            self._anchor = line.id if line else None
            self._before = frozenset(each.id for each in self.rows.marked())
        if event.key() in _ENDS:
            self._go_to_end(last=event.key() == Qt.Key.Key_End)
        else:
            super().keyPressEvent(QKeyEvent(event.type(), event.key(), Qt.KeyboardModifier.NoModifier))
        if self._anchor is None:
            return
        first, last = sorted((self.rows.row_of(self._anchor), self.currentIndex().row()))
        between = {line.id for row in range(first, last + 1) if (line := self.rows.line(row)) is not None}
        self._mark(self._before | between)

    def _go_to_end(self, *, last: bool) -> None:
        lines = self.rows.lines()
        if lines:
            self.go_to(lines[-1 if last else 0].id)

    def _mark(self, marked: set[int] | frozenset[int]) -> None:
        self.rows.mark(marked)
        self.marks_changed.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.MARK:
            self.toggle()

    def _double_clicked(self, index: QModelIndex) -> None:
        line = self.rows.line(index.row())
        if line is not None and index.column() != Column.MARK:
            self.opened.emit(line.id)

    def _dress(self) -> None:
        dress_table(self, self.painter, row_px=ROW)
        name = self.tr("Requested documents")
        for each in (self, self.verticalHeader(), self.horizontalHeader()):
            each.setAccessibleName(name)


class _Place:
    """Where the keyboard stands in a table and how far it is scrolled, kept while other lines come."""

    def __init__(self, table: RequestTable) -> None:
        self._table = table
        self._row = 0
        self._scrolled = 0
        self._seen = True
        self._line: RequestLine | None = None

    def __enter__(self) -> None:
        table = self._table
        self._line, self._row = table.current_line(), table.currentIndex().row()
        self._scrolled = table.verticalScrollBar().value()
        self._seen = self._line is None or table.viewport().rect().intersects(table.visualRect(table.currentIndex()))

    def __exit__(self, *_error: object) -> None:
        table, rows = self._table, self._table.rows
        table.lay_rows()
        row = rows.row_of(self._line.id) if self._line else -1
        if row < 0:
            below, above = range(max(0, self._row), rows.rowCount()), range(rows.rowCount() - 1, -1, -1)
            row = next((each for each in (*below, *above) if rows.line(each) is not None), -1)
        if row >= 0 and row != table.currentIndex().row():
            table.setCurrentIndex(rows.index(row, Column.PATIENT))
        table.verticalScrollBar().setValue(self._scrolled)
        if self._seen:
            table.show_current()
