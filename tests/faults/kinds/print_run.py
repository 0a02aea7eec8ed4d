"""Printing what is ready: a document comes out once, or is ready again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event

from intake.actions.print_runs import begin_run
from intake.actions.recovering import recover
from intake.actions.requests import open_request
from intake.actions.running import RunDesk, Runner
from intake.definitions.bundle import Definitions
from intake.domain.print_runs import RunJob, RunState
from intake.domain.requests import NewRequest
from intake.errors import IntakeError
from intake.storage.store import Store
from tests.factories import a_colleague, an_admin, save
from tests.faults.paper_queue import PRINTER, PaperQueue
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, clock, lost, not_whole, opened, the_actor
from tests.intake.print_runs.shop import EDISON, KIND, Ask

DOCUMENTS = 6


def prepare(data: Path, definitions: Definitions) -> None:
    """Make a practice with a visit and documents of it that are ready; one is printed already, so that the writer of paper is loaded."""
    with opened(data) as store:
        desk = a_colleague(store, an_admin(store))
        saved = save(store, desk, definitions, now=clock())
        new = NewRequest(
            patient_id=saved.patient_id, visit_id=saved.visit_id, kind=KIND, asked_by="patient", leaves_by="hand", language="en"
        )
        open_request(store, desk, new, definitions=definitions, now=clock())
    act(data, definitions, lambda _: None)
    with opened(data) as store:
        for _ in range(DOCUMENTS):
            open_request(store, desk, new, definitions=definitions, now=clock())


def act(data: Path, definitions: Definitions, say: Say) -> None:
    """Print all that is ready."""
    with opened(data) as store:
        desk = _desk(store, definitions, later_s=0)
        say(READY)

        def seen(job: RunJob) -> None:
            if job.state is RunState.PRINTED:
                say(f"{DONE}{job.request_id}")

        try:
            run = begin_run(store, desk.actor, location=EDISON, cover=False, definitions=definitions, now=clock())
        except IntakeError as error:
            if error.code != "nothing_to_print":
                raise
            return
        for job in run.jobs:
            say(f"{BEGUN}{job.request_id}")
        Runner(Ask(store), _queue(data), desk, pause_s=0.01).go(run, seen=seen, stop=Event())


def wrong(data: Path, definitions: Definitions, said: Said) -> list[str]:
    """Found again a minute later, every document that is printed came out once, and every other one not at all and is ready."""
    queue = _queue(data)
    with opened(data) as store:
        left = recover(Ask(store), queue, _desk(store, definitions, later_s=61))
        papers = [_request_of(store, title) for title in queue.came_out()]
        states = {
            str(request_id): state
            for request_id, state in store._connection.execute("SELECT id, state FROM request WHERE kind = ?", (KIND,))
        }
        return [
            *not_whole(store),
            *lost(said.done, papers),
            *(f"for a person to settle: {job.request_id} {job.state}" for job in left),
            *(f"{request_id} is {state} and came out {papers.count(request_id)} times" for request_id, state in states.items()
              if papers.count(request_id) != (state == "printed")),
            *(f"{request_id} is {state}" for request_id, state in states.items() if state not in ("printed", "ready")),
            *(f"still in the queue: {job.id}" for job in queue.held(PRINTER)),
        ]  # fmt: skip


def _queue(data: Path) -> PaperQueue:
    return PaperQueue(data.parent / "queue")


def _desk(store: Store, definitions: Definitions, *, later_s: int) -> RunDesk:
    """Return who prints, so many seconds from now."""
    actor = the_actor(store, "dana")
    return RunDesk(
        actor=actor, definitions=definitions, training=False, clock=lambda: clock() + timedelta(seconds=later_s), printer=PRINTER
    )


def _request_of(store: Store, title: str) -> str:
    job = store.print_runs.job(int(title.removeprefix("Document ")))
    return "" if job is None else str(job.request_id)


PRINT_RUN = Scenario(name="print run", prepare=prepare, act=act, wrong=wrong, window_ms=900, lives=3)
