"""Somebody else has the chart: who, since when, at which desk, and how to take it over. No work is lost either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.actions.charts import take_chart
from intake.domain.reviews import Chart
from intake.domain.staff import Task
from intake.errors import IntakeError, InvalidInputError
from ui.desk import Desk
from ui.failures import words_of, words_of_problem
from ui.pages.chart.glance_words import instant_words
from ui.pages.chart.state import ChartState
from ui.widgets.buttons import Button
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store


class TakingBar(QWidget):
    """A bar above the note, hidden while the chart is in one's own hand. ``taken`` tells that it came into it."""

    taken = Signal()

    def __init__(self, desk: Desk, state: ChartState, parent: QWidget | None = None) -> None:
        """Build it hidden."""
        super().__init__(parent)
        self._desk = desk
        self._state = state
        self._had = False
        self.banner = Banner()
        self.banner.pressed.connect(self.ask)
        self.reason_line = TextField()
        self.reason_line.advanced.connect(self._take)
        self.reason_box = FieldBox(self.tr("Reason for taking the chart over"), self.reason_line)
        self.take_button = Button(self.tr("Take over"), key="Enter", primary=True)
        self.take_button.clicked.connect(self._take)
        self._asking = QWidget()
        across = QHBoxLayout(self._asking)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.reason_box, 1)
        across.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self._asking)
        self._asking.hide()
        self.hide()
        state.loaded.connect(self._loaded)
        state.updated.connect(self.show_chart)
        state.cleared.connect(self.hide)

    def show_chart(self, chart: Chart) -> None:
        """Say who has the chart, if it is somebody else; of one that was taken away, why."""
        hold, own = chart.hold, self._desk.actor.staff.id
        if hold is None or hold.staff_id == own or chart.signature is not None:
            self._had = self._state.can_write
            self._asking.hide()
            self.hide()
            return
        since = instant_words(hold.since, self._desk.zone, self._desk.today())
        parts = [hold.name, since, hold.workstation, hold.reason]
        if self._had:
            words = self.tr("%1 took this chart over at %2, at %3: %4. What you typed is kept, and can be read here.")
        elif hold.reason:
            words = self.tr("%1 has this chart since %2 at %3, taken over: %4. You may read what is written so far.")
        else:
            words = self.tr("%1 has this chart since %2 at %3. You may read what is written so far.")
        for number, text in enumerate(parts, start=1):
            words = words.replace(f"%{number}", text)
        may = self._desk.may(Task.REVIEW)
        self.banner.say(words, tone="warning", action=self.tr("Take over…") if may else "")
        self.show()

    def ask(self) -> None:
        """Ask for the reason."""
        if not self.isHidden() and self._desk.may(Task.REVIEW):
            self.reason_box.clear()
            self._asking.show()
            self.reason_line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Escape."""
        if event.key() == Qt.Key.Key_Escape and not self._asking.isHidden():
            self._asking.hide()
            self.banner.button.setFocus()
            return
        super().keyPressEvent(event)

    def _loaded(self, chart: Chart) -> None:
        self._had = False
        self.reason_line.set_value("")
        self._asking.hide()
        self.show_chart(chart)

    def _take(self) -> None:
        desk, visit_id, reason = self._desk, self._state.visit_id, self.reason_line.value().strip()
        if not reason:
            self.reason_box.show_problem(self.tr("Say why; the other clinician reads it."))
            return
        if visit_id is None:
            return

        def take(store: Store) -> Chart:
            return take_chart(store, desk.actor, visit_id, reason=reason, now=desk.now(), definitions=desk.definitions)

        desk.store.ask(take, owner=self, done=self._done, failed=self._refused)

    def _done(self, chart: Chart) -> None:
        self.reason_line.set_value("")
        if chart.visit.id == self._state.visit_id:
            self._state.raw, self._state.caret = dict(chart.draft), dict(chart.caret)
            self._state.show(chart)
            self.taken.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInputError):
            self.reason_box.show_problem(words_of_problem(error.problems[0]))
        elif isinstance(error, IntakeError):
            self.reason_box.show_problem(words_of(error))
        else:
            self._desk.store.failed.emit(error)
