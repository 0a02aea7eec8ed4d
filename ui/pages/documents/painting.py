"""Paints the rows of the list: a box to tick, two lines of words, a pill with its icon, the time left as words and bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from intake.domain.requests import RequestLine
from ui import theme
from ui.models.requests import Stand, Urgency, delivered_words, kind_words, stand_of, time_left, way_words
from ui.pages.documents.groups import Heading
from ui.pages.documents.icons import SIZE, paint_icon, paint_mark
from ui.pages.documents.rows import ENTRY_ROLE, Column, RequestRows
from ui.widgets.two_lines import write

ROW = 50
HEADING = 30
_PAD = 12.0
_BOX = 14.0
_BAR = 5.0
_PILL = 20.0
_WITH_DUE_PX = 170.0
"""From which width on the time left has room for the time it is due beside it, in every row alike."""
_BOLD = QFont.Weight.DemiBold
_Index = QModelIndex | QPersistentModelIndex
_INK = {Urgency.OVERDUE: "danger", Urgency.SOON: "warning", Urgency.TODAY: "text", Urgency.LATER: "text"}
_BAR_INK = {Urgency.OVERDUE: "danger", Urgency.SOON: "warning", Urgency.TODAY: "accent", Urgency.LATER: "accent"}


class RequestPainter(QStyledItemDelegate):
    """Paints one cell of :class:`RequestRows`; a heading is painted over the whole width by its first cell."""

    def __init__(self, rows: RequestRows, parent: QWidget | None = None) -> None:
        """Paint what ``rows`` holds."""
        super().__init__(parent)
        self._rows = rows
        self.with_way = False
        """Whether the second line of the document says how it leaves: its own column has no room."""
        self.with_kind = False
        """Whether the second line of the patient says what the document is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return one row."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint ground, line and content."""
        view: Any = option
        entry = index.data(ENTRY_ROLE)
        rect, colors = QRectF(view.rect), theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Heading):
            _paint_heading(painter, rect, entry)
        else:
            chosen = bool(view.state & QStyle.StateFlag.State_Selected)
            marked = self._rows.is_marked(entry)
            if chosen or marked:
                painter.fillRect(rect, colors.color("accent_weak"))
            if chosen and view.widget is not None and view.widget.hasFocus() and index.column() == 0:
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), colors.color("focus"))
            self._paint_cell(painter, rect, entry, Column(index.column()), tinted=chosen or marked)
        painter.setPen(QPen(colors.color("line"), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right() + 1, rect.bottom() - 0.5))
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, line: RequestLine, column: Column, *, tinted: bool) -> None:
        colors, day = theme.tokens(), self._rows.day
        words = rect.adjusted(_PAD, 0, -_PAD, -1)
        match column:
            case Column.MARK:
                box = QRectF(rect.left() + _PAD, rect.center().y() - _BOX / 2 - 0.5, _BOX, _BOX)
                ink, ground, edge = (colors.color(each) for each in ("accent", "surface", "edge"))
                paint_mark(painter, box, checked=self._rows.is_marked(line), ink=ink, ground=ground, edge=edge)
            case Column.PATIENT:
                clinic = day.clinics.get(line.location, "") if self._rows.all_clinics else ""
                kind = (kind_words(line, day.kinds), way_words(line.leaves_by))
                below = kind if self.with_kind else (line.record_number, clinic)
                _paint_two(painter, words, line.name, " · ".join(part for part in below if part), strong=True)
            case Column.DOCUMENT:
                way = way_words(line.leaves_by) if self.with_way else ""
                second = " · ".join(part for part in (way, line.number) if part)
                _paint_two(painter, words, kind_words(line, day.kinds), second)
            case Column.STAND:
                _paint_stand(painter, words, stand_of(line), tinted=tinted)
            case Column.WAY:
                _paint_two(painter, words, way_words(line.leaves_by), line.recipient)
            case Column.TIME if self._rows.delivered:
                when, kept, tone = delivered_words(line, day)
                _paint_two(painter, words, when, kept, tone=tone)
            case Column.TIME:
                self._paint_time(painter, words, line)

    def _paint_time(self, painter: QPainter, rect: QRectF, line: RequestLine) -> None:
        """Paint the time left, when that is, and how much of the time is used up."""
        colors, left = theme.tokens(), time_left(line, self._rows.day)
        ink = colors.color(_INK[left.urgency])
        weight = _BOLD if left.urgency in (Urgency.OVERDUE, Urgency.SOON) else QFont.Weight.Normal
        middle = rect.center().y()
        upper = QRectF(rect.left(), middle - 18, rect.width(), 19)
        said = theme.metrics(weight=weight).horizontalAdvance(left.words)
        if left.urgency is Urgency.OVERDUE and said + SIZE + 4 <= upper.width():  # the words come first: they say that it is late
            paint_icon(painter, "flag", QPointF(upper.left(), upper.center().y() - SIZE / 2), ink)
            upper.setLeft(upper.left() + SIZE + 4)
        write(painter, upper, left.words, ink, weight=weight)
        quiet = theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(left.due)
        if rect.width() >= _WITH_DUE_PX and quiet + said + _PAD <= upper.width():
            write(painter, upper.adjusted(upper.width() - quiet - 1, 0, 1, 0), left.due, colors.color("muted"), size_px=theme.LABEL_PX)
        bar = QRectF(rect.left(), middle + 6, rect.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("line"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if left.used > 0:
            painter.setBrush(colors.color(_BAR_INK[left.urgency]))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(_BAR, bar.width() * left.used), _BAR), _BAR / 2, _BAR / 2)


def _paint_heading(painter: QPainter, rect: QRectF, heading: Heading) -> None:
    colors = theme.tokens()
    painter.fillRect(rect, colors.color("sunken"))
    ink = colors.color(heading.tone or "muted")
    words = rect.adjusted(_PAD, 0, -_PAD, -1)
    if heading.tone:
        paint_icon(painter, "flag", QPointF(words.left(), words.center().y() - SIZE / 2), ink)
        words.setLeft(words.left() + SIZE + 5)
    write(painter, words, heading.words, ink, size_px=theme.LABEL_PX, weight=_BOLD)
    after = theme.metrics(size_px=theme.LABEL_PX, weight=_BOLD).horizontalAdvance(heading.words) + 8
    write(painter, words.adjusted(after, 0, 0, 0), str(heading.count), colors.color("muted"), size_px=theme.LABEL_PX)


def _paint_stand(painter: QPainter, rect: QRectF, stand: Stand, *, tinted: bool) -> None:
    """Paint the pill with its icon; what does not fit on one line stands on two."""
    colors = theme.tokens()
    metrics = theme.metrics(size_px=theme.LABEL_PX, weight=_BOLD)
    beside = SIZE + 23
    two = bool(stand.more) and metrics.horizontalAdvance(stand.words) + beside > rect.width()
    words = stand.short if two else stand.words
    wide = min(metrics.horizontalAdvance(words) + beside, rect.width())
    top = rect.center().y() - (_PILL + 1 if two else _PILL / 2)
    pill = QRectF(rect.left(), top, wide, _PILL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.color("surface" if tinted else f"{stand.tone}_weak" if stand.tone else "sunken"))
    painter.drawRoundedRect(pill, _PILL / 2, _PILL / 2)
    ink = colors.color(stand.tone or "muted")
    paint_icon(painter, stand.icon, QPointF(pill.left() + 8, pill.center().y() - SIZE / 2), ink)
    write(painter, pill.adjusted(SIZE + 13, 0, -8, 0), words, ink, size_px=theme.LABEL_PX, weight=_BOLD)
    if two:
        lower = QRectF(rect.left() + 2, top + _PILL + 1, rect.width() - 2, 17)
        write(painter, lower, stand.more, _second_ink(stand), size_px=theme.LABEL_PX)


def _second_ink(stand: Stand) -> QColor:
    return theme.tokens().color("danger" if stand.tone == "danger" else "muted")


def _paint_two(painter: QPainter, rect: QRectF, first: str, second: str, *, strong: bool = False, tone: str = "") -> None:
    colors = theme.tokens()
    weight = _BOLD if strong else QFont.Weight.Normal
    if not second:
        write(painter, rect, first, colors.color("text"), weight=weight)
        return
    middle = rect.center().y()
    write(painter, QRectF(rect.left(), middle - 19, rect.width(), 19), first, colors.color("text"), weight=weight)
    write(painter, QRectF(rect.left(), middle + 1, rect.width(), 17), second, colors.color(tone or "muted"), size_px=theme.LABEL_PX)
