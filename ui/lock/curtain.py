"""Taking everything out of sight at once, and putting it back as it was."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget
from shiboken6 import isValid

from ui.patient.windows import CoveringWindow

_MOST_POPUPS: Final = 20
_QUIETLY: Final = Qt.FocusReason.PopupFocusReason
"""A field that is left for this reason keeps its selection, and does not judge what was typed so far."""


class Curtain(QObject):
    """Lies between the work and what is shown in its place.

    The work is not only covered. It is hidden, so that no resizing and no picture of the window shows it, and it is out of
    the tree that screen readers walk, where hidden widgets keep their names.
    """

    def __init__(self, window: QMainWindow, work: QWidget) -> None:
        """Hide nothing yet; ``work`` is in the middle of ``window``."""
        super().__init__(work)
        self._window = window
        self._work = work
        self._front: QWidget | None = None
        self._focus: QWidget | None = None
        self._away: list[QWidget] = []

    @property
    def is_drawn(self) -> bool:
        """Whether the work is out of sight."""
        return self._front is not None

    def draw(self, front: QWidget) -> None:
        """Show ``front``, a child of the window, in the place of everything; the screen is painted when this returns."""
        _close_popups()
        self._focus = self._window.focusWidget()  # where its keyboard is or, with another window in front, was
        self._front = front
        front.setGeometry(self._window.rect())
        front.show()
        front.raise_()
        front.setFocus(_QUIETLY)
        self._work.hide()  # before the painting, or it would be painted once more, under what covers it
        # A window of its own is no child of another one for a screen reader, and the work is never shown as one.
        self._work.overrideWindowFlags(Qt.WindowType.Window)
        front.repaint()
        self._put_away_windows()
        _application().installEventFilter(self)

    def open(self) -> None:
        """Put everything back: the page, where the keyboard was, and the selection."""
        front, self._front = self._front, None
        if front is None:
            return
        _application().removeEventFilter(self)
        self._work.overrideWindowFlags(Qt.WindowType.Widget)
        self._work.show()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(_QUIETLY)
        front.hide()
        front.deleteLater()
        for window in self._away:
            if isValid(window):
                window.show()
        self._away, self._focus = [], None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in front of everything: whatever is shown meanwhile goes out of sight again before it is painted."""
        kind = event.type()
        if kind is QEvent.Type.Resize and watched is self._window and self._front is not None:
            self._front.setGeometry(self._window.rect())
        elif kind is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow() and not self._may_be_seen(watched):
            watched.hide()
        return False

    def _may_be_seen(self, window: QWidget) -> bool:
        """Tell the one window, and those of a patient whom the screen was given just before: nothing of the staff is on them.

        With the one window closed, or away for a patient, there is nothing to stay in front of.
        """
        return window is self._window or isinstance(window, CoveringWindow) or not self._window.isVisible()

    def _put_away_windows(self) -> None:
        """Take every other window of the program out of sight: a dialog is answered with "no", the others come back."""
        for window in QApplication.topLevelWidgets():
            if window in (self._window, self._work) or not window.isVisible():
                continue
            if isinstance(window, QDialog):
                window.reject()
            else:
                window.hide()
                self._away.append(window)


def _application() -> QApplication:
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        raise TypeError("no_application")
    return found


def _close_popups() -> None:
    """Close what hangs open over the window: lists, menus, words at the mouse."""
    QToolTip.hideText()
    for _ in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        popup.close()
