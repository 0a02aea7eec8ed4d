"""What is known of a patient, to read: label over value, group by group, nothing that was not asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from intake.domain.fields import Described, described
from intake.domain.patients import Patient
from intake.entry.reading import shown
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import label

_COLUMNS = 2
_ADDRESS = ("line1", "line2", "city", "state", "zip_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Fields under one heading, by the beginnings of their names; the last group takes what is left."""

    title: str
    names: tuple[str, ...]


_GROUPS = (
    _Group(
        title=str(QT_TRANSLATE_NOOP("Patients", "Identity")),
        names=(
            "legal_last", "legal_first", "legal_middle", "suffix", "dob", "sex", "preferred_name", "former_name", "pronouns",
            "gender_identity",
        ),
    ),
    _Group(title=str(QT_TRANSLATE_NOOP("Patients", "Contact")), names=("phone", "email", "line", "city", "state", "zip")),
    _Group(title=str(QT_TRANSLATE_NOOP("Patients", "Communication")), names=("language", "interpreter", "accessibility")),
    _Group(title=str(QT_TRANSLATE_NOOP("Patients", "Emergency contact")), names=("emergency_",)),
    _Group(title=str(QT_TRANSLATE_NOOP("Patients", "Responsible adult")), names=("guardian_",)),
    _Group(title=str(QT_TRANSLATE_NOOP("Patients", "More")), names=("",)),
)  # fmt: skip


class DemographicsCard(Card):
    """The card of a patient; ``edit_asked`` is its button."""

    edit_asked = Signal()

    def __init__(self, *, may_edit: bool, parent: QWidget | None = None) -> None:
        """Build the card, empty."""
        super().__init__(QCoreApplication.translate("Patients", "Demographics"), parent=parent)
        if may_edit:
            edit = Button(QCoreApplication.translate("Patients", "Edit"), key="E")
            edit.clicked.connect(self._ask)
            self.add_trailing(edit)
        self._content = QWidget()
        self.body.addWidget(self._content)
        self.body.addStretch(1)

    def show_patient(self, patient: Patient, on: date) -> None:
        """Show what is known, with the age on a day."""
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for title, values in _grouped(patient, on):
            column.addWidget(_group(title, values))
        self.body.replaceWidget(self._content, fresh)
        self._content.deleteLater()
        self._content = fresh

    def _ask(self) -> None:
        self.edit_asked.emit()


def _grouped(patient: Patient, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return label and value of all that is known, group by group; the address is read as one."""
    left = [field for field in described(Patient, "patient") if getattr(patient, field.name) is not None]
    found = []
    for group in _GROUPS:
        fields = [field for field in left if field.name.startswith(group.names)]
        left = [field for field in left if field not in fields]
        address = [field for field in fields if field.name in _ADDRESS]
        values = [(field.about.label, shown(field, getattr(patient, field.name), on)) for field in fields if field not in address]
        if address:
            values.append((QCoreApplication.translate("Patients", "Address"), _address(patient, address)))
        if values:
            found.append((QCoreApplication.translate("Patients", group.title), values))
    return found


def _address(patient: Patient, known: list[Described]) -> str:
    words = {field.name: shown(field, getattr(patient, field.name)) for field in known}
    region = " ".join(words[name] for name in ("state", "zip_code") if name in words)
    return ", ".join(part for part in (*(words.get(name, "") for name in ("line1", "line2", "city")), region) if part)


def _group(title: str, values: list[tuple[str, str]]) -> QWidget:
    """Return one group: values two beside each other, each under its label."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.addWidget(label(title, "strong"), 0, 0, 1, _COLUMNS)
    for number, (name, text) in enumerate(values):
        cell = QVBoxLayout()
        cell.setSpacing(1)
        value = label(text, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{name}: {text}")
        cell.addWidget(label(name, "label"))
        cell.addWidget(value)
        cell.addStretch(1)
        grid.addLayout(cell, 1 + number // _COLUMNS, number % _COLUMNS)
    for column in range(_COLUMNS):
        grid.setColumnStretch(column, 1)
    return box
