"""The first screen: which language."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.patient import words
from ui.patient.buttons import BigButton
from ui.patient.question_screen import Scrolled
from ui.widgets.labels import label

_BUTTON_PX = (240, 96)


class WelcomeScreen(Scrolled):
    """Two buttons, each in its own language. ``chosen`` carries the language."""

    chosen = Signal(str)

    def __init__(self, practice: str, parent: QWidget | None = None) -> None:
        """Welcome to the practice in both languages."""
        super().__init__(parent)
        self.column.addStretch(2)
        for text, kind in (
            (practice, "quiet"),
            (f"{words.WELCOME.en} · {words.WELCOME.es}", "title"),
            (words.CHOOSE.en, ""),
            (words.CHOOSE.es, ""),
        ):
            line = label(text, kind, wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(line)
        self.buttons = {code: BigButton(name) for code, name in words.LANGUAGES}
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addStretch(1)
        for code, button in self.buttons.items():
            button.setMinimumSize(*_BUTTON_PX)
            button.clicked.connect(partial(self.chosen.emit, code))
            across.addWidget(button)
        across.addStretch(1)
        self.column.addSpacing(16)
        self.column.addLayout(across)
        self.column.addStretch(3)
        self.setAccessibleName(f"{words.WELCOME.en} {words.CHOOSE.en} {words.WELCOME.es} {words.CHOOSE.es}")

    def go_to(self, path: str = "") -> None:
        """Put the keyboard at the first language."""
        self.buttons["en"].setFocus()
