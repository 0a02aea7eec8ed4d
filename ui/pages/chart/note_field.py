"""A field of the note: its name, what it is typed into, and a line that speaks only when there is something to say."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.chart.note_text import NoteText
from ui.pages.chart.snippets_line import NoteLine
from ui.widgets.labels import label, set_tone

Tone = Literal["", "warning", "danger"]
_SIGN = {"": "", "warning": "⚠ ", "danger": "⚠ "}


class NoteField(QWidget):
    """A name above, the control, and one line below it: what is wrong comes before how to go on."""

    def __init__(self, name: str, control: QWidget, parent: QWidget | None = None) -> None:
        """Build the field; an empty ``name`` takes no room."""
        super().__init__(parent)
        self.control = control
        self._problem: tuple[str, Tone] = ("", "")
        self._hint = ""
        self.name_label = label(name, "label")
        self.name_label.setBuddy(control)
        self.said_label = label("", "hint", wrap=True)
        self.said_label.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for each in (self.name_label, control, self.said_label):
            inside.addWidget(each)
        if name:
            control.setAccessibleName(name)
        else:
            self.name_label.hide()
        self.setFocusProxy(control)
        if isinstance(control, NoteText | NoteLine):
            control.expanded.connect(self._say_expanded)
            control.jumped.connect(self._say_jumped)
            control.left.connect(self._say_nothing)

    def show_problem(self, text: str, tone: Tone = "danger") -> None:
        """Say what is wrong and what to do, empty when nothing is."""
        if self._problem != (text, tone if text else ""):
            self._problem = (text, tone if text else "")
            self._say()

    def show_hint(self, text: str) -> None:
        """Say how to go on, empty to say nothing."""
        self._hint = text
        self._say()

    def said(self) -> str:
        """Return what is said below the field, empty when nothing is."""
        return "" if self.said_label.isHidden() else self.said_label.text()

    def _say(self) -> None:
        problem, tone = self._problem
        text = _SIGN[tone] + problem if problem else self._hint
        self.said_label.setText(text)
        self.said_label.setVisible(bool(text))
        set_tone(self.said_label, tone)
        set_tone(self.control, tone)
        self.control.setAccessibleDescription(text)

    def _say_expanded(self, abbreviation: str) -> None:
        control = self.control
        more = isinstance(control, NoteText | NoteLine) and bool(control.selected())
        words = (
            self.tr("%1 expanded · Tab jumps to the next blank, Ctrl+Z takes it back")
            if more
            else self.tr("%1 expanded · Ctrl+Z takes it back")
        )
        self.show_hint(words.replace("%1", abbreviation))

    def _say_jumped(self) -> None:
        self.show_hint(self.tr("Type over the blank · Tab jumps to the next one, Shift+Tab back"))

    def _say_nothing(self) -> None:
        self.show_hint("")
