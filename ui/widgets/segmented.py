"""A row of joined answers, one of which may be chosen: by its letter, by the arrows, by a click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

HEIGHT = 26
_RADIUS = 6.0
_PADDING = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One answer: its code, its words, the key that picks it, and its tint when chosen (accent, neutral, warning)."""

    code: str
    text: str
    key: str
    tone: str = "accent"


YES_NO_UNSURE = (
    Segment(code="yes", text="Y", key="Y"),
    Segment(code="no", text="N", key="N", tone="neutral"),
    Segment(code="unsure", text="U", key="U", tone="warning"),
)


class SegmentedChoice(QWidget):
    """Joined answers. Delete or Backspace takes the answer back: nothing chosen is "not asked", never "no"."""

    edited = Signal()
    left = Signal()
    advanced = Signal()

    def __init__(
        self, segments: Sequence[Segment], parent: QWidget | None = None, *, names: Mapping[str, str] | None = None, width: int = 0
    ) -> None:
        """Offer ``segments``; ``names`` are the long words of a code for screen readers; ``width`` is that of each segment."""
        super().__init__(parent)
        self._segments = tuple(segments)
        self._names = dict(names or {})
        self._value = ""
        self._least = width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def value(self) -> str:
        """Return the chosen code, "" for not asked."""
        return self._value

    def set_value(self, code: str) -> None:
        """Show a code; one that is not offered shows as not asked."""
        self._value = code if any(each.code == code for each in self._segments) else ""
        chosen = next((each for each in self._segments if each.code == self._value), None)
        said = self._names.get(self._value, chosen.text) if chosen else self.tr("not asked")
        self.setAccessibleDescription(said)
        self.update()

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Offer other answers, or the same in other words; the value stays when it is still offered."""
        self._segments = tuple(segments)
        self.set_value(self._value)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the width of all segments."""
        return QSize(round(sum(self._widths())) + 2, HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut an answer."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick by letter, move by arrow, take back by Delete, advance by Enter; leave the rest to the page."""
        key, letter = event.key(), event.text().upper()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        picked = next((each for each in self._segments if plain and letter and each.key.upper() == letter), None)
        if picked is not None:
            self._choose(picked.code)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose("")
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and plain:
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.advanced.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the segment under the pointer; the chosen one is taken back."""
        for each, rect in zip(self._segments, self._rects(), strict=True):
            if rect.contains(event.position()):
                self._choose("" if each.code == self._value else each.code)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, segments and the focus ring."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(2.5, 2.5, sum(self._widths()) - 3, HEIGHT - 1)
        outline = QPainterPath()
        outline.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.fillPath(outline, colors.color("surface" if self.isEnabled() else "sunken"))
        painter.save()
        painter.setClipPath(outline)
        for index, (each, rect) in enumerate(zip(self._segments, self._rects(), strict=True)):
            self._paint_segment(painter, each, rect)
            if index:
                painter.setPen(QPen(colors.color("line"), 1))
                painter.drawLine(rect.topLeft(), rect.bottomLeft())
        painter.restore()
        focused = self.hasFocus()
        painter.setPen(QPen(colors.color("focus" if focused else "line"), 2 if focused else 1))
        painter.drawPath(outline)

    def _paint_segment(self, painter: QPainter, segment: Segment, rect: QRectF) -> None:
        colors = theme.tokens()
        chosen = segment.code == self._value
        ground, ink = {
            "accent": ("accent", "on_accent"), "warning": ("warning_weak", "warning"), "danger": ("danger_weak", "danger"),
        }.get(segment.tone, ("sunken", "text"))  # fmt: skip
        if chosen:
            painter.fillRect(rect, colors.color(ground))
        painter.setPen(colors.color(ink if chosen else "muted"))
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        painter.setFont(theme.font(size_px=12, weight=weight))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, segment.text)

    def _widths(self) -> list[float]:
        measure = self.fontMetrics()
        return [max(self._least, measure.horizontalAdvance(each.text) + 2 * _PADDING) for each in self._segments]

    def _rects(self) -> list[QRectF]:
        left, rects = 1.0, []
        for width in self._widths():
            rects.append(QRectF(left, 2, width, HEIGHT))
            left += width
        return rects

    def _step(self, by: int) -> None:
        codes = [each.code for each in self._segments]
        at = codes.index(self._value) + by if self._value else (0 if by > 0 else len(codes) - 1)
        self._choose(codes[max(0, min(at, len(codes) - 1))])

    def _choose(self, code: str) -> None:
        if code != self._value:
            self.set_value(code)
            self.edited.emit()
