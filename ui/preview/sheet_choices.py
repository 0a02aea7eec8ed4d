"""Beside a home-care sheet: its language and its size of print."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.preview.papers import Setting
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.labels import label


class SheetChoices(QWidget):
    """Says how the sheet is now; each button says what pressing it makes of it."""

    language_asked = Signal()
    size_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the card."""
        super().__init__(parent)
        self.words = label("", "strong", wrap=True)
        self.hint = label(
            self.tr("What was typed into the plan stands on the sheet as it was typed, in its own language."), "hint", wrap=True
        )
        self.language_button = Button(self.tr("Spanish"), key="L")
        self.size_button = Button(self.tr("Large"), key="G")
        self.language_button.clicked.connect(self._ask_language)
        self.size_button.clicked.connect(self._ask_size)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.words)
        outer.addLayout(row(self.language_button, self.size_button))
        outer.addWidget(self.hint)

    def show_setting(self, setting: Setting) -> None:
        """Show how the sheet is now."""
        spanish = setting.language == "es"
        now = (self.tr("Spanish") if spanish else self.tr("English"), self.tr("large print") if setting.large else self.tr("usual print"))
        self.words.setText(", ".join(now))
        self.hint.setVisible(spanish)
        self.language_button.set_words(self.tr("English") if spanish else self.tr("Spanish"))
        self.size_button.set_words(self.tr("Usual") if setting.large else self.tr("Large"))

    def _ask_language(self) -> None:
        self.language_asked.emit()

    def _ask_size(self) -> None:
        self.size_asked.emit()
