"""A print run on its way: its jobs prepared and sent in order, then followed together until each has ended."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event
from typing import Final, Protocol, TypeVar

from intake.actions.material import copy_of, material_of
from intake.actions.print_runs import end_run, give_back, keep_alive, note_ended, note_sending, note_sent
from intake.actions.requests import request_line
from intake.actions.run_outcomes import outcome, words_of
from intake.definitions.bundle import Definitions
from intake.documents.cover_list import cover_list
from intake.documents.making import made_of, make, make_copy
from intake.domain.documents import Made
from intake.domain.print_runs import PrintRun, RunJob, RunState
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError
from intake.logs import report_crash
from intake.printing import Job, JobState, PrintError, PrintWay, UnansweredError
from intake.storage.store import Store

LOOK_S: Final = 1.0
"""How often the queues are asked while documents are still being sent."""
PAUSE_S: Final = 0.4
ALIVE_S: Final = 10.0
PATIENCE_S: Final = 30.0
"""How long a print service may be silent before its jobs are left to be found again."""
T = TypeVar("T")
Seen = Callable[[RunJob], None]


class Ask(Protocol):
    """Has something done with the store, on the thread that owns it, and returns what that returned."""

    def __call__(self, work: Callable[[Store], T]) -> T:
        """Return what ``work`` returns; raise what it raises."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RunDesk:
    """Who prints, with what is defined; ``clock`` tells aware UTC. ``printer`` is used for every kind when it is not empty."""

    actor: Actor
    definitions: Definitions
    training: bool
    clock: Callable[[], datetime]
    printer: str = ""


def job_title(job: RunJob) -> str:
    """Return what a queue shows to everyone: the job's own number, which names nobody."""
    return f"Document {job.id}"


class Runner:
    """Prints runs. It blocks: for a thread that is neither the window's nor the store's."""

    def __init__(self, ask: Ask, way: PrintWay, desk: RunDesk, *, pause_s: float = PAUSE_S) -> None:
        """Print by this way, asking the queues every ``pause_s`` at the end."""
        self._ask = ask
        self._way = way
        self._desk = desk
        self._pause_s = pause_s

    def go(self, run: PrintRun, *, seen: Seen, stop: Event) -> PrintRun:
        """Print a run and return it as it ended; ``seen`` hears of every change of a job, ``stop`` gives back what can be.

        Jobs that a silent print service has, or may have, are left as they are: ``recovering.recover`` finds them again.
        """
        try:
            usual = next((printer.name for printer in self._way.printers() if printer.default), "")
            going = _Going(self._ask, self._way, self._desk, run, seen=seen, usual=usual)
            for job in run.jobs:
                if stop.is_set():
                    going.leave(job)
                else:
                    going.send(job)
        finally:
            self._ask(partial(give_back, actor=self._desk.actor, run_id=run.id, now=self._desk.clock()))
        going.follow(stop, self._pause_s)
        return self._ask(partial(end_run, actor=self._desk.actor, run_id=run.id, now=self._desk.clock()))


class _Going:
    """One run while it is printed: what is with which queue, and which printers take no more."""

    def __init__(self, ask: Ask, way: PrintWay, desk: RunDesk, run: PrintRun, *, seen: Seen, usual: str) -> None:
        """Begin with nothing sent."""
        self._ask = ask
        self._way = way
        self._desk = desk
        self._run = run
        self._seen = seen
        self._usual = usual
        self._location = desk.definitions.practice.location(run.location)
        self._sent: dict[str, RunJob] = {}
        self._last: dict[str, Job] = {}
        self._taken_back: dict[str, tuple[RunState, str]] = {}
        self._closed: dict[str, str] = {}
        self._looked = self._alive = time.monotonic()

    def send(self, job: RunJob) -> None:
        """Prepare a job, keep its pages, and hand them to the printer."""
        if time.monotonic() - self._looked >= LOOK_S:
            with contextlib.suppress(PrintError):  # a service that is silent is met again when pages are put
                self._look()
        printer = self._desk.printer or job.setting.printer or self._usual
        if not printer or printer in self._closed:
            self._end(job, RunState.FAILED, self._closed[printer] if printer else words_of("no_printer_chosen"))
            return
        try:
            made, job = self._prepare(job, printer)
        except ConflictError:
            self.leave(job)  # given back meanwhile: somebody else prints it
        except IntakeError as error:
            self._end(job, RunState.FAILED, words_of(error.code, **error.facts))
        else:
            self._put(job, made)

    def leave(self, job: RunJob) -> None:
        """Say of a job that it is not begun any more; the runner gives it back."""
        self._tell(dataclasses.replace(job, state=RunState.CANCELLED))

    def follow(self, stop: Event, pause_s: float) -> None:
        """Ask the queues until every job has ended."""
        silent_since: float | None = None
        while self._sent:
            try:
                self._look()
                silent_since = None
                if stop.is_set():
                    self._take_back_waiting()
            except PrintError:
                silent_since = silent_since or time.monotonic()
                if time.monotonic() - silent_since >= PATIENCE_S:
                    return
            if self._sent:
                time.sleep(pause_s)

    def _prepare(self, job: RunJob, printer: str) -> tuple[Made, RunJob]:
        """Make the pages and keep them; anew when the record moved on meanwhile."""
        while True:
            made, stamp = self._made_or_told(job)
            note = partial(note_sending, actor=self._desk.actor, job_id=job.id, made=made, printer=printer, stamp=stamp)
            try:
                document_id = self._ask(partial(note, now=self._desk.clock()))
            except ConflictError as error:
                if error.code != "record_moved_on":
                    raise
                continue
            setting = job.setting.on(printer)
            return made, dataclasses.replace(job, state=RunState.SENDING, document_id=document_id, setting=setting)

    def _made_or_told(self, job: RunJob) -> tuple[Made, str]:
        """Make the pages; what nobody foresaw is one document's trouble and not the run's. Raises IntakeError ``document_not_made``."""
        try:
            return self._made(job)
        except IntakeError:
            raise
        except Exception as error:
            # As at the edge of a thread: the others that wait are printed, and the log explains the number.
            incident = report_crash(type(error), error, error.__traceback__)
            raise IntakeError("document_not_made", incident=incident) from error

    def _made(self, job: RunJob) -> tuple[Made, str]:
        actor, known, now = self._desk.actor, self._desk.definitions, self._desk.clock()
        if job.request_id is None:
            return self._cover(now), ""
        if job.reprint:
            return make_copy(self._ask(partial(copy_of, actor=actor, request_id=job.request_id, now=now)), known), ""
        material = self._ask(partial(material_of, actor=actor, request_id=job.request_id, definitions=known, now=now))
        return make(material, known, training=self._desk.training, printed_at=now), material.stamp

    def _cover(self, now: datetime) -> Made:
        ids = [job.request_id for job in self._run.jobs if job.request_id is not None]
        lines = [self._ask(partial(request_line, actor=self._desk.actor, request_id=request_id)) for request_id in ids]
        return made_of(
            cover_list(
                lines,
                practice=self._desk.definitions.practice,
                location=self._location,
                kinds={kind.key: kind.name.en for kind in self._desk.definitions.document_kinds.kinds},
                by=self._desk.actor.staff.name,
                training=self._desk.training,
                printed_at=now,
            )
        )

    def _put(self, job: RunJob, made: Made) -> None:
        """Hand pages over, held; they are let go only when it is kept under which id the queue has them."""
        printer = job.setting.printer
        try:
            queue_id = self._way.put(made.content, printer=printer, title=job_title(job), setting=job.setting)
        except PrintError as error:
            self._closed[printer] = words_of(error.code, **error.facts)
            if isinstance(error, UnansweredError) and self._way.holds:
                # The queue may have the pages, or get them yet: ``recovering.recover`` takes them out before they are made again.
                self._tell(dataclasses.replace(job, words=self._closed[printer]))
            else:
                self._end(job, RunState.FAILED, self._closed[printer])
            return
        try:
            self._ask(partial(note_sent, actor=self._desk.actor, job_id=job.id, queue_id=queue_id, now=self._desk.clock()))
        except ConflictError:
            with contextlib.suppress(PrintError):  # held, it comes out no more than when it is taken away
                self._way.cancel(queue_id)
            self.leave(job)  # as above
            return
        sent = dataclasses.replace(job, state=RunState.SENT, queue_id=queue_id)
        self._sent[queue_id] = sent
        self._tell(sent)
        try:
            self._way.release(queue_id)
        except PrintError as error:
            self._taken_back[queue_id] = (RunState.FAILED, words_of(error.code, **error.facts))

    def _look(self) -> None:
        """Ask where every sent job stands, and keep what has ended."""
        self._looked = time.monotonic()
        if self._looked - self._alive >= ALIVE_S:
            self._alive = self._looked
            self._ask(partial(keep_alive, run_id=self._run.id, now=self._desk.clock()))
        for queue_id, now in self._way.look(list(self._sent)).items():
            before = self._last.get(queue_id)
            self._last[queue_id] = now
            state, words = outcome(now, before.state if before else None)
            if now.state in (JobState.HELD, JobState.GONE):
                self._closed[now.printer] = words
            if now.state is JobState.HELD:
                self._take_back(queue_id, *self._taken_back.get(queue_id, (RunState.FAILED, words)))
            elif state is not None:
                if now.state is JobState.CANCELLED and queue_id in self._taken_back:
                    state, words = self._taken_back[queue_id]
                self._end(self._sent.pop(queue_id), state, words)
                if now.state.over:
                    self._way.clear(queue_id)
            elif now != before:
                self._tell(dataclasses.replace(self._sent[queue_id], words=now.words))

    def _take_back(self, queue_id: str, state: RunState, words: str = "") -> None:
        """Take a job out of its queue; the next look tells whether it had come out after all, else this is how it ended."""
        self._taken_back[queue_id] = (state, words)
        self._way.cancel(queue_id)

    def _take_back_waiting(self) -> None:
        """Take out of their queues what has not begun to print, the last first; what is printing comes out."""
        for queue_id in reversed(self._sent):
            if self._last[queue_id].state is JobState.QUEUED:
                self._take_back(queue_id, RunState.CANCELLED)

    def _end(self, job: RunJob, state: RunState, words: str) -> None:
        clinic, now = self._location.name, self._desk.clock()
        self._ask(partial(note_ended, actor=self._desk.actor, job_id=job.id, state=state, words=words, clinic=clinic, now=now))
        self._tell(dataclasses.replace(job, state=state, words=words))

    def _tell(self, job: RunJob) -> None:
        self._seen(dataclasses.replace(job, at=self._desk.clock()))
