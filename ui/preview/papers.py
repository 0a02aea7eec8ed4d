"""The kinds of paper a visit has: what each is called, who may print it, how it is opened and how it is made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from intake.actions.charts import read_chart
from intake.actions.printers import INTAKE_FORM, chosen_printer
from intake.actions.visits import open_visit
from intake.domain.records import VisitRecord
from intake.domain.reviews import Chart
from intake.domain.staff import Task
from ui.desk import Desk

if TYPE_CHECKING:
    from intake.storage.store import Store

PaperKind = Literal["intake", "note", "homecare"]
Language = Literal["en", "es"]
TITLES: Final[dict[PaperKind, str]] = {
    "intake": str(QT_TRANSLATE_NOOP("Papers", "Intake form")),
    "note": str(QT_TRANSLATE_NOOP("Papers", "Visit note")),
    "homecare": str(QT_TRANSLATE_NOOP("Papers", "Home-care sheet")),
}
"""What each is called on screen, and in a print queue, which everyone can read: no name, no number."""
TASKS: Final[dict[PaperKind, Task]] = {"intake": Task.PRINT_INTAKE, "note": Task.PRINT_NOTE, "homecare": Task.PRINT_NOTE}
PRINTERS: Final[dict[PaperKind, str]] = {"intake": INTAKE_FORM, "note": "visit_note", "homecare": "home_care"}
"""Under which name a desk remembers its printer for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a home-care sheet is to be."""

    language: Language = "en"
    large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A visit read for its paper, with the chart for papers of a clinician, and the printer this desk chose last for the kind."""

    record: VisitRecord
    chart: Chart | None
    printer: str

    def is_preliminary(self) -> bool:
        """Tell whether this is a clinician's paper without a signature."""
        return self.chart is not None and self.chart.signature is None

    def version(self) -> int:
        """Return the version of the note, 0 while it is not signed and for an intake form."""
        return 0 if self.chart is None or self.chart.signature is None else len(self.chart.addenda) + 1


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper as it would leave the program now."""

    pdf: bytes
    version: int

    @cached_property
    def sha256(self) -> str:
        """By what the file is known again."""
        return hashlib.sha256(self.pdf).hexdigest()


def title_of(kind: PaperKind) -> str:
    """Return what a kind is called, in the language of the window."""
    return QCoreApplication.translate("Papers", TITLES[kind])


def open_paper(store: Store, desk: Desk, visit_id: int, kind: PaperKind) -> Opened:
    """Read what a paper is made of; nobody's chart is taken in hand for that."""
    printer = chosen_printer(store, desk.workstation, PRINTERS[kind]) or ""
    if kind == "intake":
        record = open_visit(store, desk.actor, visit_id, definitions=desk.definitions, now=desk.now())
        return Opened(record=record, chart=None, printer=printer)
    desk.actor.must(TASKS[kind])
    chart = read_chart(store, desk.actor, visit_id, definitions=desk.definitions, now=desk.now())
    return Opened(record=chart.visit, chart=chart, printer=printer)


def make_paper(opened: Opened, kind: PaperKind, setting: Setting, desk: Desk) -> Made:
    """Make the PDF: for a thread that is not the window's."""
    training, printed_at, known = desk.paths.training, desk.now().astimezone(desk.zone), desk.definitions
    if opened.chart is None:
        from intake.documents.intake_form import intake_form  # noqa: PLC0415 - the PDF library is read here, not before the window

        pdf = intake_form(
            opened.record,
            practice=known.practice,
            checklist=known.checklists[opened.record.checklist_version],
            regions=known.region_sets[opened.record.regions_version],
            training=training,
            printed_at=printed_at,
        )
        return Made(pdf=pdf, version=0)
    from intake.documents.issuing import home_care_of_chart, note_of_chart  # noqa: PLC0415 - as above

    if kind == "note":
        pdf = note_of_chart(opened.chart, known, training=training, printed_at=printed_at)
    else:
        pdf = home_care_of_chart(
            opened.chart, known, language=setting.language, large=setting.large, training=training, printed_at=printed_at
        )
    return Made(pdf=pdf, version=opened.version())


def file_name(opened: Opened, kind: PaperKind, setting: Setting) -> str:
    """Return what a saved file is called unless somebody types another name: numbers, never a name."""
    version = f"-N{opened.version()}" if opened.version() else "-preliminary" if opened.is_preliminary() else ""
    sheet = f"-{setting.language}{'-large' if setting.large else ''}" if kind == "homecare" else ""
    return f"{kind}-{opened.record.patient.number}-{opened.record.number}{version}{sheet}.pdf"


def first_setting(opened: Opened) -> Setting:
    """Return how a home-care sheet begins: in the patient's language when that is Spanish."""
    patient = opened.chart.patient if opened.chart else opened.record.patient.patient
    return Setting(language="es" if patient.language == "es" else "en")
