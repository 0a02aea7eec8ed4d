"""Writing an addendum: why, what, and the way to its signature. It is kept at every keystroke as the note was."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.definitions.bundle import Definitions
from ui.pages.chart.addendum_words import REASON, TEXT, as_addendum, own_note
from ui.pages.chart.note_field import NoteField
from ui.pages.chart.note_part import Frame, Part
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.state import ChartState
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.labels import label


class AddendumPart(Part):
    """A frame under the signed note, folded until it is asked for or something is typed in it.

    ``sign_asked`` comes when both fields are filled; ``closed`` when the keyboard goes back.
    """

    sign_asked = Signal()
    closed = Signal()

    def __init__(self, definitions: Definitions, state: ChartState, book: SnippetBook) -> None:
        """Build it folded."""
        super().__init__(state, book)
        self._definitions = definitions
        self.reason_line = self.line(REASON, placeholder=self.tr("Why it is added"))
        self.reason_field = NoteField(self.tr("Reason for the addendum"), self.reason_line)
        self.text_box, self.text = self.text_field(self.tr("Addendum"), TEXT, least=4, most=14)
        self.sign_button = Button(self.tr("Sign the addendum"), key="Ctrl ↵", primary=True)
        self.sign_button.clicked.connect(self.sign)
        self.own_label = label("", "", tone="warning", wrap=True)
        self.own_button = Button(self.tr("Take it into the addendum"))
        self.own_button.clicked.connect(self._take_own)
        self.own = Frame()
        self.own.set_tone("warning")
        self.own.body.addWidget(self.own_label)
        self.own.body.addWidget(self.own_button)
        self.frame = Frame()
        self.frame.body.addWidget(self.reason_field)
        self.frame.body.addWidget(self.text_box)
        self.frame.body.addLayout(row(self.sign_button))
        self.column.setSpacing(10)
        self.column.addWidget(self.own)
        self.column.addWidget(self.frame)
        self.frame.hide()
        self.own.hide()

    def show_note(self) -> None:
        """Show what is typed, and offer a note of one's own that another signature came before."""
        self.reason_line.show_value(str(self.state.get(REASON)))
        self.text.show_value(str(self.state.get(TEXT)))
        self.reason_field.show_problem("")
        self.text_box.show_problem("")
        self.frame.setVisible(bool(self.reason_line.text() or self.text.value()))
        self._offer_own()

    def set_writable(self, *, on: bool) -> None:
        """Let it be written, or hide it from those who may not."""
        self.setVisible(on)

    def controls(self) -> Mapping[str, QWidget]:
        """Return both fields once they are open."""
        return {} if self.frame.isHidden() else {REASON: self.reason_line, TEXT: self.text}

    def open(self) -> None:
        """Unfold it and put the keyboard where something is to be typed."""
        self.frame.show()
        (self.text if self.reason_line.text().strip() else self.reason_line).setFocus()

    def sign(self) -> None:
        """Ask for the signature, or say at the field what is not written."""
        empty = [
            (field, words)
            for field, words in (
                (self.reason_field, self.tr("Say why it is added; one line is enough.")),
                (self.text_box, self.tr("Write what is added.")),
            )
            if not (self.reason_line.text() if field is self.reason_field else self.text.value()).strip()
        ]
        for field in (self.reason_field, self.text_box):
            field.show_problem(dict(empty).get(field, ""))
        if empty:
            self.frame.show()
            empty[0][0].control.setFocus()
        else:
            self.sign_asked.emit()

    def _offer_own(self) -> None:
        chart = self.state.chart
        signature = chart.signature if chart is not None else None
        own = own_note(self.state.raw) if signature is not None else {}
        self.own.setVisible(bool(own))
        if signature is not None and own:
            words = self.tr("%1 signed while you were writing. Your text is kept, and can become an addendum.")
            self.own_label.setText(f"⚠ {words.replace('%1', signature.by)}")

    def _take_own(self) -> None:
        """Make the own note the addendum's text; it leaves its parts of the draft in the same keystroke's write."""
        chart = self.state.chart
        if chart is None:
            return
        text = as_addendum(self.state.raw, self._definitions, chart.visit.visit_day)
        before = str(self.state.get(TEXT)).strip()
        self.state.set(TEXT, f"{before}\n\n{text}" if before else text)
        for name in own_note(self.state.raw):
            self.state.set(name, None)
        self.show_note()
        self.open()
