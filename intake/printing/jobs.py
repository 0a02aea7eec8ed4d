"""What became of print jobs, asked until they have ended or wait for a person."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.printing.commands import PrintError, own_words, run
from intake.printing.queue import Printer, PrinterState, printers

FOLLOW_S = 90.0
PAUSE_S = 0.4
_DETAIL = re.compile(r"\s+(?P<name>Status|Alerts): ?(?P<text>.*)")
Details = dict[str, str]


class JobState(StrEnum):
    """Where a job stands. ``HELD`` waits for a person: the printer keeps it until it is started again."""

    QUEUED = "queued"
    PRINTING = "printing"
    HELD = "held"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    GONE = "gone"

    @property
    def moving(self) -> bool:
        """Whether waiting may still change it."""
        return self in (JobState.QUEUED, JobState.PRINTING)

    @property
    def over(self) -> bool:
        """Whether the printer had the job, and its pages are of no more use in the spool."""
        return self in (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job as its queue tells it, with the printer's own words if it has any.

    Of a job that is not ``listed`` no queue knows any more: its end is what is to be supposed, nobody saw it.
    """

    id: str
    printer: str
    state: JobState
    words: str = ""
    listed: bool = True


def jobs_now(job_ids: Iterable[str]) -> Mapping[str, Job]:
    """Return where each of these jobs stands now, by its id; the queues are asked once for all of them.

    A job is ``GONE`` when its printer was removed with it.
    """
    wanted = list(job_ids)
    active = _details(run("lpstat", "-l", "-W", "not-completed", "-o").out)
    ended = _details(run("lpstat", "-l", "-W", "completed", "-o").out) if any(job_id not in active for job_id in wanted) else {}
    there = {printer.name: printer for printer in printers()} if any(job_id not in ended for job_id in wanted) else {}
    return {job_id: _job(job_id, active.get(job_id), ended.get(job_id), there.get(_printer_of(job_id))) for job_id in wanted}


def job_now(job_id: str) -> Job:
    """Return where a job stands now; ``GONE`` when its printer was removed with it."""
    return jobs_now([job_id])[job_id]


def follow(job_id: str, *, seen: Callable[[Job], None] = lambda _: None, timeout_s: float = FOLLOW_S, pause_s: float = PAUSE_S) -> Job:
    """Ask until the job has ended or waits for a person, and return it; ``seen`` is told every change.

    After ``timeout_s`` it is returned as it stands. Blocks: for a thread of its own.
    """
    until = time.monotonic() + timeout_s
    last: Job | None = None
    while True:
        job = job_now(job_id)
        if job != last:
            seen(job)
            last = job
        if not job.state.moving or time.monotonic() >= until:
            return job
        time.sleep(pause_s)


def release(job_id: str) -> None:
    """Let a job go that was put into its queue held. Raises PrintError ``printer_failed`` when the queue does not let it go."""
    answer = run("lp", "-i", job_id, "-H", "resume")
    if answer.code:
        raise PrintError("printer_failed", printer=_printer_of(job_id), words=own_words(answer))


def cancel(job_id: str) -> None:
    """Take a job out of its queue and its pages out of the spool; a job that is no longer there is left alone."""
    run("cancel", "-x", job_id)


def _printer_of(job_id: str) -> str:
    return job_id.rpartition("-")[0]


def _job(job_id: str, active: Details | None, ended: Details | None, printer: Printer | None) -> Job:
    name = _printer_of(job_id)
    if ended is not None:
        return Job(id=job_id, printer=name, state=_ending(ended), words=ended.get("Status", ""))
    if printer is None:
        return Job(id=job_id, printer=name, state=JobState.GONE, listed=active is not None)
    if active is None:
        # A server may keep no history: then a job that left the queue of a printer that is still there was printed.
        return Job(id=job_id, printer=name, state=JobState.DONE, listed=False)
    alerts, words = active.get("Alerts", ""), active.get("Status", "")
    if printer.state is PrinterState.STOPPED:
        return Job(id=job_id, printer=name, state=JobState.HELD, words=printer.words or words)
    if "hold" in alerts or "printer-stopped" in alerts:
        return Job(id=job_id, printer=name, state=JobState.HELD, words=words or printer.words)
    state = JobState.PRINTING if "printing" in alerts else JobState.QUEUED
    return Job(id=job_id, printer=name, state=state, words=words)


def _ending(details: Details) -> JobState:
    alerts = details.get("Alerts", "")
    if "canceled" in alerts:
        return JobState.CANCELLED
    # CUPS clears what a job's filters said for information when the job ends (finalize_job in scheduler/job.c): words that
    # are left are those of an error.
    if details.get("Status") or "aborted" in alerts:
        return JobState.FAILED
    # Only a job that was begun has a status at all, be it empty: one taken out of the queue before has none, and the same alerts.
    return JobState.DONE if "Status" in details or "completed" in alerts else JobState.CANCELLED


def _details(text: str) -> dict[str, Details]:
    found: dict[str, Details] = {}
    current: Details = {}
    for line in text.splitlines():
        if not line[:1].isspace():
            current = found.setdefault(line.split(" ", 1)[0], {})
        elif (match := _DETAIL.match(line)) is not None:
            current[match["name"]] = match["text"].strip()
    return found
