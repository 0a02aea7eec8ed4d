"""What a key press means on the form, the same in every field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def is_plain(event: QKeyEvent) -> bool:
    """Tell whether no Ctrl, Alt or Meta is held."""
    return (event.modifiers() & ~(_SHIFT | _KEYPAD)) == _NO_MODIFIER


def is_advance(event: QKeyEvent) -> bool:
    """Tell whether this is Enter: on to the next field."""
    return event.key() in _ENTER and (event.modifiers() & ~_KEYPAD) == _NO_MODIFIER


def is_retreat(event: QKeyEvent) -> bool:
    """Tell whether this is Shift+Enter: back to the previous field."""
    return event.key() in _ENTER and (event.modifiers() & ~_KEYPAD) == _SHIFT


def word_letter(event: QKeyEvent) -> str:
    """Return the letter of Alt+letter, which types a word that stands for a whole answer, else empty."""
    if event.modifiers() != Qt.KeyboardModifier.AltModifier or not Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
        return ""
    return chr(event.key()).lower()
