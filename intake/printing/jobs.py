"""What became of a print job, asked until it has ended or waits for a person."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from intake.printing.commands import run
from intake.printing.queue import PrinterState, printer_now

FOLLOW_S = 90.0
PAUSE_S = 0.4
_DETAIL = re.compile(r"\s+(?P<name>Status|Alerts): ?(?P<text>.*)")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job as its queue tells it, with the printer's own words if it has any."""

    id: str
    printer: str
    state: JobState
    words: str = ""


def job_now(job_id: str) -> Job:
    """Return where a job stands now; ``GONE`` when its printer was removed with it."""
    printer_name = job_id.rpartition("-")[0]
    details = _details(run("lpstat", "-l", "-W", "not-completed", "-o").out, job_id)
    if details is not None:
        return _active(job_id, printer_name, details)
    details = _details(run("lpstat", "-l", "-W", "completed", "-o").out, job_id)
    if details is None:
        # A server may keep no history: then a job that left the queue of a printer that is still there was printed.
        state = JobState.GONE if printer_now(printer_name) is None else JobState.DONE
        return Job(id=job_id, printer=printer_name, state=state)
    return Job(id=job_id, printer=printer_name, state=_ending(details), words=details.get("Status", ""))


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


def cancel(job_id: str) -> None:
    """Take a job out of its queue and its pages out of the spool; a job that is no longer there is left alone."""
    run("cancel", "-x", job_id)


def _active(job_id: str, printer_name: str, details: dict[str, str]) -> Job:
    alerts, words = details.get("Alerts", ""), details.get("Status", "")
    printer = printer_now(printer_name)
    if printer is None:
        return Job(id=job_id, printer=printer_name, state=JobState.GONE)
    if printer.state is PrinterState.STOPPED:
        return Job(id=job_id, printer=printer_name, state=JobState.HELD, words=printer.words or words)
    if "hold" in alerts or "printer-stopped" in alerts:
        return Job(id=job_id, printer=printer_name, state=JobState.HELD, words=words or printer.words)
    state = JobState.PRINTING if "printing" in alerts else JobState.QUEUED
    return Job(id=job_id, printer=printer_name, state=state, words=words)


def _ending(details: dict[str, str]) -> JobState:
    if "canceled" in details.get("Alerts", ""):
        return JobState.CANCELLED
    # CUPS clears what a job's filters said for information when the job ends (finalize_job in scheduler/job.c): words that
    # are left are those of an error.
    return JobState.FAILED if details.get("Status") or "aborted" in details.get("Alerts", "") else JobState.DONE


def _details(text: str, job_id: str) -> dict[str, str] | None:
    found: dict[str, str] | None = None
    for line in text.splitlines():
        if not line[:1].isspace():
            if found is not None:
                return found
            found = {} if line.split(" ", 1)[0] == job_id else None
        elif found is not None and (match := _DETAIL.match(line)) is not None:
            found[match["name"]] = match["text"].strip()
    return found
