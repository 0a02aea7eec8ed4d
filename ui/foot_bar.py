"""The foot bar: the keys that work now, and the last thing that happened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.pages.page import Key
from ui.widgets.labels import ElidedLabel, set_tone

HEIGHT = 32
SAID_MS = 12_000
_MARGIN = 20
_GAP = 16
_CAP_HIGH, _CAP_LEAST, _CAP_PAD, _CAP_GAP = 19.0, 19.0, 12.0, 4.0
_CORNER, _EDGE = QPointF(4, 0), QPointF(0, 1)


class Legend(QWidget):
    """Keys and what they do, side by side, painted in one go: the bar changes with every field a person walks through.

    ``whole`` asks for room for all of them; otherwise those that find no room are left out, never cut.
    """

    def __init__(self, *, whole: bool = False, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._whole = whole
        self._entries: tuple[tuple[Key, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed if whole else QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show these keys."""
        if tuple(key for key, _ in self._entries) == tuple(keys):
            return
        self._entries = tuple((key, _wide(key)) for key in keys)
        self.setAccessibleName("; ".join(f"{' '.join(key.keys)} {key.text}" for key in keys))
        if self._whole:
            self.setFixedWidth(round(sum(wide for _, wide in self._entries)))
        self.update()

    def shown(self) -> list[Key]:
        """Return the keys there is room for now."""
        kept, free = [], float(self.width())
        for key, wide in self._entries:
            free -= wide
            if free < -1:
                break
            kept.append(key)
            free -= _GAP
        return kept

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each key as a cap with its words after it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        left = 0.0
        for key in self.shown():
            left = self._paint_one(painter, left, key) + _GAP

    def _paint_one(self, painter: QPainter, left: float, key: Key) -> float:
        colors, metrics = theme.tokens(), theme.metrics(size_px=theme.LABEL_PX)
        middle = self.height() / 2
        for each in key.keys:
            cap = QRectF(left + 0.5, middle - _CAP_HIGH / 2, _cap_wide(each) - 1, _CAP_HIGH)
            painter.setPen(QPen(colors.color("line"), 1))
            painter.setBrush(colors.color("surface"))
            painter.drawRoundedRect(cap, 4, 4)
            painter.drawLine(cap.bottomLeft() + _CORNER - _EDGE, cap.bottomRight() - _CORNER - _EDGE)
            painter.setPen(colors.color("muted"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, each)
            left += _cap_wide(each) + _CAP_GAP
        wide = metrics.horizontalAdvance(key.text)
        painter.setPen(colors.color("muted"))
        words = QRectF(left, 0, wide + 1, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, key.text)
        return left + wide


class FootBar(QFrame):
    """Keys at the left, what was just done at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the bar, empty."""
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.legend = Legend()
        self.said_label = ElidedLabel("")
        self.said_label.setProperty("tone", "ok")
        self.said_label.setAccessibleName(self.tr("Last message"))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        inside.setSpacing(_GAP)
        inside.addWidget(self.legend, 1)
        inside.addWidget(self.said_label)
        help_legend = Legend(whole=True)
        help_legend.show_keys([Key(keys=("F1",), text=self.tr("keys here"))])
        inside.addWidget(help_legend)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAID_MS)
        self._timer.timeout.connect(self.forget)

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show the keys of the place; those that find no room are left to F1."""
        self.legend.show_keys(keys)

    def refuse(self, text: str) -> None:
        """Show for a while why a key does nothing; empty words take an earlier message away."""
        if text:
            self.say("⚠ " + text, tone="warning")
        else:
            self.forget()

    def alarm(self, text: str) -> None:
        """Show for a while what is wrong."""
        self.say("⚑ " + text, tone="danger")

    def say(self, text: str, *, tone: str = "ok") -> None:
        """Show a message for a while, in a tone (ok, warning, danger)."""
        set_tone(self.said_label, tone)
        self.said_label.setText(text)
        self.said_label.setAccessibleDescription(text)
        self._timer.start()

    def forget(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self.said_label.clear()
        self.said_label.setAccessibleDescription("")


def _cap_wide(text: str) -> float:
    return max(_CAP_LEAST, theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(text) + _CAP_PAD)


def _wide(key: Key) -> float:
    caps = sum(_cap_wide(each) + _CAP_GAP for each in key.keys)
    return caps + theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(key.text) + 1
