"""The keys of snippets in the note: Ctrl+; chooses one, Ctrl+Shift+S keeps the selected text as one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.pages.chart.note_text import NoteText
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_keep import KeepSnippet
from ui.pages.chart.snippets_line import NoteLine
from ui.pages.chart.snippets_overlay import SnippetList


class SnippetDesk(QObject):
    """Opens the two overlays over the window, for the text the keyboard is in."""

    def __init__(self, book: SnippetBook, text_in_hand: Callable[[], NoteText | NoteLine | None], over: QWidget) -> None:
        """Take the keys of ``over``; ``text_in_hand`` tells which text is meant."""
        super().__init__(over)
        self._book = book
        self._text_in_hand = text_in_hand
        self._over = over
        self._into: NoteText | NoteLine | None = None
        self.list: SnippetList | None = None
        self.keeping: KeepSnippet | None = None
        QShortcut(QKeySequence("Ctrl+;"), over, self.choose)
        QShortcut(QKeySequence("Ctrl+Shift+S"), over, self.keep)

    def choose(self) -> None:
        """Open the list; what is chosen goes where the caret is."""
        self._into = self._text_in_hand()
        if self._into is None:
            return
        if self.list is None:
            self.list = SnippetList(self._book, self._over.window())
            self.list.chosen.connect(self._put)
            self._over.destroyed.connect(self.list.deleteLater)
        self.list.offer()

    def keep(self) -> None:
        """Ask for the letters of the selected text."""
        text = self._text_in_hand()
        if text is None:
            return
        if self.keeping is None:
            self.keeping = KeepSnippet(self._book, self._over.window())
            self._over.destroyed.connect(self.keeping.deleteLater)
        self.keeping.ask(text.selected())

    def _put(self, words: str) -> None:
        if isinstance(self._into, NoteText):
            self._into.insert(words)
        elif self._into is not None:
            self._into.insert_snippet(words)
        if self._into is not None:
            self._into.setFocus()
