"""One prompt on a chart: level, sentence, the answers that raised it, the rule in words, and what a clinician did about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from intake.domain.prompts import Level
from ui.widgets.buttons import Button
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import KeyHint, Pill, Tone, label, set_tone

LEVELS: dict[Level, tuple[str, Tone]] = {
    Level.NOW: ("⚑ NOW", "danger"),
    Level.TODAY: ("⚠ TODAY", "warning"),
    Level.REVIEW: ("ℹ REVIEW", "info"),  # noqa: RUF001 - the sign for information
}
"""Sign, word and color: any one of them tells the level."""
_LEVEL_WIDTH = 84
_NARROW = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptWords:
    """A prompt in words: ``reported`` and ``listed`` are together the sentence that every prompt has.

    ``checked`` tells how well the source was compared, when that was not with its own text. ``done`` is empty until it is
    acknowledged; ``since`` says that the answer is another one by now.
    """

    id: int
    level: Level
    reported: str
    listed: str
    answers: str
    basis: str
    checked: str = ""
    since: str = ""
    done: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.reported} {self.listed}"


class PromptRow(QFrame):
    """Acknowledging asks for a word on what was done, in the row itself; Enter keeps it, Esc leaves it open.

    The rule in words is shown where the keyboard or the pointer is: ``pointed`` asks for that. ``acknowledged`` carries the
    prompt's id and the word; ``typed`` does so at every keystroke.
    """

    acknowledged = Signal(int, str)
    typed = Signal(int, str)
    pointed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the row without a prompt."""
        super().__init__(parent)
        self.words: PromptWords | None = None
        self._may = False
        self.level_pill = Pill()
        self.reported = label("", "strong", wrap=True)
        self.answers = label("", "", wrap=True)
        self.listed = label("", "hint", wrap=True)
        self.basis = label("", "hint", wrap=True)
        self.since = label("", "", tone="info", wrap=True)
        self.done = label("", "", tone="ok", wrap=True)
        self.button = Button(self.tr("Acknowledge"), key="A")
        self._key = self.button.findChild(KeyHint)
        self.button.clicked.connect(self.begin)
        self.button.installEventFilter(self)
        self.field = _WordField()
        self.field.advanced.connect(self._keep)
        self.field.dropped.connect(self.close_field)
        self.field.textEdited.connect(self._tell_typed)
        self.box = FieldBox(self.tr("What was done"), self.field, hint=self.tr("Enter keeps it, Esc leaves the prompt open."))
        self._lay_out()

    def show_prompt(self, words: PromptWords, *, may: bool, typed: str = "") -> None:
        """Show a prompt; ``may`` is whether this person may acknowledge it now, ``typed`` the word as far as it was typed."""
        other = self.words is None or self.words.id != words.id
        self.words, self._may = words, may
        sign, tone = LEVELS[words.level]
        self.level_pill.setText(sign)
        set_tone(self.level_pill, "now" if words.level is Level.NOW else tone)
        for shown, text in (
            (self.reported, words.reported),
            (self.answers, words.answers),
            (self.listed, f"{words.listed} {words.checked}".strip()),
            (self.since, words.since),
            (self.done, words.done),
        ):
            shown.setText(text)
            shown.setVisible(bool(text))
        self.basis.setText(words.basis)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self.is_open() else Qt.FocusPolicy.StrongFocus)
        if other or not self.is_open():
            self.close_field()
        self.field.set_value(typed if self.is_open() else "")
        self.setAccessibleName(". ".join(part for part in (sign, words.sentence, words.answers, words.since, words.done) if part))
        self.button.setAccessibleName(self.tr("Acknowledge: %1").replace("%1", words.sentence))

    def show_key(self, *, shown: bool) -> None:
        """Show the key on the button: it presses the first one that waits."""
        if self._key is not None:
            self._key.setVisible(shown)
            self.button.updateGeometry()

    def show_rule(self, *, shown: bool) -> None:
        """Show the rule in words, or only what was reported and where it is listed."""
        if self.basis.isHidden() == shown:
            self.basis.setVisible(shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask for the rule to be shown."""
        super().focusInEvent(event)
        self.pointed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the rule to be shown."""
        self.pointed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the rule to be shown when the keyboard comes to the button."""
        if event.type() == QEvent.Type.FocusIn:
            self.pointed.emit()
        return super().eventFilter(watched, event)

    def is_open(self) -> bool:
        """Say whether the prompt waits for an acknowledgement that this person may give."""
        return self.words is not None and not self.words.done and self._may

    def has_keyboard(self) -> bool:
        """Say whether the keyboard is in this row."""
        return self.hasFocus() or self.button.hasFocus() or self.field.hasFocus()

    def begin(self) -> None:
        """Ask for the word on what was done."""
        if self.is_open():
            self.box.clear()
            self.box.show()
            self.field.setReadOnly(False)
            self.field.setFocus()
            self.field.end(False)
            self.button.hide()  # last, or the keyboard would go to the next row's button first
            self.pointed.emit()

    def close_field(self) -> None:
        """Put the button back in the place of the field; what was typed is still there when it opens again."""
        had_focus = self.field.hasFocus()
        self.button.setVisible(self.is_open())
        self.box.hide()
        if had_focus and self.is_open():
            self.button.setFocus()

    def refuse(self, text: str) -> None:
        """Say at the field why it was not kept."""
        self.field.setReadOnly(False)
        self.box.show_problem(text)
        self.field.setFocus()

    def _tell_typed(self, text: str) -> None:
        if self.words is not None:
            self.typed.emit(self.words.id, text)

    def _keep(self) -> None:
        if self.words is not None and not self.field.isReadOnly():
            self.field.setReadOnly(True)
            self.acknowledged.emit(self.words.id, self.field.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words the whole width when it is narrow."""
        super().resizeEvent(event)
        self._place(narrow=self.width() < _NARROW)

    def _lay_out(self) -> None:
        self._beside, self._under = QVBoxLayout(), QVBoxLayout()
        for column, shown in (
            (self._beside, (self.reported, self.answers)),
            (self._under, (self.listed, self.basis, self.since, self.done, self.box)),
        ):
            column.setSpacing(2)
            for each in shown:
                column.addWidget(each)
        self.level_pill.setFixedWidth(_LEVEL_WIDTH)
        self.level_pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._inside = QGridLayout(self)
        self._inside.setContentsMargins(0, 4, 0, 4)
        self._inside.setHorizontalSpacing(12)
        self._inside.setVerticalSpacing(2)
        self._inside.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        self._inside.addWidget(self.level_pill, 0, 0, top)
        self._inside.addWidget(self.button, 0, 2, top)
        self._narrow: bool | None = None
        self._place(narrow=False)

    def _place(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for column in (self._beside, self._under):
            self._inside.removeItem(column)
        if narrow:
            self._inside.addLayout(self._beside, 1, 0, 1, 3)
            self._inside.addLayout(self._under, 2, 0, 1, 3)
        else:
            self._inside.addLayout(self._beside, 0, 1)
            self._inside.addLayout(self._under, 1, 1, 1, 2)


class _WordField(TextField):
    """A line that Esc drops."""

    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc, else type; Enter goes no further than here."""
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
