"""Closing the window takes a last backup, as signing out does: with progress, for so long and no longer, and it can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from ui.desk_window import DeskWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.at_work import AtWork
    from ui.entering import Entry

MOST_MS: Final = 120_000
"""The window never waits longer than this. What is not written by then is given up; nothing half-written is left."""


class Closing(QObject):
    """Decides whether the window stays a moment longer. A second press on its cross closes it at once."""

    shown = Signal(object)
    """The page to be placed in the window."""

    def __init__(self, window: DeskWindow, *, training: bool, parent: QObject) -> None:
        """Wait for nothing yet."""
        super().__init__(parent)
        self._window = window
        self._training = training
        self._wanted = False
        self._leaving: list[tuple[AtWork, Entry]] = []
        self._bound = QTimer(self)
        self._bound.setSingleShot(True)
        self._bound.setInterval(MOST_MS)
        self._bound.timeout.connect(window.close)

    def holds(self, working: AtWork | None, sign_out: Callable[[Callable[[], None]], None]) -> bool:
        """Tell whether the window stays for now: what is held closes by itself later.

        ``working`` is who is signed in, whom ``sign_out`` signs out before it calls what it is given. Where the computer is
        being shut down, or a patient has the screen, nothing is held.
        """
        due = bool(self._leaving) or (working is not None and working.has_last_backup())
        if self._wanted or not due or (working is not None and working.gave_screen()) or _ends_session():
            return False
        self._wanted = True
        self._bound.start()
        if working is not None:
            sign_out(self._show)
        else:
            self._show()
        return True

    def give_up(self) -> None:
        """Hold the window no longer, and do not close it: who was to be signed out works on. The next close begins anew."""
        self._bound.stop()
        self._wanted = False

    def leave(self, beside: AtWork, entry: Entry) -> None:
        """Have a last backup taken for who signed out, then their store closed; nothing waits for it but a window that closes."""
        both = (beside, entry)
        self._leaving.append(both)

        def closed() -> None:
            entry.leave()
            if both in self._leaving:
                self._leaving.remove(both)
            if self._bound.isActive() and not self._leaving:  # the window still waits
                QTimer.singleShot(0, self._window, self._window.close)

        beside.leave(closed)

    def stop(self) -> None:
        """Wait no longer: the program ends. A backup that is being written is given up, and its store closed."""
        self._bound.stop()
        while self._leaving:
            beside, entry = self._leaving.pop()
            beside.stop()
            entry.store.stop()

    def _show(self) -> None:
        from ui.pages.closing import ClosingPage  # noqa: PLC0415 - once a day

        page = ClosingPage(training=self._training)
        page.skipped.connect(self._window.close)
        for beside, _entry in self._leaving:
            beside.backing_up.progressed.connect(page.show_progress)
        self.shown.emit(page)


def _ends_session() -> bool:
    application = QGuiApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()
