"""A print system of files: each document that comes out is a PDF in a folder, and it fails the way printers do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event

from intake.domain.print_runs import PrintSetting
from intake.printing import Abilities, HeldJob, Job, JobState, Printer, PrintError, PrinterState, Seen

TRAYS = ("Auto", "Tray2")


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """Pages that were handed over."""

    printer: str
    pdf: bytes
    title: str
    setting: PrintSetting
    released: bool = False
    state: JobState = JobState.QUEUED
    words: str = ""


@dataclass(slots=True, kw_only=True)
class FileWay:
    """Prints to ``folder``. While ``open_gate`` is not set, the first of each printer is printing and the others wait."""

    folder: Path
    names: tuple[str, ...] = ("Front desk",)
    open_gate: Event = field(default_factory=Event)
    jams: dict[str, str] = field(default_factory=dict)
    """What a printer says instead of printing."""
    silent: bool = False
    holds: bool = True
    sheets: dict[str, _Sheet] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=count)

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers, the first one the default."""
        if self.silent:
            raise PrintError("no_print_service")
        return tuple(
            Printer(name=name, description=f"The {name.lower()} printer", state=PrinterState.READY, default=name == self.names[0])
            for name in self.names
        )

    def abilities(self, printer: str) -> Abilities:
        """Return two trays for each."""
        return Abilities(trays=TRAYS if printer in self.names else (), duplex=printer == "Front desk")

    def send(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Print at once."""
        job_id = self.put(pdf, printer=printer, title=title, setting=setting)
        self.release(job_id)
        return job_id

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Take pages, to come out after ``release``."""
        if printer not in self.names:
            raise PrintError("printer_gone", printer=printer)
        job_id = f"{printer}-{next(self._numbers)}"
        self.sheets[job_id] = _Sheet(printer=printer, pdf=pdf, title=title, setting=setting)
        return job_id

    def release(self, job_id: str) -> None:
        """Let pages go."""
        self.sheets[job_id].released = True

    def follow(self, job_id: str, seen: Seen) -> Job:
        """Wait for the gate, and return how the job ended."""
        seen(self.look([job_id])[job_id])
        self.open_gate.wait(10)
        return self.look([job_id])[job_id]

    def look(self, job_ids: Iterable[str]) -> Mapping[str, Job]:
        """Print what may come out, and return where each job stands."""
        return {job_id: self._look(job_id) for job_id in job_ids}

    def held(self, printer: str) -> tuple[HeldJob, ...]:  # noqa: ARG002 - as the protocol has it
        """Return nothing: no crash is played here."""
        return ()

    def cancel(self, job_id: str) -> None:
        """Take waiting pages back."""
        if self.sheets[job_id].state is not JobState.DONE:
            self.sheets[job_id].state = JobState.CANCELLED

    def clear(self, job_id: str) -> None:
        """Forget the pages that a spool would keep."""
        self.sheets[job_id].pdf = b""

    def papers(self) -> list[Path]:
        """Return what came out, in order."""
        return sorted(self.folder.glob("*.pdf"))

    def _look(self, job_id: str) -> Job:
        sheet = self.sheets[job_id]
        if sheet.released and sheet.state in (JobState.QUEUED, JobState.PRINTING):
            self._move(job_id, sheet)
        return Job(id=job_id, printer=sheet.printer, state=sheet.state, words=sheet.words)

    def _move(self, job_id: str, sheet: _Sheet) -> None:
        if sheet.printer in self.jams:
            sheet.state, sheet.words = JobState.FAILED, self.jams[sheet.printer]
        elif self.open_gate.is_set():
            (self.folder / f"{job_id.rpartition('-')[2]:>04}.pdf").write_bytes(sheet.pdf)
            sheet.state = JobState.DONE
        elif not any(each.printer == sheet.printer and each.state is JobState.PRINTING for each in self.sheets.values()):
            sheet.state, sheet.words = JobState.PRINTING, "Warming up"
