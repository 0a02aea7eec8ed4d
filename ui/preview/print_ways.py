"""The way this system prints: through CUPS where it is, through Qt elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from intake import printing
from intake.domain.print_runs import PrintSetting
from intake.printing import Abilities, CupsWay, HeldJob, Job, JobState, Printer, PrintWay, Seen
from ui.preview import qt_printing

__all__ = ["CupsWay", "PrintWay", "QtWay", "system_way"]


class QtWay:
    """Through Qt, which hands the pages over and hears no more of them."""

    holds = False

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers Qt knows."""
        return qt_printing.printers()

    def abilities(self, printer: str) -> Abilities:
        """Return what Qt knows of the printer; its trays have no words of the printer there."""
        return qt_printing.abilities(printer)

    def send(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Paint the pages; the job's id is ours, for Qt has none."""
        qt_printing.print_pdf(pdf, printer=printer, title=title, setting=setting)
        return f"{printer}-{secrets.token_hex(8)}"

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Paint the pages: nothing waits here."""
        return self.send(pdf, printer=printer, title=title, setting=setting)

    def release(self, job_id: str) -> None:
        """Leave the job alone: it is out already."""

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Return at once: what was painted is with the system's own queue."""
        return self.look([job_id])[job_id]

    def look(self, job_ids: Iterable[str]) -> Mapping[str, Job]:
        """Return every job as done: what was painted is with the system's own queue."""
        return {job_id: Job(id=job_id, printer=job_id.rpartition("-")[0], state=JobState.DONE) for job_id in job_ids}

    def held(self, printer: str) -> tuple[HeldJob, ...]:
        """Return nothing: what was painted is out."""
        return ()

    def cancel(self, job_id: str) -> None:
        """Leave the job to the system's own queue."""

    def clear(self, job_id: str) -> None:
        """Leave the pages to the system's own queue, which lets go of them when they are printed."""


def system_way() -> PrintWay:
    """Return the way this system prints."""
    return CupsWay() if printing.can_print() else QtWay()
