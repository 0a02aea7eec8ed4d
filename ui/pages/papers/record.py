"""What is recorded of a paper made on the spot: that it left, once it did."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from intake.actions.labels import Way
from intake.actions.patient_papers import Source, Wanted, note_paper
from intake.domain.documents import How
from intake.domain.print_runs import PrintSetting
from intake.printing import JobState
from ui.preview.records import NoRecord

if TYPE_CHECKING:
    from intake.printing import Job
    from ui.desk import Desk

_NOTHING_LEFT: Final = (JobState.FAILED, JobState.CANCELLED, JobState.GONE)


class MadePaperRecord(NoRecord):
    """Tells that a paper came out of a printer, or will once the printer that holds it goes on, or was saved."""

    def __init__(self, desk: Desk, source: Source, wanted: Wanted) -> None:
        """Begin with nothing sent."""
        self._desk = desk
        self._source = source
        self._wanted = wanted
        self._printer = ""

    def begin(self, setting: PrintSetting) -> None:
        """Keep in mind where it goes."""
        self._printer = setting.printer

    def ended(self, job: Job | None) -> None:
        """Tell it, unless nothing left."""
        if job is not None and job.state not in _NOTHING_LEFT:
            self._note("print", self._printer)

    def saved(self) -> None:
        """Tell the file."""
        self._note("file", "file")

    def _note(self, how: How, target: str) -> None:
        desk = self._desk
        way = Way(how=how, target=target, location=desk.location, training=desk.paths.training)
        note = partial(note_paper, actor=desk.actor, source=self._source, wanted=self._wanted, way=way)
        desk.store.call(partial(note, definitions=desk.definitions, now=desk.now()))
