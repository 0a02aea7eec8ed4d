"""One question as a patient meets it: its words, what to answer with, and how the answer is understood."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.fields import Kind
from intake.domain.forms import FormKind
from intake.domain.visits import all_fields
from intake.entry.day_words import date_words
from ui.patient import words
from ui.patient.answers import Line, Lines, Options
from ui.patient.dates import DateParts
from ui.patient.rating import Rating
from ui.patient.slots import Language, Slot
from ui.widgets.labels import label, set_tone

_NUMERIC = frozenset({Kind.PHONE, Kind.ZIP, Kind.TIME})
_ANY_LENGTH = 2000
_FIELD_KINDS = {field.path: field.about.kind for field in all_fields()}
_NUMBER_PX = 150


class QuestionBox(QFrame):
    """One question and its answer. ``answered`` tells that a person changed it, ``ended`` that Enter ended its last line."""

    answered = Signal()
    ended = Signal()

    def __init__(self, slot: Slot, language: Language, parent: QWidget | None = None) -> None:
        """Ask the question of the slot in this language."""
        super().__init__(parent)
        self.slot = slot
        self._language: Language = language
        question = slot.question
        self._text = question.text.in_language(language)
        self._note = label("", "quiet", wrap=True)
        self.controls: list[QWidget] = []
        self._word_picks: Options | None = None
        self.setObjectName("detail" if question.depth else "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18 if question.depth else 0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(label(self._text, "detail" if question.depth else "question", wrap=True))
        if question.kind is FormKind.SEVERAL and not self._text.endswith(words.SEVERAL.in_language(language)):
            self._column.addWidget(label(words.SEVERAL.in_language(language), "quiet"))
        self._column.addLayout(self._answer())
        if question.words:
            self._offer_words()
        self._column.addWidget(self._note)
        self.setAccessibleName(self._text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.understand()

    def understand(self, *, left: bool = True) -> None:
        """Say under the field how it is understood; what is wrong is said when it was ``left``, not while it is typed."""
        slot, language = self.slot, self._language
        problem = slot.problem(language) if left else ""
        day = slot.day() if slot.question.kind is FormKind.DATE and not problem else None
        hint = ""
        if slot.question.kind is FormKind.DATE and slot.is_answer and not slot.answered():
            hint = words.PARTIAL_DATE.in_language(language)
        told = f"⚠ {problem}" if problem else f"✓ {date_words(day, language)}" if day else hint
        self._note.setText(told)
        self._note.setVisible(bool(told))
        set_tone(self._note, "warning" if problem else "ok" if day else "")
        for control in self.controls:
            control.setAccessibleDescription(told)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only widgets are watched
        """Notice that a line was left."""
        if event.type() is QEvent.Type.FocusOut:
            self.understand()
        return False

    def first(self) -> QWidget:
        """Return where the keyboard goes first: what is picked, else the first answer."""
        picked = [each for each in self.controls if getattr(each, "isChecked", bool)()]
        return (picked or self.controls)[0]

    def _answer(self) -> QHBoxLayout:
        question, language = self.slot.question, self._language
        line = QHBoxLayout()
        line.setSpacing(12)
        if question.kind in (FormKind.ONE, FormKind.SEVERAL):
            options = Options(question, language, several=question.kind is FormKind.SEVERAL)
            options.show_codes(self.slot.codes())
            options.picked.connect(self._picked)
            self.controls += options.buttons
            line.addWidget(options)
        elif question.kind is FormKind.RATING:
            rating = Rating(question, language)
            rating.show_codes(self.slot.codes())
            rating.picked.connect(self._picked)
            self.controls += rating.buttons
            line.addWidget(rating)
        else:
            line.addWidget(writing := self._writing())
            if question.unit is not None:
                writing.setMaximumWidth(_NUMBER_PX)
                line.addWidget(label(question.unit.in_language(language), "quiet"), 1)
        return line

    def _writing(self) -> QWidget:
        question = self.slot.question
        longest = min(question.max_length, _ANY_LENGTH)
        shown = "" if any(self.slot.text() == option.code for option in question.words) else self.slot.text()
        if question.kind is FormKind.DATE:
            dates = DateParts(self.slot, self._language)
            dates.typed.connect(self._typed)
            lines = list(dates.lines.values())
            for line, after in zip(lines, [*lines[1:], None], strict=True):
                line.returnPressed.connect(self.ended if after is None else after.setFocus)
            self._watch(*lines)
            return dates
        field: Line | Lines
        if question.kind is FormKind.LONG:
            field = Lines(self._text, longest=longest)
        else:
            numeric = question.kind is FormKind.NUMBER or _FIELD_KINDS.get(question.path) in _NUMERIC
            field = Line(self._text, numeric=numeric, longest=longest)
            field.returnPressed.connect(self.ended)
        field.show_text(shown)
        field.typed.connect(self._typed)
        self._watch(field)
        return field

    def _watch(self, *fields: QWidget) -> None:
        for field in fields:
            field.installEventFilter(self)
            self.controls.append(field)

    def _offer_words(self) -> None:
        """Offer the words that stand for a whole answer ("none") as buttons under the line."""
        self._word_picks = Options(self.slot.question, self._language)
        self._word_picks.show_codes(self.slot.codes())
        self._word_picks.picked.connect(self._picked_word)
        self.controls += self._word_picks.buttons
        self._column.addWidget(self._word_picks)

    def _picked(self, codes: list[str]) -> None:
        self.slot.pick(codes)
        self.answered.emit()

    def _picked_word(self, codes: list[str]) -> None:
        for field in self.controls:
            if isinstance(field, Line | Lines):
                field.show_text("")
        self.slot.type(codes[0] if codes else "")
        self.understand()
        self.answered.emit()

    def _typed(self, text: str) -> None:
        self.slot.type(text)
        if self._word_picks is not None:
            self._word_picks.show_codes(())
        self.understand(left=False)
        self.answered.emit()
