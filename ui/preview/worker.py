"""A thread for what is slow and needs no store: drawing pages, talking to a printer, writing a file."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One thing to do, who hears of it, and the word under which a later one replaces it."""

    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    newest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of a job."""

    job: _Job
    value: Any = None
    error: Exception | None = None


class Worker(QObject):
    """Does jobs one after another on a thread that lives as long as there are any.

    Answers come on the window's thread while this object lives; with its owner gone they are dropped.
    """

    _returned = Signal(object)

    def __init__(self, owner: QObject) -> None:
        """Begin with nothing to do."""
        super().__init__(owner)
        self._jobs: deque[_Job] = deque()
        self._guard = threading.Lock()
        self._busy = False
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self, work: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[Exception], None] | None = None, newest: str = ""
    ) -> None:
        """Have ``work`` done, then call ``done`` with what it returned, or ``failed`` with what it raised.

        Under the same word in ``newest``, an earlier job that has not begun is forgotten. An error that nobody takes is raised
        again on the window's thread.
        """
        with self._guard:
            if newest:
                self._jobs = deque(job for job in self._jobs if job.newest != newest)
            self._jobs.append(_Job(work=work, done=done, failed=failed, newest=newest))
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._run, name="worker", daemon=True).start()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                outcome = _Outcome(job=job, value=job.work())
            except Exception as error:  # noqa: BLE001 - the outer edge of a thread: an error is handed over, never lost
                outcome = _Outcome(job=job, error=error)
            # The window may go between the question and the signal: then there is nobody to tell.
            with contextlib.suppress(RuntimeError):
                if isValid(self):
                    self._returned.emit(outcome)

    def _next(self) -> _Job | None:
        with self._guard:
            self._busy = bool(self._jobs)
            return self._jobs.popleft() if self._jobs else None

    def _deliver(self, outcome: _Outcome) -> None:
        if outcome.error is None:
            outcome.job.done(outcome.value)
        elif outcome.job.failed is not None:
            outcome.job.failed(outcome.error)
        else:
            raise outcome.error
