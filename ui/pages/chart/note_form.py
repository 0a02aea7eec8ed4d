"""The note while it is written: its parts in one column, found by path, with the caret where it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from ui.pages.chart.measures_part import MeasuresPart
from ui.pages.chart.note_findings import FindingsPart
from ui.pages.chart.note_impression import ImpressionPart
from ui.pages.chart.note_part import Part, Problems, TextPart
from ui.pages.chart.note_text import NoteText
from ui.pages.chart.plan_part import PlanPart
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_line import NoteLine
from ui.pages.chart.state import ChartState

FIRST = "history"


class NoteForm(QWidget):
    """History, examination, impression, plan, measures.

    ``moved`` tells that the keyboard is in another field; ``caret_shown`` carries the widget whose caret has to be in sight.
    """

    moved = Signal()
    caret_shown = Signal(QWidget)

    def __init__(self, definitions: Definitions, state: ChartState, book: SnippetBook, parent: QWidget | None = None) -> None:
        """Build the parts, empty."""
        super().__init__(parent)
        self._state = state
        self._path = ""
        form = definitions.review_form
        self.history = TextPart(self.tr("History"), FIRST, state, book)
        self.examination = TextPart(self.tr("Examination"), "examination", state, book, least=3, most=12)
        self.findings = FindingsPart(form, state, book)
        self.impression = ImpressionPart(form, definitions.codes, state, book)
        self.plan = PlanPart(form, state, book)
        self.measures = MeasuresPart(definitions, state, book)
        self.parts: tuple[Part, ...] = (self.history, self.examination, self.findings, self.impression, self.plan, self.measures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in self.parts:
            column.addWidget(part)
            part.grown.connect(self._order)
            part.uncovered.connect(self.caret_shown)
        for text in self.findChildren(NoteText):
            text.cursorPositionChanged.connect(partial(self._caret_moved, text))
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def begin(self) -> None:
        """Begin with another chart: nothing of the one before can come back, not even by an undo."""
        for part in self.parts:
            part.begin()

    def show_note(self) -> None:
        """Show the raw note."""
        for part in self.parts:
            part.show_note()

    def set_writable(self, *, on: bool) -> None:
        """Let it be written, or only read."""
        for part in self.parts:
            part.set_writable(on=on)

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong, at the fields."""
        for part in self.parts:
            part.show_problems(problems)

    def controls(self) -> dict[str, QWidget]:
        """Return what is typed into, by path."""
        return {path: control for part in self.parts for path, control in part.controls().items()}

    def go_to(self, path: str) -> bool:
        """Put the keyboard into a field of the note; False when there is none of this path."""
        control = next((found for part in self.parts if (found := part.open_at(path)) is not None), None)
        if control is None:
            return False
        # A part that was folded is laid out one event later, and only then can it be scrolled to.
        QTimer.singleShot(0, control, partial(self.caret_shown.emit, control))
        control.setFocus()
        return True

    def caret(self) -> dict[str, Any]:
        """Return where the keyboard is, or was last: the path of the field and the place in it."""
        control = self.controls().get(self._path)
        return {"field": self._path, "position": control.caret() if isinstance(control, NoteText | NoteLine) else 0}

    def place_caret(self, caret: Mapping[str, Any]) -> None:
        """Remember a caret as kept, in its field; :meth:`resume` puts the keyboard there."""
        self._path = str(caret.get("field") or "")
        for part in self.parts:
            part.open_at(self._path)
        control, position = self.controls().get(self._path), caret.get("position")
        if isinstance(control, NoteText | NoteLine) and isinstance(position, int):
            control.place_caret(position)

    def resume(self) -> None:
        """Put the keyboard where it was last, at first into the first field."""
        self.go_to(self._path or FIRST)

    def text_in_hand(self) -> NoteText | NoteLine | None:
        """Return the text the keyboard is in, or was in last; None when that is no text."""
        control = self.controls().get(self._path)
        return control if isinstance(control, NoteText | NoteLine) else None

    def _order(self) -> None:
        """Let Tab go through the fields as they stand, also through those that came later."""
        for before, after in pairwise(self.controls().values()):
            QWidget.setTabOrder(before, after)

    def _found(self, widget: QWidget) -> Iterator[str]:
        for path, control in self.controls().items():
            if control is widget:
                yield path

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        path = next(self._found(now), "")
        if path and path != self._path:
            self._path = path
            self.moved.emit()

    def _caret_moved(self, text: NoteText) -> None:
        if text.hasFocus():
            self.caret_shown.emit(text)
