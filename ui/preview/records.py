"""What is recorded of a paper that leaves: called on the thread of its job, so that a page that is closed loses nothing of it."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from intake.actions.print_runs import note_sent
from intake.actions.printing import VisitPaper, begin_print, end_print, issue_paper
from intake.actions.run_outcomes import outcome
from intake.domain.print_runs import PrintRun, PrintSetting, RunState
from intake.printing import Job, JobState
from ui.desk import Desk


class Record(Protocol):
    """Hears of each step of a paper on its way out; of a print in this order, each time it is sent."""

    def begin(self, setting: PrintSetting) -> None:
        """Keep that the pages are about to go to the setting's printer; raise IntakeError when they must not."""

    def queued(self, job_id: str) -> None:
        """Keep under which id a queue has the pages, held until this is kept."""

    def moved(self, job: Job) -> None:
        """Take where the job stands."""

    def ended(self, job: Job | None) -> None:
        """Keep how the job ended, or that it waits still; None when no queue took the pages, or they were taken back."""

    def saved(self) -> None:
        """Keep that the paper was saved as a file."""


class NoRecord:
    """Records nothing: of pages that are nobody's."""

    def begin(self, setting: PrintSetting) -> None:
        """Let the pages go."""

    def queued(self, job_id: str) -> None:
        """Let them go on."""

    def moved(self, job: Job) -> None:
        """Let them move."""

    def ended(self, job: Job | None) -> None:
        """Let them end."""

    def saved(self) -> None:
        """Let them be a file."""


class VisitPaperRecord:
    """Keeps a paper of a visit before its pages go to a queue, and tells it when they came out."""

    def __init__(self, desk: Desk, paper: VisitPaper) -> None:
        """Begin with nothing sent."""
        self._desk = desk
        self._paper = paper
        self._run: PrintRun | None = None
        self._last: JobState | None = None

    def begin(self, setting: PrintSetting) -> None:
        """Keep the pages, bound to the request they are for."""
        desk = self._desk
        self._last = None
        self._run = desk.store.call(partial(begin_print, actor=desk.actor, paper=self._paper, setting=setting, now=desk.now()))

    def queued(self, job_id: str) -> None:
        """Keep the id in the queue: after a crash the job is found again by it."""
        desk = self._desk
        if self._run is not None:
            sent = partial(note_sent, actor=desk.actor, job_id=self._run.jobs[0].id, queue_id=job_id, now=desk.now())
            desk.store.call(sent)

    def moved(self, job: Job) -> None:
        """Keep in mind where the job stood last: one that went with its printer while it waited did not come out."""
        self._last = job.state

    def ended(self, job: Job | None) -> None:
        """Tell what came out; of what waits still, nothing is known yet."""
        run, desk = self._run, self._desk
        state, words = (RunState.CANCELLED, "") if job is None else outcome(job, self._last)
        if run is None or state is None:
            return
        clinic = desk.definitions.practice.location(run.location).name
        desk.store.call(partial(end_print, actor=desk.actor, run=run, state=state, words=words, clinic=clinic, now=desk.now()))

    def saved(self) -> None:
        """Keep and tell the file."""
        desk, paper = self._desk, self._paper
        issue = partial(issue_paper, actor=desk.actor, made=paper.made, visit_id=paper.visit_id, kind=paper.kind, stamp=paper.stamp)
        desk.store.call(partial(issue, how="file", target="file", now=desk.now()))
