"""Finding again what a crash or a power cut left of print runs: each document came out once, or a person says whether it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Final

from intake.actions.print_runs import end_run, find_lost, note_ended, run_of
from intake.actions.run_outcomes import outcome
from intake.actions.running import Ask, RunDesk
from intake.domain.documents import IssuedDocument
from intake.domain.print_runs import RunJob, RunState
from intake.printing import Job, JobState, PrintError, PrintWay
from intake.printing.held import KIB
from intake.storage.store import Store

WITHIN: Final = timedelta(seconds=60)
"""Longer than a queue may take to say that it has the pages; a run that is alive has kept their id by then."""
SECOND: Final = timedelta(seconds=1)


def recover(ask: Ask, way: PrintWay, desk: RunDesk) -> tuple[RunJob, ...]:
    """Settle what is left of runs that nobody works on any more, and return the jobs that are not settled by it.

    Those are ``LOST``, for a person to say, or ``SENT`` and still on their way. Blocks while the queues are asked. A job whose id
    was not kept yet was never let go where a queue holds what it is given: its document is ready again.
    """
    left = ask(partial(find_lost, actor=desk.actor, now=desk.clock()))
    unsure = _tidy(ask, way, [job for job in left if job.state is RunState.SENDING]) if way.holds else frozenset()
    known = _look(way, [job.queue_id for job in left if job.state is RunState.SENT])
    for job in left:
        if job.id in unsure:
            continue
        state, words = _settled(job, known.get(job.queue_id), way)
        if state is not None:
            clinic = desk.definitions.practice.location(ask(partial(run_of, actor=desk.actor, run_id=job.run_id)).location).name
            now = desk.clock()
            ask(partial(note_ended, actor=desk.actor, job_id=job.id, state=state, words=words, clinic=clinic, now=now))
            if state is not RunState.LOST and (found := known.get(job.queue_id)) is not None and found.state.over:
                way.clear(job.queue_id)
    for run_id in sorted({job.run_id for job in left}):
        ask(partial(end_run, actor=desk.actor, run_id=run_id, now=desk.clock()))
    after = {job.id: job for run_id in sorted({job.run_id for job in left}) for job in _jobs(ask, desk, run_id)}
    return tuple(after[job.id] for job in left if after[job.id].state.open)


def _tidy(ask: Ask, way: PrintWay, unsent: Iterable[RunJob]) -> frozenset[int]:
    """Take pages out of a queue that a crash left there, held and without their id: known by printer, moment and size.

    Whoever looks at the queue could let them go by hand, and they would be on paper twice. Returns the ids of the jobs of which
    the print service does not say what it holds: they wait until it does.
    """
    unsure: set[int] = set()
    for job in unsent:
        document = None if job.document_id is None else ask(partial(_document, document_id=job.document_id))
        if document is None or document.size is None:
            continue
        kib = -(-document.size // KIB)
        try:
            for held in way.held(job.setting.printer):
                if held.kib == kib and job.at - SECOND <= held.at <= job.at + WITHIN:
                    way.cancel(held.id)
        except PrintError:
            unsure.add(job.id)
    return frozenset(unsure)


def _document(store: Store, document_id: int) -> IssuedDocument | None:
    with store.reading():
        return store.documents.get(document_id)


def _jobs(ask: Ask, desk: RunDesk, run_id: int) -> tuple[RunJob, ...]:
    return ask(partial(run_of, actor=desk.actor, run_id=run_id)).jobs


def _look(way: PrintWay, queue_ids: Iterable[str]) -> Mapping[str, Job]:
    """Return where jobs stand, taken out of the queue when their printer has stopped; nothing while the print service is silent."""
    wanted = list(queue_ids)
    try:
        found = dict(way.look(wanted)) if wanted else {}
        for queue_id in [job.id for job in found.values() if job.state is JobState.HELD]:
            way.cancel(queue_id)
            after = way.look([queue_id])[queue_id]
            found[queue_id] = found[queue_id] if after.state is JobState.CANCELLED else after
    except PrintError:
        return {}
    return found


def _settled(job: RunJob, found: Job | None, way: PrintWay) -> tuple[RunState | None, str]:
    if job.state is RunState.SENDING:
        return (RunState.CANCELLED if way.holds else RunState.LOST), ""
    if job.state is not RunState.SENT or found is None:
        return None, ""
    if found.state is JobState.HELD:
        # Without a word of the printer it was held by us, and never let go.
        return (RunState.FAILED if found.words else RunState.CANCELLED), found.words
    if not found.listed:
        return RunState.LOST, ""
    return outcome(found, None)
