"""What the desk is told while it asks: the administrative sentence of the most pressing prompt, and nothing of the rule."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from intake.domain.prompting import choice_fields, desk_level, facts_of, findings
from intake.domain.prompts import Level
from intake.entry.showing import DOB
from ui.pages.intake.document import IntakeDocument
from ui.widgets.notices import Banner

_PAUSE_MS = 60
_ASKED = frozenset({*choice_fields(), DOB})
"""The fields of the record that a rule may ask; to read everything anew at each letter of a name would only cost time."""
_TONES = {Level.NOW: "danger", Level.TODAY: "warning", Level.REVIEW: "info"}


class DeskPrompts(QObject):
    """Follows the answers and keeps the notice above the form true; ``call_asked`` tells that its button was pressed."""

    call_asked = Signal()

    def __init__(self, document: IntakeDocument, banner: Banner, parent: QObject | None = None) -> None:
        """Tell in ``banner``, hidden as long as there is nothing to tell."""
        super().__init__(parent)
        self.level: Level | None = None
        self._document = document
        self._banner = banner
        self._called = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        document.changed.connect(self._changed)
        banner.pressed.connect(self.call_asked)

    def look(self) -> None:
        """Compare the answers as they stand with the rules."""
        document = self._document
        intake = document.read_all().intake
        facts = facts_of(intake.patient, intake.visit, intake.answers, document.on)
        self.level = desk_level(findings(document.definitions.prompts, facts))
        self._tell()

    def show_called(self, words: str) -> None:
        """Say with the sentence how it stands with the call of a clinician."""
        self._called = words
        self._tell()

    def _changed(self, path: str) -> None:
        asked = path in _ASKED or path not in self._document.fields
        if asked and not self._pause.isActive():
            self._pause.start()

    def _tell(self) -> None:
        if self.level is None and not self._called:
            self._banner.hide()
            return
        sentences: list[str] = []
        if self.level is not None:
            words = self._document.definitions.prompts.desk[self.level]
            sentences += [words.title, *words.later]
        if self._called:
            sentences.append(self._called)
        urgent = self.level in (Level.NOW, Level.TODAY) and not self._called
        self._banner.say(
            " ".join(sentences),
            tone=_TONES[self.level] if self.level else "info",
            action=self.tr("Call a clinician · F7") if urgent else "",
        )
