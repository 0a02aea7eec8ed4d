"""The one thread that owns the one store. The window asks, and goes on; the answer comes back as an event."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from intake.errors import StoreError

if TYPE_CHECKING:
    from intake.storage.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")
SLOW_MS = 100
_LOOK_S = 0.5
"""How often a thread that waits for an answer looks whether the store's thread still lives."""
_SWITCH_S = 0.0005
"""How long a thread may compute while the window's thread waits for its turn in Python; five milliseconds are Python's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One thing to do with the store, and who waits for it."""

    work: Callable[[Store], Any]
    owner: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    newest: tuple[int, str] | None
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of a job."""

    job: _Job
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """One thing to do with the store for another thread, which waits for the answer: a value, or an exception."""

    work: Callable[[Store], Any]
    answers: SimpleQueue[tuple[Any, Exception | None]]


class StoreThread(QObject):
    """Runs work on the store one after another, in the order it was asked for.

    An answer is delivered on the window's thread. The answer for an owner that is gone is dropped; an error never is: it goes
    to the asker's ``failed``, and without one (or when the asker is gone) to the signal :attr:`failed`.
    """

    failed = Signal(object)
    """An exception that no asker took."""
    opened = Signal()
    """The store is open."""
    refused = Signal(object)
    """The store could not be opened: the exception. Nothing that is asked from then on is answered."""
    _returned = Signal(object)

    def __init__(self, open_store: Callable[[], Store], parent: QObject | None = None) -> None:
        """Keep how the store is opened; :meth:`start` opens it, on the new thread."""
        super().__init__(parent)
        self._open_store = open_store
        self._jobs: SimpleQueue[_Job | _Call | None] = SimpleQueue()
        self._serial = 0
        self._latest: dict[tuple[int, str], int] = {}
        self._held: dict[int, _Job] = {}
        self._outcomes: dict[int, _Outcome] = {}
        self._window = threading.get_ident()
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the store and begin."""
        sys.setswitchinterval(_SWITCH_S)
        self._thread.start()

    def ask(
        self,
        work: Callable[[Store], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        newest: str = "",
    ) -> None:
        """Have ``work`` done with the store, then call ``done``, if it is given, with what it returned, on the window's thread.

        With a word in ``newest``, an earlier ask of the same owner under the same word that has not begun is forgotten: only
        the last keystroke of a search needs its answer.
        """
        self._serial += 1
        key = (id(owner), newest) if newest else None
        if key is not None:
            self._latest[key] = self._serial
        job = _Job(work=work, owner=owner, done=done, failed=failed, newest=key, serial=self._serial)
        self._held[job.serial] = job
        self._jobs.put(job)

    def call(self, work: Callable[[Store], T]) -> T:
        """Have ``work`` done with the store and return what it returned: for any thread but the window's, which never waits.

        Raises what ``work`` raised, StoreError ``store_closed`` when the store's thread has ended.
        """
        if threading.get_ident() == self._window:
            raise RuntimeError("the window's thread never waits for the store")
        call = _Call(work=work, answers=SimpleQueue())
        self._jobs.put(call)
        value, error = self._answer_to(call)
        if error is not None:
            raise error
        answer: T = value
        return answer

    def _answer_to(self, call: _Call) -> tuple[Any, Exception | None]:
        while True:
            alive = self._thread.is_alive()  # asked before the look: what it answered with its last breath is not lost
            try:
                return call.answers.get(timeout=_LOOK_S if alive else 0)
            except Empty:
                if not alive:
                    raise StoreError("store_closed") from None

    def end(self) -> None:
        """Finish everything asked so far and close the store; nobody waits for that."""
        self._jobs.put(None)

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Finish everything asked so far, close the store, and say whether that was done in time."""
        if not self._thread.is_alive():
            return True
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def gone(self, timeout_s: float) -> bool:
        """Wait until the store is closed, on any thread but the window's, and say whether it is."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            store = self._open_store()
        except Exception as error:
            self._tell(self.refused, error)
            return
        self._tell(self.opened)
        try:
            while (serial := self._do_next(store)) is not None:
                if serial:
                    self._tell(self._returned, serial)
        finally:
            store.close()

    def _do_next(self, store: Store) -> int | None:
        """Do the next job and return its number, 0 when another thread waits for it, None at the end.

        Nothing of the job is left on this thread then: it refers to widgets, and the last to let go of one takes it apart, which
        must happen on the window's thread.
        """
        job = self._jobs.get()
        if job is None:
            return None
        if isinstance(job, _Call):
            job.answers.put(_answer(job, store))
            return 0
        if job.newest is None or self._latest.get(job.newest) == job.serial:
            self._outcomes[job.serial] = _outcome(job, store)
        return job.serial

    def _tell(self, signal: Any, *values: object) -> None:
        # The window may be gone by now: then there is nobody to tell, and the log has the error.
        if isValid(self):
            signal.emit(*values)

    def _deliver(self, serial: int) -> None:
        job, outcome = self._held.pop(serial), self._outcomes.pop(serial, None)
        if outcome is None:
            return
        if job.newest is not None and self._latest.get(job.newest) == job.serial:
            del self._latest[job.newest]
        alive = isValid(job.owner)
        if outcome.error is None:
            if alive and job.done is not None:
                job.done(outcome.value)
        elif alive and job.failed is not None:
            job.failed(outcome.error)
        else:
            self.failed.emit(outcome.error)


def _answer(call: _Call, store: Store) -> tuple[Any, Exception | None]:
    try:
        return call.work(store), None
    except Exception as error:
        return None, error


def _outcome(job: _Job, store: Store) -> _Outcome:
    begun = time.perf_counter()
    try:
        outcome = _Outcome(job=job, value=job.work(store))
    except Exception as error:
        outcome = _Outcome(job=job, error=error)
    took_ms = round((time.perf_counter() - begun) * 1000)
    if took_ms > SLOW_MS:
        log.warning("store task was slow", extra={"duration_ms": took_ms, "line": _line(job.work)})
    return outcome


def _line(work: Callable[[Store], Any]) -> int:
    """Return the line the work is written on: the log may hold numbers, and a line finds its function."""
    return getattr(getattr(work, "__code__", None), "co_firstlineno", 0)
