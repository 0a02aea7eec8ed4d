"""Keeping what is typed: on disk a moment after every keystroke, retried for as long as the disk refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.desk import Desk

if TYPE_CHECKING:
    from intake.storage.store import Store

PAUSE_MS = 100
"""The first change starts the clock and later ones ride along: steady typing is kept ten times a second."""
RETRY_MS = 2_000

Keeping = Callable[["Store"], None]
"""Puts on disk what was typed when it was made."""


class Keeper(QObject):
    """Keeps what ``compose`` says, on the store's thread, one write after the other.

    ``kept`` tells that everything typed is on disk, ``failed`` why it is not; it is then tried again until it is.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, compose: Callable[[], Keeping], parent: QObject | None = None) -> None:
        """Keep nothing yet; ``compose`` takes what is typed at that moment and returns the writing of it."""
        super().__init__(parent)
        self._desk = desk
        self._composed = compose
        self._dirty = False
        self._writing = 0
        self._closed = False
        self._settled: Callable[[], None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.write)

    def note(self) -> None:
        """Take note that something was typed: it is on disk soon."""
        self._dirty = True
        if not self._closed and not self._pause.isActive() and not self._writing:
            self._pause.start(PAUSE_MS)

    def is_behind(self) -> bool:
        """Tell whether something typed is not yet on disk."""
        return self._dirty or self._writing > 0

    def write(self) -> None:
        """Write now whatever is not yet on disk; a write under way is waited for."""
        if not self._writing:
            self.finish()

    def finish(self) -> None:
        """Write now, right behind a write under way: the page goes, and nobody would be there to go on."""
        self._pause.stop()
        if self._closed or not self._dirty:
            return
        self._dirty = False
        self._writing += 1
        self._desk.store.ask(self._composed(), owner=self, done=self._done, failed=self._refused)

    def settle(self, then: Callable[[], None]) -> None:
        """Call ``then`` once everything typed is written, so that a save that is refused loses nothing and a save takes all."""
        self.write()
        if self._writing:
            self._settled = then
        else:
            then()

    def close(self) -> None:
        """Write nothing more: what was typed is where it belongs."""
        self._closed = True
        self._pause.stop()

    def tries_again(self, error: Exception) -> bool:
        """Say whether a refused write is to be tried again; what can be put right before that is put right here."""
        return True

    def _done(self, _nothing: None) -> None:
        self._writing -= 1
        self.kept.emit()
        self._go_on(PAUSE_MS)

    def _refused(self, error: Exception) -> None:
        self._writing -= 1
        if self._closed:
            return
        if not self.tries_again(error):
            self._go_on(PAUSE_MS)
            return
        self._dirty = True
        self.failed.emit(error)
        self._go_on(RETRY_MS)

    def _go_on(self, pause_ms: int) -> None:
        if self._settled is not None and self._dirty and not self._closed and pause_ms != RETRY_MS:
            self.finish()  # typed since that write began: it is waited for too
            return
        if self._settled is not None:
            then, self._settled = self._settled, None
            then()
        if self._dirty and not self._closed:
            self._pause.start(pause_ms)
