"""Words on a surface: plain labels, pills and printed keys."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Tone = Literal["", "neutral", "accent", "ok", "info", "warning", "danger"]

_FEW_LETTERS_PX = 48


def set_tone(widget: QWidget, tone: str) -> None:
    """Set a widget's tone and have the style sheet applied again."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it asks for has changed; one that was never shown gets it anyway."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str, kind: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """Return plain text (never rich text: a name may hold ``<b>``) of one kind of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


class ElidedLabel(QLabel):
    """One line that ends in dots when there is no room for it, and never asks for more room than there is."""

    def __init__(self, text: str, kind: str = "", parent: QWidget | None = None) -> None:
        """Show ``text`` in a kind of the style sheet."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Ask for a few letters only."""
        return QSize(min(super().minimumSizeHint().width(), _FEW_LETTERS_PX), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, cut with dots where the room ends."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        where = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, where | Qt.TextFlag.TextSingleLine, text)


class Pill(QLabel):
    """A rounded, tinted word: a status, a count, the clinic."""

    def __init__(self, text: str = "", tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        """Show ``text`` on the tint of ``tone``."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("tone", tone)

    def show_text(self, text: str, tone: Tone = "neutral") -> None:
        """Change the word and its tint."""
        self.setText(text)
        set_tone(self, tone)


class KeyHint(QLabel):
    """A key as it is printed on the keyboard: ``Ctrl N``."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show one key or chord."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(18)
