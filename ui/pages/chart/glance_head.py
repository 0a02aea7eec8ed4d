"""Who a chart is of, in the top bar: name, age on the day, record number, clinic, why they came and how long they wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake.domain.patients import LANGUAGES, SEXES, Patient, age_on
from intake.domain.reviews import Chart
from intake.domain.visits import VISIT_TYPES, Status
from intake.entry.dates import show_date
from ui.desk import Desk
from ui.pages.chart.glance_words import instant_words
from ui.widgets.labels import ElidedLabel, Pill, label

_HOUR = 60
_NAME_MOST, _PERSON_MOST = 260, 200
_LANGUAGES = {choice.code: choice.label for choice in LANGUAGES}
_SEXES = {choice.code: choice.label.lower() for choice in SEXES}
_TYPES = {choice.code: choice.label for choice in VISIT_TYPES}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadWords:
    """What the head says, part by part."""

    name: str
    person: str
    number: str
    clinic: str
    visit: str


def head_words(chart: Chart, desk: Desk) -> HeadWords:
    """Return the words for a chart; of a signed one the patient is as signed."""
    patient = chart.patient
    born = f"{age_on(patient.dob, chart.visit.visit_day)}" if patient.dob else "age not known"
    sex = _SEXES.get(patient.sex or "", "sex not asked")
    person = f"{born} · {sex}" + (f" · b. {show_date(patient.dob)}" if patient.dob else "")
    visit = chart.visit.visit
    came = [] if visit.visit_type in (None, "none") else [_TYPES.get(str(visit.visit_type), str(visit.visit_type))]
    came += [" ".join((visit.reason or "").split())]
    parts = (": ".join(part for part in came if part), _stands(chart, desk), _speaks(patient))
    return HeadWords(
        name=patient.full_name(),
        person=person,
        number=chart.visit.patient.number,
        clinic=chart.visit.location.name,
        visit=" · ".join(part for part in parts if part),
    )


class ChartHead(QWidget):
    """One line; what finds no room ends in dots and is told by the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the head without a chart."""
        super().__init__(parent)
        self.name_label = ElidedLabel("", "place")
        self.person_label = ElidedLabel("")
        self.number_label = ElidedLabel("", "muted")
        self.clinic_pill = Pill("", "info")
        self.visit_label = ElidedLabel("", "muted")
        self.count_label = label("", "muted")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        for each in (self.name_label, self.person_label, self.number_label, self.clinic_pill, self.visit_label):
            inside.addWidget(each)
        inside.addStretch(1)
        inside.addWidget(self.count_label)

    def show_words(self, words: HeadWords) -> None:
        """Say who it is."""
        for shown, text in (
            (self.name_label, words.name),
            (self.person_label, words.person),
            (self.number_label, words.number),
            (self.visit_label, words.visit),
        ):
            shown.setMinimumWidth(0)  # the one before counts into what a label asks for
            shown.setText(text)
            shown.setToolTip(text)
        for shown, most in ((self.name_label, _NAME_MOST), (self.person_label, _PERSON_MOST), (self.number_label, _PERSON_MOST)):
            shown.setMinimumWidth(min(shown.sizeHint().width(), most))
        self.clinic_pill.setText(words.clinic)
        self.clinic_pill.setVisible(bool(words.clinic))
        self.setAccessibleName(", ".join(part for part in (words.name, words.person, words.number, words.clinic, words.visit) if part))

    def show_count(self, count: int) -> None:
        """Say how many charts await review."""
        words = self.tr("1 awaits review") if count == 1 else self.tr("%1 await review").replace("%1", str(count))
        self.count_label.setText(words)


def _stands(chart: Chart, desk: Desk) -> str:
    """Return how long somebody waits, or when they came."""
    now: datetime = desk.now()
    if chart.visit.status in (Status.WAITING, Status.WITH_CLINICIAN) and chart.visit.visit_day == desk.today():
        minutes = max(int((now - chart.visit.arrived_at).total_seconds() // 60), 0)
        told = f"{minutes} min" if minutes < _HOUR else f"{minutes // _HOUR} h {minutes % _HOUR} min"
        return f"waiting {told}" if chart.visit.status is Status.WAITING else f"here for {told}"
    if chart.visit.status is Status.LEFT:
        return "left, not seen"
    return f"came {instant_words(chart.visit.arrived_at, desk.zone, desk.today())}"


def _speaks(patient: Patient) -> str:
    if patient.language in (None, "en") and patient.interpreter != "yes":
        return ""
    known = _LANGUAGES.get(patient.language or "", patient.language or "")
    language = (patient.language_other or known) if patient.language == "other" else known
    words = f"speaks {language}" if language else ""
    return ", ".join(part for part in (words, "interpreter" if patient.interpreter == "yes" else "") if part)
