"""The papers of a visit that leave the program by themselves, and those that only a screen showed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from intake.actions.issuing import keep_document
from intake.actions.print_runs import a_run, end_run, note_ended
from intake.actions.requests import make_ready_again
from intake.domain.document_kinds import TASK_OF, Paper
from intake.domain.documents import How, IssuedDocument, Made
from intake.domain.print_runs import PrintRun, PrintSetting, RunState
from intake.domain.requests import Request, RequestLine, RequestState
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError
from intake.storage.audit import PaperEntry
from intake.storage.print_runs import NewJob
from intake.storage.store import Store

SCREEN: Final = "screen"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPaper:
    """A paper of a visit as it was made. ``stamp`` is what ``paper_stamp`` returned before the record was read for it."""

    visit_id: int
    kind: Paper
    made: Made
    stamp: str


def paper_stamp(store: Store, visit_id: int, kind: Paper) -> str:
    """Return the state of the record that a paper of a visit is made from. Raises IntakeError ``visit_not_found``."""
    with store.reading():
        return store.documents.stamp(kind.value, _patient_of(store, visit_id), visit_id)


def begin_print(store: Store, actor: Actor, paper: VisitPaper, *, setting: PrintSetting, now: datetime) -> PrintRun:
    """Keep a paper before its pages go to a printer, and return the run of this one job; ``end_print`` tells what became of it.

    A request that the paper is for is bound to the job, so that no other desk prints it meanwhile; of one that was printed before,
    the record must have moved on, and it is ready again. Which version it is, and whether it is preliminary, the store knows.
    Raises ConflictError ``record_moved_on`` when the paper is to be made anew, ``already_printing``, ``printed_already``; IntakeError
    ``visit_not_found``.
    """
    actor.must(TASK_OF[paper.kind])
    visit_id, kind = paper.visit_id, paper.kind
    with store.transaction():
        patient_id = _patient_of(store, visit_id)
        if store.documents.stamp(kind.value, patient_id, visit_id) != paper.stamp:
            raise ConflictError("record_moved_on")
        made = _known(store, paper.made, visit_id, kind, current=True)
        request = None if made.preliminary else _to_print(store, actor, visit_id, kind, made.language, now)
        job = NewJob(request_id=request.id if request else None, kind=kind.value, setting=setting)
        run_id = store.print_runs.add(
            location=_location_of(store, visit_id), workstation=actor.workstation, staff_id=actor.staff.id, at=now, jobs=[job]
        )  # fmt: skip
        document_id = keep_document(
            store, actor, made, kind=kind.value, patient_id=patient_id, visit_id=visit_id, request_id=job.request_id, how="print",
            target=setting.printer, now=now, told=False, stamp=paper.stamp,
        )  # fmt: skip
        store.print_runs.set_sending(store.print_runs.jobs(run_id)[0].id, document_id=document_id, setting=setting, at=now)
        return a_run(store, run_id)


def end_print(store: Store, actor: Actor, run: PrintRun, *, state: RunState, words: str = "", clinic: str = "", now: datetime) -> None:
    """Keep how the job of ``begin_print`` ended, once: printed it is told, and its request is printed; else nothing left.

    ``clinic`` is the name of the place that it is disclosed to until it is handed over.
    """
    note_ended(store, actor, run.jobs[0].id, state=state, words=words, clinic=clinic, now=now)
    end_run(store, actor, run.id, now=now)


def issue_paper(  # noqa: PLR0913 - keywords only, each of them is kept by itself
    store: Store, actor: Actor, made: Made, *, visit_id: int, kind: Paper, how: How, target: str, stamp: str | None = None, now: datetime
) -> int:  # fmt: skip
    """Keep a paper of a visit that came out of a printer or was saved, and return the document's id.

    ``target`` is the printer or the kind of place, never a file name: that may hold a patient's name. ``stamp`` is that of
    ``paper_stamp``, None for a paper made of the record as it stands. A paper that the visit's request was ready for makes that
    request printed; a preliminary one never does. Which it is, and which version, the store knows.
    Raises IntakeError ``visit_not_found``; of a print ConflictError ``already_printing``, ``printed_already``.
    """
    actor.must(TASK_OF[kind])
    with store.transaction():
        patient_id = _patient_of(store, visit_id)
        current = stamp in (None, store.documents.stamp(kind.value, patient_id, visit_id))
        made = _known(store, made, visit_id, kind, current=current)
        find = _to_print if how == "print" else _to_save
        request = None if made.preliminary else find(store, actor, visit_id, kind, made.language, now)
        return keep_document(
            store, actor, made, kind=kind.value, patient_id=patient_id, visit_id=visit_id, request_id=request.id if request else None,
            how=how, target=target, now=now, stamp=stamp,
        )  # fmt: skip


def note_look(store: Store, actor: Actor, *, visit_id: int, kind: Paper, sha256: str, now: datetime) -> None:
    """Record that a paper of a visit was looked at on a screen; nothing left. Raises IntakeError ``visit_not_found``."""
    actor.must(TASK_OF[kind])
    with store.transaction():
        patient_id = _patient_of(store, visit_id)
        changes = {"kind": (None, kind.value), "target": (None, SCREEN), "sha256": (None, sha256)}
        store.audit.add(actor, "preview_document", at=now, patient_id=patient_id, visit_id=visit_id, changes=changes)


def papers_of(store: Store, actor: Actor, patient_id: int) -> tuple[PaperEntry, ...]:
    """Return what was printed or saved of a patient's documents, the latest first; opening the patient is what is recorded.

    Of papers from before their bytes were kept, the audit tells.
    """
    actor.must(Task.SEE_PATIENTS)
    with store.reading():
        kept = tuple(_entry(document) for document in store.documents.of_patient(patient_id))
        return kept + store.audit.papers_of(patient_id)


def _patient_of(store: Store, visit_id: int) -> int:
    patient_id = store.visits.patient_of(visit_id)
    if patient_id is None:
        raise IntakeError("visit_not_found")
    return patient_id


def _location_of(store: Store, visit_id: int) -> str:
    location = store.visits.location_of(visit_id)
    if location is None:
        raise IntakeError("visit_not_found")
    return location


def _known(store: Store, made: Made, visit_id: int, kind: Paper, *, current: bool) -> Made:
    """Return a paper as what the store knows it to be. One that is not ``current`` is at most the version there is now."""
    if kind is Paper.INTAKE_FORM:
        return replace(made, version=0, preliminary=False)
    there_is = store.documents.note_version(visit_id)
    version = there_is if current else min(made.version, there_is)
    return replace(made, version=version, preliminary=version == 0)


def _to_print(store: Store, actor: Actor, visit_id: int, kind: Paper, language: str, now: datetime) -> Request | None:
    """Return the request that a printed paper is for, ready; None when nobody asked for it. What was printed is not printed again."""
    found = _asked(store, visit_id, kind, language)
    for request, line in found:
        if request.state is RequestState.READY and not line.printing:
            return request
    if any(line.printing for _, line in found):
        raise ConflictError("already_printing")
    for request, line in found:
        if request.state is RequestState.PRINTED and line.changed:
            make_ready_again(store, actor, request, now=now)
            return request
    if any(request.state in (RequestState.PRINTED, RequestState.DELIVERED) and not line.changed for request, line in found):
        raise ConflictError("printed_already")
    return None


def _to_save(store: Store, actor: Actor, visit_id: int, kind: Paper, language: str, now: datetime) -> Request | None:
    """Return the request that a saved paper is for: one that is ready, else one that was printed; not one that a printer has."""
    free = [
        (request, line)
        for request, line in _asked(store, visit_id, kind, language)
        if request.state in (RequestState.READY, RequestState.PRINTED) and not line.printing
    ]
    free.sort(key=lambda each: each[0].state is not RequestState.READY)
    if not free:
        return None
    request, line = free[0]
    if request.state is RequestState.PRINTED and line.changed:
        make_ready_again(store, actor, request, now=now)
    return request


def _asked(store: Store, visit_id: int, kind: Paper, language: str) -> list[tuple[Request, RequestLine]]:
    """Return the requests of a visit that this paper could be for, with how they stand, the first due first."""
    ids = store.requests.ever_of_visit(visit_id, kind.value)
    found = [(store.requests.get(request_id), store.request_lists.line(request_id)) for request_id in ids]
    return [(request, line) for request, line in found if request is not None and line is not None and request.language == language]


def _entry(document: IssuedDocument) -> PaperEntry:
    return PaperEntry(
        visit_id=document.visit_id,
        at=document.at,
        by=document.by,
        how=document.how,
        target=document.target,
        kind=document.kind,
        document_id=document.id,
        is_copy=document.copy_of is not None,
    )
