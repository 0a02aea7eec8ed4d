"""A print run from the window: begun by a key, printed on a thread of its own, and what an earlier one lost is found again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from intake.actions.print_runs import begin_run, find_lost, reprint_run, run_of, settle_lost
from intake.actions.print_settings import cover_list_wanted
from intake.actions.requests import request_line
from intake.domain.print_runs import PrintRun, RunJob
from intake.domain.requests import RequestLine
from intake.errors import IntakeError
from ui.desk import Desk
from ui.preview.worker import Worker

if TYPE_CHECKING:
    from intake.actions.running import RunDesk
    from intake.printing import PrintWay
    from intake.storage.store import Store

T = TypeVar("T")
Lines = dict[int, RequestLine]


class _Wire(QObject):
    """What a run on another thread is heard through.

    It belongs to the program and not to the control, which may go at any moment: a thread must never tell what is going.
    """

    seen = Signal(object)

    def __init__(self) -> None:
        """Belong to the program."""
        super().__init__(QCoreApplication.instance())


class RunControl(QObject):
    """One run at a time at this desk. ``begun`` and ``moved`` carry the run as it stands, ``begun`` with its requests' lines by id."""

    begun = Signal(object, object)
    moved = Signal(object)
    ended = Signal(object)
    refused = Signal(object)
    """Why no run began, or why it broke off: an exception."""
    lost = Signal(object, object)
    """Jobs of earlier runs of which a person must say whether they came out, with their requests' lines by id."""
    settled = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None, *, way: PrintWay | None = None) -> None:
        """Print the way this system does, or by another ``way``."""
        super().__init__(parent)
        self.way = way
        self._desk = desk
        self._worker = Worker(self)
        self._looks = Worker(self)
        self._stop = Event()
        self._run: PrintRun | None = None
        self._begins = False
        stop = self._stop
        self.destroyed.connect(lambda: stop.set())  # noqa: PLW0108 - what is connected must not be a method of what goes

    @property
    def run(self) -> PrintRun | None:
        """The run that is on its way, None when there is none."""
        return self._run

    def begin(self, request_ids: tuple[int, ...] | None = None) -> None:
        """Print what is ready at this desk's clinic, or these requests."""
        desk = self._desk

        def begin(store: Store) -> tuple[PrintRun, Lines]:
            run = begin_run(
                store,
                desk.actor,
                location=desk.location,
                request_ids=request_ids,
                cover=cover_list_wanted(store, desk.workstation),
                definitions=desk.definitions,
                now=desk.now(),
            )
            return run, _lines(store, desk, run.jobs)

        self._ask(begin)

    def reprint(self, request_id: int, reason: str) -> None:
        """Print what left for a request once more, marked as a copy."""
        desk = self._desk

        def begin(store: Store) -> tuple[PrintRun, Lines]:
            run = reprint_run(store, desk.actor, request_id, reason=reason, definitions=desk.definitions, now=desk.now())
            return run, _lines(store, desk, run.jobs)

        self._ask(begin)

    def cancel(self) -> None:
        """Give back what is not printing yet."""
        self._stop.set()

    def find_lost(self) -> None:
        """Look whether an earlier run broke off; what the queues can tell is settled by it, ``lost`` tells the others."""
        if self._run is None:
            desk = self._desk
            desk.store.ask(lambda store: find_lost(store, desk.actor, now=desk.now()), owner=self, done=self._look_at, newest="lost")

    def settle(self, job_id: int, *, came_out: bool) -> None:
        """Keep what a person says of a lost job."""
        desk = self._desk
        desk.store.ask(
            lambda store: settle_lost(store, desk.actor, job_id, came_out=came_out, now=desk.now()),
            owner=self,
            done=self._told,
            failed=self._unsettled,
        )

    def _ask(self, begin: Callable[[Store], tuple[PrintRun, Lines]]) -> None:
        """Begin unless one is on its way, or asked for by the key press before."""
        if self._run is None and not self._begins:
            self._begins = True
            self._desk.store.ask(begin, owner=self, done=self._go, failed=self._not_begun)

    def _not_begun(self, error: Exception) -> None:
        self._begins = False
        self.refused.emit(error)

    def _go(self, begun: tuple[PrintRun, Lines]) -> None:
        run, lines = begun
        self._run, self._begins = run, False
        self._stop.clear()
        self.begun.emit(run, lines)
        wire = _Wire()
        wire.seen.connect(self._move, Qt.ConnectionType.QueuedConnection)
        self._worker.ask(partial(self._print, run, wire), done=self._end, failed=partial(self._broke, run.id))

    def _print(self, run: PrintRun, wire: _Wire) -> PrintRun:
        """Print, on the worker's thread."""
        from intake.actions.running import Runner  # noqa: PLC0415 - the PDF library is read here, not before the window

        try:
            return Runner(self._desk.store.call, self._printing(), self._run_desk()).go(run, seen=wire.seen.emit, stop=self._stop)
        finally:
            wire.deleteLater()

    def _recover(self) -> tuple[tuple[RunJob, ...], Lines]:
        from intake.actions.recovering import recover  # noqa: PLC0415 - as above

        desk = self._desk
        left = recover(desk.store.call, self._printing(), self._run_desk())
        return desk.store.call(lambda store: _here(store, desk, left))

    def _printing(self) -> PrintWay:
        from ui.preview.print_ways import system_way  # noqa: PLC0415 - Qt's printing is loaded when something is printed

        return self.way or system_way()

    def _run_desk(self) -> RunDesk:
        from intake.actions.running import RunDesk  # noqa: PLC0415 - as above

        desk = self._desk
        return RunDesk(actor=desk.actor, definitions=desk.definitions, training=desk.paths.training, clock=desk.clock)

    def _move(self, job: RunJob) -> None:
        if self._run is not None and self._run.id == job.run_id:
            self._run = _with(self._run, job)
            self.moved.emit(self._run)

    def _end(self, run: PrintRun) -> None:
        self._run = None
        self.ended.emit(run)

    def _broke(self, run_id: int, error: Exception) -> None:
        """Show what the run had come to, then say why it came no further."""
        self._run = None
        desk = self._desk
        desk.store.ask(
            lambda store: run_of(store, desk.actor, run_id), owner=self, done=partial(self._tell_broken, error), failed=self.refused.emit
        )

    def _tell_broken(self, error: Exception, run: PrintRun) -> None:
        self.moved.emit(run)
        self.refused.emit(error)

    def _look_at(self, left: tuple[RunJob, ...]) -> None:
        """Ask the queues only when something is left: that needs what printing needs."""
        if not left:
            self.lost.emit((), {})
        elif self._run is None:
            self._looks.ask(self._recover, done=self._found, failed=self.refused.emit, newest="lost")

    def _found(self, found: tuple[tuple[RunJob, ...], Lines]) -> None:
        self.lost.emit(*found)

    def _told(self, _: None) -> None:
        self.settled.emit()

    def _unsettled(self, error: Exception) -> None:
        """Somebody else settled it first, or it could not be kept: show again what is so."""
        if not isinstance(error, IntakeError):
            raise error
        if error.code != "job_not_lost":
            self.refused.emit(error)
        self.settled.emit()


def _with(run: PrintRun, job: RunJob) -> PrintRun:
    """Return a run with one job as it stands now."""
    return replace(run, jobs=tuple(job if each.id == job.id else each for each in run.jobs))


def _here(store: Store, desk: Desk, left: tuple[RunJob, ...]) -> tuple[tuple[RunJob, ...], Lines]:
    """Return the jobs of runs at this desk's clinic with their lines: elsewhere nobody can look at the paper."""
    here = tuple(job for job in left if run_of(store, desk.actor, job.run_id).location == desk.location)
    return here, _lines(store, desk, here)


def _lines(store: Store, desk: Desk, jobs: tuple[RunJob, ...]) -> Lines:
    ids = [job.request_id for job in jobs if job.request_id is not None]
    return {request_id: request_line(store, desk.actor, request_id) for request_id in ids}
