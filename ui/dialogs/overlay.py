"""Something that lies over the window for a moment and goes with Escape; the work under it stays as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_F1)


class Overlay(QFrame):
    """A framed surface over its parent. Closing it puts the focus back where it was."""

    def __init__(self, parent: QWidget, *, width: int, top: int = 84) -> None:
        """Build it hidden, ``width`` wide and ``top`` pixels from the top of the parent."""
        super().__init__(parent)
        self._wide = width
        self._top = top
        self._under = parent
        self._before: QWidget | None = None
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it over everything, remembering where the focus was."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def close_over(self) -> None:
        """Hide it and put the focus back."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape and keep every other key from the page below."""
        if event.key() in _CLOSING:
            self.close_over()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take Escape and F1 before a shortcut of the page below does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _CLOSING:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        within = self._under.rect()
        width = min(self._wide, within.width() - 32)
        self.setFixedWidth(width)
        inside = self.layout()
        wraps = inside is not None and inside.hasHeightForWidth()  # words that wrap say their height only for a width
        height = inside.totalHeightForWidth(width) if inside is not None and wraps else self.sizeHint().height()
        height = min(height, within.height() - self._top - 16)
        self.setGeometry((within.width() - width) // 2, self._top, width, height)
