"""``print``: everything that is ready for a clinic, out of a printer, one line for each document as it ended."""

from __future__ import annotations

import signal
from argparse import Namespace
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from threading import Event
from types import FrameType
from typing import Final, TypeVar

from intake.actions.print_runs import begin_run
from intake.actions.print_settings import cover_list_wanted
from intake.actions.recovering import recover
from intake.actions.running import RunDesk, Runner
from intake.commands.output import put_line, tell
from intake.commands.session import Session, now, session
from intake.domain.numbers import document_number
from intake.domain.print_runs import PrintRun, RunJob, RunState
from intake.errors import IntakeError
from intake.printing import CupsWay, PrintError, can_print
from intake.storage.store import Store
from intake.wording import text_of

T = TypeVar("T")
NOTHING: Final = {"nothing_to_print": "Nothing is ready to be printed here.", "with_another_run": ""}
"""Why there may be no run, with what is told of it where the page's sentence is not it."""
TOLD = (RunState.PRINTED, RunState.FAILED, RunState.CANCELLED, RunState.LOST)


def print_due(options: Namespace) -> int:
    """Print what is ready for the clinic and return 0, or 1 when something did not come out or a person must say whether it did.

    What an earlier run left behind is found again first. An interrupt lets what is printing come out and gives back the rest.
    """
    with session(options) as desk, _stopped_by_signals() as stop:
        if options.clinic not in {place.key for place in desk.definitions.practice.active()}:
            raise IntakeError("unknown_location")
        if not can_print():
            raise PrintError("no_print_service")
        way = CupsWay()
        if options.printer and options.printer not in {printer.name for printer in way.printers()}:
            raise PrintError("printer_gone", printer=options.printer)
        facts = RunDesk(
            actor=desk.actor, definitions=desk.definitions, training=desk.paths.training, clock=now, printer=options.printer or ""
        )
        ask = _Ask(desk.store)
        left = recover(ask, way, facts)
        for job in left:
            _put(job)
        run = _begin(desk, options.clinic)
        if run is not None:
            run = Runner(ask, way, facts).go(run, seen=_put_ended, stop=stop)
            for job in run.jobs:
                if job.state.open and job.state not in TOLD:  # a print service that is silent has it, or may have it
                    _put(job)
    lost = any(job.state is RunState.LOST for job in left)
    return 0 if not lost and (run is None or all(job.state is RunState.PRINTED for job in run.jobs)) else 1


class _Ask:
    """Asks the store at once: a command has one thread."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self._store = store

    def __call__(self, work: Callable[[Store], T]) -> T:
        """Do it."""
        return work(self._store)


def _begin(desk: Session, clinic: str) -> PrintRun | None:
    """Claim what is ready; None when nothing is, or another run has it: that is told."""
    cover = cover_list_wanted(desk.store, desk.actor.workstation)
    try:
        return begin_run(desk.store, desk.actor, location=clinic, cover=cover, definitions=desk.definitions, now=now())
    except IntakeError as error:
        if error.code not in NOTHING:
            raise
        tell(NOTHING[error.code] or text_of(error.code, **error.facts))
        return None


def _put_ended(job: RunJob) -> None:
    if job.state in TOLD:
        _put(job)


def _put(job: RunJob) -> None:
    put_line(
        {
            "document": None if job.request_id is None else document_number(job.request_id),
            "kind": job.kind,
            "printer": job.setting.printer,
            "state": job.state.value,
            "words": job.words,
        }
    )


@contextmanager
def _stopped_by_signals() -> Generator[Event]:
    """Yield what is set by an interrupt, instead of ending at once; afterwards signals are as they were."""
    stop = Event()
    before = {number: signal.signal(number, partial(_stop, stop)) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(stop: Event, _number: int, _frame: FrameType | None) -> None:
    stop.set()
