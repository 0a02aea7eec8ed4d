"""Printing as a page sees it: a list of printers, one job at a time, and a job that did not come out is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from intake.errors import IntakeError
from intake.printing import Job, JobState
from ui.failures import words_of
from ui.preview.print_ways import PrintWay, system_way
from ui.preview.worker import Worker

JOB_TITLE: Final = "Document"
"""What a print queue shows to everyone unless it is told another title: no name, no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptJob:
    """Pages that are not on paper yet: for which printer, and in whose queue they wait, if in any."""

    pdf: bytes
    printer: str
    job_id: str = ""


class PrintDesk(QObject):
    """Prints PDFs one after another, and says how each ended in words."""

    listed = Signal(object)
    """The printers, as a tuple."""
    unlisted = Signal(str)
    """There is no list of printers, and why."""
    sent = Signal(str)
    """The pages are with this printer's queue."""
    told = Signal(str, str)
    """What to show: words, and their tone."""
    ended = Signal(object)
    """The :class:`Job` as it ended, or as it waits for a person; None when no queue took it."""

    _moved = Signal(object)

    def __init__(self, parent: QObject | None = None, *, way: PrintWay | None = None, title: str = JOB_TITLE) -> None:
        """Print the way this system does, or by another ``way``, under a title that everyone may read."""
        super().__init__(parent)
        self._title = title
        self._way = way or system_way()
        self._lists = Worker(self)
        self._jobs = Worker(self)
        self._kept: KeptJob | None = None
        self._busy = False
        self._moved.connect(self._tell_moving, Qt.ConnectionType.QueuedConnection)

    @property
    def kept(self) -> KeptJob | None:
        """The job that did not come out, kept to be sent again."""
        return None if self._busy else self._kept

    @property
    def busy(self) -> bool:
        """Whether a job is on its way now."""
        return self._busy

    def list_printers(self) -> None:
        """Ask for the printers; ``listed`` or ``unlisted`` answers."""
        self._lists.ask(self._way.printers, done=self.listed.emit, failed=self._not_listed, newest="list")

    def print_pdf(self, pdf: bytes, printer: str) -> bool:
        """Send pages to a printer; says no while another job is on its way."""
        if self._busy:
            self.told.emit(self.tr("The job before this one is still on its way. Wait for its end."), "info")
            return False
        # A job that waits in a queue would come out as well, once its printer is ready: one paper too many.
        waiting = self._kept.job_id if self._kept is not None and self._kept.pdf == pdf else ""
        self._busy = True
        self._kept = KeptJob(pdf=pdf, printer=printer)
        self.told.emit(self.tr("Sending to %1").replace("%1", printer), "info")
        self._jobs.ask(partial(self._send, pdf, printer, waiting), done=partial(self._follow, self._kept), failed=self._not_sent)
        return True

    def retry(self) -> bool:
        """Send the kept job again to the same printer; says no when there is none."""
        kept = self.kept
        return kept is not None and self.print_pdf(kept.pdf, kept.printer)

    def _send(self, pdf: bytes, printer: str, waiting: str) -> str:
        if waiting:
            self._way.cancel(waiting)
        return self._way.send(pdf, printer=printer, title=self._title)

    def _follow(self, sent: KeptJob, job_id: str) -> None:
        self._kept = KeptJob(pdf=sent.pdf, printer=sent.printer, job_id=job_id)
        self.sent.emit(sent.printer)
        self._jobs.ask(partial(self._way.follow, job_id, self._seen), done=self._end, failed=self._not_sent)

    def _seen(self, job: Job) -> None:
        """Hear of a job on its way, on the thread that follows it."""
        if isValid(self):
            self._moved.emit(job)

    def _tell_moving(self, job: Job) -> None:
        if self._busy and job.state.moving:
            on_its_way = self.tr("%1 is printing") if job.state is JobState.PRINTING else self.tr("In the queue of %1")
            words = on_its_way.replace("%1", job.printer)
            self.told.emit(f"{words}: {job.words}" if job.words else words, "info")

    def _end(self, job: Job) -> None:
        self._busy = False
        if job.state in (JobState.DONE, JobState.CANCELLED):
            self._kept = None
        elif not (job.state is JobState.HELD or job.state.moving) and self._kept is not None:
            self._kept = KeptJob(pdf=self._kept.pdf, printer=self._kept.printer)
        self.told.emit(*self._words_of(job))
        self.ended.emit(job)

    def _words_of(self, job: Job) -> tuple[str, str]:
        said = f": {job.words}." if job.words else "."
        endings = {
            JobState.DONE: (self.tr("Printed on %1."), "ok"),
            JobState.CANCELLED: (self.tr("The job was cancelled at %1. Nothing came out."), "warning"),
            JobState.HELD: (self.tr("%1 holds the job%2 It prints when the printer is ready again. R sends it again."), "warning"),
            JobState.FAILED: (self.tr("%1 did not print%2 The job is kept. R tries again, P chooses another printer."), "danger"),
            JobState.GONE: (self.tr("%1 was removed with the job in its queue. The job is kept. P chooses another printer."), "danger"),
        }
        still = (self.tr("%1 still has the job in its queue%2 R sends it again."), "warning")
        text, tone = endings.get(job.state, still)
        return text.replace("%2", said).replace("%1", job.printer), tone

    def _not_sent(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, IntakeError):
            raise error
        self.told.emit(self.tr("%1 R tries again, P chooses another printer.").replace("%1", words_of(error)), "danger")
        self.ended.emit(None)

    def _not_listed(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.unlisted.emit(words_of(error))
