"""One field of a letter: what the record says, what is typed over it, and what is still asked for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.letters import FieldKind, LetterField
from intake.entry.dates import show_date, understand_date
from ui.pages.intake.choices import Pick
from ui.pages.intake.editors import LineEditor, LongEditor, SegmentEditor
from ui.widgets.field_box import FieldBox

Editor = LineEditor | LongEditor | SegmentEditor


class FieldRow(QWidget):
    """A field's box. ``typed`` carries key and text; ``advanced`` and ``retreated`` ask for the next and the one before."""

    typed = Signal(str, str)
    advanced = Signal(str)
    retreated = Signal(str)

    def __init__(self, field: LetterField, today: date, parent: QWidget | None = None) -> None:
        """Build the editor that fits the field."""
        super().__init__(parent)
        self.field = field
        self._today = today
        self._typed = self._from_record = ""
        self.editor = self._made()
        self.box = FieldBox(field.label.en, self.editor, hint=field.hint)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.box)
        self.setFocusProxy(self.editor)
        self.editor.typed.connect(self._type)
        self.editor.advanced.connect(self._advance)
        self.editor.retreated.connect(self._retreat)
        self.editor.installEventFilter(self)

    def show_value(self, typed: str, from_record: str) -> None:
        """Show what is typed, or what the record says when nothing is; the field in hand is left alone until it is left."""
        self._typed, self._from_record = typed, from_record
        if not self.editor.hasFocus():
            self.editor.show_value(self._shown(typed) or self._shown(from_record))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show, once the field is left, what was held back while it was in hand: the record's words for an emptied one."""
        if watched is self.editor and event.type() == QEvent.Type.FocusOut and not self.editor.value():
            self.editor.show_value(self._shown(self._typed) or self._shown(self._from_record))
        return super().eventFilter(watched, event)

    def show_note(self, *, missing: bool, problem: str = "") -> None:
        """Say under the field what is wrong, what is asked for, or where its words come from."""
        if problem:
            self.box.show_problem(problem)
        elif missing:
            no_date = self.field.kind is FieldKind.DATE and self.editor.value()
            words = self.tr("This is no date yet: write it like 12/4/2026.") if no_date else self.tr("Still asked for.")
            self.box.show_problem(words, "warning")
        else:
            self.box.show_understood(self._understood())

    def set_locked(self, *, locked: bool) -> None:
        """Let nothing be typed into it: the letter is signed, or its request is closed."""
        if locked:
            self.editor.show_value(self._shown(self._typed) or self._shown(self._from_record))
        self.editor.setEnabled(not locked)

    def _shown(self, text: str) -> str:
        """Return a kept text as it is shown: a day in words; what is no day yet stays as it was typed."""
        if self.field.kind is not FieldKind.DATE:
            return text
        try:
            return show_date(date.fromisoformat(text))
        except ValueError:
            return text

    def _understood(self) -> str:
        text = self.editor.value()
        if self._from_record and text == self._shown(self._from_record):
            return self.tr("from the record")
        if self.field.kind is FieldKind.DATE and text:
            day = understand_date(text, self._today, birth=False).value
            return show_date(day) if isinstance(day, date) else ""
        return ""

    def _made(self) -> Editor:
        if self.field.kind is FieldKind.LONG:
            return LongEditor()
        if self.field.kind is FieldKind.CONSENT:
            return SegmentEditor(self.field.label.en, [Pick(code="yes", label=self.tr("Yes")), Pick(code="no", label=self.tr("No"))])
        if self.field.kind is FieldKind.CHOICE:
            return SegmentEditor(self.field.label.en, [Pick(code=each.code, label=each.label) for each in self.field.choices])
        return LineEditor()

    def _type(self, text: str) -> None:
        self._typed = "" if text == self._shown(self._from_record) else text
        self.typed.emit(self.field.key, self._typed)

    def _advance(self) -> None:
        self.advanced.emit(self.field.key)

    def _retreat(self) -> None:
        self.retreated.emit(self.field.key)
