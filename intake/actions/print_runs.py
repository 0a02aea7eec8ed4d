"""Print runs as kept: what is ready is claimed, each job is noted as it goes, and a document came out once or is ready again."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from intake.actions.disclosing import Telling, copy_for, disclose_list
from intake.actions.issuing import keep_document, note_printed, tell_printed
from intake.actions.print_settings import print_setting, setting_of
from intake.actions.requests import a_request
from intake.actions.typed import typed_line
from intake.definitions.bundle import Definitions
from intake.domain.documents import Made
from intake.domain.print_runs import COVER_LIST, PrintRun, PrintSetting, RunJob, RunState
from intake.domain.requests import RequestState
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError
from intake.storage.print_runs import NewJob
from intake.storage.store import Store

UNSEEN_S: Final = 60
"""After so long without a sign of life nobody works on a run any more."""
log = logging.getLogger(__name__)


def begin_run(
    store: Store,
    actor: Actor,
    *,
    location: str,
    request_ids: tuple[int, ...] | None = None,
    cover: bool,
    definitions: Definitions,
    now: datetime,
) -> PrintRun:
    """Claim what is ready at a clinic, or of these requests, and return the run with its jobs, the first due first.

    What the actor's role may not print is left, and so is what another run has. ``cover`` puts a list of it all in front.
    Raises IntakeError ``nothing_to_print``, ``with_another_run`` when all that is ready is in one.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        ready = store.print_runs.ready(location) if request_ids is None else store.print_runs.ready_of(request_ids)
        jobs = [
            NewJob(request_id=each.request_id, kind=each.kind, setting=_setting(store, actor, each.kind, definitions))
            for each in ready
            if actor.may(each.task)
        ]
        if not jobs:
            raise _nothing(store, actor, location, request_ids)
        if cover:
            jobs.insert(0, NewJob(request_id=None, kind=COVER_LIST, setting=_cover_setting(store, actor, jobs[0])))
        return _begin(store, actor, location, jobs, now)


def reprint_run(
    store: Store,
    actor: Actor,
    request_id: int,
    *,
    reason: str,
    recipient: str = "",
    purpose: str = "",
    definitions: Definitions,
    now: datetime,
) -> PrintRun:
    """Return a run of one job that prints the document which left for a request again, as a marked copy.

    ``recipient`` and ``purpose`` say for whom and for what when that is not as the first time; empty, they are those of the request.
    Raises InvalidInputError without a reason or for a purpose there is not, IntakeError ``request_not_found``, ``nothing_to_copy``
    when none left with its bytes, ConflictError ``already_printing``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    words = typed_line(reason, field="reason")
    with store.transaction():
        request = a_request(store, request_id)
        actor.must(store.requests.standing(request_id).task)
        if store.print_runs.open_job_of(request_id) is not None:
            raise ConflictError("already_printing")
        if store.print_runs.to_copy(request_id) is None:
            raise IntakeError("nothing_to_copy")
        setting = _setting(store, actor, request.kind, definitions)
        copy = copy_for(store, request, recipient=recipient, purpose=purpose, definitions=definitions)
        job = NewJob(
            request_id=request_id, kind=request.kind, setting=setting, reprint=True, reason=words, recipient=copy.recipient,
            purpose=copy.purpose, accountable=copy.accountable,
        )  # fmt: skip
        return _begin(store, actor, request.location, [job], now)


def note_sending(
    store: Store, actor: Actor, job_id: int, made: Made, *, printer: str, stamp: str = "", now: datetime
) -> int | None:  # fmt: skip
    """Keep the pages of a claimed job as they are about to leave for a printer, and return the document's id; a cover list has none.

    ``stamp`` is that of the material the pages were made of. Raises ConflictError ``job_given_back`` when the job is no longer this
    run's to print, ``record_moved_on`` when the pages are to be made anew, IntakeError ``not_signed``.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        job = _job(store, job_id, RunState.CLAIMED)
        document_id = None if job.request_id is None else _keep(store, actor, job, made, printer=printer, stamp=stamp, now=now)
        store.print_runs.set_sending(job_id, document_id=document_id, setting=job.setting.on(printer), at=now)
        store.print_runs.seen(job.run_id, at=now)
        return document_id


def note_sent(store: Store, actor: Actor, job_id: int, *, queue_id: str, now: datetime) -> None:
    """Keep under which id a print system has a job. Raises ConflictError ``job_given_back``."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        job = _job(store, job_id, RunState.SENDING)
        store.print_runs.set_sent(job_id, queue_id, at=now)
        store.print_runs.seen(job.run_id, at=now)


def note_ended(
    store: Store, actor: Actor, job_id: int, *, state: RunState, words: str = "", clinic: str = "", now: datetime
) -> None:  # fmt: skip
    """Keep how a job ended, once: printed, its request is; failed, that is ready still, with the printer's words.

    A job is ``LOST`` when nobody can tell; its document stays bound to it until somebody does. A job that has ended is left as it is.
    ``clinic`` is the name of the place that a printed document is disclosed to until it is handed over.
    """
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        job = store.print_runs.job(job_id)
        if job is None or not job.state.open or job.state is state:
            return
        store.print_runs.move(job_id, state, at=now, words=words)
        store.print_runs.seen(job.run_id, at=now)
        if job.request_id is None:
            _note_unasked(store, actor, job, state=state, clinic=clinic, now=now)
        else:
            _note_request(store, actor, job, job.request_id, state=state, words=words, clinic=clinic, now=now)


def give_back(store: Store, actor: Actor, run_id: int, *, now: datetime) -> None:
    """Give back every job of a run of which no page has left."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        _give_back(store, run_id, now)


def keep_alive(store: Store, run_id: int, *, now: datetime) -> None:
    """Keep that somebody works on a run."""
    with store.transaction(lasting=False):
        store.print_runs.seen(run_id, at=now)


def end_run(store: Store, actor: Actor, run_id: int, *, now: datetime) -> PrintRun:
    """Keep that a run is over, unless one of its jobs is still on its way, and return it."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.transaction():
        store.print_runs.end(run_id, at=now)
        return a_run(store, run_id)


def run_of(store: Store, actor: Actor, run_id: int) -> PrintRun:
    """Return a run as it stands. Raises IntakeError ``run_not_found``."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        return a_run(store, run_id)


def a_run(store: Store, run_id: int) -> PrintRun:
    """Return a run, inside the caller's reading or transaction. Raises IntakeError ``run_not_found``."""
    run = store.print_runs.get(run_id)
    if run is None:
        raise IntakeError("run_not_found")
    return run


def find_lost(store: Store, actor: Actor, *, now: datetime) -> tuple[RunJob, ...]:
    """Give back what runs that nobody works on any more had claimed, and return their jobs of which pages may have left.

    With them come the jobs that are ``LOST`` already. A queue is asked of the others by ``recovering.recover``. A sign of life from
    the future, of a clock that was ahead, counts as of now: who lives gives another one within the minute, whatever its clock says.
    Nothing is written while every run that is not over shows signs of life: what is written has every window look again.
    """
    actor.must(Task.HANDLE_REQUESTS)
    since = now - timedelta(seconds=UNSEEN_S)
    with store.reading():
        if not store.print_runs.any_seen_outside(since, now):
            return store.print_runs.lost()
    with store.transaction():
        left: list[RunJob] = []
        store.print_runs.seen_at_most(now)
        for run_id in store.print_runs.unseen_since(since):
            _give_back(store, run_id, now)
            store.print_runs.end(run_id, at=now)
            left += [job for job in store.print_runs.jobs(run_id) if job.state in (RunState.SENDING, RunState.SENT)]
        return (*left, *store.print_runs.lost())


def settle_lost(store: Store, actor: Actor, job_id: int, *, came_out: bool, now: datetime) -> None:
    """Say of a lost job whether its pages came out; if not, its document is ready again. Raises IntakeError ``job_not_lost``."""
    actor.must(Task.HANDLE_REQUESTS)
    with store.reading():
        job = store.print_runs.job(job_id)
    if job is None or job.state is not RunState.LOST:
        raise IntakeError("job_not_lost")
    note_ended(store, actor, job_id, state=RunState.PRINTED if came_out else RunState.CANCELLED, now=now)


def _begin(store: Store, actor: Actor, location: str, jobs: list[NewJob], now: datetime) -> PrintRun:
    run_id = store.print_runs.add(location=location, workstation=actor.workstation, staff_id=actor.staff.id, at=now, jobs=jobs)
    store.audit.add(actor, "begin_print_run", at=now, changes={"run": (None, str(run_id)), "jobs": (None, str(len(jobs)))})
    log.info("print run begun", extra={"count": len(jobs), "location": location})
    return a_run(store, run_id)


def _nothing(store: Store, actor: Actor, location: str, request_ids: tuple[int, ...] | None) -> IntakeError:
    """Return why there is nothing to print: it is in another run, or there is none."""
    taken = store.print_runs.taken(location) if request_ids is None else store.print_runs.taken_of(request_ids)
    others = [each for each in taken if actor.may(each.task)]
    if not others:
        return IntakeError("nothing_to_print")
    return IntakeError("with_another_run", count=len(others), by=others[0].by, desk=others[0].workstation)


def _setting(store: Store, actor: Actor, kind_key: str, definitions: Definitions) -> PrintSetting:
    """Return how the actor's desk prints a kind; one that the practice no longer has is printed the plain way."""
    if any(kind.key == kind_key for kind in definitions.document_kinds.kinds):
        return print_setting(store, actor.workstation, definitions.document_kinds.kind(kind_key))
    return setting_of(store, actor.workstation, kind_key)


def _cover_setting(store: Store, actor: Actor, first: NewJob) -> PrintSetting:
    """Return how the cover list is printed: on the printer of the first document unless the desk chose another for it."""
    own = setting_of(store, actor.workstation, COVER_LIST)
    return own if own.printer else own.on(first.setting.printer)


def _keep(store: Store, actor: Actor, job: RunJob, made: Made, *, printer: str, stamp: str, now: datetime) -> int:
    request = a_request(store, job.request_id or 0)
    if made.preliminary:
        raise IntakeError("not_signed")
    if not job.reprint and request.state is not RequestState.READY:
        raise ConflictError("job_given_back")
    if not job.reprint and store.documents.stamp_of(request.id) != stamp:
        raise ConflictError("record_moved_on")
    return keep_document(
        store, actor, made, kind=request.kind, patient_id=request.patient_id, visit_id=request.visit_id, request_id=request.id,
        how="print", target=printer, now=now, told=False, stamp=stamp or None,
    )  # fmt: skip


def _give_back(store: Store, run_id: int, now: datetime) -> None:
    for job in store.print_runs.jobs(run_id):
        if job.state is RunState.CLAIMED:
            store.print_runs.move(job.id, RunState.CANCELLED, at=now)


def _note_request(
    store: Store, actor: Actor, job: RunJob, request_id: int, *, state: RunState, words: str, clinic: str, now: datetime
) -> None:  # fmt: skip
    request = a_request(store, request_id)
    if state in (RunState.FAILED, RunState.PRINTED) and request.state.open:
        store.requests.set_trouble(request_id, words if state is RunState.FAILED else "")
    if state is RunState.PRINTED:
        _note_came_out(store, actor, job, request_id, clinic=clinic, now=now)
    changes = {"request": (None, request.number), "job": (job.state.value, state.value)}
    store.audit.add(actor, "end_print_job", at=now, patient_id=request.patient_id, visit_id=request.visit_id, changes=changes)


def _note_came_out(store: Store, actor: Actor, job: RunJob, request_id: int, *, clinic: str, now: datetime) -> None:
    if job.document_id is not None:
        copy = Telling(recipient=job.recipient, purpose=job.purpose, accountable=job.accountable) if job.recipient else None
        tell_printed(store, actor, job.document_id, clinic=clinic, copy=copy, now=now)
    if job.reprint:
        store.requests.add_step(request_id, "reprinted", staff_id=actor.staff.id, at=now, words=job.reason)
    else:
        note_printed(store, actor, request_id, now=now)


def _note_unasked(store: Store, actor: Actor, job: RunJob, *, state: RunState, clinic: str, now: datetime) -> None:
    """Tell of a document that nobody had asked for, or of each patient on a cover list, when the pages came out."""
    if state is not RunState.PRINTED:
        return
    if job.document_id is not None:
        tell_printed(store, actor, job.document_id, clinic=clinic, now=now)
    elif job.kind == COVER_LIST:
        listed = {each.request_id for each in store.print_runs.jobs(job.run_id)} - {None}
        patients = {a_request(store, request_id).patient_id for request_id in listed if request_id is not None}
        disclose_list(store, actor, sorted(patients), what=f"{COVER_LIST} {job.run_id}", place=clinic or actor.workstation, now=now)


def _job(store: Store, job_id: int, state: RunState) -> RunJob:
    job = store.print_runs.job(job_id)
    if job is None or job.state is not state:
        raise ConflictError("job_given_back")
    return job
