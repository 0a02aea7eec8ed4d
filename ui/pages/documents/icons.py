"""Small stroke icons for where a request stands, painted so that they are sharp at every size and in every color."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

SIZE = 12.0
_STROKE = 1.4


def paint_icon(painter: QPainter, name: str, at: QPointF, ink: QColor) -> None:
    """Paint an icon with its upper left corner at a point; an unknown name paints a dot."""
    path = _DRAWN.get(name, _dot)()
    painter.save()
    painter.translate(at)
    painter.setPen(QPen(ink, _STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def paint_mark(painter: QPainter, rect: QRectF, *, checked: bool, ink: QColor, ground: QColor, edge: QColor) -> None:
    """Paint a box to tick, filled and ticked when ``checked``."""
    painter.setPen(QPen(ink if checked else edge, _STROKE))
    painter.setBrush(ink if checked else ground)
    painter.drawRoundedRect(rect, 3, 3)
    if checked:
        painter.setPen(QPen(ground, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        left, top, side = rect.left(), rect.top(), rect.width()
        tick = (QPointF(left + side * 0.24, top + side * 0.52), QPointF(left + side * 0.43, top + side * 0.71))
        painter.drawPolyline([*tick, QPointF(left + side * 0.78, top + side * 0.31)])


def _lines(*runs: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for run in runs:
        path.moveTo(*run[0])
        for point in run[1:]:
            path.lineTo(*point)
    return path


def _check() -> QPainterPath:
    return _lines(((1.5, 6.5), (4.7, 9.7), (10.5, 2.8)))


def _cross() -> QPainterPath:
    return _lines(((2.5, 2.5), (9.5, 9.5)), ((9.5, 2.5), (2.5, 9.5)))


def _printer() -> QPainterPath:
    path = _lines(((3.5, 4), (3.5, 1), (8.5, 1), (8.5, 4)), ((3.5, 8.6), (1, 8.6), (1, 4), (11, 4), (11, 8.6), (8.5, 8.6)))
    path.addRect(QRectF(3.5, 7, 5, 4))
    return path


def _warning() -> QPainterPath:
    return _lines(((6, 1), (11.2, 10.6), (0.8, 10.6), (6, 1)), ((6, 4.6), (6, 7.2)), ((6, 8.8), (6, 8.9)))


def _ask() -> QPainterPath:
    path = QPainterPath(QPointF(3.6, 3.8))
    path.cubicTo(3.6, 0.6, 8.6, 0.6, 8.6, 3.8)
    path.cubicTo(8.6, 5.8, 6, 5.6, 6, 7.8)
    path.addPath(_lines(((6, 10.4), (6, 10.5))))
    return path


def _again() -> QPainterPath:
    path = QPainterPath()
    whole = QRectF(1.5, 1.5, 9, 9)
    path.arcMoveTo(whole, 60)
    path.arcTo(whole, 60, -300)
    path.addPath(_lines(((8.2, 0.4), (8.4, 2.5), (10.6, 2.2))))
    return path


def _hand() -> QPainterPath:
    return _lines(((1, 6), (10.5, 6)), ((7, 2.5), (10.5, 6), (7, 9.5)))


def _pen() -> QPainterPath:
    return _lines(((1.5, 10.5), (2.2, 7.8), (8.6, 1.4), (10.6, 3.4), (4.2, 9.8), (1.5, 10.5)), ((7.2, 2.8), (9.2, 4.8)))


def _flag() -> QPainterPath:
    return _lines(((2.5, 11), (2.5, 1), (9.8, 1), (7.8, 3.6), (9.8, 6.2), (2.5, 6.2)))


def _dot() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(6, 6), 1.2, 1.2)
    return path


_DRAWN: dict[str, Callable[[], QPainterPath]] = {
    "check": _check, "cross": _cross, "printer": _printer, "warning": _warning, "ask": _ask, "again": _again, "hand": _hand,
    "pen": _pen, "flag": _flag,
}  # fmt: skip
