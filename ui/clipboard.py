"""What is copied inside the program: for the next paste, and for no clipboard's history."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

_KDE: Final = "x-kde-passwordManagerHint"
_WINDOWS: Final = 'application/x-qt-windows-mime;value="%s"'
_NO: Final = bytes(4)
"""A Windows DWORD of 0."""
HINTS: Final = {
    _KDE: b"secret",
    _WINDOWS % "ExcludeClipboardContentFromMonitorProcessing": b"1",
    _WINDOWS % "CanIncludeInClipboardHistory": _NO,
    _WINDOWS % "CanUploadToCloudClipboard": _NO,
    "org.nspasteboard.ConcealedType": b"1",
}
"""How programs that keep what was copied are asked not to: by Windows for its history and its cloud, by KDE's Klipper and those
that follow it, and by nspasteboard.org for those on macOS (which read it where Qt hands this type on under its own name)."""
_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
_ALONE: Final = ("offscreen", "minimal")
"""Screens without other programs: what lies on their clipboard is this program's, though they name no owner."""


class Clipboard(QObject):
    """Marks whatever this program copies or selects, and takes it away when the person goes.

    The mark is set while the program still holds the copy and before any other program can ask for it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin to mark."""
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._copied)
        self._clipboard.selectionChanged.connect(self._selected)

    def forget(self) -> None:
        """Take away what was copied here, unless something was copied elsewhere since."""
        for mode in _MODES:
            if self._is_own(mode):
                self._clipboard.clear(mode)

    def _copied(self) -> None:
        self._mark(QClipboard.Mode.Clipboard)

    def _selected(self) -> None:
        self._mark(QClipboard.Mode.Selection)

    def _mark(self, mode: QClipboard.Mode) -> None:
        if not self._is_own(mode):
            return
        copied = cast("QMimeData | None", self._clipboard.mimeData(mode))  # None where nothing was ever copied
        if copied is not None and copied.formats() and not copied.hasFormat(_KDE):
            self._clipboard.setMimeData(marked(copied), mode)

    def _is_own(self, mode: QClipboard.Mode) -> bool:
        if QGuiApplication.platformName() in _ALONE:
            return True
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()


def marked(copied: QMimeData) -> QMimeData:
    """Return the same in every format, with the marks."""
    made = QMimeData()
    for name in copied.formats():
        made.setData(name, copied.data(name))
    for name, value in HINTS.items():
        made.setData(name, value)
    return made
