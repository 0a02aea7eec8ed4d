"""A way to a printer behind one set of words, and the one through CUPS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from intake.domain.print_runs import PrintSetting
from intake.printing import jobs, queue, spool
from intake.printing.held import HeldJob, held_jobs
from intake.printing.jobs import Job
from intake.printing.options import Abilities, abilities
from intake.printing.queue import Printer

Seen = Callable[[Job], None]


class PrintWay(Protocol):
    """What a page or a run needs of a print system. Every call blocks: for a thread that is not the window's."""

    @property
    def holds(self) -> bool:
        """Whether pages that were ``put`` wait for ``release``; where they do not, they are out at once."""

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers, the default one first."""

    def abilities(self, printer: str) -> Abilities:
        """Return what a printer offers."""

    def send(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Hand pages to a printer and return the job's id. Raises PrintError."""

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Hand pages to a printer's queue, to come out after ``release``, and return the job's id. Raises PrintError."""

    def release(self, job_id: str) -> None:
        """Let the pages that were ``put`` come out. Raises PrintError."""

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Return the job as it ended, or as it waits for a person; ``seen`` hears what comes before."""

    def look(self, job_ids: Iterable[str]) -> Mapping[str, Job]:
        """Return where each job stands now, by its id."""

    def held(self, printer: str) -> tuple[HeldJob, ...]:
        """Return what was ``put`` at a printer and not released, whoever did."""

    def cancel(self, job_id: str) -> None:
        """Take a waiting job back."""

    def clear(self, job_id: str) -> None:
        """Take the pages of a job that has ended from where the system keeps them; nothing is known of the job from then on."""


class CupsWay:
    """Through the queues of CUPS, which tell how a job ends."""

    holds = True

    def printers(self) -> tuple[Printer, ...]:
        """Return the queues."""
        return queue.printers()

    def abilities(self, printer: str) -> Abilities:
        """Ask the queue's description."""
        return abilities(printer)

    def send(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Put the pages into a queue."""
        return queue.print_pdf(pdf, printer=printer, title=title, setting=setting)

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Put the pages into a queue, held."""
        return queue.print_pdf(pdf, printer=printer, title=title, setting=setting, held=True)

    def release(self, job_id: str) -> None:
        """Let the job go."""
        jobs.release(job_id)

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Ask the queue until the job has ended."""
        return jobs.follow(job_id, seen=seen)

    def look(self, job_ids: Iterable[str]) -> Mapping[str, Job]:
        """Ask the queues once for all."""
        return jobs.jobs_now(job_ids)

    def held(self, printer: str) -> tuple[HeldJob, ...]:
        """Ask the queue."""
        return held_jobs(printer)

    def cancel(self, job_id: str) -> None:
        """Take the job out of its queue."""
        jobs.cancel(job_id)

    def clear(self, job_id: str) -> None:
        """Take the pages out of the spool, where CUPS keeps them for a day; where that fails it clears them itself then."""
        spool.clear(job_id)
