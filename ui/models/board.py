"""Today's visits as a table: one row a visit, by arrival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from intake.domain.patients import age_on
from intake.domain.records import BoardLine
from intake.domain.visits import VISIT_TYPES, Status
from ui.top_bar import time_words

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
CELL_ROLE = Qt.ItemDataRole.UserRole + 2
_ROOT = QModelIndex()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STATUS = {
    Status.WAITING: ("Waiting", "info"), Status.WITH_CLINICIAN: ("With clinician", "accent"),
    Status.FINISHED: ("Finished", "ok"), Status.LEFT: ("Left, not seen", "neutral"),
}  # fmt: skip
_NEXT = {
    Status.WAITING: ("C", "to the clinician"), Status.WITH_CLINICIAN: ("F", "finish the visit"),
    Status.FINISHED: ("P", "print the form"), Status.LEFT: ("W", "back to waiting"),
}  # fmt: skip


class Column(IntEnum):
    """The columns, left to right."""

    PATIENT = 0
    BORN = 1
    REASON = 2
    WAITING = 3
    STATUS = 4
    NEXT = 5


HEADINGS = ("Patient", "Born", "Visit", "Waiting", "Status", "Next step")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one cell paints: a first line, a quiet second one, a tone, and a pill or a key instead of the first line."""

    first: str
    second: str = ""
    tone: str = ""
    pill: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDay:
    """What the waiting minutes are counted with: the instant, the clinic's zone, the limit, and the names of the clinics."""

    now: datetime
    zone: ZoneInfo
    warn_after_min: int
    clinics: Mapping[str, str]


def date_words(day: date) -> str:
    """Return a date as the clinic says it: ``Mar 4, 1985``."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def status_words(status: Status) -> str:
    """Return a status as it is shown."""
    return _STATUS[status][0]


def status_tone(status: Status) -> str:
    """Return the tint of a status."""
    return _STATUS[status][1]


def minutes_words(minutes: int) -> str:
    """Return a span as it is read: ``18 min``, ``1 h 05 min``."""
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"  # noqa: PLR2004 - minutes of an hour


def status_cell(line: BoardLine) -> Cell:
    """Return where a visit stands, or who signed it."""
    if line.signed_by:
        return Cell(first="✓ Signed", second=line.signed_by, tone="ok")
    return Cell(first=status_words(line.status), tone=status_tone(line.status), pill=True)


class BoardModel(QAbstractTableModel):
    """The rows of Today. A reload keeps what is the same, so that selection and scroll position stay."""

    def __init__(self, day: BoardDay) -> None:
        """Begin with no rows."""
        super().__init__()
        self._lines: tuple[BoardLine, ...] = ()
        self._day = day
        self._all_clinics = False

    def show_lines(self, lines: Sequence[BoardLine], day: BoardDay, *, all_clinics: bool) -> None:
        """Show these lines, counted from this instant; ``all_clinics`` names the clinic in each row."""
        self._day, self._all_clinics = day, all_clinics
        same = [line.visit_id for line in lines] == [line.visit_id for line in self._lines]
        if not same:
            self.beginResetModel()
        self._lines = tuple(lines)
        if not same:
            self.endResetModel()
        self._repaint()

    def show_time(self, day: BoardDay) -> None:
        """Count the waiting minutes from another instant."""
        self._day = day
        self._repaint()

    def line(self, row: int) -> BoardLine:
        """Return the visit of a row."""
        return self._lines[row]

    def row_of(self, visit_id: int) -> int:
        """Return the row of a visit, -1 when it is not here."""
        return next((row for row, line in enumerate(self._lines) if line.visit_id == visit_id), -1)

    def summary(self) -> tuple[int, int, int]:
        """Return how many came, how many of them wait, and how many of those longer than the limit."""
        waiting = [line for line in self._lines if line.status is Status.WAITING]
        long = sum(_minutes(line.arrived_at, self._day.now) >= self._day.warn_after_min for line in waiting)
        return len(self._lines), len(waiting), long

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of visits."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell for the painter, its words for screen readers, or its whole reason as a tip."""
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == CELL_ROLE:
            return self.cell(line, Column(index.column()))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cell(line, Column(index.column()))
            return " ".join(part for part in (cell.first, cell.second) if part)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.REASON:
            return line.reason[:600]
        return None

    def cell(self, line: BoardLine, column: Column) -> Cell:
        """Return what a visit shows in a column."""
        if column is Column.PATIENT:
            place = self._day.clinics.get(line.location, "") if self._all_clinics else ""
            return Cell(first=line.name, second=" · ".join(part for part in (line.record_number, place) if part))
        if column is Column.BORN:
            age = age_on(line.dob, self._day.now.astimezone(self._day.zone).date())
            return Cell(first=date_words(line.dob), second=f"{age} years")
        if column is Column.REASON:
            kind = next((each.label for each in VISIT_TYPES if each.code == line.visit_type and each.code != "none"), "")
            return Cell(first=" ".join(line.reason.split()), second=kind)
        if column is Column.WAITING:
            return self._waiting(line)
        if column is Column.STATUS:
            return status_cell(line)
        key, words = _NEXT[Status.FINISHED if line.signed_by else line.status]
        return Cell(first=words, key=key)

    def _waiting(self, line: BoardLine) -> Cell:
        """Return how long somebody waits; while a clinician is called to them, that comes first."""
        waits = self._waited(line)
        if line.called_at is None:
            return waits
        called = time_words(line.called_at.astimezone(self._day.zone))
        return Cell(first=f"⚑ called {called}", second=waits.first, tone="danger")

    def _waited(self, line: BoardLine) -> Cell:
        arrived = f"since {time_words(line.arrived_at.astimezone(self._day.zone))}"
        if line.status is Status.WAITING:
            minutes = _minutes(line.arrived_at, self._day.now)
            if minutes >= self._day.warn_after_min:
                return Cell(first=f"⚠ {minutes_words(minutes)}", second=f"long wait · {arrived.removeprefix('since ')}", tone="warning")
            return Cell(first=minutes_words(minutes), second=arrived)
        if line.status is Status.WITH_CLINICIAN:
            seen = time_words(line.status_at.astimezone(self._day.zone))
            return Cell(first=f"seen at {seen}", second=f"waited {minutes_words(_minutes(line.arrived_at, line.status_at))}")
        return Cell(first="–", second=f"arrived {arrived.removeprefix('since ')}")

    def _repaint(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Column) - 1))


def _minutes(begin: datetime, end: datetime) -> int:
    return max(0, int((end - begin).total_seconds()) // 60)
