"""What a tour is made of: keys to press, things to wait for, pictures to take, facts to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class TourError(Exception):
    """A step of the tour did not do what it should; the text names the step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One key with its modifiers, pressed wherever the focus is."""

    key: Qt.Key
    modifiers: Qt.KeyboardModifier = NO_MODIFIER


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Characters typed one key after the other wherever the focus is."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """Wait for ``holds``; the tour fails when it does not within the time limit. ``what`` says what is waited for."""

    what: str
    holds: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """Take the window's picture in light, dark and at 200 % under this name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """A line of the tour's report."""

    text: str


Step = Press | Write | Until | Photograph | Tell


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> Press:
    """Return the step that presses one key."""
    return Press(key=key, modifiers=modifiers)


def ctrl(key: Qt.Key) -> Press:
    """Return the step that presses Ctrl and a key."""
    return Press(key=key, modifiers=Qt.KeyboardModifier.ControlModifier)


def alt(key: Qt.Key) -> Press:
    """Return the step that presses Alt and a key."""
    return Press(key=key, modifiers=Qt.KeyboardModifier.AltModifier)


ENTER = press(Qt.Key.Key_Return)
TAB = press(Qt.Key.Key_Tab)
DOWN = press(Qt.Key.Key_Down)
SPACE = press(Qt.Key.Key_Space)
