"""A check of the store off the window's thread: on a connection of its own, with progress, and recorded when it is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from intake.actions.check import CheckReport, checking, record_check
from intake.domain.audit import Progress
from ui.desk import Desk
from ui.preview.worker import Worker

_LOOK_MS = 100


class _StoppedError(Exception):
    """Nobody waits for the check any more."""


class _Steps:
    """How far the check is: written on its thread, read on the window's."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.stopped = False

    def __call__(self, done: int, total: int) -> None:
        if self.stopped:
            raise _StoppedError
        self.done, self.total = done, total

    def stop(self) -> None:
        self.stopped = True


class StoreCheck(QObject):
    """Checks the store, one check at a time. It ends by itself when this object goes."""

    progressed = Signal(int, int)
    """How many entries of how many were walked over."""
    found = Signal(object)
    """The :class:`CheckRun` of a check that was made."""
    failed = Signal(object)
    """The exception by which a check ended."""

    def __init__(self, desk: Desk, parent: QObject | None = None, *, by_itself: bool = False) -> None:
        """Check for this desk's actor, or ``by_itself`` for nobody."""
        super().__init__(parent)
        self._desk = desk
        self._by_itself = by_itself
        self._worker = Worker(self)
        self._steps: _Steps | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._tell)

    def runs(self) -> bool:
        """Tell whether a check is being made."""
        return self._steps is not None

    def begin(self) -> None:
        """Begin a check, unless one is being made."""
        if self._steps is not None:
            return
        self._steps = steps = _Steps()
        self.destroyed.connect(steps.stop)
        self._look.start()
        actor = None if self._by_itself else self._desk.actor
        self._desk.store.ask(lambda store: checking(store, actor, now=self._desk.now()), owner=self, done=self._check, failed=self._fail)

    def stop(self) -> None:
        """Give up the check that is being made: the store is about to be closed."""
        if self._steps is not None:
            self._steps.stop()

    def _check(self, check: Callable[[Progress], CheckReport]) -> None:
        steps = self._steps
        if steps is not None:
            self._worker.ask(partial(_timed, check, steps), done=self._record, failed=self._fail)

    def _record(self, outcome: tuple[CheckReport, int]) -> None:
        desk, (report, took_ms) = self._desk, outcome
        self._tell()
        actor = None if self._by_itself else desk.actor
        desk.store.ask(
            lambda store: record_check(store, actor, report, now=desk.now(), took_ms=took_ms, workstation=desk.workstation),
            owner=self,
            done=self._end,
            failed=self._fail,
        )

    def _end(self, run: object) -> None:
        self._rest()
        self.found.emit(run)

    def _fail(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, _StoppedError):
            self.failed.emit(error)

    def _rest(self) -> None:
        self._look.stop()
        self._steps = None

    def _tell(self) -> None:
        if self._steps is not None and self._steps.total:
            self.progressed.emit(self._steps.done, self._steps.total)


def _timed(check: Callable[[Progress], CheckReport], steps: _Steps) -> tuple[CheckReport, int]:
    begun = time.monotonic()
    report = check(steps)
    return report, round((time.monotonic() - begun) * 1000)
