"""The fields of a letter, those that are asked for as it stands; or the whole text, once a person writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.letters import OPEN_SOURCES, Letter, Template
from intake.entry.letters import BODY, asked
from ui.pages.intake.editors import LongEditor
from ui.pages.letters.field_row import FieldRow
from ui.widgets.field_box import FieldBox

_LINES = 18
"""How high the text of a letter grows before it scrolls."""


class LetterForm(QWidget):
    """Builds every field of the template once and shows those that are asked. ``edited`` tells that something was typed."""

    edited = Signal()
    agreeing = Signal()
    """A consent to a text of one's own is about to be given: that text is to be on disk before it."""
    ended = Signal()
    """Enter was pressed in the last field."""
    caret_moved = Signal(QPoint)
    """Where on the form the caret of the text stands."""

    def __init__(self, template: Template, today: date, parent: QWidget | None = None) -> None:
        """Build the rows, none of them shown yet."""
        super().__init__(parent)
        self._template = template
        self._typed: dict[str, str] = {}
        self._body: str | None = None
        self._own = ""
        self._letter: Letter | None = None
        self._purpose = ""
        self.rows = {field.key: FieldRow(field, today) for field in template.fields}
        self.body_field = LongEditor(most_lines=_LINES)
        self.body_box = FieldBox(self.tr("Text of the letter"), self.body_field, hint=self.tr("an empty line begins a paragraph"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for row in self.rows.values():
            row.typed.connect(self._type)
            row.advanced.connect(self._advance)
            row.retreated.connect(self._retreat)
            inside.addWidget(row)
        inside.addWidget(self.body_box)
        inside.addStretch(1)
        self.body_field.typed.connect(self._type_body)
        self.body_field.cursorPositionChanged.connect(self._tell_caret)
        self.body_box.hide()

    def typed(self) -> dict[str, str]:
        """Return what was typed, by field; an empty text is what the record says."""
        return {key: text for key, text in self._typed.items() if text}

    def body(self) -> str | None:
        """Return the text a person writes as a whole, None while the letter follows its template."""
        return self._body

    def show_letter(self, letter: Letter, purpose: str, problems: Mapping[str, str]) -> None:
        """Show a letter as it was read, with what is asked for and what is wrong at each field."""
        self._own = self._own if letter.body is not None else self._body or self._own
        self._typed, self._body = dict(letter.typed), letter.body
        self.follow(letter, purpose, problems)
        if letter.body is not None and not self.body_field.hasFocus():
            self.body_field.show_value(letter.body)

    def load(self, typed: Mapping[str, str], body: str | None) -> None:
        """Put words of this person back as they were typed, over what the letter says."""
        self._typed = {key: text for key, text in typed.items() if key in self.rows}
        for key, text in self._typed.items():
            self.rows[key].editor.show_value(text)
        self._body = body
        if body is not None:
            self.body_field.show_value(body)
        self.edited.emit()

    def settle(self, letter: Letter) -> None:
        """Take over that a consent fell when everything that stands here was kept."""
        if not letter.typed.get(self._template.own_words):
            self._ask_again()

    def follow(self, letter: Letter, purpose: str, problems: Mapping[str, str]) -> None:
        """Show what is asked for after something was kept; what is being typed stays as it is."""
        self._letter, self._purpose = letter, purpose
        self._show_asked()
        for key, row in self.rows.items():
            row.show_value(self._typed.get(key, ""), letter.from_record.get(key, ""))
            row.show_note(missing=key in letter.missing, problem=problems.get(key, ""))
        self.body_box.setVisible(self._body is not None)
        if problems.get(BODY):
            self.body_box.show_problem(problems[BODY])
        elif BODY in letter.missing:
            self.body_box.show_problem(self.tr("Words are missing, or a gap in [brackets] still stands in the text."), "warning")
        else:
            self.body_box.clear()

    def own_words(self) -> str:
        """Return the text that was given back to the template here, empty when none was: nothing typed is gone by one key."""
        return self._own

    def write_body(self, text: str | None) -> None:
        """Begin to write the text as a whole, from these words; None gives it back to the template."""
        self._own = self._body or self._own
        self._body = text
        self._ask_again()
        self._show_asked()
        self.body_box.setVisible(text is not None)
        if text is not None:
            self.body_field.show_value(text)
            self.body_field.place_caret(len(text))
            self.body_field.setFocus()
        self.edited.emit()

    def set_locked(self, *, locked: bool) -> None:
        """Let nothing be typed."""
        self.body_field.setReadOnly(locked)
        for row in self.rows.values():
            row.set_locked(locked=locked)

    def go_to_first_missing(self, letter: Letter) -> None:
        """Put the keyboard where something is still asked for, else on the first field."""
        open_rows = [row for row in self.rows.values() if not row.isHidden()]
        wanted = [row for row in open_rows if row.field.key in letter.missing]
        if not wanted and BODY in letter.missing:
            self.body_field.setFocus()
        elif wanted or open_rows:
            (wanted or open_rows)[0].setFocus()

    def _type(self, key: str, text: str) -> None:
        if key == self._template.own_words:
            self.agreeing.emit()
        self._typed[key] = text
        if self._template.field(key).source in OPEN_SOURCES:
            self._ask_again()
        self._show_asked()
        self.edited.emit()

    def _show_asked(self) -> None:
        """Show the fields that are asked for as things stand: at once, so that Enter after a consent goes to what it brings."""
        if self._letter is None:
            return
        recorded = self._letter.from_record
        fields = asked(self._template, {**recorded, **self.typed()}, purpose=self._purpose, body=self._body, recorded=recorded)
        shown = {field.key for field in fields}
        for key, row in self.rows.items():
            if row.isHidden() is (key in shown):
                row.setVisible(key in shown)

    def _tell_caret(self) -> None:
        if self.body_field.hasFocus():
            self.caret_moved.emit(self.body_field.mapTo(self, self.body_field.cursorRect().bottomLeft()))

    def _ask_again(self) -> None:
        """Take back the consent to a text of one's own: the patient read another one."""
        if (row := self.rows.get(self._template.own_words)) is not None and self._typed.pop(self._template.own_words, ""):
            row.show_value("", "")

    def _type_body(self, text: str) -> None:
        self._body = text
        self._ask_again()
        self.edited.emit()

    def _advance(self, key: str) -> None:
        self._step(key, 1)

    def _retreat(self, key: str) -> None:
        self._step(key, -1)

    def _step(self, key: str, by: int) -> None:
        shown = [each for each, row in self.rows.items() if not row.isHidden()]
        at = shown.index(key) + by
        if 0 <= at < len(shown):
            self.rows[shown[at]].setFocus()
        elif by > 0 and self._body is not None:
            self.body_field.setFocus()
        elif by > 0:
            self.ended.emit()
