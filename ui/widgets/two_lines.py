"""Paints the rows of a table: two lines of words, a pill, or a key with words, on a tinted row when it is current."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme

ROW = 48
_PAD = 12.0
_INSET = 8
"""So much further in stand the words of the first column."""
_PILL_PAD = 18
_Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """Paints cells that have ``first``, ``second``, ``tone``, ``pill`` and ``key``; the first column is written strong."""

    def __init__(self, role: int, parent: QWidget | None = None) -> None:
        """Take the cells from the model's ``role``."""
        super().__init__(parent)
        self._role = role

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return one row."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground, line and words."""
        view: Any = option
        colors = theme.tokens()
        rect = QRectF(view.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colors.color("accent_weak"))
            if view.widget is not None and view.widget.hasFocus() and index.column() == 0:
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), colors.color("focus"))
        painter.setPen(QPen(colors.color("line"), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right() + 1, rect.bottom() - 0.5))
        cell = index.data(self._role)
        words = rect.adjusted(_PAD + (_INSET if index.column() == 0 else 0), 0, -_PAD, -1)
        if cell.pill:
            paint_pill(painter, words, cell.first, cell.tone, tinted=bool(view.state & QStyle.StateFlag.State_Selected))
        elif cell.key:
            _paint_key(painter, words, cell.key, cell.first)
        else:
            _paint_words(painter, words, cell, strong=index.column() == 0)
        painter.restore()


def needed_px(cell: Any, *, leading: bool) -> int:
    """Return the width in which nothing of a cell is cut; ``leading`` says that it stands in the first column."""
    strong = leading or cell.tone or cell.pill
    weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
    size_px = theme.LABEL_PX if cell.pill else theme.BODY_PX
    first = theme.metrics(size_px=size_px, weight=weight).horizontalAdvance(cell.first) + (_PILL_PAD if cell.pill else 0)
    second = theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(cell.second)
    return math.ceil(max(first, second) + 2 * _PAD + (_INSET if leading else 0)) + 1


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: str, *, tinted: bool = False) -> None:
    """Paint a pill at the left of ``rect``, in the middle of its height; on a ``tinted`` row it stands on the plain surface."""
    colors = theme.tokens()
    bold = QFont.Weight.DemiBold
    width = min(theme.metrics(size_px=theme.LABEL_PX, weight=bold).horizontalAdvance(text) + _PILL_PAD, rect.width())
    shape = QRectF(rect.left(), rect.center().y() - 10, width, 20)
    known = tone in ("accent", "ok", "info", "warning", "danger")
    painter.setPen(Qt.PenStyle.NoPen)
    ground = f"{tone}_weak" if known else "sunken"
    painter.setBrush(colors.color("surface" if tinted else ground))
    painter.drawRoundedRect(shape, 10, 10)
    ink = colors.color(tone if known else "muted")
    write(painter, shape.adjusted(9, 0, -6, 0), text, ink, size_px=theme.LABEL_PX, weight=bold)


def _paint_key(painter: QPainter, rect: QRectF, key: str, text: str) -> None:
    colors = theme.tokens()
    wide = theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(key) + 10
    cap = QRectF(rect.left() + 0.5, rect.center().y() - 9.5, max(19.0, wide), 19)
    painter.setPen(QPen(colors.color("line"), 1))
    painter.setBrush(colors.color("surface"))
    painter.drawRoundedRect(cap, 4, 4)
    painter.setPen(colors.color("muted"))
    painter.setFont(theme.font(size_px=theme.LABEL_PX))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    write(painter, rect.adjusted(cap.width() + 7, 0, 0, 0), text, colors.color("muted"), size_px=theme.LABEL_PX)


def _paint_words(painter: QPainter, rect: QRectF, cell: Any, *, strong: bool) -> None:
    colors = theme.tokens()
    weight = QFont.Weight.DemiBold if strong or cell.tone else QFont.Weight.Normal
    ink = colors.color(cell.tone or "text")
    if not cell.second:
        write(painter, rect, cell.first, ink, weight=weight)
        return
    middle = rect.center().y()
    upper = QRectF(rect.left(), middle - 19, rect.width(), 19)
    lower = QRectF(rect.left(), middle + 1, rect.width(), 17)
    write(painter, upper, cell.first, ink, weight=weight)
    write(painter, lower, cell.second, colors.color(cell.tone or "muted"), size_px=theme.LABEL_PX)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    ink: QColor,
    *,
    size_px: float = theme.BODY_PX,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> None:
    """Write one line at the left of ``rect``, in the middle of its height, cut with dots where the room ends."""
    painter.setFont(theme.font(size_px=size_px, weight=weight))
    painter.setPen(ink)
    elided = theme.metrics(size_px=size_px, weight=weight).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    # Left means left here, also for a name written from right to left: the column has one edge.
    where = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, where | Qt.TextFlag.TextSingleLine, elided)
