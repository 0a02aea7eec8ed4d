"""Patients: find one while typing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from intake.actions.patients import find
from intake.domain.records import PatientLine
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.models.patients import patient_row
from ui.pages.page import Key, Page
from ui.pages.patients.rows_table import RowsTable
from ui.routes import IntakeStart, Routes
from ui.widgets.card import Card
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.notices import EmptyState

LIMIT = 30


class PatientsPage(Page):
    """The search field, and who fits what stands in it."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page, with nothing typed."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Patients")
        self._opens_first = False
        self._answered = ""
        self.find_field = TextField(placeholder=self.tr("Name, birth date, phone or its last four, email or record number"))
        self.find_field.setAccessibleName(self.tr("Find a patient"))
        self.find_field.textChanged.connect(self._ask)
        self.find_field.advanced.connect(self._open_first)
        self.find_field.installEventFilter(self)
        self.told = label("", "hint")
        self.table = RowsTable((self.tr("Patient"), self.tr("Born"), self.tr("Phone")), (5, 3, 3))
        self.table.setAccessibleName(self.tr("Patients found"))
        self.table.opened.connect(self.routes.patient)
        self.table.typed.connect(self._type_on)
        self.table.left_upwards.connect(self._to_field)
        self.empty = self._empty_state()
        self._lay_out()
        self._say_begin()
        self.setFocusProxy(self.find_field)
        QShortcut(QKeySequence("Esc"), self, self._back)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the search."""
        if self._stack.currentWidget() is not self._found:
            return ()
        return (
            Key(keys=("Up", "Down"), text=self.tr("choose")),
            Key(keys=("Enter",), text=self.tr("open")),
            Key(keys=("Esc",), text=self.tr("new search")),
        )

    def entered(self) -> None:
        """Ask again for what is typed, and be ready for something else."""
        self._ask()
        self.find_field.setFocus()
        self.find_field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down in the field go to the list."""
        if watched is self.find_field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            to_list = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            if to_list and self._stack.currentWidget() is self._found:
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        text, desk = self.find_field.value(), self.desk
        self._opens_first = False
        if not text.strip():
            self._say_begin()
            return
        desk.store.ask(
            lambda store: find(store, desk.actor, text, limit=LIMIT, now=desk.now()),
            owner=self,
            done=partial(self._show, text),
            failed=partial(self._show_error, text),
            newest="find",
        )

    def _show(self, text: str, lines: tuple[PatientLine, ...]) -> None:
        if text != self.find_field.value():
            return
        self._answered = text
        if not lines:
            self._say(
                self.tr("Nobody here fits that"),
                self.tr("Try fewer letters, the birth date, or the last four digits of the phone. Accents and order do not matter."),
            )
            return
        today = self.desk.today()
        self.table.show_rows([patient_row(line, today) for line in lines])
        self.table.selectRow(0)
        some = self.tr("The first %1 are shown. Type more to narrow it down.").replace("%1", str(LIMIT))
        self.told.setText(some if len(lines) == LIMIT else self.tr("%1 found").replace("%1", str(len(lines))))
        self._stack.setCurrentWidget(self._found)
        self.legend_changed.emit()
        if self._opens_first:
            self._open_first()

    def _show_error(self, text: str, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        if text == self.find_field.value():
            self._answered = text
            self._say(self.tr("No search was made"), words_of(error))

    def _open_first(self) -> None:
        """Open the current row once the list answers what stands in the field."""
        self._opens_first = self._answered != self.find_field.value()
        key = self.table.current_key()
        if not self._opens_first and key is not None and self._stack.currentWidget() is self._found:
            self.routes.patient.emit(key)

    def _type_on(self, text: str) -> None:
        self._to_field()
        self.find_field.setText(self.find_field.value() + text)

    def _to_field(self) -> None:
        self.find_field.setFocus()
        self.find_field.end(False)

    def _back(self) -> None:
        if self.find_field.hasFocus():
            self.find_field.clear()
        else:
            self.find_field.setFocus()
            self.find_field.selectAll()

    def _begin_intake(self) -> None:
        self.routes.intake.emit(IntakeStart())

    def _say_begin(self) -> None:
        self._answered = ""
        self._say(
            self.tr("Who are you looking for?"),
            self.tr("Type any part of a name, a birth date, a phone or its last four digits, an email, or a record number."),
        )

    def _say(self, title: str, text: str) -> None:
        self.told.setText("")
        self.empty.show_words(title, text)
        self._stack.setCurrentWidget(self.empty)
        self.legend_changed.emit()

    def _empty_state(self) -> EmptyState:
        records = self.desk.may(Task.RECORD_INTAKE)
        empty = EmptyState("", "", action=self.tr("New intake") if records else "", key="Ctrl N")
        empty.pressed.connect(self._begin_intake)
        return empty

    def _lay_out(self) -> None:
        self._found = Card()
        inside = self._found.layout()
        if inside is not None:
            inside.setContentsMargins(1, 1, 1, 1)
        self._found.body.addWidget(self.table)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._found)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(self.find_field)
        outer.addWidget(self.told)
        outer.addWidget(self._stack, 1)
