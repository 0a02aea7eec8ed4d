"""What a page says of itself: that it is empty, or that something needs attention."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.labels import label, restyle, set_tone

_SIGN = {"danger": "⚑", "warning": "⚠", "ok": "✓", "info": "ℹ"}  # noqa: RUF001 - the sign for information


class EmptyState(QWidget):
    """In place of an empty list: what would be here, and what to do next."""

    pressed = Signal()

    def __init__(self, title: str, text: str, *, action: str = "", key: str = "", parent: QWidget | None = None) -> None:
        """Build the words and, with ``action``, one button."""
        super().__init__(parent)
        self.title_label = label(title, "title")
        self.text_label = label(text, "muted", wrap=True)
        self.button = Button(action, key=key, primary=True) if action else None
        inside = QVBoxLayout(self)
        inside.setSpacing(8)
        inside.addStretch(2)
        for each in (self.title_label, self.text_label):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(each)
        if self.button is not None:
            self.button.clicked.connect(self._press)
            inside.addSpacing(4)
            inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(3)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def show_words(self, title: str, text: str) -> None:
        """Change what is said."""
        self.title_label.setText(title)
        self.text_label.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def _press(self) -> None:
        self.pressed.emit()


class Banner(QFrame):
    """A tinted line with a sign, words, and at most one button. Hidden until something is said."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the banner, hidden."""
        super().__init__(parent)
        self._sign = label("", "strong")
        self._words = label("", "", wrap=True)
        self.button = Button(self.tr("Understood"))
        self.button.clicked.connect(self._press)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(14, 9, 9, 9)
        inside.setSpacing(10)
        inside.addWidget(self._sign)
        inside.addWidget(self._words, 1)
        inside.addWidget(self.button)
        self.hide()

    def say(self, text: str, *, tone: str = "danger", action: str = "") -> None:
        """Show words in a tone (danger, warning, ok, info), with a button when ``action`` has words."""
        self._sign.setText(_SIGN.get(tone, ""))
        self._words.setText(text)
        self.button.setVisible(bool(action))
        if action:
            self.button.set_words(action)
        self.setAccessibleName(text)
        if self.property("tone") != tone:
            set_tone(self, tone)
            for each in (self._sign, self._words, *self.button.findChildren(QLabel)):
                restyle(each)  # their color is the banner's
        self.show()

    def text(self) -> str:
        """Return what is said now, empty when hidden."""
        return "" if self.isHidden() else self._words.text()

    def _press(self) -> None:
        self.pressed.emit()
