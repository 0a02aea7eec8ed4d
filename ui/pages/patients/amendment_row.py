"""One request to amend the record: its words, when it is due, what was done about it, and what a clinician can do now."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake.domain.amendments import Amendment, AmendmentStep, Step
from intake.domain.numbers import visit_number
from intake.errors import IntakeError, InvalidInputError
from intake.wording import text_of
from ui.failures import words_of
from ui.models.board import date_words
from ui.pages.intake.editors import LongEditor
from ui.pages.page import Key
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.labels import Pill, Tone, label
from ui.widgets.password_field import PasswordField


class AmendmentRow(QWidget):
    """``asked`` carries the request, the step, its words and the password; ``typed`` that words were typed."""

    asked = Signal(object, object, str, str)
    typed = Signal()

    def __init__(self, amendment: Amendment, zone: ZoneInfo, *, decides: bool, words: str = "", parent: QWidget | None = None) -> None:
        """Show a request; ``decides`` offers what can be done now, with the ``words`` typed so far."""
        super().__init__(parent)
        self.amendment = amendment
        self._zone = zone
        self.words_field = LongEditor()
        self.password_field = PasswordField()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._pill = Pill(*self._state())
        column.addLayout(row(label(self._head(), "strong"), self._pill))
        column.addWidget(label(amendment.request, wrap=True))
        for step in amendment.steps:
            column.addWidget(label(self._told(step), "muted", wrap=True))
        steps = self._possible()
        self.buttons = {step: Button(_action(step)) for step in steps}
        if decides and steps:
            self._offer(column, words)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of deciding, where the keyboard is in it; none while it is elsewhere."""
        if self.words_field.hasFocus():
            return (Key(keys=("Enter",), text=self.tr("to your password")), Key(keys=("Shift Enter",), text=self.tr("new line")))
        if self.password_field.text_field.hasFocus():
            return (Key(keys=("Enter",), text=self.tr("to the decisions")), Key(keys=("Tab",), text=self.tr("next")))
        if any(button.hasFocus() for button in self.buttons.values()):
            return (Key(keys=("Enter",), text=self.tr("decide so")), Key(keys=("Tab",), text=self.tr("next decision")))
        return ()

    def show_error(self, error: IntakeError) -> None:
        """Say at the field what stands in the way."""
        if isinstance(error, InvalidInputError):
            self._words_box.show_problem(text_of(error.problems[0]))
            self.words_field.setFocus()
            return
        self._password_box.show_problem(words_of(error))
        self.password_field.set_value("")
        self.password_field.setFocus()

    def _offer(self, column: QVBoxLayout, words: str) -> None:
        self._words_box = FieldBox(self.tr("Reason, or the patient's statement"), self.words_field)
        self._password_box = FieldBox(self.tr("Your password"), self.password_field, hint=self.tr("the decision is signed with it"))
        self.words_field.show_value(words)
        self.words_field.typed.connect(self._changed)
        self.words_field.advanced.connect(self.password_field.setFocus)
        self.password_field.advanced.connect(next(iter(self.buttons.values())).setFocus)
        for box in (self._words_box, self._password_box):
            column.addWidget(box)
        column.addLayout(row(*self.buttons.values()))
        for step, button in self.buttons.items():
            button.clicked.connect(lambda _=False, step=step: self._ask(step))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Go from the reason to the password and through the decisions; rows are built late, and Qt's own order leaves them out."""
        stops: list[QWidget] = [self.words_field, self.password_field.text_field, *self.buttons.values()]
        here = QApplication.focusWidget()
        place = stops.index(here) + (1 if next else -1) if here in stops else -1
        if not 0 <= place < len(stops):
            return super().focusNextPrevChild(next)
        stops[place].setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def _ask(self, step: Step) -> None:
        for box in (self._words_box, self._password_box):
            box.clear()
        self.asked.emit(self.amendment, step, self.words_field.value(), self.password_field.value())

    def _changed(self, _text: str) -> None:
        self.typed.emit()

    def _head(self) -> str:
        about = self.tr("visit %1").replace("%1", visit_number(self.amendment.visit_id)) if self.amendment.visit_id else ""
        taken = self.tr("taken down by %1").replace("%1", self.amendment.by)
        return " · ".join(part for part in (date_words(self.amendment.received_on), about, taken) if part)

    def _state(self) -> tuple[str, Tone]:
        if self.amendment.is_open:
            return self.tr("act by %1").replace("%1", date_words(self.amendment.due_on)), "warning"
        accepted = any(step.step is Step.ACCEPTED for step in self.amendment.steps)
        return (self.tr("accepted"), "ok") if accepted else (self.tr("denied"), "neutral")

    def _possible(self) -> tuple[Step, ...]:
        done = {step.step for step in self.amendment.steps}
        if self.amendment.is_open:
            return (Step.ACCEPTED, Step.DENIED, *(() if Step.EXTENDED in done else (Step.EXTENDED,)))
        return (Step.DISAGREED,) if Step.DENIED in done else ()

    def _told(self, step: AmendmentStep) -> str:
        words = {
            Step.ACCEPTED: self.tr("Accepted %1 by %2: %3"),
            Step.DENIED: self.tr("Denied %1 by %2: %3"),
            Step.EXTENDED: self.tr("Extended by 30 days, %1 by %2: %3"),
            Step.DISAGREED: self.tr("Statement of disagreement, %1, taken down by %2: %3"),
        }[step.step]
        day = date_words(step.at.astimezone(self._zone).date())
        return words.replace("%1", day).replace("%2", step.by).replace("%3", step.words)


def _action(step: Step) -> str:
    words = {
        Step.ACCEPTED: "Accept",
        Step.DENIED: "Deny",
        Step.EXTENDED: "Extend by 30 days",
        Step.DISAGREED: "Add the patient's statement",
    }
    return QCoreApplication.translate("Amendments", words[step])
