"""The list of requests as a table model: headings and lines, and which lines are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from intake.domain.requests import RequestLine
from ui.models.requests import ListDay, delivered_words, kind_words, row_words, stand_of, time_left, way_words, whole_moment
from ui.pages.documents.groups import Entry, Grouping, Heading, grouped

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns, left to right."""

    MARK = 0
    PATIENT = 1
    DOCUMENT = 2
    STAND = 3
    WAY = 4
    TIME = 5


class RequestRows(QAbstractTableModel):
    """Showing the same lines again keeps what is selected; the minutes run on by :meth:`show_time`, without the store."""

    def __init__(self, day: ListDay, may_print: Callable[[RequestLine], bool]) -> None:
        """Begin with no lines; ``may_print`` tells which can be printed now by whoever looks at them."""
        super().__init__()
        self.day = day
        self.may_print = may_print
        self.all_clinics = False
        self.delivered = False
        self._lines: tuple[RequestLine, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._grouping = Grouping.URGENCY
        self._marked: set[int] = set()

    def show_lines(
        self, lines: Sequence[RequestLine], day: ListDay, grouping: Grouping, *, all_clinics: bool = False, delivered: bool = False
    ) -> None:
        """Show these lines under headings; delivered ones stand in their order without any."""
        self._lines, self.day, self._grouping = tuple(lines), day, grouping
        self.all_clinics, self.delivered = all_clinics, delivered
        self._marked &= {line.id for line in lines}
        self._arrange()

    def show_time(self, day: ListDay) -> None:
        """Count from another instant; lines that became more pressing move under their heading."""
        self.day = day
        self._arrange()

    def entry(self, row: int) -> Entry:
        """Return the heading or the line of a row."""
        return self._entries[row]

    def line(self, row: int) -> RequestLine | None:
        """Return the line of a row, None for a heading and beyond the ends."""
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return entry if isinstance(entry, RequestLine) else None

    def lines(self) -> tuple[RequestLine, ...]:
        """Return the lines on show, top to bottom."""
        return tuple(entry for entry in self._entries if isinstance(entry, RequestLine))

    def by_clock(self) -> tuple[RequestLine, ...]:
        """Return the lines in the order they came in, whatever the headings."""
        return self._lines

    def row_of(self, request_id: int) -> int:
        """Return the row of a request, -1 when it is not here."""
        rows = (row for row, entry in enumerate(self._entries) if isinstance(entry, RequestLine) and entry.id == request_id)
        return next(rows, -1)

    def first_rows(self) -> tuple[int, ...]:
        """Return the rows that are headings."""
        return tuple(row for row, entry in enumerate(self._entries) if isinstance(entry, Heading))

    def marked(self) -> tuple[RequestLine, ...]:
        """Return the marked lines, top to bottom."""
        return tuple(line for line in self.lines() if line.id in self._marked)

    def is_marked(self, line: RequestLine) -> bool:
        """Tell whether a line is marked."""
        return line.id in self._marked

    def mark(self, marked: Iterable[int]) -> None:
        """Mark exactly the lines with these ids."""
        self._marked = set(marked) & {line.id for line in self._lines}
        if self._entries:
            self.dataChanged.emit(self.index(0, Column.MARK), self.index(len(self._entries) - 1, Column.PATIENT))

    def ready(self) -> tuple[RequestLine, ...]:
        """Return the lines that can be printed now."""
        return tuple(line for line in self.lines() if self.may_print(line))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of headings and lines."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the keyboard pass over headings."""
        return super().flags(index) if self.line(index.row()) else Qt.ItemFlag.NoItemFlags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            last = _tr("Handed over") if self.delivered else _tr("Time left")
            return ("", _tr("Patient"), _tr("Document"), _tr("Where it stands"), _tr("Leaves by"), last)[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line for the painter, or its words for screen readers and tips."""
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if isinstance(entry, Heading):
            spoken = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return f"{entry.words} · {entry.count}" if spoken and index.column() == 0 else None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.MARK:
            return Qt.CheckState.Checked if self.is_marked(entry) else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(entry, Column(index.column()), whole=role == Qt.ItemDataRole.AccessibleTextRole)
        return self._tip(entry, Column(index.column())) if role == Qt.ItemDataRole.ToolTipRole else None

    def _words(self, line: RequestLine, column: Column, *, whole: bool) -> str:
        """Return what a cell says; the patient's says the whole line when it is read aloud, for there the keyboard stands."""
        marked = _tr("selected") if self.is_marked(line) else ""
        if column is Column.PATIENT and whole:
            return ", ".join(part for part in (marked, row_words(line, self.day)) if part)
        last = " ".join(delivered_words(line, self.day)[:2]) if self.delivered else time_left(line, self.day).words
        return {
            Column.MARK: marked,
            Column.PATIENT: f"{line.name} {line.record_number}",
            Column.DOCUMENT: f"{kind_words(line, self.day.kinds)} {line.number}",
            Column.STAND: stand_of(line).words,
            Column.WAY: " ".join(part for part in (way_words(line.leaves_by), line.recipient) if part),
            Column.TIME: last,
        }[column]

    def _tip(self, line: RequestLine, column: Column) -> str | None:
        match column:
            case Column.STAND:
                return stand_of(line).words
            case Column.WAY:
                return line.recipient or None
            case Column.TIME if line.state.open:
                return _tr("due %1").replace("%1", whole_moment(line.due_at, self.day.zone))
            case Column.TIME if line.delivered_at is not None:
                return whole_moment(line.delivered_at, self.day.zone)
            case _:
                return None

    def _arrange(self) -> None:
        entries = tuple(self._lines) if self.delivered else grouped(self._lines, self._grouping, self.day)
        same = [_key(entry) for entry in entries] == [_key(entry) for entry in self._entries]
        if not same:
            self.beginResetModel()
        self._entries = entries
        if not same:
            self.endResetModel()
        elif entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, len(Column) - 1))


def _key(entry: Entry) -> object:
    return entry.id if isinstance(entry, RequestLine) else entry.words


def _tr(text: str) -> str:
    return QCoreApplication.translate("Documents", text)
