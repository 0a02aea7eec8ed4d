"""A thread for what is slow and needs no store: drawing pages, talking to a printer, writing a file."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One thing to do, who hears of it, and the word under which a later one replaces it."""

    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    newest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of a job."""

    job: _Job
    value: Any = None
    error: Exception | None = None


class _Queue(QObject):
    """The jobs of one worker, and the thread that does them.

    It belongs to the program and not to the worker: a thread must never tell an object that is going away at that moment. When
    its worker is gone and its jobs are done, it goes too.
    """

    returned = Signal(object)
    _told = Signal()
    _ended = Signal()

    def __init__(self) -> None:
        """Begin with nothing to do."""
        super().__init__(QCoreApplication.instance())
        self._jobs: deque[_Job] = deque()
        self._outcomes: deque[_Outcome] = deque()
        self._guard = threading.Lock()
        self._busy = False
        self._left = False
        self._told.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._go_if_left, Qt.ConnectionType.QueuedConnection)

    def add(self, job: _Job) -> None:
        """Put a job at the end; under the same word an earlier one that has not begun is forgotten."""
        with self._guard:
            if job.newest:
                self._jobs = deque(each for each in self._jobs if each.newest != job.newest)
            self._jobs.append(job)
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._run, name="worker", daemon=True).start()

    def leave(self) -> None:
        """Go once nothing is left to do: the worker is gone."""
        self._left = True
        self._go_if_left()

    def _run(self) -> None:
        while self._do_next():
            self._told.emit()

    def _do_next(self) -> bool:
        """Do the next job and say whether there was one; as with the store's thread, nothing of it is left on this one then."""
        job = self._next()
        if job is None:
            return False
        try:
            outcome = _Outcome(job=job, value=job.work())
        except Exception as error:  # noqa: BLE001 - the outer edge of a thread: an error is handed over, never lost
            outcome = _Outcome(job=job, error=error)
        self._outcomes.append(outcome)
        return True

    def _hand_over(self) -> None:
        self.returned.emit(self._outcomes.popleft())

    def _next(self) -> _Job | None:
        with self._guard:
            if self._jobs:
                return self._jobs.popleft()
            self._ended.emit()  # before it is idle, so that the object still stands
            self._busy = False
            return None

    def _go_if_left(self) -> None:
        with self._guard:
            idle = not self._busy
        if self._left and idle:
            self.deleteLater()


class Worker(QObject):
    """Does jobs one after another on a thread that lives as long as there are any.

    Answers come on the window's thread while this object lives; with its owner gone they are dropped.
    """

    def __init__(self, owner: QObject) -> None:
        """Begin with nothing to do."""
        super().__init__(owner)
        self._queue = _Queue()
        self._queue.returned.connect(self._deliver)
        self.destroyed.connect(self._queue.leave)

    def ask(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        newest: str = "",
    ) -> None:
        """Have ``work`` done, then call ``done``, if it is given, with what it returned, or ``failed`` with what it raised.

        Under the same word in ``newest``, an earlier job that has not begun is forgotten. An error that nobody takes is raised
        again on the window's thread.
        """
        self._queue.add(_Job(work=work, done=done, failed=failed, newest=newest))

    def _deliver(self, outcome: _Outcome) -> None:
        if outcome.error is None:
            if outcome.job.done is not None:
                outcome.job.done(outcome.value)
        elif outcome.job.failed is not None:
            outcome.job.failed(outcome.error)
        else:
            raise outcome.error
