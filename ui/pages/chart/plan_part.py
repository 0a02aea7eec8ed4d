"""The plan: the practice's treatments, each with a line for its words once it is chosen, and free words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from intake.domain.review_form import ReviewForm, Treatment
from ui.pages.chart.note_choices import NoteChoices
from ui.pages.chart.note_field import NoteField
from ui.pages.chart.note_part import Frame, Part, Problems
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_line import NoteLine
from ui.pages.chart.state import ChartState
from ui.pages.intake.choices import Pick
from ui.widgets.labels import label

PATH = "plan"
WORDS = "plan_text"
_LABEL_WIDTH = 112


class PlanPart(Part):
    """One frame: chips, a line for each that is chosen, words."""

    def __init__(self, form: ReviewForm, state: ChartState, book: SnippetBook) -> None:
        """Build it with nothing chosen."""
        super().__init__(state, book)
        self._treatments = {each.key: each for each in form.treatments}
        self._lines: dict[str, _Line] = {}
        self._writable = True
        self.chips = NoteChoices(
            self.tr("Plan, treatments"), [Pick(code=each.key, label=each.label) for each in form.treatments], several=True
        )
        self.chips.picked.connect(self._pick)
        self.chips.advanced.connect(self.chips.focusNextChild)
        self.chips.retreated.connect(self.chips.focusPreviousChild)
        self.words_field, self.words = self.text_field("", WORDS, least=1, most=8)
        self.words.setPlaceholderText(self.tr("In words"))
        self.words.setAccessibleName(self.tr("Plan in words"))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        frame = Frame()
        frame.body.addWidget(self.chips)
        frame.body.addLayout(self._grid)
        frame.body.addWidget(self.words_field)
        self.column.addWidget(label(self.tr("Plan"), "label"))
        self.column.addWidget(frame)

    def show_note(self) -> None:
        """Show what is chosen and written."""
        self._show_chosen()
        for key, line in self._lines.items():
            line.field.show_value(str(self.state.get(f"{PATH}.{key}")))
        self.words.show_value(str(self.state.get(WORDS)))

    def set_writable(self, *, on: bool) -> None:
        """Let it be written, or only read."""
        self._writable = on
        self.chips.setEnabled(on)
        self.words.lock(on=not on)
        for line in self._lines.values():
            line.field.lock(on=not on)

    def controls(self) -> Mapping[str, QWidget]:
        """Return the chips, the lines of what is chosen, and the words."""
        lines = {f"{PATH}.{key}": self._lines[key].field for key in self._treatments if key in self._chosen() and key in self._lines}
        return {PATH: self.chips, **lines, WORDS: self.words}

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong at the lines and the words."""
        self.words_field.show_problem(problems.get(WORDS, ""))
        for key, line in self._lines.items():
            line.box.show_problem(problems.get(f"{PATH}.{key}", ""), "warning")

    def _chosen(self) -> list[str]:
        chosen = self.state.get(PATH, {})
        return [str(key) for key in chosen] if isinstance(chosen, Mapping) else []

    def _pick(self, keys: list[str]) -> None:
        """Choose and give up; words that were typed for a treatment come back with it."""
        before = self._chosen()
        for key in self._treatments:
            if key in keys and key not in before:
                self.state.set(f"{PATH}.{key}", self._lines[key].field.text() if key in self._lines else "")
            elif key in before and key not in keys:
                self.state.set(f"{PATH}.{key}", None)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.chips.show_codes(chosen)
        for row, (key, treatment) in enumerate(self._treatments.items()):
            if key in chosen and key not in self._lines:
                self._lines[key] = self._make(row, treatment)
        for key, line in self._lines.items():
            line.setVisible(on=key in chosen)
        self.grown.emit()

    def _make(self, row: int, treatment: Treatment) -> _Line:
        line = self.line(f"{PATH}.{treatment.key}", placeholder=treatment.hint)
        line.setProperty("kind", "small")
        line.lock(on=not self._writable)
        line.setAccessibleName(self.tr("Plan, %1").replace("%1", treatment.label))
        made = _Line(treatment.label, line)
        self._grid.addWidget(made.name, row, 0)
        self._grid.addWidget(made.box, row, 1)
        return made

    def write(self, path: str, text: str) -> None:
        """Write a text; a treatment stays chosen without words."""
        self.state.set(path, text if path.startswith(f"{PATH}.") else text or None)


class _Line:
    """A treatment with its words."""

    def __init__(self, name: str, field: NoteLine) -> None:
        self.field = field
        self.box = NoteField("", field)
        self.name = label(name, "label", wrap=True)
        self.name.setFixedWidth(_LABEL_WIDTH)
        self.name.setBuddy(field)

    def setVisible(self, *, on: bool) -> None:  # noqa: N802 - as the widgets it stands for
        self.name.setVisible(on)
        self.box.setVisible(on)
