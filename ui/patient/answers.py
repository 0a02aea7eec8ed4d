"""What an answer is given with: buttons to pick, numbers from 0 to 10, lines to write on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from intake.domain.forms import FormQuestion
from ui.patient.buttons import OptionButton, walk
from ui.patient.slots import Language, option_words
from ui.patient.style import NARROW_PX

_PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
"""A keyboard of the system must learn nothing here, and offer nothing that somebody else typed."""
_FEW = 3
_SHORT_WORDS = 18
_LINES_PX = 132


class Options(QWidget):
    """Answers to pick, side by side where they fit. ``picked`` carries the codes after a person changed them."""

    picked = Signal(list)

    def __init__(self, question: FormQuestion, language: Language, *, several: bool = False, parent: QWidget | None = None) -> None:
        """Offer the question's options."""
        super().__init__(parent)
        self._several = several
        self.buttons = [
            OptionButton(option.code, option_words(option, language), several=several) for option in (*question.options, *question.words)
        ]
        self._short = len(self.buttons) <= _FEW and all(len(each.accessibleName()) <= _SHORT_WORDS for each in self.buttons)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        for button in self.buttons:
            button.clicked.connect(self._clicked)
        self.setAccessibleName(question.text.in_language(language))
        self._arrange(self._short_columns())

    def show_codes(self, codes: Sequence[str]) -> None:
        """Show what is picked, without telling anyone."""
        for button in self.buttons:
            button.setChecked(button.code in codes)

    def codes(self) -> list[str]:
        """Return what is picked, in the order of the answers."""
        return [button.code for button in self.buttons if button.isChecked()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from answer to answer with the arrows."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not walk(self.buttons, step):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand under each other where the screen is narrow."""
        super().resizeEvent(event)
        self._arrange(self._short_columns() if self._short else 1 if self.width() < NARROW_PX - 100 else 2)

    def _short_columns(self) -> int:
        return len(self.buttons) if self._short else 2

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(len(self.buttons)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _clicked(self) -> None:
        pressed = self.sender()
        if not self._several:
            for button in self.buttons:
                if button is not pressed:
                    button.setChecked(False)
        self.picked.emit(self.codes())


class Line(QLineEdit):
    """One line to write on. ``typed`` carries every change a person makes."""

    typed = Signal(str)

    def __init__(self, name: str, *, numeric: bool = False, longest: int = 300, parent: QWidget | None = None) -> None:
        """Build the line; ``numeric`` offers digits first on a keyboard of the screen."""
        super().__init__(parent)
        self.numeric = numeric
        self.setAccessibleName(name)
        self.setMaxLength(longest)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setDragEnabled(False)
        self.setInputMethodHints(_PRIVATE | (Qt.InputMethodHint.ImhPreferNumbers if numeric else Qt.InputMethodHint.ImhNone))
        self.textEdited.connect(self.typed)

    def show_text(self, text: str) -> None:
        """Show a text, without telling anyone."""
        if text != self.text():
            self.setText(text)


class Lines(QPlainTextEdit):
    """Several lines to write on. ``typed`` carries every change a person makes."""

    typed = Signal(str)

    def __init__(self, name: str, *, longest: int, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self.numeric = False
        self._longest = longest
        self._shows = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setInputMethodHints(_PRIVATE | Qt.InputMethodHint.ImhMultiLine)
        self.setFixedHeight(_LINES_PX)
        self.textChanged.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Return room for four lines."""
        return QSize(400, _LINES_PX)

    def show_text(self, text: str) -> None:
        """Show a text, without telling anyone."""
        if text != self.toPlainText():
            self._shows = True
            self.setPlainText(text)
            self._shows = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take no more than fits; what moves and corrects always works."""
        full = len(self.toPlainText()) >= self._longest and not self.textCursor().hasSelection()
        if full and ((event.text() and event.text().isprintable()) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._shows:
            self.typed.emit(self.toPlainText())
