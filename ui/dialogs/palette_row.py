"""Paints one line of the command palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

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
