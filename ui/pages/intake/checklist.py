"""The symptom checklist on the page: a card per group, questions in the patient's language, answers by single keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.checklist import Group, Question
from intake.errors import Problem
from intake.wording import text_of
from ui.pages.intake.answer_fields import AnswerField
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.question_row import QuestionRow
from ui.widgets.buttons import Chip
from ui.widgets.card import Card
from ui.widgets.labels import KeyHint, Pill, label

ANSWERS = "answers."
NOT_ASKED = "safety_not_asked"
LANGUAGES = (("en", "English"), ("es", "Español"))


class ChecklistSection(QWidget):
    """Every main question has a row; :meth:`build_next` adds them in slices so that the window stays quick.

    ``advanced`` and ``retreated`` carry the field the keyboard is in; ``language_changed`` the language asked in now.
    """

    advanced = Signal(object)
    retreated = Signal(object)
    language_changed = Signal(str)
    key = "checklist"

    def __init__(self, document: IntakeDocument, parent: QWidget | None = None) -> None:
        """Begin without rows."""
        super().__init__(parent)
        self._document = document
        self.language = "en"
        self._rows: dict[str, QuestionRow] = {}
        self._row_of: dict[str, QuestionRow] = {}
        self._chips: dict[str, Chip] = {}
        self._counter = Pill()
        self._to_ask: dict[str, Pill] = {}
        self._held_up: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._waiting = iter(self._questions())
        document.changed.connect(self._follow)
        document.form_marks.changed.connect(self._follow_mark)

    def build_next(self) -> bool:
        """Add the next row; return False when all are there."""
        step = next(self._waiting, None)
        if step is None:
            return False
        card, question, complete = step
        row = QuestionRow(question, self._document, self.language)
        row.advanced.connect(self.advanced)
        row.retreated.connect(self.retreated)
        self._rows[question.key] = row
        for known in (question, *self._document.definitions.checklist.questions()):
            if self._main_of(known) is question:
                self._row_of[known.key] = row
        card.body.addWidget(row)
        card.setVisible(complete)  # once for all its rows: each show lays the whole page out
        return True

    def show_values(self) -> None:
        """Show what the document holds, after it was loaded."""
        for row in self._rows.values():
            row.show_answers()
        self._count()

    def show_language(self, language: str) -> None:
        """Ask in a language; answers and places stay."""
        self.language = language
        for row in self._rows.values():
            row.show_language(language)
        for code, chip in self._chips.items():
            chip.setChecked(code == language)
        self.language_changed.emit(language)

    def switch_language(self) -> None:
        """Ask in the other language."""
        self.show_language("en" if self.language == "es" else "es")

    def stops(self) -> list[tuple[str, QWidget]]:
        """Return every field that Tab visits, in order."""
        return [stop for row in self._rows.values() for stop in row.stops()]

    def enter_stops(self) -> list[tuple[str, QWidget]]:
        """Return the fields that Enter visits, in order."""
        return [stop for row in self._rows.values() for stop in row.enter_stops()]

    def editor(self, path: str) -> AnswerField | None:
        """Return the field of an answer, None when it is not open."""
        row = self._row_of.get(path.removeprefix(ANSWERS))
        return row.field(path.removeprefix(ANSWERS)) if row else None

    def show_problem(self, problem: Problem) -> None:
        """Show a problem found on save on its row."""
        key = problem.field.removeprefix(ANSWERS)
        if row := self._row_of.get(key):
            row.show_problem(text_of(problem), problem.level)
            if problem.code == NOT_ASKED and problem.level == "error":
                self._held_up.add(key)

    def keep_only(self, errors: Sequence[Problem]) -> None:
        """Take back that a question has to be asked, once other answers say that it no longer holds up the save."""
        still = {problem.field for problem in errors if problem.code == NOT_ASKED}
        for key in self._held_up - {field.removeprefix(ANSWERS) for field in still}:
            self._rows[key].show_problem("", "")
            self._held_up.discard(key)

    def clear_problems(self) -> None:
        """Take all problems back before the next save."""
        self._held_up.clear()
        for row in self._rows.values():
            row.show_problem("", "")

    def left(self, path: str) -> None:
        """Say what is wrong with an answer that the keyboard has just left."""
        key = path.removeprefix(ANSWERS)
        if row := self._row_of.get(key):
            row.update()
            code = self._document.fault_in_answer(key)
            row.show_problem(text_of(Problem(field=path, code=code)) if code else "", "error" if code else "")

    def _questions(self) -> Iterator[tuple[Card, Question, bool]]:
        for index, group in enumerate(self._document.definitions.checklist.groups):
            card = self._card(group, first=index == 0)
            mains = [question for question in group.questions if question.parent is None]
            for question in mains:
                yield card, question, question is mains[-1]

    def _card(self, group: Group, *, first: bool) -> Card:
        card = Card(group.text.en)
        card.body.setSpacing(0)
        if group.note.en:
            card.body.addWidget(label(group.note.en, "muted", wrap=True))
            card.body.addSpacing(4)
        if first:
            for code, name in LANGUAGES:
                chip = Chip(name, checked=code == self.language)
                chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                chip.clicked.connect(self.switch_language if code != "en" else self._english)
                self._chips[code] = chip
                card.add_beside_title(chip)
            card.add_beside_title(KeyHint("F2"))
            card.add_trailing(self._counter)
            self._count()
        elif group.required:
            self._to_ask[group.key] = Pill()
            card.add_trailing(self._to_ask[group.key])
            self._count()
        elif any(question.always_ask for question in group.questions):
            card.add_trailing(Pill(self.tr("always asked"), "info"))
        card.hide()
        self._column.addWidget(card)
        return card

    def _english(self) -> None:
        self.show_language("en")

    def _main_of(self, question: Question) -> Question:
        checklist = self._document.definitions.checklist
        while question.parent is not None:
            question = checklist.question(question.parent)
        return question

    def _follow(self, path: str) -> None:
        if not path.startswith(ANSWERS):
            return
        key = path.removeprefix(ANSWERS)
        rows = {self._row_of[known] for known in (key, *self._opened_by(key)) if known in self._row_of}
        for row in rows:
            row.show_answers()
        if key in self._row_of:
            self._row_of[key].show_problem("", "")
        self._count()

    def _follow_mark(self, path: str) -> None:
        """Show that an answer was confirmed, or, for an empty path, all marks anew."""
        if path.startswith(ANSWERS) and (row := self._row_of.get(path.removeprefix(ANSWERS))):
            row.show_answers()
        elif not path:
            for each in self._rows.values():
                each.show_answers()

    def _opened_by(self, key: str) -> list[str]:
        """Return the details on other rows that this answer can open."""
        return [question.key for question in self._document.definitions.checklist.questions() if key in question.also_opened_by]

    def _count(self) -> None:
        count = self._document.count()
        words = self.tr("%1 asked · %2 not asked").replace("%1", str(count.asked)).replace("%2", str(count.not_asked))
        self._counter.setText(words)
        self._counter.setAccessibleName(words)
        for group in self._document.definitions.checklist.groups:
            if pill := self._to_ask.get(group.key):
                left = len(group.still_to_ask(self._document.typed_answers()))
                said = self.tr("%1 still to ask").replace("%1", str(left)) if left else self.tr("all asked")
                pill.show_text(said, "warning" if left else "ok")
                pill.setAccessibleName(said)
