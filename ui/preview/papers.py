"""The kinds of paper a visit has: what each is called, who may print it, how it is opened and how it is made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from intake.actions.charts import read_chart
from intake.actions.print_settings import print_setting
from intake.actions.printing import VisitPaper, paper_stamp
from intake.actions.visits import open_visit
from intake.domain.document_kinds import TASK_OF, Paper
from intake.domain.documents import Made as Issued
from intake.domain.print_runs import PrintSetting
from intake.domain.records import VisitRecord
from intake.domain.reviews import Chart
from ui.desk import Desk

if TYPE_CHECKING:
    from intake.storage.store import Store

Language = Literal["en", "es"]
TITLES: Final[dict[Paper, str]] = {
    Paper.INTAKE_FORM: str(QT_TRANSLATE_NOOP("Papers", "Intake form")),
    Paper.VISIT_NOTE: str(QT_TRANSLATE_NOOP("Papers", "Visit note")),
    Paper.HOME_CARE: str(QT_TRANSLATE_NOOP("Papers", "Home-care sheet")),
}
"""What each is called on screen, and in a print queue, which everyone can read: no name, no number."""
_FILE_WORDS: Final[dict[Paper, str]] = {Paper.INTAKE_FORM: "intake", Paper.VISIT_NOTE: "note", Paper.HOME_CARE: "homecare"}
"""How the name of a saved file begins: the words that the command line has for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a home-care sheet is to be."""

    language: Language = "en"
    large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A visit read for its paper, with the chart for papers of a clinician, and how this desk prints the kind.

    ``stamp`` tells the state of the record before it was read.
    """

    record: VisitRecord
    chart: Chart | None
    printing: PrintSetting
    stamp: str

    def is_preliminary(self) -> bool:
        """Tell whether this is a clinician's paper without a signature."""
        return self.chart is not None and self.chart.signature is None

    def version(self) -> int:
        """Return the version of the note, 0 while it is not signed and for an intake form."""
        return 0 if self.chart is None or self.chart.signature is None else len(self.chart.addenda) + 1


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper as it would leave the program now, in its language; ``preliminary`` is a clinician's without a signature."""

    pdf: bytes
    pages: int
    version: int
    preliminary: bool = False
    language: Language = "en"
    stamp: str = ""

    @cached_property
    def sha256(self) -> str:
        """By what the file is known again."""
        return hashlib.sha256(self.pdf).hexdigest()

    def issued(self, visit_id: int, kind: Paper) -> VisitPaper:
        """Return the paper as it is kept when it leaves."""
        issued = Issued(
            content=self.pdf, pages=self.pages, version=self.version, preliminary=self.preliminary, language=self.language
        )  # fmt: skip
        return VisitPaper(visit_id=visit_id, kind=kind, made=issued, stamp=self.stamp)


def title_of(kind: Paper) -> str:
    """Return what a kind is called, in the language of the window."""
    return QCoreApplication.translate("Papers", TITLES[kind])


def open_paper(store: Store, desk: Desk, visit_id: int, kind: Paper) -> Opened:
    """Read what a paper is made of; nobody's chart is taken in hand for that."""
    printing = print_setting(store, desk.workstation, desk.definitions.document_kinds.kind(kind))
    stamp = paper_stamp(store, visit_id, kind)
    if kind is Paper.INTAKE_FORM:
        record = open_visit(store, desk.actor, visit_id, definitions=desk.definitions, now=desk.now())
        return Opened(record=record, chart=None, printing=printing, stamp=stamp)
    desk.actor.must(TASK_OF[kind])
    chart = read_chart(store, desk.actor, visit_id, definitions=desk.definitions, now=desk.now())
    return Opened(record=chart.visit, chart=chart, printing=printing, stamp=stamp)


def make_paper(opened: Opened, kind: Paper, setting: Setting, desk: Desk) -> Made:
    """Make the PDF: for a thread that is not the window's."""
    from intake.documents.counting import page_count  # noqa: PLC0415 - the PDF library is read here, not before the window

    training, printed_at, known = desk.paths.training, desk.now().astimezone(desk.zone), desk.definitions
    if opened.chart is None:
        from intake.documents.issuing import intake_of_record  # noqa: PLC0415 - as above

        pdf = intake_of_record(opened.record, known, training=training, printed_at=printed_at)
        return Made(pdf=pdf, pages=page_count(pdf), version=0, stamp=opened.stamp)
    from intake.documents.issuing import home_care_of_chart, note_of_chart  # noqa: PLC0415 - as above

    if kind is Paper.VISIT_NOTE:
        pdf = note_of_chart(opened.chart, known, training=training, printed_at=printed_at)
    else:
        pdf = home_care_of_chart(
            opened.chart, known, language=setting.language, large=setting.large, training=training, printed_at=printed_at
        )
    language: Language = setting.language if kind is Paper.HOME_CARE else "en"
    return Made(
        pdf=pdf, pages=page_count(pdf), version=opened.version(), preliminary=opened.is_preliminary(), language=language,
        stamp=opened.stamp,
    )  # fmt: skip


def file_name(opened: Opened, kind: Paper, setting: Setting) -> str:
    """Return what a saved file is called unless somebody types another name: numbers, never a name."""
    version = f"-N{opened.version()}" if opened.version() else "-preliminary" if opened.is_preliminary() else ""
    sheet = f"-{setting.language}{'-large' if setting.large else ''}" if kind is Paper.HOME_CARE else ""
    return f"{_FILE_WORDS[kind]}-{opened.record.patient.number}-{opened.record.number}{version}{sheet}.pdf"


def first_setting(opened: Opened) -> Setting:
    """Return how a home-care sheet begins: in the patient's language when that is Spanish."""
    patient = opened.chart.patient if opened.chart else opened.record.patient.patient
    return Setting(language="es" if patient.language == "es" else "en")
