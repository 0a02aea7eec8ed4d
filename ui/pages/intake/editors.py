"""What one field is typed into: a line, a growing text, or buttons side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.pages.intake.choices import Choices, Pick
from ui.pages.intake.keys import is_advance, is_plain, is_retreat, word_letter
from ui.widgets.fields import TextField

ANY_LENGTH = 10_000_000
"""What is too long is kept and told, never cut in silence."""
MOST_LINES = 6
_FRAME = 12


class LineEditor(TextField):
    """One line. Alt with a letter types a word that stands for the whole answer (``none``)."""

    typed = Signal(str)
    retreated = Signal()

    def __init__(self, *, words: Sequence[str] = (), placeholder: str = "", parent: QWidget | None = None) -> None:
        """Build the line; ``words`` are the codes of whole answers."""
        super().__init__(parent, placeholder=placeholder, max_length=ANY_LENGTH)
        self.words = {word[0]: word for word in words}
        self.textEdited.connect(self.typed)

    def show_value(self, text: str) -> None:
        """Show a text."""
        if text != self.text():
            self.setText(text)

    def caret(self) -> int:
        """Return the caret's place."""
        return self.cursorPosition()

    def place_caret(self, position: int) -> None:
        """Put the caret back."""
        self.setCursorPosition(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, go back, or type."""
        if word := self.words.get(word_letter(event)):
            self.setText(word)
            self.typed.emit(word)
            self.advanced.emit()
        elif is_retreat(event) or (is_plain(event) and event.key() == Qt.Key.Key_Up):
            self.retreated.emit()
        elif is_advance(event) or (is_plain(event) and event.key() == Qt.Key.Key_Down):
            self.advanced.emit()  # and Enter goes no further: a line edit would hand it on to what stands around it
        else:
            super().keyPressEvent(event)


class LongEditor(QPlainTextEdit):
    """A text that grows with its lines. Enter goes on, Shift+Enter begins a new line."""

    typed = Signal(str)
    advanced = Signal()
    retreated = Signal()

    def __init__(self, *, words: Sequence[str] = (), most_lines: int = MOST_LINES, parent: QWidget | None = None) -> None:
        """Build the text, one line high; it grows up to ``most_lines`` before it scrolls."""
        super().__init__(parent)
        self._most_lines = most_lines
        self.words = {word[0]: word for word in words}
        self._quiet = False
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(1)
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> str:
        """Return the text exactly as typed; Qt's plain text would turn hard spaces into soft ones."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def show_value(self, text: str) -> None:
        """Show a text."""
        if text != self.value():
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False

    def caret(self) -> int:
        """Return the caret's place."""
        return self.textCursor().position()

    def place_caret(self, position: int) -> None:
        """Put the caret back."""
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, go back from the first line, or type."""
        if word := self.words.get(word_letter(event)):
            self.setPlainText(word)
            self.advanced.emit()
        elif is_advance(event):
            self.advanced.emit()
        elif is_plain(event) and event.key() == Qt.Key.Key_Up and self._at_edge(QTextCursor.MoveOperation.Up):
            self.retreated.emit()
        elif is_plain(event) and event.key() == Qt.Key.Key_Down and self._at_edge(QTextCursor.MoveOperation.Down):
            self.advanced.emit()
        else:
            super().keyPressEvent(event)

    def _at_edge(self, direction: QTextCursor.MoveOperation) -> bool:
        return not self.textCursor().movePosition(direction)

    def _tell(self) -> None:
        if not self._quiet:
            self.typed.emit(self.value())

    def _grow(self, *_size: object) -> None:
        lines = min(max(int(self.document().size().height()), 1), self._most_lines)
        full = lines == self._most_lines
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(max(30, lines * self.fontMetrics().lineSpacing() + _FRAME))


class SegmentEditor(Choices):
    """A field's few answers as joined buttons."""

    typed = Signal(str)

    def __init__(self, name: str, picks: Sequence[Pick], parent: QWidget | None = None) -> None:
        """Show the answers."""
        super().__init__(name, picks, parent=parent)
        self.picked.connect(self._tell_code)

    def value(self) -> str:
        """Return the picked code, empty when not asked."""
        return next(iter(self.codes()), "")

    def show_value(self, text: str) -> None:
        """Show a code."""
        self.show_codes([text])

    def caret(self) -> int:
        """Return 0: buttons have no caret."""
        return 0

    def place_caret(self, position: int) -> None:
        """Do nothing: buttons have no caret."""

    def _tell_code(self, codes: list[str]) -> None:
        self.typed.emit(next(iter(codes), ""))
