"""Print runs and their jobs as kept. A document is bound to one open job at a time: an index of the table sees to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from intake.domain.print_runs import PrintRun, PrintSetting, RunJob, RunState
from intake.domain.requests import RequestStep
from intake.domain.staff import Task
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

_OPEN = "state IN ('claimed', 'sending', 'sent', 'lost')"
_READY = (
    "SELECT id, kind, task FROM request WHERE state = 'ready'"  # noqa: S608 - our own words
    f" AND NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.request_id = request.id AND print_job.{_OPEN})"
)
_TAKEN = (
    "SELECT print_run.workstation, staff.name, request.task FROM request JOIN print_job ON print_job.request_id = request.id"
    " JOIN print_run ON print_run.id = print_job.run_id JOIN staff ON staff.id = print_run.staff_id"
    " WHERE request.state = 'ready' AND print_run.ended_at IS NULL AND print_job.state IN ('claimed', 'sending', 'sent')"
)
_JOBS = (
    "SELECT id, run_id, place, request_id, kind, reprint, reason, document_id, setting, queue_id, state, words, at, recipient, purpose,"
    " accountable FROM print_job"
)
_TO_COPY = (
    "SELECT id FROM document WHERE request_id = ? AND preliminary = 0 AND content IS NOT NULL AND copy_of IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.document_id = document.id AND print_job.state IN ('failed', 'cancelled'))"
    " ORDER BY id DESC LIMIT 1"
)
_FAILURES = (
    "SELECT print_job.at, staff.name, print_job.words FROM print_job JOIN print_run ON print_run.id = print_job.run_id"
    " JOIN staff ON staff.id = print_run.staff_id WHERE print_job.request_id = ? AND print_job.state IN ('failed', 'cancelled')"
    " AND (print_job.state = 'failed' OR print_job.document_id IS NOT NULL) ORDER BY print_job.id"
)
NOT_PRINTED: Final = "not_printed"
"""What a step is called that tells of a document which did not come out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A request that may be printed now."""

    request_id: int
    kind: str
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A ready request that a run has: at which desk, whose it is, and which task it takes to print it."""

    workstation: str
    by: str
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """A job to come: of which request, None for the cover list, and for a reprint why; for somebody else, to whom and for what."""

    request_id: int | None
    kind: str
    setting: PrintSetting
    reprint: bool = False
    reason: str = ""
    recipient: str = ""
    purpose: str = ""
    accountable: bool = False


class PrintRuns:
    """The tables of runs and jobs. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def ready(self, location: str) -> tuple[Ready, ...]:
        """Return what is ready at a clinic and in no run, the first due first."""
        return self._ready("location = ?", [location])

    def ready_of(self, request_ids: Sequence[int]) -> tuple[Ready, ...]:
        """Return which of these requests are ready and in no run, the first due first."""
        return self._ready("id IN (SELECT value FROM json_each(?))", [json.dumps(list(request_ids))])

    def taken(self, location: str) -> tuple[Taken, ...]:
        """Return what is ready at a clinic and in a run that is not over, the first due first."""
        return self._taken("request.location = ?", [location])

    def taken_of(self, request_ids: Sequence[int]) -> tuple[Taken, ...]:
        """Return which of these requests are ready and in a run that is not over, the first due first."""
        return self._taken("request.id IN (SELECT value FROM json_each(?))", [json.dumps(list(request_ids))])

    def add(self, *, location: str, workstation: str, staff_id: int, at: datetime, jobs: Sequence[NewJob]) -> int:
        """Keep a run with its jobs, all claimed, in this order, and return its id."""
        moment = instant_text(at)
        row = (location, workstation, staff_id, moment, moment)
        cursor = self._connection.execute(
            "INSERT INTO print_run (location, workstation, staff_id, begun_at, seen_at) VALUES (?, ?, ?, ?, ?)", row
        )
        run_id = int(cursor.lastrowid or 0)
        self._connection.executemany(
            "INSERT INTO print_job (run_id, place, request_id, kind, reprint, reason, recipient, purpose, accountable, setting, state, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'claimed', ?)",
            [
                (run_id, place, job.request_id, job.kind, int(job.reprint), job.reason, *_copied(job), _written(job.setting), moment)
                for place, job in enumerate(jobs)
            ],
        )
        return run_id

    def get(self, run_id: int) -> PrintRun | None:
        """Return a run with its jobs, None when there is none with this id."""
        row = self._connection.execute(
            "SELECT print_run.location, print_run.workstation, staff.name, print_run.begun_at, print_run.ended_at FROM print_run"
            " JOIN staff ON staff.id = print_run.staff_id WHERE print_run.id = ?",
            (run_id,),
        ).fetchone()
        if row is None:
            return None
        location, workstation, by, begun_at, ended_at = row
        return PrintRun(
            id=run_id,
            location=location,
            workstation=workstation,
            by=by,
            begun_at=instant(begun_at),
            ended_at=instant(ended_at) if ended_at else None,
            jobs=self.jobs(run_id),
        )

    def jobs(self, run_id: int) -> tuple[RunJob, ...]:
        """Return the jobs of a run in their order."""
        return self._jobs("run_id = ? ORDER BY place", (run_id,))

    def job(self, job_id: int) -> RunJob | None:
        """Return a job, None when there is none with this id."""
        return next(iter(self._jobs("id = ?", (job_id,))), None)

    def open_job_of(self, request_id: int) -> RunJob | None:
        """Return the job a request's document is bound to, None when it is free."""
        return next(iter(self._jobs(f"request_id = ? AND {_OPEN}", (request_id,))), None)

    def lost(self) -> tuple[RunJob, ...]:
        """Return every job of which a person must say whether it came out."""
        rows = self._connection.execute(f"{_JOBS} INDEXED BY print_job_open WHERE {_OPEN} AND state = 'lost' ORDER BY id")
        return tuple(_job(row) for row in rows)

    def move(self, job_id: int, state: RunState, *, at: datetime, words: str = "") -> None:
        """Move a job to a state, with the printer's words if it has any."""
        self._connection.execute(
            "UPDATE print_job SET state = ?, words = ?, at = ? WHERE id = ?", (state.value, words, instant_text(at), job_id)
        )

    def set_sending(self, job_id: int, *, document_id: int | None, setting: PrintSetting, at: datetime) -> None:
        """Keep that a job's pages are about to leave: which document, and how and where it is printed."""
        self._connection.execute(
            "UPDATE print_job SET state = 'sending', document_id = ?, setting = ?, at = ? WHERE id = ?",
            (document_id, _written(setting), instant_text(at), job_id),
        )

    def set_sent(self, job_id: int, queue_id: str, *, at: datetime) -> None:
        """Keep the id under which a print system has a job."""
        self._connection.execute(
            "UPDATE print_job SET state = 'sent', queue_id = ?, at = ? WHERE id = ?", (queue_id, instant_text(at), job_id)
        )

    def seen(self, run_id: int, *, at: datetime) -> None:
        """Keep that somebody works on a run."""
        self._connection.execute("UPDATE print_run SET seen_at = ? WHERE id = ?", (instant_text(at), run_id))

    def seen_at_most(self, moment: datetime) -> None:
        """Take a sign of life of a run that is not over and comes from after this instant as one of this instant."""
        text = instant_text(moment)
        self._connection.execute("UPDATE print_run SET seen_at = ? WHERE ended_at IS NULL AND seen_at > ?", (text, text))

    def end(self, run_id: int, *, at: datetime) -> None:
        """Keep that a run is over, unless one of its jobs is still on its way."""
        self._connection.execute(
            "UPDATE print_run SET ended_at = ? WHERE id = ? AND ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM print_job"
            " WHERE print_job.run_id = print_run.id AND print_job.state IN ('claimed', 'sending', 'sent'))",
            (instant_text(at), run_id),
        )

    def unseen_since(self, moment: datetime) -> tuple[int, ...]:
        """Return the ids of runs that are not over and that nobody worked on since this instant."""
        rows = self._connection.execute(
            "SELECT id FROM print_run WHERE ended_at IS NULL AND seen_at < ? ORDER BY id", (instant_text(moment),)
        )
        return tuple(row[0] for row in rows)

    def any_seen_outside(self, first: datetime, last: datetime) -> bool:
        """Tell whether the last sign of life of a run that is not over is not between these instants."""
        row = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM print_run WHERE ended_at IS NULL AND seen_at NOT BETWEEN ? AND ?)",
            (instant_text(first), instant_text(last)),
        ).fetchone()
        return bool(row and row[0])

    def to_copy(self, request_id: int) -> int | None:
        """Return the id of the last document that left for a request and is no copy itself, None when none did with its bytes."""
        row = self._connection.execute(_TO_COPY, (request_id,)).fetchone()
        return None if row is None else int(row[0])

    def failures_of(self, request_id: int) -> tuple[RequestStep, ...]:
        """Return each time that a request's document did not come out, with the printer's words, the first first."""
        rows = self._connection.execute(_FAILURES, (request_id,))
        return tuple(RequestStep(what=NOT_PRINTED, at=instant(at), by=by, words=words) for at, by, words in rows)

    def _ready(self, where: str, values: Sequence[Any]) -> tuple[Ready, ...]:
        rows = self._connection.execute(f"{_READY} AND {where} ORDER BY listed_at, id", values)
        return tuple(Ready(request_id=request_id, kind=kind, task=Task(task)) for request_id, kind, task in rows)

    def _taken(self, where: str, values: Sequence[Any]) -> tuple[Taken, ...]:
        rows = self._connection.execute(f"{_TAKEN} AND {where} ORDER BY request.listed_at, request.id", values)
        return tuple(Taken(workstation=workstation, by=by, task=Task(task)) for workstation, by, task in rows)

    def _jobs(self, where: str, values: Sequence[Any]) -> tuple[RunJob, ...]:
        return tuple(_job(row) for row in self._connection.execute(f"{_JOBS} WHERE {where}", values))


def _written(setting: PrintSetting) -> str:
    return json.dumps(asdict(setting))


def _copied(job: NewJob) -> tuple[str, str, int]:
    return job.recipient, job.purpose, int(job.accountable)


def _job(row: tuple[Any, ...]) -> RunJob:
    (
        job_id, run_id, place, request_id, kind, reprint, reason, document_id, setting, queue_id, state, words, at, recipient, purpose,
        accountable,
    ) = row  # fmt: skip
    return RunJob(
        id=job_id,
        run_id=run_id,
        place=place,
        request_id=request_id,
        kind=kind,
        reprint=bool(reprint),
        reason=reason,
        document_id=document_id,
        setting=PrintSetting(**json.loads(setting)),
        queue_id=queue_id,
        state=RunState(state),
        words=words,
        at=instant(at),
        recipient=recipient,
        purpose=purpose,
        accountable=bool(accountable),
    )
