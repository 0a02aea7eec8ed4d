"""What a patient's hands can reach: letters, the keys that move and correct, the left button. Everything else does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_MOVING: Final = frozenset(
    {
        Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_Mode_switch,
        Qt.Key.Key_Multi_key,
    }
)  # fmt: skip
_CUTTING: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Insert})
"""With Shift these cut and paste."""
_HARMLESS: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
_ALT_GR: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
_BUTTONS: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick})
_NEVER: Final = frozenset(
    {
        QEvent.Type.Shortcut, QEvent.Type.ContextMenu, QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop,
        QEvent.Type.ToolTip, QEvent.Type.WhatsThis, QEvent.Type.EnterWhatsThisMode,
    }
)  # fmt: skip
_WATCHED: Final = _KEYS | _BUTTONS | _NEVER | {QEvent.Type.ShortcutOverride, QEvent.Type.Close, QEvent.Type.Quit, QEvent.Type.Show}


def may_type(event: QKeyEvent) -> bool:
    """Tell whether a key is one that fills in a form: it writes a character, moves, or corrects."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~_HARMLESS
    if key in _CUTTING and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return False
    writes = bool(event.text()) and event.text().isprintable()
    if modifiers == _ALT_GR:
        return writes  # how Windows tells AltGr, which writes @ and ñ on some keyboards
    if modifiers != Qt.KeyboardModifier.NoModifier:
        return False
    return writes or key in _MOVING or key.name.startswith("Key_Dead_")


class Guard(QObject):
    """Stands before every event of the program as long as a patient has the screen.

    Only ``windows`` can be seen and touched; they cannot be closed. ``touched`` is called for every key and every press.
    """

    def __init__(self, windows: Callable[[], tuple[QWidget, ...]], touched: Callable[[], None], parent: QObject | None = None) -> None:
        """Stand aside until :meth:`begin`."""
        super().__init__(parent)
        self._windows = windows
        self._touched = touched

    def begin(self) -> None:
        """Step before every event."""
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one

    def end(self) -> None:
        """Step aside, and forget what was selected with the mouse: it could be pasted elsewhere."""
        QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]  # there is one
        clipboard = QApplication.clipboard()
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(clipboard.Mode.Selection)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let through what fills in the form."""
        kind = event.type()
        if kind not in _WATCHED:
            return False
        if kind in _NEVER or kind is QEvent.Type.Quit:
            event.ignore()
            return True
        if kind is QEvent.Type.ShortcutOverride:
            event.accept()  # a key is a key here, never a shortcut
            return True
        if kind is QEvent.Type.Show:
            return self._hide_again(watched)
        if kind is QEvent.Type.Close:
            return self._keep_open(watched, event)
        return self._stops(watched, event)

    def _stops(self, watched: QObject, event: QEvent) -> bool:
        """Tell whether a key or a press is not for a patient, or not for a window of theirs."""
        if isinstance(watched, QWidget) and watched.window() not in self._windows():
            return True
        if isinstance(watched, QWindow) and watched not in self._handles():
            return True
        if isinstance(event, QKeyEvent):
            allowed = may_type(event)
        else:
            allowed = isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton
        if allowed:
            self._touched()
        return not allowed

    def _keep_open(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._windows() or watched in self._handles():
            event.ignore()
            return True
        return False

    def _hide_again(self, watched: QObject) -> bool:
        """Keep every other window of the program out of sight, whatever would show it."""
        if isinstance(watched, QWidget) and watched.isWindow() and watched not in self._windows():
            watched.hide()
        return False

    def _handles(self) -> tuple[QWindow | None, ...]:
        return tuple(window.windowHandle() for window in self._windows())
