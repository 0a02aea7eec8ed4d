"""The impression: the practice's causes, codes, and free words, all picked and written by the clinician."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from intake.domain.codes import CodeList
from intake.domain.review_form import ReviewForm
from ui.pages.chart.codes_part import CodesPart
from ui.pages.chart.note_choices import NoteChoices
from ui.pages.chart.note_part import Frame, Part, Problems
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.state import ChartState
from ui.pages.intake.choices import Pick
from ui.widgets.labels import label

CAUSES = "causes"
WORDS = "impression"


class ImpressionPart(Part):
    """One frame: chips, codes, words."""

    def __init__(self, form: ReviewForm, codes: CodeList, state: ChartState, book: SnippetBook) -> None:
        """Build it empty."""
        super().__init__(state, book)
        self.causes = NoteChoices(
            self.tr("Impression, causes"), [Pick(code=each.key, label=each.label) for each in form.causes], several=True
        )
        self.causes.picked.connect(self._pick)
        self.causes.advanced.connect(self.causes.focusNextChild)
        self.causes.retreated.connect(self.causes.focusPreviousChild)
        self.codes = CodesPart(codes, state, book)
        self.codes.uncovered.connect(self.uncovered)
        self.words_field, self.words = self.text_field("", WORDS, least=1, most=8)
        self.words.setPlaceholderText(self.tr("In words"))
        self.words.setAccessibleName(self.tr("Impression in words"))
        frame = Frame()
        for each in (self.causes, self.codes, self.words_field):
            frame.body.addWidget(each)
        self.column.addWidget(label(self.tr("Impression"), "label"))
        self.column.addWidget(frame)

    def begin(self) -> None:
        """Begin the codes too."""
        super().begin()
        self.codes.begin()

    def show_note(self) -> None:
        """Show what is picked and written."""
        self.causes.show_codes([str(each) for each in self.state.get(CAUSES, [])])
        self.codes.show_note()
        self.words.show_value(str(self.state.get(WORDS)))

    def set_writable(self, *, on: bool) -> None:
        """Let it be written, or only read."""
        self.causes.setEnabled(on)
        self.codes.set_writable(on=on)
        self.words.lock(on=not on)

    def controls(self) -> Mapping[str, QWidget]:
        """Return the chips, the codes and the words."""
        return {CAUSES: self.causes, **self.codes.controls(), WORDS: self.words}

    def open_at(self, path: str) -> QWidget | None:
        """Return the chips for the part as a whole."""
        if path == WORDS and not self.words.value():
            return self.causes
        return self.codes.open_at(path) if path.startswith("codes") else super().open_at(path)

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong with the words."""
        self.words_field.show_problem(problems.get(WORDS, ""))

    def _pick(self, keys: list[str]) -> None:
        self.state.set(CAUSES, keys or None)
