"""One line of the note: expands snippets and jumps through blanks as the long texts do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.pages.chart.snippets import abbreviation_at
from ui.pages.chart.snippets_blanks import blank_spans
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.intake.editors import LineEditor
from ui.pages.intake.keys import is_plain
from ui.widgets.labels import restyle

_LEFT_FOR_ANOTHER = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_EXPANDING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteLine(LineEditor):
    """A line; Enter goes on to the next field."""

    expanded = Signal(str)
    jumped = Signal()

    def __init__(self, book: SnippetBook, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        """Build the line."""
        super().__init__(placeholder=placeholder, parent=parent)
        self._book = book

    def selected(self) -> str:
        """Return what is selected."""
        return self.selectedText()

    def lock(self, *, on: bool) -> None:
        """Let it only be read, or be typed into again; it looks like it."""
        if self.isReadOnly() != on:
            self.setReadOnly(on)
            restyle(self)

    def forget(self) -> None:
        """Forget what could be undone: it was typed about somebody else."""
        self.setText(self.text())

    def insert_snippet(self, text: str) -> None:
        """Put text where the caret is, and select its first blank."""
        begin = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        words = " ".join(text.split())
        self.insert(words)
        spans = blank_spans(words)
        if spans:
            first, last = spans[0]
            self.setSelection(begin + first, last - first)
        self.typed.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Expand before a space or before Enter goes on."""
        if not (event.key() in _EXPANDING and is_plain(event) and self._expand()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show a long line from its beginning once it was left for another field."""
        super().focusOutEvent(event)
        if event.reason() in _LEFT_FOR_ANOTHER:
            self.setCursorPosition(0)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Take Tab for an abbreviation and for the blanks, else go to the next field."""
        if not self.isReadOnly() and ((next and self._expand()) or self._jump(back=not next)):
            return True
        return super().focusNextPrevChild(next)

    def _expand(self) -> bool:
        if self.hasSelectedText() or self.isReadOnly():
            return False
        place = self.cursorPosition()
        before = self.text().encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "ignore")
        abbreviation = abbreviation_at(before)
        text = self._book.text_of(abbreviation) if abbreviation else None
        if text is None:
            return False
        self.setSelection(place - len(abbreviation), len(abbreviation))
        self.insert_snippet(text)
        self.expanded.emit(abbreviation)
        return True

    def _jump(self, *, back: bool) -> bool:
        spans = blank_spans(self.text())
        place, chosen = self.cursorPosition(), self.hasSelectedText()
        begin, end = (self.selectionStart(), self.selectionEnd()) if chosen else (place, place)
        if back:
            found = next((span for span in reversed(spans) if span[1] <= begin), None)
        else:
            found = next((span for span in spans if span[0] >= end), None)
        if found is None:
            return False
        self.setSelection(found[0], found[1] - found[0])
        self.jumped.emit()
        return True
