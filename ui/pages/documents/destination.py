"""Where a document goes: how it leaves, to whom, what for, in which language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from intake.actions.destinations import OnFile
from intake.domain.document_kinds import DocumentKind, DocumentKinds
from intake.domain.requests import WAYS, problems_of_destination
from intake.errors import Problem
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField, TextField

LONGEST = 300


class DestinationFields(QObject):
    """Five fields under the names of a request, each in its box. ``edited`` tells that a person changed one."""

    edited = Signal()

    def __init__(self, kinds: DocumentKinds, parent: QObject | None = None) -> None:
        """Build them empty; whoever holds them puts the boxes into a layout."""
        super().__init__(parent)
        self.leaves_by = ChoiceField([(each.code, each.label) for each in WAYS])
        self.recipient = TextField(max_length=LONGEST)
        self.address = TextField(max_length=LONGEST)
        self.purpose = ChoiceField([(each.key, each.name.en) for each in kinds.purposes])
        self.language = ChoiceField([("en", self.tr("English")), ("es", self.tr("Spanish"))])
        self.boxes = {
            "leaves_by": FieldBox(self.tr("Leaves by"), self.leaves_by),
            "recipient": FieldBox(self.tr("Recipient"), self.recipient, hint=self.tr("empty when it is the patient")),
            "address": FieldBox(self.tr("Address, fax or email"), self.address),
            "purpose": FieldBox(self.tr("Purpose"), self.purpose),
            "language": FieldBox(self.tr("Language"), self.language),
        }
        self._touched: set[str] = set()
        self._on_file = OnFile()
        for name, field in self.fields().items():
            field.edited.connect(lambda name=name: self._edit(name))

    def fields(self) -> dict[str, ChoiceField | TextField]:
        """Return the fields by name, in the order they are walked through."""
        return {
            "leaves_by": self.leaves_by,
            "recipient": self.recipient,
            "address": self.address,
            "purpose": self.purpose,
            "language": self.language,
        }

    def values(self) -> dict[str, str]:
        """Return the fields as they stand."""
        return {name: field.value() for name, field in self.fields().items()}

    def show_values(self, values: Mapping[str, str], *, touched: bool = False) -> None:
        """Show these values, whatever the record says; ``touched`` ones are a person's own and are not changed by another kind."""
        self._touched = {name for name in self.fields() if values.get(name)} if touched else set()
        self._on_file = OnFile()
        for name, field in self.fields().items():
            field.set_value(values.get(name, ""))

    def fit(self, kind: DocumentKind, spoken: str) -> None:
        """Show what a kind begins with, but for what a person chose; ``spoken`` is the patient's language."""
        wants = spoken.partition("-")[0]
        begins = {
            "leaves_by": kind.leaves_by,
            "purpose": kind.purpose,
            "language": wants if kind.patient_reads and wants in kind.languages else kind.languages[0],
        }
        for name, value in begins.items():
            if name not in self._touched:
                self.fields()[name].set_value(value)
        self._fill()
        self.language.setEnabled(len(kind.languages) > 1)
        if self.language.value() not in kind.languages:
            self.language.set_value(kind.languages[0])

    def know(self, on_file: OnFile) -> None:
        """Begin with whom the record says the document goes to, but for what a person typed."""
        self._on_file = on_file
        self._fill()

    def problems(self) -> tuple[Problem, ...]:
        """Return what the chosen way needs and nobody said."""
        values = self.values()
        return problems_of_destination(values["leaves_by"], values["recipient"], values["address"])

    def _fill(self) -> None:
        begins = {"recipient": self._on_file.recipient, "address": self._on_file.address(self.leaves_by.value())}
        for name, value in begins.items():
            if name not in self._touched:
                self.fields()[name].set_value(value)

    def _edit(self, name: str) -> None:
        self._touched.add(name)
        if name == "leaves_by":
            self._fill()
        self.edited.emit()
