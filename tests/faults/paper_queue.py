"""A print queue that is a folder: what is put waits in ``held``, what is let go lies in ``out``, each file named after its job.

It stands for the system's queue, which goes on whatever becomes of the program.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from intake.domain.print_runs import PrintSetting
from intake.printing import Job, JobState
from intake.printing.held import KIB, HeldJob
from intake.printing.options import Abilities
from intake.printing.queue import Printer, PrinterState
from intake.printing.ways import Seen

PRINTER = "folder"


class PaperQueue:
    """A way to print whose paper can be counted."""

    holds = True

    def __init__(self, folder: Path) -> None:
        """Use these two folders, made when they are not there."""
        self._held, self._out = folder / "held", folder / "out"
        for each in (self._held, self._out):
            each.mkdir(parents=True, exist_ok=True)

    def came_out(self) -> list[str]:
        """Return the title of each paper that came out."""
        return [path.stem.partition("+")[2] for path in self._out.glob("*.pdf")]

    def printers(self) -> tuple[Printer, ...]:
        """Return the one printer."""
        return (Printer(name=PRINTER, description="", state=PrinterState.READY, default=True),)

    def abilities(self, printer: str) -> Abilities:  # noqa: ARG002 - as every way to print
        """Offer nothing special."""
        return Abilities()

    def send(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Put and let go at once."""
        job_id = self.put(pdf, printer=printer, title=title, setting=setting)
        self.release(job_id)
        return job_id

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:  # noqa: ARG002 - as every way to print
        """Take the pages whole."""
        job_id = f"{int(time.time())}-{os.urandom(6).hex()}+{title}"
        unfinished = self._held / f"{job_id}.new"
        unfinished.write_bytes(pdf)
        unfinished.rename(self._held / f"{job_id}.pdf")
        return job_id

    def release(self, job_id: str) -> None:
        """Let the pages come out."""
        name = f"{job_id}.pdf"
        (self._held / name).rename(self._out / name)

    def follow(self, job_id: str, seen: Seen) -> Job:  # noqa: ARG002 - as every way to print
        """Return where it stands: nothing changes by itself."""
        return self.look([job_id])[job_id]

    def look(self, job_ids: Iterable[str]) -> Mapping[str, Job]:
        """Return where each job stands by where its file lies."""
        return {job_id: Job(id=job_id, printer=PRINTER, state=self._state(job_id)) for job_id in job_ids}

    def held(self, printer: str) -> tuple[HeldJob, ...]:  # noqa: ARG002 - as every way to print
        """Return what was put and not let go."""
        found = ((path, path.stat().st_size) for path in self._held.glob("*.pdf"))
        return tuple(HeldJob(id=path.stem, kib=-(-size // KIB), at=_put_at(path.stem)) for path, size in found)

    def cancel(self, job_id: str) -> None:
        """Take what waits away."""
        (self._held / f"{job_id}.pdf").unlink(missing_ok=True)

    def clear(self, job_id: str) -> None:
        """Keep what came out: the test counts it."""

    def _state(self, job_id: str) -> JobState:
        name = f"{job_id}.pdf"
        if (self._out / name).exists():
            return JobState.DONE
        return JobState.HELD if (self._held / name).exists() else JobState.CANCELLED


def _put_at(job_id: str) -> datetime:
    return datetime.fromtimestamp(int(job_id.partition("-")[0]), UTC)
