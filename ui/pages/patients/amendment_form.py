"""A patient's request to amend the record, taken down in the patient's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.records import BoardLine
from intake.entry.dates import read_date, show_date
from intake.errors import Problem
from intake.wording import text_of
from ui.models.board import date_words
from ui.pages.intake.editors import LongEditor
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField, TextField


class AmendmentForm(QWidget):
    """Three fields: the request, what it is about, when it came. ``typed`` tells of every change, ``closed`` that Escape was pressed."""

    typed = Signal()
    submitted = Signal()
    closed = Signal()

    def __init__(self, on: date, parent: QWidget | None = None) -> None:
        """Build it empty, for a request that comes on this day."""
        super().__init__(parent)
        self._on = on
        self.request_field = LongEditor()
        self.visit_field = ChoiceField((), empty=self.tr("The patient's record"))
        self.received_field = TextField()
        self._boxes = {
            "request": FieldBox(self.tr("What is to be changed"), self.request_field, hint=self.tr("in the patient's own words")),
            "visit": FieldBox(self.tr("About"), self.visit_field),
            "received_on": FieldBox(self.tr("Received on"), self.received_field),
        }
        self.save_button = Button(self.tr("Keep the request"), key="Ctrl S", primary=True)
        self.save_button.clicked.connect(self.submitted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self._boxes.values():
            column.addWidget(box)
        column.addLayout(row(self.save_button))
        self.request_field.typed.connect(self._changed)
        self.visit_field.edited.connect(self._changed)
        self.received_field.edited.connect(self._changed)
        self.request_field.advanced.connect(self.visit_field.setFocus)
        self.visit_field.advanced.connect(self.received_field.setFocus)
        self.received_field.advanced.connect(self.save_button.setFocus)
        self.setFocusProxy(self.request_field)

    def show_visits(self, visits: Sequence[BoardLine]) -> None:
        """Offer these visits, the latest first."""
        chosen = self.visit_field.value()
        while self.visit_field.count() > 1:
            self.visit_field.removeItem(1)
        for line in visits:
            words = self.tr("Visit of %1 · %2").replace("%2", line.visit_number).replace("%1", date_words(line.arrived_at.date()))
            self.visit_field.addItem(words, str(line.visit_id))
        self.visit_field.set_value(chosen)

    def typed_values(self) -> dict[str, str]:
        """Return the fields as typed."""
        return {"request": self.request_field.value(), "visit": self.visit_field.value(), "received": self.received_field.value()}

    def show_values(self, values: dict[str, str]) -> None:
        """Show what was typed before; the day of receipt is today's unless another was typed."""
        self.request_field.show_value(values.get("request", ""))
        self.visit_field.set_value(values.get("visit", ""))
        self.received_field.set_value(values.get("received", "") or show_date(self._on))
        for box in self._boxes.values():
            box.clear()

    def visit_id(self) -> int | None:
        """Return the visit it is about, None for the patient's record."""
        value = self.visit_field.value()
        return int(value) if value else None

    def received_on(self) -> date | None:
        """Return the day it came, None when what was typed is no date."""
        return read_date(self.received_field.value(), self._on)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say at each field what is wrong, and go to the first."""
        for box in self._boxes.values():
            box.clear()
        for problem in reversed(problems):
            box = self._boxes.get(problem.field.rpartition(".")[2], self._boxes["request"])
            box.show_problem(text_of(problem))
            box.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape; what was typed is kept as a draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self, *_value: object) -> None:
        self.typed.emit()
