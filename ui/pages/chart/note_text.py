"""A text of the note: grows with its lines, expands snippets, jumps through blanks, and stays quick at any length."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.pages.chart.note_paragraphs import (
    break_line,
    continues,
    empty,
    insert_text,
    keep_short,
    selected_text,
    text_of,
    to_offset,
    to_position,
)  # fmt: skip
from ui.pages.chart.snippets import MOST_LETTERS, abbreviation_at, has_blank
from ui.pages.chart.snippets_blanks import BlankTint, next_blank
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.intake.keys import is_plain
from ui.widgets.labels import restyle

_FRAME = 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEEP = QTextCursor.MoveMode.KeepAnchor


class NoteText(QPlainTextEdit):
    """One text of the note.

    ``typed`` carries the whole text after each change by a person; ``expanded`` an abbreviation that was put out in full;
    ``jumped`` tells that a blank is selected.
    """

    typed = Signal(str)
    expanded = Signal(str)
    jumped = Signal()
    left = Signal()

    def __init__(self, book: SnippetBook, *, least: int = 2, most: int = 10, parent: QWidget | None = None) -> None:
        """Build it ``least`` lines high; it grows to ``most`` and scrolls from there."""
        super().__init__(parent)
        self._book = book
        self._least, self._most = least, most
        self._quiet = False
        self._known = ""
        self._changed_at: int | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines wrap
        self._tint = BlankTint(self.document())
        self.document().setDocumentMargin(1)
        self.document().contentsChange.connect(self._note_place)
        self.textChanged.connect(self._tell)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> str:
        """Return the text as typed."""
        return text_of(self.document())

    def show_value(self, text: str) -> None:
        """Show a text, without telling anyone."""
        self._known = text
        if text == self.value():
            return
        self._quiet = True
        self.document().setUndoRedoEnabled(False)
        empty(self.document())
        insert_text(QTextCursor(self.document()), text)
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._quiet = False

    def lock(self, *, on: bool) -> None:
        """Let it only be read, or be typed into again; it looks like it."""
        if self.isReadOnly() != on:
            self.setReadOnly(on)
            restyle(self)

    def forget(self) -> None:
        """Forget what could be undone: it was typed about somebody else."""
        self.document().clearUndoRedoStacks()

    def caret(self) -> int:
        """Return the caret's place in the text."""
        return to_offset(self.document(), self.textCursor().position())

    def place_caret(self, offset: int) -> None:
        """Put the caret back."""
        cursor = self.textCursor()
        cursor.setPosition(to_position(self.document(), offset))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def selected(self) -> str:
        """Return what is selected, as typed."""
        return selected_text(self.textCursor())

    def insert(self, text: str) -> None:
        """Put text where the caret is, as one step of undo, and select its first blank."""
        cursor = self.textCursor()
        begin = cursor.selectionStart()
        insert_text(cursor, text)
        if has_blank(text):
            cursor.setPosition(begin)
            blank = next_blank(self.document(), cursor, back=False)
            if blank is not None:
                cursor = blank
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Expand before a space or a new line, and keep both kinds of line ends apart."""
        ends = event.key() in _ENTER and is_plain(event)
        if (ends or (event.key() == Qt.Key.Key_Space and is_plain(event))) and self._expand():
            return
        if ends and not self.isReadOnly():
            break_line(self.textCursor())
            self.ensureCursorVisible()
            return
        if is_plain(event) and (over := self._over_seam(event.key())) is not None:
            over.removeSelectedText()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Take Tab for an abbreviation and for the blanks, else go to the next field."""
        if not self.isReadOnly() and ((next and self._expand()) or self._jump(back=not next)):
            return True
        self.setTabChangesFocus(True)
        moved = super().focusNextPrevChild(next)
        self.setTabChangesFocus(False)
        return moved

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy the text as typed."""
        data = QMimeData()
        data.setText(self.selected())
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste text only."""
        if source.hasText() and not self.isReadOnly():
            insert_text(self.textCursor(), source.text())
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and grow to the lines that makes."""
        super().resizeEvent(event)
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Tint anew in other colors, and measure anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint.rehighlight()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _expand(self) -> bool:
        """Put out in full the abbreviation before the caret; False when there is none."""
        cursor = self.textCursor()
        if cursor.hasSelection() or self.isReadOnly():
            return False
        before = self.textCursor()
        before.setPosition(max(before.block().position(), before.position() - MOST_LETTERS - 1), _KEEP)
        abbreviation = abbreviation_at(before.selectedText())
        text = self._book.text_of(abbreviation) if abbreviation else None
        if text is None:
            return False
        cursor.movePosition(QTextCursor.MoveOperation.Left, _KEEP, len(abbreviation))
        self.setTextCursor(cursor)
        self.insert(text)
        self.expanded.emit(abbreviation)
        return True

    def _jump(self, *, back: bool) -> bool:
        blank = next_blank(self.document(), self.textCursor(), back=back)
        if blank is None:
            return False
        self.setTextCursor(blank)
        self.jumped.emit()
        return True

    def _over_seam(self, key: int) -> QTextCursor | None:
        """Return what Backspace or Delete takes where a long paragraph is continued: the character beyond, not the seam alone."""
        cursor = self.textCursor()
        if self.isReadOnly() or cursor.hasSelection():
            return None
        if key == Qt.Key.Key_Backspace and cursor.atBlockStart() and continues(cursor.block()):
            cursor.movePosition(QTextCursor.MoveOperation.Left, _KEEP, 2)
        elif key == Qt.Key.Key_Delete and cursor.atBlockEnd() and continues(cursor.block().next()):
            cursor.movePosition(QTextCursor.MoveOperation.Right, _KEEP, 2)
        else:
            return None
        return cursor

    def _note_place(self, position: int, _removed: int, _added: int) -> None:
        self._changed_at = position

    def _tell(self) -> None:
        if self._quiet or self._changed_at is None:
            return
        place, self._changed_at = self._changed_at, None
        if not self.document().isRedoAvailable():  # never in the course of an undo: it would be the last step for ever
            self._quiet = True
            keep_short(self.document(), place)
            self._quiet = False
        text = self.value()
        if text != self._known:  # Qt tells of another font or state as of typing; what was only shown is nobody's typing
            self._known = text
            self.typed.emit(text)

    def _lines(self) -> tuple[int, float]:
        """Count the lines, no further than is shown, and say how high they are: signs and scripts of another font make a line higher.

        Laid out here, for after a change of width Qt does so only where it paints.
        """
        layout, block, lines, height = self.document().documentLayout(), self.document().begin(), 0, 0.0
        while block.isValid() and lines < self._most:
            height += layout.blockBoundingRect(block).height()
            lines += block.layout().lineCount()
            block = block.next()
        return lines, height

    def _grow(self, *_size: object) -> None:
        lines, height = self._lines()
        spacing = self.fontMetrics().lineSpacing()
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines >= self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(shown)
        needed = self._most * spacing if lines >= self._most else max(ceil(height), self._least * spacing)
        self.setFixedHeight(needed + _FRAME)
