"""How far each section is, told by the chips: counted a moment after typing, not at every key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from intake.errors import Problem
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.jump_bar import JumpBar
from ui.pages.intake.plan import SECTIONS, section_of

PAUSE_MS = 300


class Progress(QObject):
    """Ticks the sections in which nothing required is missing. ``counted`` carries the errors there are now."""

    counted = Signal(tuple)

    def __init__(self, document: IntakeDocument, bar: JumpBar, parent: QObject | None = None) -> None:
        """Show nothing as done."""
        super().__init__(parent)
        self._document = document
        self._bar = bar
        self._wrong: set[str] = set()
        self._left: Counter[str] = Counter()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.count)
        document.form_marks.changed.connect(self.note)
        self.count()

    def note(self, path: str) -> None:
        """Count again soon; the checklist's counter follows at once."""
        if path.startswith("answers."):
            self._show("checklist", done=False)
        self._pause.start()

    def show_wrong(self, problems: Iterable[Problem]) -> None:
        """Mark the sections that a save was refused for, until they are mended."""
        self._wrong = {section_of(problem.field) for problem in problems}
        self.count()

    def count(self) -> None:
        """Look through the whole intake."""
        errors = self._document.read_all().errors()
        lacking = {section_of(problem.field) for problem in errors}
        self._wrong &= lacking
        done = {plan.key: plan.key not in lacking for plan in SECTIONS}
        done["checklist"] = done["checklist"] and self._asked_all()
        self._left = Counter(section_of(path) for path in self._document.to_confirm())
        done["drawing"] = bool(self._document.marks()) and not self._left["drawing"]
        for key, ready in done.items():
            self._show(key, done=ready)
        self.counted.emit(errors)

    def _asked_all(self) -> bool:
        """Tell whether every question that is always to be asked has been."""
        answers = self._document.answers
        always = [question.key for question in self._document.definitions.checklist.main_questions() if question.always_ask]
        return bool(answers) and all(answers.get(key) is not None for key in always)

    def _show(self, key: str, *, done: bool) -> None:
        suffix = ""
        if key == "checklist":
            count = self._document.count()
            suffix = f"{count.asked}/{count.asked + count.not_asked}"
        self._bar.show_state(key, "wrong" if key in self._wrong else "done" if done else "", suffix, self._left[key])
