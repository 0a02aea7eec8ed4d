"""The signed note: who signed it and when, what stands in it, and what was added since. Nothing here can be typed into."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.domain.canonical import short
from intake.domain.reviews import Chart
from ui.models.board import date_words
from ui.pages.chart.note_field import NoteField
from ui.pages.chart.note_part import Frame
from ui.pages.chart.note_text import NoteText
from ui.pages.chart.note_words import sections_of
from ui.pages.chart.snippets_book import SnippetBook
from ui.top_bar import time_words
from ui.widgets.brand import role_words
from ui.widgets.labels import label

_MOST_LINES = 14
_READ = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class SignedNote(QWidget):
    """Signature first, then the parts, then the addenda in their order."""

    def __init__(self, definitions: Definitions, book: SnippetBook, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._definitions = definitions
        self._book = book
        self._zone = zone
        self.signer_label = label("", "strong", tone="ok", wrap=True)
        self.number_label = label("", "", wrap=True)
        self.number_label.setTextInteractionFlags(_READ)
        self.versions_label = label("", "hint", wrap=True)
        self.signature = Frame()
        self.signature.body.setSpacing(3)
        for each in (self.signer_label, self.number_label, self.versions_label):
            self.signature.body.addWidget(each)
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self.signature)

    def show_chart(self, chart: Chart) -> None:
        """Show a signed chart."""
        signature = chart.signature
        if signature is None:
            return
        by = self.tr("✓ Signed by %1, %2, %3")
        for number, text in enumerate((signature.by, role_words(signature.role).lower(), self._when(signature.at)), start=1):
            by = by.replace(f"%{number}", text)
        self.signer_label.setText(by)
        self.number_label.setText(
            self.tr("Document %1 · fingerprint %2").replace("%1", chart.number).replace("%2", short(chart.fingerprint))
        )
        versions = (signature.form_version, signature.rules_version, f"ICD-10-CM {signature.code_release}")
        self.versions_label.setText(self.tr("Written with %1").replace("%1", ", ".join(versions)))
        form = self._definitions.review_forms.get(signature.form_version, self._definitions.review_form)
        codes = self._definitions.code_lists.get(signature.code_release, self._definitions.codes)
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [self._text(each.title, each.text) for each in sections_of(signature.note, form, codes)]
        for each in chart.addenda:
            title = self.tr("Addendum %1 · %2, %3 · %4").replace("%1", str(each.number)).replace("%2", each.by)
            title = title.replace("%3", self._when(each.at)).replace("%4", each.reason)
            self._parts.append(self._text(title, each.text))
        for part in self._parts:
            self._column.addWidget(part)
            part.show()

    def texts(self) -> list[str]:
        """Return all that is shown, for those who look for a word in it."""
        return [words.text() for words in self.findChildren(QLabel)] + [text.value() for text in self.findChildren(NoteText)]

    def _text(self, title: str, words: str) -> NoteField:
        text = NoteText(self._book, least=1, most=_MOST_LINES)
        text.show_value(words)
        text.lock(on=True)
        text.setProperty("kind", "read")
        field = NoteField(title, text)
        field.name_label.setWordWrap(True)
        return field

    def _when(self, instant: datetime) -> str:
        at = instant.astimezone(self._zone)
        return f"{date_words(at.date())} {time_words(at)}"
