"""Ctrl+Shift+S: keep the selected text as a snippet of one's own."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.errors import IntakeError, InvalidInputError
from ui.dialogs.overlay import Overlay
from ui.failures import words_of, words_of_problem
from ui.pages.chart.snippets_book import SnippetBook
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label

_SHOWN = 200


class KeepSnippet(Overlay):
    """Asks for the letters; Enter keeps, Escape does not."""

    def __init__(self, book: SnippetBook, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, width=460)
        self._book = book
        self._text = ""
        book.kept.connect(self._kept)
        book.failed.connect(self._refused)
        self.setAccessibleName(self.tr("Keep as a snippet"))
        self.text_label = label("", "muted", wrap=True)
        self.name_field = TextField(placeholder=".neck")
        self.name_field.advanced.connect(self._keep)
        self.name_box = FieldBox(self.tr("Abbreviation"), self.name_field, hint=self.tr("Typing it and a space puts the text out in full."))
        self.keep_button = Button(self.tr("Keep"), key="Enter", primary=True)
        self.keep_button.clicked.connect(self._keep)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(10)
        inside.addWidget(label(self.tr("Keep as a snippet"), "title"))
        inside.addWidget(self.text_label)
        inside.addWidget(self.name_box)
        inside.addLayout(row(self.keep_button))
        self.setFocusProxy(self.name_field)

    def ask(self, text: str) -> None:
        """Open for a selected text; without one, say what to do."""
        self._text = text
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        self.text_label.setText(shown or self.tr("Nothing is selected. Select text in the note first, with Shift and the arrows."))
        self.name_field.clear()
        self.name_box.clear()
        self.name_box.setVisible(bool(text))
        self.keep_button.setVisible(bool(text))
        self.open()

    def _keep(self) -> None:
        self._book.keep(self.name_field.value(), self._text)

    def _kept(self, _abbreviation: str) -> None:
        if self.isVisible():
            self.close_over()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInputError):
            self.name_box.show_problem(words_of_problem(error.problems[0]))
        elif isinstance(error, IntakeError):
            self.name_box.show_problem(words_of(error))
