"""The two ways to a printer behind one set of words: CUPS where it is, Qt elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from intake import printing
from intake.printing import Job, JobState, Printer
from ui.preview import qt_printing

Seen = Callable[[Job], None]


class PrintWay(Protocol):
    """What a page needs of a print system. Every call blocks: for a thread that is not the window's."""

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers, the default one first."""

    def send(self, pdf: bytes, *, printer: str, title: str) -> str:
        """Hand pages to a printer and return the job's id. Raises PrintError."""

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Return the job as it ended, or as it waits for a person; ``seen`` hears what comes before."""

    def cancel(self, job_id: str) -> None:
        """Take a waiting job back."""


class CupsWay:
    """Through the queues of CUPS, which tell how a job ends."""

    def printers(self) -> tuple[Printer, ...]:
        """Return the queues."""
        return printing.printers()

    def send(self, pdf: bytes, *, printer: str, title: str) -> str:
        """Put the pages into a queue."""
        return printing.print_pdf(pdf, printer=printer, title=title)

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Ask the queue until the job has ended."""
        return printing.follow(job_id, seen=seen)

    def cancel(self, job_id: str) -> None:
        """Take the job out of its queue."""
        printing.cancel(job_id)


class QtWay:
    """Through Qt, which hands the pages over and hears no more of them."""

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers Qt knows."""
        return qt_printing.printers()

    def send(self, pdf: bytes, *, printer: str, title: str) -> str:
        """Paint the pages; the job's id is the printer's name."""
        qt_printing.print_pdf(pdf, printer=printer, title=title)
        return printer

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Return at once: what was painted is with the system's own queue."""
        return Job(id=job_id, printer=job_id, state=JobState.DONE)

    def cancel(self, job_id: str) -> None:
        """Leave the job to the system's own queue."""


def system_way() -> PrintWay:
    """Return the way this system prints."""
    return CupsWay() if printing.can_print() else QtWay()
