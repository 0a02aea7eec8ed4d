"""Printing as a page sees it: a list of printers, one job at a time, and a job that did not come out is kept.

A job goes its whole way on a thread, with what is recorded of it: a page that is closed meanwhile changes nothing of that.
"""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from intake.domain.print_runs import PrintSetting
from intake.errors import IntakeError
from intake.printing import Job, JobState, PrintError
from ui.failures import words_of
from ui.preview.print_ways import PrintWay, system_way
from ui.preview.records import NoRecord, Record
from ui.preview.worker import Worker

JOB_TITLE: Final = "Document"
"""What a print queue shows to everyone unless it is told another title: no name, no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptJob:
    """Pages that are not on paper yet: for which printer, and in whose queue they wait, if in any."""

    pdf: bytes
    printer: str
    setting: PrintSetting
    title: str
    record: Record
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
    refused = Signal(str)
    """The pages may not be printed: the code of why. It was told in words."""

    _moved = Signal(object)
    _queued = Signal(str)

    def __init__(self, parent: QObject | None = None, *, way: PrintWay | None = None, title: str = JOB_TITLE) -> None:
        """Print the way this system does, or by another ``way``, under a title that everyone may read."""
        super().__init__(parent)
        self._title = title
        self._way = way or system_way()
        self._lists = Worker(self)
        self._jobs = Worker(self)
        self._kept: KeptJob | None = None
        self._busy = False
        self._before: KeptJob | None = None
        self._moved.connect(self._tell_moving, Qt.ConnectionType.QueuedConnection)
        self._queued.connect(self._note_queued, Qt.ConnectionType.QueuedConnection)

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

    def print_pdf(
        self, pdf: bytes, printer: str, setting: PrintSetting | None = None, *, record: Record | None = None, title: str = ""
    ) -> bool:
        """Send pages to a printer, with this tray, these sides and copies; says no while another job is on its way."""
        if self._busy:
            self.told.emit(self.tr("The job before this one is still on its way. Wait for its end."), "info")
            return False
        # A job that waits in a queue would come out as well, once its printer is ready: one paper too many.
        self._before = self._kept
        waiting = self._kept.job_id if self._kept is not None and self._kept.pdf == pdf else ""
        self._busy = True
        self._kept = KeptJob(
            pdf=pdf, printer=printer, setting=(setting or PrintSetting()).on(printer), title=title or self._title,
            record=record or NoRecord(),
        )  # fmt: skip
        self.told.emit(self.tr("Sending to %1").replace("%1", printer), "info")
        self._jobs.ask(partial(self._go, self._kept, waiting), done=self._end, failed=self._not_sent)
        return True

    def retry(self) -> bool:
        """Send the kept job again to the same printer; says no when there is none."""
        kept = self.kept
        return kept is not None and self.print_pdf(kept.pdf, kept.printer, kept.setting, record=kept.record, title=kept.title)

    def _go(self, kept: KeptJob, waiting: str) -> Job:
        """Print, on the thread of the job: what waits is taken back, what is sent is recorded before, and how it ended after."""
        if waiting:
            self._take_back(kept, waiting)
        kept.record.begin(kept.setting)
        job_id = self._put(kept)
        if isValid(self):
            self._queued.emit(job_id)
        job = self._way.follow(job_id, partial(self._seen, kept.record))
        kept.record.ended(job)
        if job.state.over:
            self._way.clear(job_id)
        return job

    def _put(self, kept: KeptJob) -> str:
        """Hand the pages over, held; they are let go only when it is kept under which id the queue has them."""
        job_id = ""
        try:
            job_id = self._way.put(kept.pdf, printer=kept.printer, title=kept.title, setting=kept.setting)
            kept.record.queued(job_id)
            self._way.release(job_id)
        except IntakeError:
            if job_id:
                with contextlib.suppress(PrintError):  # held, it comes out no more than when it is taken away
                    self._way.cancel(job_id)
            kept.record.ended(None)
            raise
        return job_id

    def _take_back(self, kept: KeptJob, waiting: str) -> None:
        """Take a job out of its queue, unless it came out after all: then that is recorded."""
        self._way.cancel(waiting)
        left = self._way.look([waiting])[waiting]
        came_out = left.state is JobState.DONE and left.listed
        kept.record.ended(left if came_out else None)

    def _note_queued(self, job_id: str) -> None:
        if self._kept is not None:
            self._kept = dataclasses.replace(self._kept, job_id=job_id)
            self.sent.emit(self._kept.printer)

    def _seen(self, record: Record, job: Job) -> None:
        """Hear of a job on its way, on the thread that follows it."""
        record.moved(job)
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
            self._kept = dataclasses.replace(self._kept, job_id="")
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
        if not isinstance(error, PrintError):
            self._kept = self._before
            self.told.emit(words_of(error), "warning")
            self.ended.emit(None)
            self.refused.emit(error.code)
            return
        self.told.emit(self.tr("%1 R tries again, P chooses another printer.").replace("%1", words_of(error)), "danger")
        self.ended.emit(None)

    def _not_listed(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.unlisted.emit(words_of(error))
