"""The demographics of a patient as fields: the same ones as on a new intake."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.domain.patients import Patient
from intake.entry.retyping import typed_patient
from intake.errors import Problem
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.fields_section import FieldsSection
from ui.pages.intake.plan import SECTIONS

_SECTIONS = ("identity", "contact")


class EditForm(QWidget):
    """Two cards of fields. ``finished`` is Enter in the last of them."""

    finished = Signal()

    def __init__(self, definitions: Definitions, on: date, parent: QWidget | None = None) -> None:
        """Build the fields, empty, for the day an age is counted on."""
        super().__init__(parent)
        self.document = IntakeDocument(definitions, on, self)
        self._begun: dict[str, str] = {}
        plans = {plan.key: plan for plan in SECTIONS}
        self.sections = [FieldsSection(plans[key], self.document) for key in _SECTIONS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for section in self.sections:
            section.advanced.connect(self._advance)
            section.retreated.connect(self._retreat)
            column.addWidget(section)
        column.addStretch(1)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def show_patient(self, patient: Patient) -> None:
        """Begin to edit this patient."""
        self._begun = typed_patient(patient)
        self.document.load({"patient": dict(self._begun)})
        for section in self.sections:
            section.show_values()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        self._stops()[0].setFocus()

    def is_changed(self) -> bool:
        """Say whether anything was typed that is not on record."""
        typed = {name: text for name, text in self.document.raw["patient"].items() if text}
        return typed != self._begun

    def patient(self) -> Patient:
        """Return the patient as understood from the fields."""
        return self.document.read_all().intake.patient

    def problems(self) -> tuple[Problem, ...]:
        """Return what stops the patient's part from being kept."""
        return tuple(problem for problem in self.document.read_all().errors() if problem.field.startswith("patient."))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show each problem at its field, and go to the first."""
        for section in self.sections:
            for problem in problems:
                section.show_problem(problem)
        self.go_to(problems[0].field)

    def go_to(self, path: str) -> None:
        """Put the keyboard into the field of this path, if it is there."""
        for section in self.sections:
            editor = section.editor(path)
            if editor is not None:
                editor.setFocus()
                return

    def _stops(self) -> list[QWidget]:
        return [widget for section in self.sections for _, widget in section.stops()]

    def _advance(self, editor: object) -> None:
        self._step(editor, 1)

    def _retreat(self, editor: object) -> None:
        self._step(editor, -1)

    def _step(self, editor: object, by: int) -> None:
        stops = self._stops()
        place = next((number for number, widget in enumerate(stops) if widget is editor), 0) + by
        if place >= len(stops):
            self.finished.emit()
        else:
            stops[max(place, 0)].setFocus()

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Tell what is wrong with a field once the keyboard has left it."""
        if old is None or not self.isVisible():
            return
        for section in self.sections:
            path = section.path_of(old)
            if path is not None:
                section.left(path)
