"""What a job of a print run is called, and where it stands, in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from intake.definitions.bundle import Definitions
from intake.domain.print_runs import COVER_LIST, PrintRun, RunJob, RunState
from intake.domain.requests import RequestLine
from intake.errors import IntakeError
from ui.failures import words_of
from ui.models.board import Cell
from ui.models.patients import Row

_STATES: Final[dict[RunState, tuple[str, str]]] = {
    RunState.CLAIMED: (str(QT_TRANSLATE_NOOP("PrintRun", "Next")), "neutral"),
    RunState.SENDING: (str(QT_TRANSLATE_NOOP("PrintRun", "Being sent")), "info"),
    RunState.SENT: (str(QT_TRANSLATE_NOOP("PrintRun", "With the printer")), "info"),
    RunState.LOST: (str(QT_TRANSLATE_NOOP("PrintRun", "Did it come out?")), "warning"),
    RunState.PRINTED: (str(QT_TRANSLATE_NOOP("PrintRun", "Printed")), "ok"),
    RunState.FAILED: (str(QT_TRANSLATE_NOOP("PrintRun", "Did not print")), "danger"),
    RunState.CANCELLED: (str(QT_TRANSLATE_NOOP("PrintRun", "Given back")), "neutral"),
}


def job_row(job: RunJob, line: RequestLine | None, definitions: Definitions) -> Row:
    """Return a job as a row: what and whose, on which printer, where it stands with the printer's own words."""
    words, tone = _STATES[job.state]
    copy = _said("copy") if job.reprint else ""
    name = " · ".join(part for part in (_kind(job, definitions), copy, line.number if line else "") if part)
    whose = f"{line.name} · {line.record_number}" if line else _said("what this run prints, in order")
    printer = job.setting.printer or _said("System's own printer")
    return Row(
        key=job.id,
        cells=(
            Cell(first=name, second=whose),
            Cell(first=printer, second=job.words or ""),
            Cell(first=_said(words), tone=tone, pill=True),
        ),
    )


def run_words(run: PrintRun) -> str:
    """Return how far a run is: "3 of 12 printed · 1 did not print"."""
    states = [job.state for job in run.jobs]
    words = _said("%1 of %2 printed").replace("%1", str(states.count(RunState.PRINTED))).replace("%2", str(len(states)))
    told = [(RunState.FAILED, "%1 did not print"), (RunState.CANCELLED, "%1 given back"), (RunState.LOST, "%1 to be asked about")]
    return " · ".join([words, *(_said(text).replace("%1", str(states.count(state))) for state, text in told if state in states)])


def run_refusal(error: IntakeError) -> str:
    """Return why no run began or why it broke off; the words of one page that can be saved instead are not those of a run."""
    if error.code == "no_print_service":
        return _said("The print service of this machine does not answer. What it was not handed is ready still; F9 tries again.")
    return words_of(error)


def as_sentence(words: str) -> str:
    """Return what a printer said, ended as a sentence is."""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _kind(job: RunJob, definitions: Definitions) -> str:
    if job.kind == COVER_LIST:
        return _said("List of this run")
    return next((kind.name.en for kind in definitions.document_kinds.kinds if kind.key == job.kind), job.kind)


def _said(text: str) -> str:
    return QCoreApplication.translate("PrintRun", text)
