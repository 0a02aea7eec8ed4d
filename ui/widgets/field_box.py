"""A field with its label above and, under it, what was understood or what is wrong."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.widgets.labels import Tone, label, set_tone

NoteTone = Literal["", "warning", "danger"]
_SIGN = {"": "", "warning": "⚠ ", "danger": "⚠ "}


class FieldBox(QWidget):
    """A label, a control and one line of notes. The control is told apart for screen readers by label and note."""

    def __init__(self, text: str, control: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        """Build the box around ``control``; ``hint`` stands under it until there is something better to say."""
        super().__init__(parent)
        self.control = control
        self._hint = hint
        self.label = label(text, "label")
        self.label.setBuddy(control)
        self.note = label(hint, "hint", wrap=True)
        self.note.setMinimumHeight(self.note.fontMetrics().height())
        self._mark: QLabel | None = None
        self._said = hint
        self._rows = inside = QGridLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setVerticalSpacing(4)
        inside.addWidget(self.label, 0, 0)
        inside.addWidget(control, 1, 0)
        inside.addWidget(self.note, 3, 0)
        inside.setRowStretch(4, 1)
        control.setAccessibleName(text)
        control.setAccessibleDescription(hint)
        self.setFocusProxy(control)

    def show_understood(self, text: str) -> None:
        """Say how what was typed is understood; empty puts the hint back."""
        self._say(text or self._hint, "")

    def show_problem(self, text: str, tone: NoteTone = "danger") -> None:
        """Say what is wrong and what to do, at the field."""
        self._say(text, tone)

    def clear(self) -> None:
        """Say nothing but the hint."""
        self._say(self._hint, "")

    def show_mark(self, text: str, tone: Tone = "info") -> None:
        """Say where the value comes from, between it and what is said about it; an empty text takes that back."""
        if self._mark is None:
            if not text:
                return
            self._mark = label("", "hint", wrap=True)
            self._rows.addWidget(self._mark, 2, 0)
        self._mark.setText(text)
        set_tone(self._mark, tone)
        self._mark.setVisible(bool(text))
        self._describe()

    def mark(self) -> str:
        """Return what is said of where the value comes from."""
        return "" if self._mark is None else self._mark.text()

    def has_problem(self) -> bool:
        """Say whether a problem is shown (a warning is none)."""
        return bool(self.note.property("tone") == "danger")

    def _say(self, text: str, tone: NoteTone) -> None:
        self.note.setText(_SIGN[tone] + text)
        set_tone(self.note, tone)
        set_tone(self.control.focusProxy() or self.control, tone)
        self._said = text
        self._describe()

    def _describe(self) -> None:
        """Have a screen reader say what stands under the field."""
        self.control.setAccessibleDescription(", ".join(words for words in (self.mark(), self._said) if words))
