"""The patient's requests to amend the record: taken down at the desk, decided by a clinician, kept while they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake.actions.amendments import amendments_of, receive_amendment, take_step
from intake.actions.drafts import Draft, my_amendments
from intake.domain.amendments import Amendment, Step
from intake.domain.records import BoardLine
from intake.domain.staff import Task
from intake.errors import IntakeError, InvalidInputError, Problem
from ui.desk import Desk
from ui.drafting import DraftKeeper
from ui.failures import words_of
from ui.models.board import date_words
from ui.pages.page import Key
from ui.pages.patients.amendment_form import AmendmentForm
from ui.pages.patients.amendment_row import AmendmentRow
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import label

if TYPE_CHECKING:
    from intake.storage.store import Store


class AmendmentsCard(Card):
    """Lists the requests of one patient, and takes a new one. ``said`` carries a short message, ``changed`` that something was kept."""

    said = Signal(str)
    changed = Signal()
    opened = Signal()
    """A request began to be typed, or the keyboard came to a decision or left it: other keys work now."""

    def __init__(self, desk: Desk, patient_id: int, parent: QWidget | None = None) -> None:
        """Build the card; :meth:`reload` asks for the requests."""
        super().__init__(QCoreApplication.translate("Amendments", "Requests to amend"), parent=parent)
        self._desk = desk
        self._patient_id = patient_id
        self._words: dict[str, str] = {}
        self._shown: tuple[Amendment, ...] | None = None
        self._goes_to_open = False
        self._told_legend: tuple[Key, ...] = ()
        self.form = AmendmentForm(desk.today())
        self.form.hide()
        self.rows: list[AmendmentRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(14)
        self.keeper = DraftKeeper(desk, self._draft, self)
        self.keeper.failed.connect(self._tell)
        self._nothing = label(self.tr("The patient has not asked for an amendment."), "muted", wrap=True)
        for each in (self._nothing, self.form):
            self.body.addWidget(each)
        self.body.addLayout(self._list)
        if desk.may(Task.RECORD_AMENDMENT):
            self.begin_button = Button(self.tr("Take down a request"), key="M")
            self.begin_button.clicked.connect(self.begin)
            self.add_trailing(self.begin_button)
        self.form.typed.connect(self.keeper.note)
        self.form.submitted.connect(self.save)
        self.form.closed.connect(self._close)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def reload(self, visits: Sequence[BoardLine]) -> None:
        """Ask for the requests, and for what was typed of one; ``visits`` are those a request can be about."""
        self.form.show_visits(visits)
        desk, patient_id = self._desk, self._patient_id

        def look(store: Store) -> tuple[tuple[Amendment, ...], Draft | None]:
            drafts = my_amendments(store, desk.actor) if desk.may(Task.RECORD_AMENDMENT) else ()
            mine = (draft for draft in drafts if draft.patient_id == patient_id)
            return amendments_of(store, desk.actor, patient_id), next(mine, None)

        desk.store.ask(look, owner=self, done=self._show, newest="amendments")

    def writing(self) -> bool:
        """Tell whether a request is being typed."""
        return not self.form.isHidden()

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is in the card, or is to come to it with the requests."""
        if self._goes_to_open:
            return True
        focused = QApplication.focusWidget()
        return isinstance(focused, QWidget) and self.isAncestorOf(focused)

    def go_to_open(self) -> None:
        """Put the keyboard on the first request that is open, for those who decide, as soon as the requests are there."""
        self._goes_to_open = self._desk.may(Task.DECIDE_AMENDMENT)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of what is typed here; none while the keyboard is elsewhere."""
        if self.writing():
            return (
                Key(keys=("Enter",), text=self.tr("next field")),
                Key(keys=("Ctrl S",), text=self.tr("keep the request")),
                Key(keys=("Esc",), text=self.tr("close; what was typed is kept")),
            )
        keys = next((keys for row in self.rows if (keys := row.legend())), ())
        return (*keys, Key(keys=("Esc",), text=self.tr("patients"))) if keys else ()

    def begin(self) -> None:
        """Take down a request, going on with what was typed before."""
        if not self._desk.may(Task.RECORD_AMENDMENT) or self.writing():
            return
        self.form.show()
        self._nothing.hide()
        if not self.form.received_field.value():
            self.form.show_values({})
        self.form.setFocus()
        self.opened.emit()

    def save(self) -> None:
        """Keep the request as received."""
        received = self.form.received_on()
        if received is None:
            self.form.show_problems((Problem(field="amendment.received_on", code="not_a_date"),))
            return
        self.keeper.settle(partial(self._receive, received))

    def leaving(self) -> None:
        """Write down what is typed."""
        self.keeper.finish()

    def _receive(self, received_on: date) -> None:
        desk, draft_id, patient_id = self._desk, self.keeper.draft_id, self._patient_id
        request, visit_id = self.form.request_field.value(), self.form.visit_id()

        def receive(store: Store) -> Amendment:
            return receive_amendment(
                store,
                desk.actor,
                patient_id=patient_id,
                visit_id=visit_id,
                request=request,
                received_on=received_on,
                draft_id=draft_id,
                now=desk.now(),
            )

        desk.store.ask(receive, owner=self, done=self._received, failed=self._not_received)

    def _received(self, amendment: Amendment) -> None:
        self.keeper.draft_id = None
        if self._words:
            self.keeper.note()  # what is typed of a decision was in the draft that went with the request
        self.form.show_values({})
        self.form.hide()
        self.said.emit(self.tr("The request is kept. It is to be acted on by %1.").replace("%1", date_words(amendment.due_on)))
        self.changed.emit()

    def _not_received(self, error: Exception) -> None:
        if isinstance(error, InvalidInputError):
            self.form.show_problems(error.problems)
        else:
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.said.emit(words_of(error))

    def _show(self, found: tuple[tuple[Amendment, ...], Draft | None]) -> None:
        amendments, draft = found
        if draft is not None and not self.writing():
            self.keeper.draft_id = draft.id
            values = {name: str(value) for name, value in draft.content.items() if name != "words"}
            self._words = dict(draft.content.get("words", {}))
            if values.get("request"):
                self.begin()
                self.form.show_values(values)
        self._nothing.setVisible(not amendments and not self.writing())
        if amendments != self._shown:
            self._list_requests(amendments)
        if self._goes_to_open:
            self._go_to_open()

    def _go_to_open(self) -> None:
        """Go to the first open request; somebody else may have decided it just now."""
        self._goes_to_open = False
        row = next((row for row in self.rows if row.amendment.is_open), None)
        if row is None:
            self.changed.emit()
        elif self.isVisible():
            row.words_field.setFocus()

    def _focus_moved(self, _old: QWidget | None, _now: QWidget | None) -> None:
        if self.isVisible() and (legend := self.legend()) != self._told_legend:
            self._told_legend = legend
            self.opened.emit()

    def _list_requests(self, amendments: tuple[Amendment, ...]) -> None:
        """Build the rows anew; as long as nothing new came they stay, with what is typed in them."""
        self._shown = amendments
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        decides = self._desk.may(Task.DECIDE_AMENDMENT)
        self.rows = [AmendmentRow(each, self._desk.zone, decides=decides, words=self._words.get(str(each.id), "")) for each in amendments]
        for row in self.rows:
            row.asked.connect(partial(self._take_step, row))
            row.typed.connect(partial(self._note_words, row))
            self._list.addWidget(row)

    def _note_words(self, row: AmendmentRow) -> None:
        self._words[str(row.amendment.id)] = row.words_field.value()
        self.keeper.note()

    def _take_step(self, row: AmendmentRow, amendment: Amendment, step: Step, words: str, password: str) -> None:
        desk = self._desk

        def take(store: Store) -> Amendment:
            return take_step(
                store, desk.actor, amendment.id, step=step, words=words, password=password, definitions=desk.definitions, now=desk.now()
            )

        desk.store.ask(take, owner=row, done=partial(self._taken, row), failed=partial(self._not_taken, row))

    def _taken(self, row: AmendmentRow, _amendment: Amendment) -> None:
        self._words.pop(str(row.amendment.id), None)
        self.keeper.note()
        self.said.emit(self.tr("The decision is kept."))
        self.changed.emit()

    def _not_taken(self, row: AmendmentRow, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        row.show_error(error)

    def _close(self) -> None:
        self.form.hide()
        self._nothing.setVisible(not self.rows)
        self.setFocus()
        self.changed.emit()

    def _draft(self) -> Draft:
        content = {**self.form.typed_values(), "words": dict(self._words)}
        return Draft(kind="amendment", content=content, caret={}, patient_id=self._patient_id)
