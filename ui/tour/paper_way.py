"""How the tour prints: into files in its folder, and on a queue of this system too when one is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock

from intake.domain.print_runs import PrintSetting
from intake.printing import Abilities, CupsWay, HeldJob, Job, JobState, Printer, PrintError, PrinterState, Seen

FOLDER = "PDF-folder"


class PaperWay:
    """Keeps each paper as ``<stem>-<number>.pdf``; without a queue those files are the whole print, and ``words`` says so."""

    def __init__(self, folder: Path, printer: str = "") -> None:
        """Keep papers in this folder, and print on the queue of this name; no printer is used that nobody named."""
        self.stem = "printed"
        self.kept: list[Path] = []
        self._folder = folder
        self._guard = Lock()
        self._name = printer
        self._queue: Printer | None = None
        self._cups = CupsWay()

    @property
    def holds(self) -> bool:
        """Whether pages wait in a queue."""
        return self._queue is not None

    def words(self) -> str:
        """Return where the papers went, for the report."""
        if self._queue is not None:
            return f"printed on {self._queue.name}: {len(self.kept)} papers"
        return f"no printer was named: {len(self.kept)} papers were printed into files only"

    def printers(self) -> tuple[Printer, ...]:
        """Return the named queue, or the folder in its place. Raises PrintError ``printer_gone`` when there is no such queue."""
        if self._name and self._queue is None:
            self._queue = _named(self._name)
        return (self._queue or Printer(name=FOLDER, description="Files", state=PrinterState.READY, default=True),)

    def abilities(self, printer: str) -> Abilities:
        """Return what the queue offers; a folder has neither trays nor sides."""
        return self._cups.abilities(printer) if self._queue is not None else Abilities()

    def send(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Print at once."""
        job_id = self.put(pdf, printer=printer, title=title, setting=setting)
        self.release(job_id)
        return job_id

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Keep the paper, and hand it to the queue if there is one."""
        with self._guard:
            number = 1 + sum(path.name.startswith(f"{self.stem}-") for path in self.kept)
            path = self._folder / f"{self.stem}-{number:02d}.pdf"
            self.kept.append(path)
        path.write_bytes(pdf)
        if self._queue is not None:
            return self._cups.put(pdf, printer=printer, title=title, setting=setting)
        return f"{FOLDER}-{len(self.kept)}"

    def release(self, job_id: str) -> None:
        """Let the queue print it; a file is there already."""
        if self._queue is not None:
            self._cups.release(job_id)

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Follow the job in its queue; a file is done."""
        return self._cups.follow(job_id, seen) if self._queue is not None else self.look([job_id])[job_id]

    def look(self, job_ids: Iterable[str]) -> Mapping[str, Job]:
        """Ask the queue; files are done."""
        if self._queue is not None:
            return self._cups.look(job_ids)
        return {job_id: Job(id=job_id, printer=FOLDER, state=JobState.DONE) for job_id in job_ids}

    def held(self, printer: str) -> tuple[HeldJob, ...]:
        """Ask the queue; files do not wait."""
        return self._cups.held(printer) if self._queue is not None else ()

    def cancel(self, job_id: str) -> None:
        """Take a job out of its queue."""
        if self._queue is not None:
            self._cups.cancel(job_id)

    def clear(self, job_id: str) -> None:
        """Take a job's pages out of the spool; files stay, they are what was asked for."""
        if self._queue is not None:
            self._cups.clear(job_id)


def _named(name: str) -> Printer:
    """Return the queue of this name, as the one that everything is printed on."""
    for printer in CupsWay().printers():
        if printer.name == name:
            return replace(printer, default=True)
    raise PrintError("printer_gone", printer=name)
