"""Rows of cells for the lists of the Patients place: patients, visits, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from intake.domain.patients import NO_PHONE, age_on
from intake.domain.records import BoardLine, PatientLine
from intake.domain.visits import VISIT_TYPES
from intake.entry.phones import show_phone
from intake.storage.audit import PaperEntry
from ui.models.board import CELL_ROLE, Cell, date_words, status_cell
from ui.top_bar import time_words

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: ``key`` is the id that opening it is about."""

    key: int
    cells: tuple[Cell, ...]


class CellRows(QAbstractTableModel):
    """A table of ready cells. Showing the same keys again keeps what is selected."""

    def __init__(self, headings: Sequence[str]) -> None:
        """Begin with no rows."""
        super().__init__()
        self._headings = tuple(headings)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        same = [row.key for row in rows] == [row.key for row in self._rows]
        if same:
            self._rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._headings) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def key(self, row: int) -> int:
        """Return what a row is about."""
        return self._rows[row].key

    def row_of(self, key: int) -> int:
        """Return the row of a key, the first one when it is not here."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell for the painter, or its words for screen readers and tips."""
        cell = self._rows[index.row()].cells[index.column()]
        if role == CELL_ROLE:
            return cell
        words = " ".join(part for part in (cell.first, cell.second) if part)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        return words[:300] if role == Qt.ItemDataRole.ToolTipRole and not cell.pill else None


def patient_row(line: PatientLine, on: date) -> Row:
    """Return a found patient: name and number, birth date and age, phone."""
    name = ", ".join(part for part in (line.legal_last, line.legal_first) if part)
    age = _tr("%1 years").replace("%1", str(age_on(line.dob, on)))
    return Row(
        key=line.id,
        cells=(
            Cell(first=name, second=line.number),
            Cell(first=date_words(line.dob), second=age),
            Cell(first=phone_words(line.phone)),
        ),
    )


def visit_row(line: BoardLine, zone: ZoneInfo, clinics: Mapping[str, str]) -> Row:
    """Return a visit: when, where and what for, how it stands."""
    when = line.arrived_at.astimezone(zone)
    kind = next((choice.label for choice in VISIT_TYPES if choice.code == line.visit_type), "")
    reason = " ".join(line.reason.split())
    what = " · ".join(part for part in (kind, reason) if part)
    where = f"{clinics.get(line.location, line.location)} · {line.visit_number}"
    return Row(
        key=line.visit_id,
        cells=(
            Cell(first=date_words(when.date()), second=time_words(when)),
            Cell(first=where, second=what),
            status_cell(line),
        ),
    )


def paper_row(place: int, paper: PaperEntry, zone: ZoneInfo, visit_number: str, called: str) -> Row:
    """Return a paper that left, by its place in the list: what it is called, how and where to, when and by whom."""
    named = _tr("%1, copy").replace("%1", called) if paper.is_copy else called
    when = paper.at.astimezone(zone)
    way = _tr("Printed on %1").replace("%1", paper.target) if paper.how == "print" else _tr("Saved as PDF")
    return Row(
        key=place,
        cells=(
            Cell(first=named, second=visit_number),
            Cell(first=way, second=f"{date_words(when.date())}, {time_words(when)} · {paper.by}"),
        ),
    )


def phone_words(phone: str | None) -> str:
    """Return a kept phone in words, a dash when it was not asked."""
    word = next((choice.label for choice in NO_PHONE if choice.code == phone), None)
    return word or (show_phone(phone) if phone else "–")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Patients", text)
