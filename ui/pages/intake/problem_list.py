"""Everything that keeps an intake from being saved, in one list, with a way to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.errors import Problem
from intake.wording import label_of, text_of
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.labels import KeyHint, label

MOST_LINES = 16


class ProblemList(Card):
    """Hidden while there is nothing to mend. ``chosen`` carries the path of a problem's field."""

    chosen = Signal(str)

    def __init__(self, definitions: Definitions, parent: QWidget | None = None) -> None:
        """Begin empty and hidden."""
        super().__init__(self.tr("Still needed"), tone="danger", parent=parent)
        self._definitions = definitions
        self._problems: tuple[Problem, ...] = ()
        self._at = -1
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.body.addLayout(self._lines)
        self.add_beside_title(KeyHint("F8"))
        self.add_beside_title(label(self.tr("next"), "hint"))
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List the errors, each with the name of its field; none hides the list."""
        self._problems = tuple(problems)
        self._at = -1
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for problem in self._problems[:MOST_LINES]:
            line = LinkButton(f"⚠ {label_of(problem.field, self._definitions)}")
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line.clicked.connect(partial(self.chosen.emit, problem.field))
            line.setAccessibleDescription(text_of(problem))
            self._lines.addWidget(line)
            if problem.code != "required":
                self._lines.addWidget(label(text_of(problem), "hint", wrap=True))
        if (more := len(self._problems) - MOST_LINES) > 0:
            self._lines.addWidget(label(self.tr("and %1 more").replace("%1", str(more)), "hint"))
        self.setVisible(bool(self._problems))

    def keep_only(self, errors: Sequence[Problem]) -> None:
        """Take out what was mended; nothing new comes in before the next save."""
        still = tuple(problem for problem in self._problems if problem in errors)
        if still != self._problems:
            self.show_problems(still)

    def problems(self) -> tuple[Problem, ...]:
        """Return what is listed."""
        return self._problems

    def go_on(self) -> None:
        """Choose the next problem, after the last the first again."""
        if self._problems:
            self._at = (self._at + 1) % len(self._problems)
            self.chosen.emit(self._problems[self._at].field)
