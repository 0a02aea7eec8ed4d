"""What is typed into: text, a choice from a list. All speak the same three words.

Each has ``value() -> str`` and ``set_value(str)``, and emits ``edited`` on every change a person makes, ``left`` when the
focus goes, and ``advanced`` on Enter.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOT_TYPING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TextField(QLineEdit):
    """One line of text."""

    edited = Signal()
    left = Signal()
    advanced = Signal()

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", max_length: int = 32_767) -> None:
        """Build the field."""
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(max_length)
        self.textEdited.connect(self._tell_edited)
        self.returnPressed.connect(self.advanced)

    def value(self) -> str:
        """Return the text as typed."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Show a text; the caret goes to its start so that a long one is read from its beginning."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0 if not self.hasFocus() else len(text))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left, but not for a pop-up or another window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def _tell_edited(self) -> None:
        self.edited.emit()


class ChoiceField(QComboBox):
    """One code from a list: a letter picks, Delete empties, Alt+Down opens. The value ``""`` is "not asked"."""

    edited = Signal()
    left = Signal()
    advanced = Signal()

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *, empty: str = "") -> None:
        """Offer ``options`` as (code, words) after an empty first line that reads ``empty``."""
        super().__init__(parent)
        self._typed = ""
        self._since = QElapsedTimer()
        self.addItem(empty, "")
        for code, words in options:
            self.addItem(words, code)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._tell_edited)

    def value(self) -> str:
        """Return the code, or "" for none."""
        return str(self.currentData() or "")

    def set_value(self, code: str) -> None:
        """Show a code; one that is not offered shows as empty."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Advance on Enter, empty on Delete, and otherwise let letters and arrows pick."""
        if event.key() in _ENTER:
            self.advanced.emit()
            return
        before = self.currentIndex()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setCurrentIndex(0)
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & _NOT_TYPING:
            self._search(event.text())
        else:
            super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.edited.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, never change an answer by the wheel."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin the search by letters anew: what was typed here a moment ago is not part of it."""
        super().focusInEvent(event)
        self._typed = ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left, but not for its own list."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def _search(self, letter: str) -> None:
        """Pick what begins with the letters typed one soon after another; the first of them, or the same again, goes on to the next.

        The empty line comes last: its words are not a choice, and may begin like one.
        """
        if not self._since.isValid() or self._since.hasExpired(QApplication.keyboardInputInterval()):
            self._typed = ""
        self._since.start()
        self._typed += letter.casefold()
        on = set(self._typed) == {self._typed[0]}
        wanted = self._typed[0] if on else self._typed
        here = self.currentIndex() + on
        rows = (*range(max(1, here), self.count()), *range(1, min(here, self.count())), 0)
        found = (row for row in rows if self.itemText(row).casefold().startswith(wanted))
        self.setCurrentIndex(next(found, self.currentIndex()))

    def _tell_edited(self) -> None:
        self.edited.emit()
