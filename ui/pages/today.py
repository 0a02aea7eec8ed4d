"""Today: who is here, since when, and what happens next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from intake.actions import desk_settings
from intake.actions.visits import change_status, today, undo_status
from intake.domain.records import BoardLine
from intake.domain.staff import Task
from intake.domain.visits import Status
from ui.desk import Desk
from ui.models.board import BoardDay, BoardModel, status_words
from ui.pages.clinics import ClinicChips
from ui.pages.page import CallTarget, Key, Page
from ui.pages.today_table import TodayTable
from ui.pages.today_trust import TrustLine
from ui.routes import IntakeStart, Routes
from ui.widgets.card import row
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.notices import EmptyState

if TYPE_CHECKING:
    from intake.storage.store import Store

_TICK_MS = 5_000
_STATUS_KEYS = {"C": Status.WITH_CLINICIAN, "F": Status.FINISHED, "L": Status.LEFT, "W": Status.WAITING}


class TodayPage(Page):
    """The visits of the day at this clinic, or at another, or at all."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page for this desk's clinic."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Today")
        self._location: str | None = desk.location
        self.clinics = ClinicChips(desk.definitions.practice, desk.location, self)
        self.clinics.chosen.connect(self.show_clinic)
        self._limit_min = desk.definitions.practice.waiting_warning_min
        self._last_moved: BoardLine | None = None
        self._model = BoardModel(self._day())
        self.table = TodayTable(self._model, may_move=desk.may(Task.CHANGE_STATUS))
        self._build_table()
        self.empty = self._empty_state()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.clinics)
        outer.addWidget(self._stack, 1)
        outer.addLayout(self._foot())
        QShortcut(QKeySequence("Ctrl+Z"), self, self.undo)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        usual = self._limit_min
        desk.store.ask(
            lambda store: desk_settings.waiting_warning_min(store, desk.workstation, usual=usual), owner=self, done=self._show_limit
        )

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the board, fewer while it is empty."""
        clinics = Key(keys=("Alt 1", "–", "8"), text=self.tr("clinic"))
        every = Key(keys=("Alt 0",), text=self.tr("all"))
        if self._stack.currentWidget() is self.empty:
            return (clinics, every)
        keys = [Key(keys=("Enter",), text=self.tr("open")), Key(keys=("P",), text=self.tr("print form"))]
        if self.desk.may(Task.READ_NOTE):
            keys.append(Key(keys=("R",), text=self.tr("chart")))
        if self.desk.may(Task.CHANGE_STATUS):
            keys += [
                Key(keys=("C",), text=self.tr("to clinician")),
                Key(keys=("F",), text=self.tr("finished")),
                Key(keys=("L",), text=self.tr("left")),
                Key(keys=("W",), text=self.tr("waiting")),
            ]
            if self._last_moved is not None:
                keys.append(Key(keys=("Ctrl Z",), text=self.tr("undo status")))
        if self.desk.may(Task.CALL_CLINICIAN) and not self.desk.may(Task.REVIEW):
            keys.append(Key(keys=("F7",), text=self.tr("call a clinician")))
        return (*keys, clinics, every)

    def call_target(self) -> CallTarget | None:
        """Return the current visit."""
        line = self.table.current_line()
        return None if line is None else CallTarget(location=line.location, title=line.name, visit_id=line.visit_id)

    def entered(self) -> None:
        """Read the board anew and put the focus on it."""
        self.reload()
        (self.table if self._stack.currentWidget() is self.table else self.empty).setFocus()

    def reload(self) -> None:
        """Ask for the visits of the clinic that is shown."""
        location, day, desk = self._location, self.desk.today(), self.desk
        desk.store.ask(
            lambda store: today(store, desk.actor, location=location, day=day, now=desk.now()),
            owner=self,
            done=partial(self._show, location),
            newest="board",
        )
        self.trust.refresh()

    def show_clinic(self, location: str | None) -> None:
        """Show another clinic, or all with None."""
        self._location = location
        self.clinics.show_clinic(location)
        self.reload()

    def move_to(self, status: Status) -> None:
        """Move the current visit to a status."""
        line = self.table.current_line()
        if line is not None and line.status is not status and self.desk.may(Task.CHANGE_STATUS):
            desk, visit_id = self.desk, line.visit_id
            desk.store.ask(lambda store: change_status(store, desk.actor, visit_id, status, now=desk.now()), owner=self, done=self._moved)

    def undo(self) -> None:
        """Take the last move made at this page back."""
        if self._last_moved is not None:
            desk, visit_id = self.desk, self._last_moved.visit_id
            self._last_moved = None
            desk.store.ask(lambda store: undo_status(store, desk.actor, visit_id, now=desk.now()), owner=self, done=self._undone)

    def _show(self, location: str | None, lines: tuple[BoardLine, ...]) -> None:
        if location != self._location:
            return
        self.table.show_lines(lines, self._day(), all_clinics=location is None)
        here = self.table if lines else self.empty
        if self._stack.currentWidget() is not here:
            at_work = self.table.rows.hasFocus() or (self.empty.button is not None and self.empty.button.hasFocus())
            self._stack.setCurrentWidget(here)
            if at_work:
                here.setFocus()
        self.legend_changed.emit()
        self._sum_up()

    def _moved(self, line: BoardLine) -> None:
        self._last_moved = line
        words = self.tr("%1: %2. Ctrl Z takes it back.") if self.isVisible() else self.tr("%1: %2.")
        said = words.replace("%2", status_words(line.status)).replace("%1", line.record_number)
        self._after_move(said)

    def _undone(self, line: BoardLine) -> None:
        said = self.tr("%1: back to %2.").replace("%2", status_words(line.status).lower()).replace("%1", line.record_number)
        self._after_move(said)

    def _after_move(self, said: str) -> None:
        self.routes.said.emit(said)
        self.legend_changed.emit()
        self.reload()

    def _day(self) -> BoardDay:
        clinics = {each.key: each.name for each in self.desk.definitions.practice.locations}
        return BoardDay(now=self.desk.now(), zone=self.desk.zone, warn_after_min=self._limit_min, clinics=clinics)

    def _tick(self) -> None:
        if self.isVisible():
            self._model.show_time(self._day())
            self._sum_up()

    def _sum_up(self) -> None:
        came, waiting, long = self._model.summary()
        parts = [self.tr("%1 came"), self.tr("%2 waiting")]
        if long:
            parts.append(self.tr("%3 of them for %4 minutes or more"))
        text = " · ".join(parts) if came else ""
        for sign, number in (("%1", came), ("%2", waiting), ("%3", long), ("%4", self._limit_min)):
            text = text.replace(sign, str(number))
        self.summary_label.setText(text)

    def _show_limit(self, minutes: int) -> None:
        self._limit_min = minutes
        self.limit_field.set_value(str(minutes))
        self._model.show_time(self._day())
        self._sum_up()

    def _choose_limit(self) -> None:
        minutes = int(self.limit_field.value())
        if minutes == self._limit_min:
            return
        self._show_limit(minutes)
        desk = self.desk

        def keep(store: Store) -> None:
            desk_settings.choose_waiting_warning(store, desk.actor, minutes, now=desk.now())

        desk.store.ask(keep, owner=self, done=self._kept, newest="limit")

    def _kept(self, nothing: None) -> None:
        self.routes.said.emit(self.tr("Kept for this desk."))

    def _open(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.routes.patient.emit(line.patient_id)

    def _print(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.routes.preview.emit(line.visit_id)

    def _review(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.routes.chart.emit(line.visit_id)

    def _begin_intake(self) -> None:
        self.routes.intake.emit(IntakeStart())

    def _build_table(self) -> None:
        self.table.setAccessibleName(self.tr("Visits of today"))
        self.table.opened.connect(self._open)
        self.table.print_asked.connect(self._print)
        for letter, status in _STATUS_KEYS.items():
            self.table.add_key(letter, partial(self.move_to, status))
        if self.desk.may(Task.READ_NOTE):
            self.table.add_key("R", self._review)

    def _empty_state(self) -> EmptyState:
        records = self.desk.may(Task.RECORD_INTAKE)
        empty = EmptyState(
            self.tr("Nobody has arrived here today"),
            self.tr("Visits appear here when their intake is saved, from any desk."),
            action=self.tr("New intake") if records else "",
            key="Ctrl N",
        )
        empty.pressed.connect(self._begin_intake)
        if empty.button is not None:
            empty.setFocusProxy(empty.button)
        return empty

    def _foot(self) -> QHBoxLayout:
        self.summary_label = label("", "hint")
        self.limit_field = TextField()
        self.limit_field.setProperty("kind", "small")
        self.limit_field.setFixedWidth(44)
        self.limit_field.setValidator(QIntValidator(desk_settings.LEAST_MIN, desk_settings.MOST_MIN, self.limit_field))
        self.limit_field.setAccessibleName(self.tr("Minutes of waiting until a warning"))
        self.limit_field.set_value(str(self._limit_min))
        self.limit_field.editingFinished.connect(self._choose_limit)
        self.trust = TrustLine(self.desk)
        foot = row(self.summary_label, self.trust, spacing=18)
        for each in (label(self.tr("Warn after"), "hint"), self.limit_field, label(self.tr("minutes of waiting"), "hint")):
            foot.addWidget(each)
        return foot
