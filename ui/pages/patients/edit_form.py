"""The demographics of a patient as fields: the same ones as on a new intake."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.domain.patients import Patient
from intake.entry.reading import read_intake
from intake.entry.retyping import typed_patient
from intake.errors import Problem
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.fields_section import FieldsSection
from ui.pages.intake.plan import SECTIONS

_SECTIONS = ("identity", "contact")


class EditForm(QWidget):
    """Two cards of fields. ``finished`` is Enter in the last of them, ``moved`` tells that the keyboard came to another field."""

    finished = Signal()
    moved = Signal()

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
        self._show(self._begun)

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Take up an edit again from what :meth:`content` gave."""
        self._begun = dict(content["begun"])
        self._show(content["patient"])

    def content(self) -> dict[str, Any]:
        """Return the patient as typed and as begun, both as texts."""
        return copy.deepcopy({"patient": self.document.raw["patient"], "begun": self._begun})

    def begun(self) -> Patient:
        """Return the patient as of before the edit."""
        raw = {"patient": self._begun}
        return read_intake(raw, definitions=self.document.definitions, on=self.document.on).intake.patient

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

    def go_to(self, path: str, position: int | None = None) -> bool:
        """Put the keyboard into the field of this path; return False when it is not there."""
        for section in self.sections:
            editor = section.editor(path)
            if editor is not None:
                editor.setFocus()
                if position is not None:
                    editor.place_caret(position)
                return True
        return False

    def caret(self) -> dict[str, object]:
        """Return the field the keyboard is in, or was in last, and where the caret stands in it."""
        widget = self.focusWidget()
        for section in self.sections:
            path = section.path_of(widget)
            editor = section.editor(path) if path else None
            if editor is not None:
                return {"field": path, "position": editor.caret()}
        return {"field": "", "position": 0}

    def _show(self, texts: Mapping[str, str]) -> None:
        self.document.load({"patient": dict(texts)})
        for section in self.sections:
            section.show_values()

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
        """Tell what is wrong with a field once the keyboard has left it, and that it came to another."""
        if not self.isVisible():
            return
        if new is not None and self.isAncestorOf(new):
            self.moved.emit()
        if old is None:
            return
        for section in self.sections:
            path = section.path_of(old)
            if path is not None:
                section.left(path)
