"""What can be chosen about a paper: sheet, first free label and how many, envelope, language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.actions.patient_papers import Kind, Wanted
from intake.definitions.bundle import Definitions
from intake.errors import Problem
from ui.failures import words_of_problem
from ui.pages.documents.form_overlay import two_columns
from ui.pages.papers.words import FOR_NOBODY
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField, TextField

SHEET: Final = "letter-3x10"
ENVELOPE: Final = "envelope-10"
_LABELS: Final[tuple[Kind, ...]] = ("labels", "addresses")
_NUMBER = 4


class Options(QWidget):
    """Shows the fields of the paper in hand. ``changed`` tells that a person changed one, ``left`` that Enter left the last one."""

    changed = Signal()
    left = Signal()

    def __init__(self, definitions: Definitions, parent: QWidget | None = None) -> None:
        """Build every field; :meth:`show_for` shows those of one paper."""
        super().__init__(parent)
        sheets = [(sheet.key, sheet.name.en) for sheet in definitions.label_sheets.values()]
        envelopes = [(each.key, each.name.en) for each in definitions.envelopes.values()]
        self.sheet_field, self.envelope_field = _choice(sheets, SHEET), _choice(envelopes, ENVELOPE)
        self.first_field, self.count_field = TextField(max_length=_NUMBER), TextField(max_length=_NUMBER)
        self.language_field = _choice([("en", self.tr("English")), ("es", self.tr("Spanish"))], "en")
        for number in (self.first_field, self.count_field):
            number.set_value("1")
        self.boxes: Mapping[str, FieldBox] = {
            "sheet": FieldBox(self.tr("Sheet"), self.sheet_field),
            "first": FieldBox(self.tr("First free label"), self.first_field, hint=self.tr("counted along the rows")),
            "count": FieldBox(self.tr("How many"), self.count_field),
            "envelope": FieldBox(self.tr("Envelope"), self.envelope_field),
            "language": FieldBox(self.tr("Language"), self.language_field),
        }
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.boxes["sheet"])
        inside.addLayout(two_columns((self.boxes["first"], self.boxes["count"])))
        inside.addWidget(self.boxes["envelope"])
        inside.addWidget(self.boxes["language"])
        for name, field in self._fields().items():
            field.edited.connect(self.changed)
            field.advanced.connect(self._advance)
            field.setObjectName(name)

    def show_for(self, kind: Kind) -> None:
        """Show the fields of a paper, as they were left for the one before."""
        shown = {"envelope"} if kind == "envelope" else {"language"} if kind in FOR_NOBODY else set()
        shown |= {"sheet", "first", "count"} if kind in _LABELS else set()
        for name, box in self.boxes.items():
            box.setVisible(name in shown)
            box.clear()

    def wanted(self, kind: Kind) -> Wanted:
        """Return which paper is wanted; a number that is none is 0, which no sheet has."""
        return Wanted(
            kind=kind,
            language="es" if kind in FOR_NOBODY and self.language_field.value() == "es" else "en",
            sheet=self.envelope_field.value() if kind == "envelope" else self.sheet_field.value() if kind in _LABELS else "",
            first=_number(self.first_field.value()),
            count=_number(self.count_field.value()),
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say at each field what is wrong with it."""
        for name, box in self.boxes.items():
            found = [problem for problem in problems if problem.field.rpartition(".")[2] == name]
            if found:
                box.show_problem(words_of_problem(found[0]))
            else:
                box.clear()

    def focus_first(self) -> None:
        """Put the keyboard into the first field of the paper in hand; with none it stays."""
        shown = self._shown()
        if shown:
            shown[0].setFocus()

    def _advance(self) -> None:
        shown = self._shown()
        at = next((place for place, field in enumerate(shown) if field.hasFocus()), len(shown)) + 1
        if at < len(shown):
            shown[at].setFocus()
        else:
            self.left.emit()

    def _shown(self) -> list[ChoiceField | TextField]:
        return [field for name, field in self._fields().items() if not self.boxes[name].isHidden()]

    def _fields(self) -> dict[str, ChoiceField | TextField]:
        return {
            "sheet": self.sheet_field,
            "first": self.first_field,
            "count": self.count_field,
            "envelope": self.envelope_field,
            "language": self.language_field,
        }


def _choice(options: list[tuple[str, str]], first: str) -> ChoiceField:
    """Return a list of which one is always chosen."""
    field = ChoiceField(options)
    field.removeItem(0)
    field.set_value(first)
    return field


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0
