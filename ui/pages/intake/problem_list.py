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
MOST_NAMED = 6
"""More questions of one group than this that nobody asked stand in one line; their rows name them."""
NOT_ASKED = "safety_not_asked"


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
        listed = self._listed()
        for place, (problem, words) in enumerate(listed[:MOST_LINES]):
            line = LinkButton(f"⚠ {words}")
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line.clicked.connect(partial(self.chosen.emit, problem.field))
            line.setAccessibleDescription(text_of(problem))
            self._lines.addWidget(line)
            following = listed[place + 1][0].code if place + 1 < len(listed) else ""
            if problem.code not in ("required", following):
                self._lines.addWidget(label(text_of(problem), "hint", wrap=True))
        if (more := len(listed) - MOST_LINES) > 0:
            self._lines.addWidget(label(self.tr("and %1 more").replace("%1", str(more)), "hint"))
        self.setVisible(bool(self._problems))

    def _listed(self) -> list[tuple[Problem, str]]:
        """Return what the lines say: each problem by its field, a whole group that nobody asked by its heading."""
        listed = [(problem, label_of(problem.field, self._definitions)) for problem in self._problems]
        for group in self._definitions.checklist.groups:
            fields = {f"answers.{question.key}" for question in group.questions}
            missing = [problem for problem in self._problems if problem.code == NOT_ASKED and problem.field in fields]
            if len(missing) > MOST_NAMED:
                heading = self.tr("%1: %2 still to ask").replace("%1", group.text.en).replace("%2", str(len(missing)))
                listed = [(problem, heading if problem is missing[0] else name) for problem, name in listed if problem not in missing[1:]]
        return listed

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
