"""How answers side by side look: joined buttons and separate chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen

from ui import theme

SEGMENT_HEIGHT = 30
CHIP_HEIGHT = 24
CHIP_GAP = 5
CHIP_PADDING = 10
LEAD_GAP = 8
RADIUS = 6.0
STATES = ("yes", "no", "unsure")


class Shown(Protocol):
    """What the painter needs to know of the widget."""

    @property
    def picks(self) -> Sequence[ShownPick]:
        """The answers."""

    @property
    def letters(self) -> Sequence[str]:
        """The letter that picks each answer."""

    @property
    def lead(self) -> str:
        """The words before the chips."""

    def hasFocus(self) -> bool:  # noqa: N802 - Qt's name
        """Tell whether the keyboard is here."""

    def property(self, name: str, /) -> object:
        """Return a property; ``tone`` says whether something is wrong."""

    def width(self) -> int:
        """Return the width in pixels."""

    def height(self) -> int:
        """Return the height in pixels."""


class ShownPick(Protocol):
    """One answer as painted."""

    @property
    def code(self) -> str:
        """The code."""

    @property
    def label(self) -> str:
        """The words."""


def lead_width(metrics: QFontMetrics, lead: str) -> int:
    """Return the width the words before the chips take."""
    return metrics.horizontalAdvance(lead) + LEAD_GAP if lead else 0


def chip_rects(metrics: QFontMetrics, labels: Sequence[str], lead: int, width: int) -> list[QRect]:
    """Return the places of chips that wrap at the width, the first line after the lead."""
    rects: list[QRect] = []
    x, y = lead + 2, 2
    for label in labels:
        # Measured as if bold, so that picking a chip moves nothing.
        chip = round(metrics.horizontalAdvance(label) * 1.07) + 2 * CHIP_PADDING
        if x + chip > width and x > lead + 2:
            x, y = 2, y + CHIP_HEIGHT + CHIP_GAP
        rects.append(QRect(x, y, min(chip, max(width - 4, 40)), CHIP_HEIGHT))
        x += chip + CHIP_GAP
    return rects


def paint_segments(painter: QPainter, shown: Shown, rects: Sequence[QRect], codes: Sequence[str]) -> None:
    """Draw joined buttons in one rounded frame; the ring of the focus goes around all of them."""
    colors = theme.tokens()
    frame = QRectF(0.5, 0.5, shown.width() - 1, shown.height() - 1)
    if shown.hasFocus():
        frame.adjust(0.5, 0.5, -0.5, -0.5)
    outline = QPainterPath()
    outline.addRoundedRect(frame, RADIUS, RADIUS)
    painter.fillPath(outline, QColor(colors.surface))
    painter.save()
    painter.setClipPath(outline)
    for index, (rect, pick) in enumerate(zip(rects, shown.picks, strict=True)):
        picked = pick.code in codes
        ground, ink = _segment_colors(colors, pick.code, picked=picked)
        if ground:
            painter.fillRect(rect, QColor(ground))
        if index:
            painter.fillRect(QRect(rect.left(), 0, 1, rect.height()), QColor(colors.line))
        _word(painter, rect, pick.label, ink, bold=picked, letter=shown.letters[index] if shown.hasFocus() else "")
    painter.restore()
    edge = {"danger": colors.danger, "warning": colors.warning}.get(str(shown.property("tone")), colors.line)
    painter.setPen(QPen(QColor(colors.focus), 2) if shown.hasFocus() else QPen(QColor(edge), 1))
    painter.drawPath(outline)


def paint_chips(painter: QPainter, shown: Shown, rects: Sequence[QRect], codes: Sequence[str], cursor: int) -> None:
    """Draw chips on their own; the ring of the focus goes around the one that Space picks."""
    colors = theme.tokens()
    if shown.lead:
        painter.setPen(QColor(colors.muted))
        painter.drawText(QRect(0, 2, lead_width(painter.fontMetrics(), shown.lead), CHIP_HEIGHT), _MIDDLE_LEFT, shown.lead)
    for index, (rect, pick) in enumerate(zip(rects, shown.picks, strict=True)):
        picked = pick.code in codes
        focused = shown.hasFocus() and index == cursor
        box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = colors.focus if focused else colors.accent if picked else colors.line
        painter.setPen(QPen(QColor(edge), 2 if focused else 1))
        painter.setBrush(QColor(colors.accent_weak if picked else colors.surface))
        painter.drawRoundedRect(box, 4, 4)
        ink = colors.accent if picked else colors.text
        _word(painter, rect, pick.label, ink, bold=picked, letter=shown.letters[index] if shown.hasFocus() else "")


_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _segment_colors(colors: theme.Tokens, code: str, *, picked: bool) -> tuple[str, str]:
    """Return ground and ink: yes is strong, no is quiet, unsure asks for a second look."""
    if not picked:
        return "", colors.muted
    if code == "no":
        return colors.sunken, colors.text
    if code == "unsure":
        return colors.warning_weak, colors.warning
    return colors.accent, colors.on_accent


def _word(painter: QPainter, rect: QRect, label: str, ink: str, *, bold: bool, letter: str) -> None:
    """Write a label in the middle; the letter that picks it is underlined while the keyboard is here."""
    weight = QFont.Weight.DemiBold if bold else QFont.Weight.Normal
    painter.setFont(theme.font(weight=weight))
    painter.setPen(QColor(ink))
    metrics = theme.metrics(weight=weight)
    text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, rect.width() - 6)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    place = text.casefold().find(letter) if letter and len(text) > 1 else -1
    if place >= 0:
        left = rect.left() + (rect.width() - metrics.horizontalAdvance(text)) / 2 + metrics.horizontalAdvance(text[:place])
        base = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2 + 2
        painter.fillRect(QRect(round(left), round(base), round(metrics.horizontalAdvance(text[place])), 1), QColor(ink))
