"""Painting the reported answers: headings, rows and compact lines."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from intake.domain.prompts import Level
from ui import theme
from ui.pages.chart.glance_item import Item
from ui.pages.chart.glance_layout import (
    GAP,
    LINE,
    PAD,
    SEPARATOR,
    WRAP,
    Box,
    CompactBox,
    Heading,
    RowBox,
    history_text,
    label_text,
    missing_text,
)
from ui.widgets.two_lines import paint_pill

TONES = {Level.NOW: "danger", Level.TODAY: "warning", Level.REVIEW: "info"}
"""The color of each level; its word and its sign stand beside it."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_box(painter: QPainter, box: Box, focused: str) -> None:
    """Paint one box; ``focused`` is the path the keyboard is at."""
    if isinstance(box, Heading):
        _paint_heading(painter, box)
    elif isinstance(box, RowBox):
        _paint_row(painter, box, focused=box.item.path == focused)
    else:
        _paint_compact(painter, box, focused)


def _paint_heading(painter: QPainter, box: Heading) -> None:
    colors = theme.tokens()
    strong = theme.font(size_px=theme.LABEL_PX, weight=QFont.Weight.DemiBold)
    words = box.rect.adjusted(PAD, 10, -PAD, 0)
    painter.setFont(strong)
    painter.setPen(colors.color("muted"))
    aside = theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(box.section.aside) + GAP
    metrics = theme.metrics(size_px=theme.LABEL_PX, weight=QFont.Weight.DemiBold)
    painter.drawText(words, _LEFT, metrics.elidedText(box.section.title, Qt.TextElideMode.ElideRight, words.width() - aside))
    painter.setFont(theme.font(size_px=theme.LABEL_PX))
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, box.section.aside)
    _rule(painter, box.rect)


def _paint_row(painter: QPainter, box: RowBox, *, focused: bool) -> None:
    colors, item = theme.tokens(), box.item
    if focused:
        painter.fillRect(box.rect, colors.color("accent_weak"))
    flagged = tone_of(item)
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold if flagged else QFont.Weight.Normal))
    painter.setPen(colors.color(flagged or "text"))
    painter.drawText(box.label, int(WRAP), label_text(item))
    _paint_answer(painter, box)
    painter.setFont(theme.font(size_px=theme.LABEL_PX))
    painter.setPen(colors.color("muted"))
    painter.drawText(box.missing, int(WRAP), missing_text(item))
    if item.history:
        painter.setPen(colors.color("info"))
        painter.drawText(box.history, int(WRAP), history_text(item))
    if item.chip:
        paint_pill(painter, box.chip, item.chip, "warning" if item.state == "yes" else "neutral", tinted=focused)
    _rule(painter, box.rect)


def _paint_answer(painter: QPainter, box: RowBox) -> None:
    """Write the answer; its word is strong when it was yes, its details are not."""
    colors, item = theme.tokens(), box.item
    ink = {"unsure": "warning", "no": "muted", "not_asked": "muted"}.get(item.state, "text")
    painter.setPen(colors.color(ink))
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold if item.state == "yes" else QFont.Weight.Normal))
    painter.drawText(box.answer, int(WRAP), item.word)
    if item.details:
        painter.setFont(theme.font())
        beside = box.details.top() == box.answer.top()
        painter.drawText(box.details, int(WRAP), SEPARATOR + item.details if beside else item.details)


def _paint_compact(painter: QPainter, box: CompactBox, focused: str) -> None:
    colors = theme.tokens()
    muted, metrics = colors.color("muted"), theme.metrics(size_px=theme.LABEL_PX)
    painter.setFont(theme.font(size_px=theme.LABEL_PX, weight=QFont.Weight.DemiBold))
    painter.setPen(muted)
    painter.drawText(box.lead, _LEFT, box.line.lead)
    painter.setFont(theme.font(size_px=theme.LABEL_PX))
    for place, word in enumerate(box.words):
        if word.item.path == focused:
            painter.fillRect(word.rect, colors.color("accent_weak"))
        painter.setPen(colors.color("text" if word.item.path == focused else "muted"))
        room = word.rect.adjusted(0, 0, 1, 0)
        painter.drawText(room, _LEFT, metrics.elidedText(word.words, Qt.TextElideMode.ElideRight, room.width()))
        if place + 1 < len(box.words):
            painter.setPen(muted)
            after = QRectF(word.rect.right(), word.rect.top(), GAP + 2, LINE)
            painter.drawText(after, _LEFT, SEPARATOR)
    _rule(painter, box.rect)


def tone_of(item: Item) -> str:
    """Return the color an item's label is written in, empty for the usual one."""
    return TONES[item.level] if item.level is not None else ""


def _rule(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(QPen(theme.tokens().color("line"), 1))
    painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right(), rect.bottom() - 0.5))
