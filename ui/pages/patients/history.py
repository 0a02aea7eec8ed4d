"""Who changed what of a patient, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.fields import Kind, described
from intake.domain.patients import Patient
from intake.entry.reading import shown
from intake.storage.audit import EditEntry
from ui.models.board import date_words
from ui.top_bar import time_words
from ui.widgets.card import Card
from ui.widgets.labels import label

_FIELDS = {field.path: field for field in described(Patient, "patient")}


class HistoryCard(Card):
    """The edits of a patient, the latest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the card, empty."""
        super().__init__(QCoreApplication.translate("Patients", "History of edits"), parent=parent)
        self._content = QWidget()
        self.body.addWidget(self._content)

    def show_edits(self, edits: Sequence[EditEntry], zone: ZoneInfo) -> None:
        """Show edits, or say that there is none."""
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if not edits:
            column.addWidget(
                label(QCoreApplication.translate("Patients", "Nothing was changed since the first intake."), "muted", wrap=True)
            )
        for number, edit in enumerate(edits):
            if number:
                column.addSpacing(7)
            when = edit.at.astimezone(zone)
            column.addWidget(label(f"{date_words(when.date())}, {time_words(when)} · {edit.by}", "strong"))
            for path, (old, new) in edit.changes.items():
                column.addWidget(label(change_words(path, old, new), "muted", wrap=True))
        self.body.replaceWidget(self._content, fresh)
        self._content.deleteLater()
        self._content = fresh


def change_words(path: str, old: str | None, new: str | None) -> str:
    """Return one change of a field in words: ``Phone: (732) 555-0148, now (732) 555-0199``."""
    field = _FIELDS.get(path)
    name = field.about.label if field is not None else path
    words = QCoreApplication.translate("Patients", "%1: %2, now %3")
    return words.replace("%3", kept_words(path, new)).replace("%2", kept_words(path, old)).replace("%1", name)


def kept_words(path: str, value: str | None) -> str:
    """Return a value of a patient's field as it is stored, in words; ``not asked`` for none."""
    field = _FIELDS.get(path)
    if value is None or field is None:
        return value or QCoreApplication.translate("Patients", "not asked")
    return shown(field, date.fromisoformat(value) if field.about.kind is Kind.DATE else value)
