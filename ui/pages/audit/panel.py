"""The panel beside the list: one entry whole, with old and new by field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from intake.domain.audit import Entry
from intake.entry.audit_words import action_words, outcome_words, person_words, role_words
from ui.models.board import date_words
from ui.pages.audit.values import Words, reason_words
from ui.pages.audit.words import time_of
from ui.widgets.labels import label


class EntryPanel(QScrollArea):
    """Shows the entry the keyboard is on."""

    def __init__(self, said: Words, parent: QWidget | None = None) -> None:
        """Build it with nothing to show; ``said`` says values in words."""
        super().__init__(parent)
        self.said = said
        self.entry: Entry | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The entry"))
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry, or that none is chosen."""
        self.entry = entry
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(2)
        if entry is None:
            column.addWidget(label(self.tr("The entry you stand on is shown here."), "muted", wrap=True))
        else:
            column.addWidget(label(action_words(entry.action), "title", wrap=True))
            for name, words in self._facts(entry):
                self._add(column, name, words)
            if entry.changes:
                column.addSpacing(8)
                changed = any(old is not None and old != new for old, new in entry.changes.values())
                column.addWidget(label(self.tr("Old and new") if changed else self.tr("With it was noted"), "title"))
            for name, words in self.said.told(entry.changes):
                self._add(column, name, words)
        column.addStretch(1)
        self.setWidget(inside)

    def _facts(self, entry: Entry) -> list[tuple[str, str]]:
        when = entry.at.astimezone(self.said.zone)
        facts = [
            (self.tr("When"), f"{date_words(when.date())}, {time_of(when)}"),
            (self.tr("Who"), " · ".join(part for part in (person_words(entry), role_words(entry)) if part)),
            (self.tr("Desk"), entry.workstation),
            (self.tr("Record"), " · ".join(part for part in (entry.patient_name, entry.record_number) if part)),
            (self.tr("Visit"), entry.visit_number or ""),
            (self.tr("Version"), str(entry.object_version or "")),
            (self.tr("Outcome"), outcome_words(entry.outcome)),
            (self.tr("Reason"), reason_words(entry.reason) if entry.reason else ""),
            (self.tr("Entry"), f"{entry.seq:,}"),
        ]
        return [(name, words) for name, words in facts if words]

    @staticmethod
    def _add(column: QVBoxLayout, name: str, words: str) -> None:
        column.addSpacing(4)
        column.addWidget(label(name, "hint"))
        column.addWidget(label(words, wrap=True))
