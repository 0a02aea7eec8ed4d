"""A few questions on one screen; a detail opens under its question as soon as the answer asks for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from intake.domain.forms import FormQuestion
from ui.pages.intake.document import IntakeDocument
from ui.patient.answers import Line, Lines
from ui.patient.plan import Screen
from ui.patient.question import QuestionBox
from ui.patient.slots import Language, Slot
from ui.patient.style import COLUMN_PX, scrolls_by_touch
from ui.widgets.labels import label

_MARGIN_PX = 90


class Scrolled(QScrollArea):
    """What scrolls under a finger, in a column that is easy to read. ``bottomed`` tells when more, or no more, lies below."""

    bottomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it with an empty column."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QWidget()
        column.setMaximumWidth(COLUMN_PX)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(20, 14, 20, 16)
        self.column.setSpacing(12)
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(column, 1000)
        across.addStretch(1)
        self.setWidget(inside)
        scrolls_by_touch(self.viewport())
        self.verticalScrollBar().rangeChanged.connect(self.bottomed)
        self.verticalScrollBar().valueChanged.connect(self.bottomed)

    def has_more(self) -> bool:
        """Tell whether something lies below what is in sight."""
        bar = self.verticalScrollBar()
        return bar.value() < bar.maximum() - 8

    def page_down(self) -> None:
        """Bring what lies below into sight."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(bar.pageStep() * 0.8))


class QuestionScreen(Scrolled):
    """One screen of questions. ``answered`` tells that a person changed one of them, ``ended`` that Enter ended the last one."""

    answered = Signal()
    ended = Signal()

    def __init__(self, document: IntakeDocument, screen: Screen, language: Language, parent: QWidget | None = None) -> None:
        """Ask the questions of one screen."""
        super().__init__(parent)
        self._document = document
        self._language: Language = language
        self.boxes: dict[str, QuestionBox] = {}
        self._cards: list[tuple[QFrame, list[str]]] = []
        self.column.addWidget(label(screen.title.in_language(language), "title", wrap=True))
        if note := screen.note.in_language(language):
            self.column.addWidget(label(note, "quiet", wrap=True))
        for question in screen.questions:
            self._add(question)
        self.column.addStretch(1)
        self._follow("")
        document.changed.connect(self._follow)
        QApplication.instance().focusChanged.connect(self._keep_in_sight)  # type: ignore[union-attr]  # there is one

    def visible_boxes(self) -> list[QuestionBox]:
        """Return the questions that are asked now, from the top."""
        return [box for box in self.boxes.values() if not box.isHidden()]

    def go_to(self, path: str = "") -> None:
        """Put the keyboard at a question, at the first one of the screen if none is named."""
        shown = self.visible_boxes()
        box = next((box for box in shown if box.slot.question.path == path), shown[0] if shown else None)
        if box is not None:
            box.first().setFocus(Qt.FocusReason.TabFocusReason if path else Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, box, lambda: self.ensureWidgetVisible(box, 0, _MARGIN_PX))

    def can_write(self) -> bool:
        """Tell whether anything on the screen is answered in writing."""
        return self._first_line() is not None

    def write_first(self) -> None:
        """Put the keyboard at the first line to write on."""
        if (line := self._first_line()) is not None:
            line.setFocus()

    def _first_line(self) -> QWidget | None:
        fields = (control for box in self.visible_boxes() for control in box.controls)
        return next((field for field in fields if isinstance(field, Line | Lines)), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field in hand in sight when the keyboard of the screen takes half of it."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_focused)

    def _add(self, question: FormQuestion) -> None:
        if question.depth == 0 or not self._cards:
            card = QFrame()
            card.setObjectName("box")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 12, 20, 14)
            inside.setSpacing(16)
            self._cards.append((card, []))
            self.column.addWidget(card)
        card, paths = self._cards[-1]
        box = QuestionBox(Slot(self._document, question), self._language)
        box.answered.connect(self.answered)
        box.ended.connect(partial(self._go_on, box))
        paths.append(question.path)
        self.boxes[question.path] = box
        layout = card.layout()
        if layout is not None:
            layout.addWidget(box)

    def _go_on(self, box: QuestionBox) -> None:
        """Go to the question after this one; after the last one there is only the way on."""
        shown = self.visible_boxes()
        after = shown[shown.index(box) + 1 :]
        if after:
            after[0].first().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.ended.emit()

    def _follow(self, _path: str) -> None:
        """Open and close what the answers ask for."""
        for box in self.boxes.values():
            if box.isHidden() == box.slot.applies():
                box.setVisible(box.slot.applies())
        for card, paths in self._cards:
            card.setVisible(any(not self.boxes[path].isHidden() for path in paths))

    def _keep_in_sight(self, _old: QWidget | None, _now: QWidget | None) -> None:
        self._show_focused()

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QWidget) and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, _MARGIN_PX)
