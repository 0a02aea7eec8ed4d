"""Every answer once more, to read over and to change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from intake.domain.forms import FormQuestion
from ui.pages.intake.document import IntakeDocument
from ui.patient import words
from ui.patient.plan import Screen
from ui.patient.question_screen import Scrolled
from ui.patient.rows import AnswerRow
from ui.patient.slots import Language, Slot
from ui.widgets.labels import label

_AT_ONCE = 12
"""Rows built in one go; a hundred at once would hold up the screen."""
DRAWING = "pain_drawing"
_MARGIN_PX = 120


class ReviewScreen(Scrolled):
    """The answers section by section. ``chosen`` carries the place of a screen and the question on it, ``built`` that all are there."""

    chosen = Signal(int, str)
    built = Signal()
    answered = Signal()

    def __init__(self, document: IntakeDocument, screens: Sequence[Screen], language: Language, parent: QWidget | None = None) -> None:
        """Show every question that was to be asked, with its answer or that it has none."""
        super().__init__(parent)
        self._document = document
        self._language: Language = language
        self.rows: dict[str, AnswerRow] = {}
        self._card: QVBoxLayout | None = None
        self._section = ""
        self._wanted = ""
        self.column.addWidget(label(words.REVIEW.in_language(language), "title", wrap=True))
        self.column.addWidget(label(words.REVIEW_NOTE.in_language(language), "quiet", wrap=True))
        self.column.addStretch(1)
        self._to_build = [(place, screen, question) for place, screen in enumerate(screens) for question in self._asked(screen)]
        self._build()

    def go_to(self, path: str = "") -> None:
        """Put the keyboard at an answer, as soon as it is there; at the first one if none is named."""
        self._wanted = path
        row = self.rows.get(path) if path else next(iter(self.rows.values()), None)
        if row is not None:
            self._wanted = ""
            row.setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, row, lambda: self.ensureWidgetVisible(row, 0, _MARGIN_PX))

    def is_building(self) -> bool:
        """Tell whether more answers are about to come."""
        return bool(self._to_build)

    def _asked(self, screen: Screen) -> list[FormQuestion | None]:
        if screen.drawing:
            return [None]
        return [question for question in screen.questions if Slot(self._document, question).applies()]

    def _build(self) -> None:
        now, self._to_build = self._to_build[:_AT_ONCE], self._to_build[_AT_ONCE:]
        for place, screen, question in now:
            self._add(place, screen, question)
        if self._wanted in self.rows:
            self.go_to(self._wanted)
        if self._to_build:
            QTimer.singleShot(0, self, self._build)
        else:
            self.built.emit()

    def _add(self, place: int, screen: Screen, question: FormQuestion | None) -> None:
        language = self._language
        title = screen.title.in_language(language)
        if self._card is None or screen.section != self._section:
            self._section = screen.section
            card = QFrame()
            card.setObjectName("box")
            self._card = QVBoxLayout(card)
            self._card.setContentsMargins(12, 12, 12, 12)
            self._card.setSpacing(2)
            heading = label(title, "question", wrap=True)
            heading.setContentsMargins(8, 0, 8, 6)
            self._card.addWidget(heading)
            self.column.insertWidget(self.column.count() - 1, card)
        path = DRAWING if question is None else question.path
        asked = title if question is None else question.text.in_language(language)
        given = self._marked() if question is None else Slot(self._document, question).words(language)
        row = AnswerRow(asked, given or words.UNANSWERED.in_language(language), answered=bool(given))
        row.clicked.connect(partial(self.chosen.emit, place, "" if question is None else path))
        self.rows[path] = row
        self._card.addWidget(row)

    def _marked(self) -> str:
        regions = self._document.definitions.regions
        marks = [mark for mark in self._document.marks() if not regions.problems([mark])]
        said = (
            f"{regions.region(mark.region).text.in_language(self._language)}: {regions.kind(mark.kind).text.in_language(self._language)}"
            for mark in marks
        )
        return ", ".join(said)
