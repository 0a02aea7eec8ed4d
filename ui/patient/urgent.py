"""An answer that must not wait: noticed while the patient goes on, told in words that say nothing of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from intake.domain.prompting import facts_of, findings
from intake.domain.prompts import Level
from ui.pages.intake.document import IntakeDocument

_PAUSE_MS = 60


class Urgent(QObject):
    """Follows the answers. ``raised`` tells that one of them is for a clinician now; which one, it never says."""

    raised = Signal()

    def __init__(self, document: IntakeDocument, parent: QObject | None = None) -> None:
        """Look at the answers as they are: what they raise already, the staff was told."""
        super().__init__(parent)
        self._document = document
        self._known = self._now()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        document.changed.connect(self._changed)

    def look(self) -> None:
        """Compare the answers as they stand with the rules."""
        found = self._now()
        fresh, self._known = found - self._known, self._known | found
        if fresh:
            self.raised.emit()

    def _changed(self, _path: str) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _now(self) -> frozenset[str]:
        intake = self._document.read_all().intake
        facts = facts_of(intake.patient, intake.visit, intake.answers, self._document.on)
        found = findings(self._document.definitions.prompts, facts)
        return frozenset(each.rule_id for each in found if each.level is Level.NOW)
