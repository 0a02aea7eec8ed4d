"""The list under a field that is typed into, one line for each that fits: of the palette, of snippets, of patients found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from intake.domain.patients import listed_name
from intake.domain.records import PatientLine
from ui import theme
from ui.models.board import date_words

CELL_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCell:
    """Words, quiet words after them, and a key or number at the right."""

    first: str
    second: str
    right: str


class PaletteRow(QStyledItemDelegate):
    """One line, tinted when it is the one Enter does."""

    HEIGHT = 34

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return one line."""
        return QSize(100, self.HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint the line."""
        view: Any = option
        cell: RowCell = index.data(CELL_ROLE)
        colors = theme.tokens()
        chosen = bool(view.state & QStyle.StateFlag.State_Selected)
        rect = QRectF(view.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("accent_weak"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        words = rect.adjusted(10, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        quiet = theme.metrics(size_px=theme.LABEL_PX)
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        painter.setPen(colors.color("muted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | middle, cell.right)
        room = words.width() - quiet.horizontalAdvance(cell.right) - quiet.horizontalAdvance(cell.second) - 24
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        face = theme.metrics(weight=weight)
        first = face.elidedText(cell.first, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words.adjusted(face.horizontalAdvance(first) + 10, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | middle, cell.second)
        painter.setFont(theme.font(weight=weight))
        painter.setPen(colors.color("accent" if chosen else "text"))
        painter.drawText(words, Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignLeft | middle, first)
        painter.restore()


class PaletteList(QListView):
    """The lines themselves; the keyboard stays in the field above them, which hands the arrows on to :meth:`step`."""

    def __init__(self, lines: QAbstractListModel, name: str) -> None:
        """Show the cells of ``lines``; ``name`` is what a screen reader says."""
        super().__init__()
        self.setModel(lines)
        self.setItemDelegate(PaletteRow(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    def step(self, by: int) -> None:
        """Make the line so many further down the current one, round and round."""
        lines = self.model()
        if count := lines.rowCount():
            self.setCurrentIndex(lines.index((self.currentIndex().row() + by) % count, 0))

    def begin(self, *, most: int) -> None:
        """Make the first line the current one, and room for as many as there are, ``most`` at the most."""
        lines = self.model()
        count = lines.rowCount()
        self.setFixedHeight(max(1, min(count, most)) * PaletteRow.HEIGHT + 4)
        if count:
            self.setCurrentIndex(lines.index(0, 0))


def patient_cell(line: PatientLine) -> RowCell:
    """Return the line of a patient."""
    name = listed_name(line.legal_last, line.legal_first, None, None)
    return RowCell(first=name, second=f"b. {date_words(line.dob)}", right=line.number)
