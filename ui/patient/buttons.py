"""Buttons for fingers: words that wrap, a sign that tells without color what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.patient.style import TARGET_PX
from ui.widgets.labels import label, restyle

_SIGN_PX = 24
_TICK = ((6, 12), (10, 17), (18, 7))
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def walk(buttons: Sequence[QPushButton], step: int) -> bool:
    """Bring the keyboard from the button that has it so many further, round and round; False if that is not asked or none has it."""
    here = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
    if not step or here is None:
        return False
    buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
    return True


class BigButton(QPushButton):
    """A button of the frame: back, next, a language. One on a screen is ``primary``."""

    def __init__(self, text: str = "", *, primary: bool = False, quiet: bool = False, parent: QWidget | None = None) -> None:
        """Build the button."""
        super().__init__(parent)
        self.setProperty("primary", primary)
        self.setProperty("quiet", quiet)
        self.setAutoDefault(False)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Change what the button says, for a screen reader too."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press, as Space does."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class OptionButton(QPushButton):
    """One answer to pick: round for one of several, square for each of several; the words wrap."""

    def __init__(self, code: str, text: str, *, several: bool, parent: QWidget | None = None) -> None:
        """Offer the answer ``code`` in its words."""
        super().__init__(parent)
        self.code = code
        self._several = several
        self._words = label(text, wrap=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(TARGET_PX)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(_SIGN_PX + 26, 8, 14, 8)
        inside.addWidget(self._words, 1)
        self.toggled.connect(self._show_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter pick, as Space does."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and the sign before the words."""
        super().paintEvent(event)
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(15, (self.height() - _SIGN_PX) // 2, _SIGN_PX, _SIGN_PX)
        on = self.isChecked()
        painter.setPen(QPen(colors.color("accent" if on else "edge"), 2))
        painter.setBrush(colors.color("accent" if on and self._several else "surface"))
        if self._several:
            painter.drawRoundedRect(box, 5, 5)
        else:
            painter.drawEllipse(box)
        if not on:
            return
        if self._several:
            painter.setPen(QPen(colors.color("on_accent"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([box.topLeft() + QPoint(*at) for at in _TICK])
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("accent"))
            painter.drawEllipse(box.adjusted(6, 6, -6, -6))

    def _show_on(self, on: bool) -> None:  # noqa: FBT001 - the argument of Qt's toggled
        self.setProperty("on", on)
        restyle(self)
        restyle(self._words)
