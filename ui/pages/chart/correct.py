"""Putting an answer right, at its place: the question's own editor, and a reason. What the desk recorded stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.checklist import Checklist, Question
from intake.domain.corrections import ANSWERS, SAFETY, visit_as_corrected
from intake.domain.fields import Described
from intake.domain.reviews import Chart
from intake.domain.visits import all_fields
from intake.errors import IntakeError, InvalidInputError
from ui.failures import words_of, words_of_problem
from ui.pages.chart.glance_words import checklist_of
from ui.pages.intake.answer_fields import AnswerField, field_for, show_answer
from ui.pages.intake.field_editors import FieldEditor, editor_for
from ui.pages.intake.flow import FlowRows
from ui.widgets.buttons import Button, Chip
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField

REASON = "correction.reason"
_WIDEST = 16_777_215
"""What Qt calls a width without a limit."""
_FIELDS = {field.path: field for field in all_fields()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What can be corrected on one line: its path, what it is called, and what is held now."""

    path: str
    label: str
    about: Question | Described
    now: Answer | None


def targets(chart: Chart, path: str, definitions: Definitions) -> tuple[Target, ...]:
    """Return the question at a path with its details that are asked as things stand; the question itself first."""
    if path.startswith(SAFETY):
        return tuple(_safety_targets(chart, path))
    return tuple(_answer_targets(chart, path.removeprefix(ANSWERS), checklist_of(chart.visit, definitions)))


class CorrectBox(Card):
    """Enter goes on and then keeps, Esc leaves. ``kept`` carries the path, the answer (None: not asked) and the reason.

    ``typed`` carries the reason at every keystroke, and the path it was opened for.
    """

    kept = Signal(str, object, str)
    left = Signal()
    typed = Signal(str, str)

    def __init__(self, definitions: Definitions, parent: QWidget | None = None) -> None:
        """Build the box without a question."""
        super().__init__(self.tr("Correct"), " ", tone="sunken", parent=parent)
        self.setAutoFillBackground(True)
        self._definitions = definitions
        self._targets: tuple[Target, ...] = ()
        self._target: Target | None = None
        self._value: object | None = None
        self.answer_box: FieldBox | None = None
        self.chips: list[Chip] = []
        self._names = QWidget()
        self._flow = FlowRows(self._names, gap_x=6, gap_y=6, grows=False)
        self._slot = QVBoxLayout()
        self.reason_field = TextField()
        self.reason_field.advanced.connect(self.keep)
        self.reason_field.textEdited.connect(self._tell_typed)
        hint = self.tr("What the desk recorded stays readable beside it.")
        self.reason_box = FieldBox(self.tr("Reason for the correction"), self.reason_field, hint=hint)
        self.keep_button = Button(self.tr("Keep"), key="Enter")
        self.keep_button.clicked.connect(self.keep)
        self.leave_button = Button(self.tr("Leave"), key="Esc")
        self.leave_button.clicked.connect(self.left)
        self.body.addWidget(self._names)
        self.body.addLayout(self._slot)
        self.body.addWidget(self.reason_box)
        self.body.addLayout(row(self.keep_button, self.leave_button))

    @property
    def opened_for(self) -> str:
        """The path it was opened for: of a question with details the question's own, whichever is chosen."""
        return self._targets[0].path if self._targets else ""

    def begin(self, found: tuple[Target, ...], *, reason: str = "") -> None:
        """Offer these; the first one is chosen. ``reason`` is what was typed the last time and not kept."""
        self._targets = found
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for place, target in enumerate(found if len(found) > 1 else ()):
            chip = Chip(target.label)
            chip.clicked.connect(partial(self.choose, place))
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self._names.setVisible(bool(self.chips))
        self.reason_field.setText(reason)
        self.choose(0)

    def choose(self, place: int) -> None:
        """Offer the editor of one of them."""
        target = self._targets[place]
        self._target, self._value = target, target.now
        for index, chip in enumerate(self.chips):
            chip.setChecked(index == place)
        editor = self._editor(target)
        if self.answer_box is not None:
            self._slot.removeWidget(self.answer_box)
            self.answer_box.hide()
            self.answer_box.deleteLater()
        self.answer_box = FieldBox(target.label, editor, hint=self.tr("Delete: not asked."))
        self._slot.addWidget(self.answer_box)
        if editor.maximumWidth() < _WIDEST and (inside := self.answer_box.layout()) is not None:
            inside.setAlignment(editor, Qt.AlignmentFlag.AlignLeft)
        self.set_subtitle(target.label)
        self.setAccessibleName(self.tr("Correct: %1").replace("%1", target.label))
        self.reason_box.clear()
        self.reason_field.setReadOnly(False)
        editor.advanced.connect(self.reason_field.setFocus)
        self.answer_box.show()
        editor.setFocus()

    def keep(self) -> None:
        """Have the correction kept."""
        if self._target is None or self.reason_field.isReadOnly():
            return
        value = self._value
        if self.answer_box is not None and isinstance(self._target.about, Described):
            value = self.answer_box.control.value() or None  # type: ignore[attr-defined]  # every editor of a field has it
        self.reason_field.setReadOnly(True)
        self.kept.emit(self._target.path, value, self.reason_field.text())

    def refuse(self, error: IntakeError) -> None:
        """Say at the field why nothing was kept."""
        self.reason_field.setReadOnly(False)
        if self.answer_box is None:
            return
        self.answer_box.clear()
        self.reason_box.clear()
        problems = error.problems if isinstance(error, InvalidInputError) else ()
        for problem in problems:
            box = self.reason_box if problem.field == REASON else self.answer_box
            box.show_problem(words_of_problem(problem))
        if not problems:
            self.reason_box.show_problem(words_of(error))
        at_reason = self.reason_box.has_problem()
        (self.reason_box.control if at_reason else self.answer_box.control).setFocus()

    def has_keyboard(self) -> bool:
        """Say whether the keyboard is in this box."""
        focused = QApplication.focusWidget()
        return isinstance(focused, QWidget) and self.isAncestorOf(focused)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Walk from the answer to the reason and round again: what is typed here must not act on a page behind."""
        answer = self.answer_box.control if self.answer_box is not None else self.reason_field
        order: list[QWidget] = [*self.chips, answer, self.reason_field, self.keep_button, self.leave_button]
        focused = QApplication.focusWidget()
        inside = [place for place, each in enumerate(order) if focused is each or (focused and each.isAncestorOf(focused))]
        following = order[((inside[0] if inside else 0) + (1 if next else -1)) % len(order)]
        following.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc; no key goes on to the list behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()

    def _editor(self, target: Target) -> AnswerField | FieldEditor:
        if isinstance(target.about, Question):
            field = field_for(target.about, "en", self._given)
            show_answer(field, list(target.now) if isinstance(target.now, tuple) else target.now)
            return field
        editor = editor_for(target.about, self._definitions)
        editor.show_value(str(target.now or ""))
        return editor

    def _tell_typed(self, text: str) -> None:
        self.typed.emit(self.opened_for, text)

    def _given(self, value: Answer | list[str] | None) -> None:
        self._value = None if value in ("", []) else value


def _answer_targets(chart: Chart, key: str, checklist: Checklist) -> Iterator[Target]:
    question = checklist.question(key)
    yield Target(path=f"{ANSWERS}{key}", label=question.short.en, about=question, now=chart.answers.get(key))
    for detail in checklist.details(key):
        if checklist.is_open(detail, chart.answers):
            yield from _answer_targets(chart, detail.key, checklist)


def _safety_targets(chart: Chart, path: str) -> Iterator[Target]:
    safety = visit_as_corrected(chart.visit.visit, chart.corrections).safety
    main = _FIELDS[path]
    held = getattr(safety, main.name)
    yield Target(path=path, label=main.about.label, about=main, now=held)
    for field in _FIELDS.values():
        opener, values = field.about.when or ("", ())
        if opener == path and held in values:
            yield Target(path=field.path, label=field.about.label, about=field, now=getattr(safety, field.name))
