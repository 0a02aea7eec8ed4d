"""Retention: which records may go, until when the rest stays, and the removal of one, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from intake.actions.retention import Overview, overview, search_kept, utc_day
from intake.domain.retention import Reckoned, Removal
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.choosing import folder_to_write
from ui.desk import Desk
from ui.failures import words_of
from ui.models.board import Cell
from ui.models.patients import Row
from ui.pages.page import Key, Page
from ui.pages.patients.rows_table import RowsTable
from ui.pages.retention.panel import NARROW_PX, WIDE_PX, RecordPanel
from ui.pages.retention.steps import Steps
from ui.pages.retention.words import Listing, headings, record_row, removed_row
from ui.routes import Routes
from ui.widgets.buttons import Button, Chip
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.notices import Banner, EmptyState

if TYPE_CHECKING:
    from intake.storage.store import Store

_WIDE_FROM: Final = 900
_SHARES: Final = (4, 5, 4)
_NARROW_SHARES: Final = (5, 0, 4)
_WHEN: Final = 1
"""The column that a narrow window does without: what it says then stands under the state."""


class RetentionPage(Page):
    """The records at the left, found or listed; at the right the chosen one and what is next for it."""

    shown = Signal()
    """What was asked for is on screen."""

    def __init__(
        self, desk: Desk, routes: Routes, parent: QWidget | None = None, *, ask_folder: Callable[[], Path | None] | None = None
    ) -> None:
        """Build the page; :meth:`entered` asks for the records. ``ask_folder`` says where a copy goes."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Records past their time")
        self.listing = Listing.DUE
        self.banner = Banner()
        self.find_field = TextField(placeholder=self.tr("Name, birth date or record number"))
        self.table = RowsTable(headings(), _SHARES, whole=(0, 2))
        self.table.setAccessibleName(self.tr("Records"))
        self.chips = tuple(Chip(words) for words in (self.tr("May go"), self.tr("Proposed"), self.tr("Removed")))
        self.more_button = Button(self.tr("Look further"), key="M")
        self.empty = EmptyState("", "")
        self.empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.record_panel = RecordPanel(desk.zone, reads_notes=desk.may(Task.READ_NOTE), own_login=desk.actor.staff.login)
        self.steps = Steps(desk, self, ask_folder=ask_folder or self._ask_folder)
        self._lines: dict[int, Reckoned] = {}
        self._removals: dict[int, Removal] = {}
        self._found: Overview | None = None
        self._narrow = False
        self._lay_out()
        self._connect()

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the list and of the step that is next."""
        return (
            Key(keys=("Up", "Down"), text=self.tr("record")),
            Key(keys=("1", "2", "3"), text=self.tr("may go, proposed, removed")),
            Key(keys=("F",), text=self.tr("find")),
            Key(keys=("Enter",), text=self.tr("next step")),
            Key(keys=("K",), text=self.tr("keep longer")),
            Key(keys=("W",), text=self.tr("withdraw")),
            Key(keys=("Esc",), text=self.tr("list, settings")),
        )

    def entered(self) -> None:
        """Ask for the records and put the keyboard on the list."""
        self.reload()
        self.focus_list()

    def leaving(self) -> None:
        """Forget a password that was typed."""
        self.record_panel.password_field.set_value("")

    def reload(self) -> None:
        """Ask again for what is shown; what is typed stays."""
        desk, text = self.desk, self.find_field.value().strip()

        def look(store: Store) -> tuple[Overview, tuple[Reckoned, ...]]:
            found = overview(store, desk.actor, definitions=desk.definitions, now=desk.now())
            return found, search_kept(store, desk.actor, text, definitions=desk.definitions, now=desk.now()) if text else ()

        desk.store.ask(look, owner=self, done=partial(self._show, text), failed=self.refuse, newest="retention")

    def refuse(self, error: Exception) -> None:
        """Say in words why something was not done."""
        if not isinstance(error, IntakeError):
            raise error
        self.banner.say(words_of(error))

    def focus_list(self) -> None:
        """Put the keyboard on the list, also when there is nothing in it: its letters work all the same."""
        (self.table if self._stack.currentWidget() is self.table else self.empty).setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to the list, whoever gave it to the page."""
        super().focusInEvent(event)
        self.focus_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the letters of the list work where it is empty."""
        if self.empty.hasFocus() and event.text().isprintable() and event.text():
            self._lettered(event.text())
        else:
            super().keyPressEvent(event)

    def choose(self, listing: Listing) -> None:
        """Show another list; a search is over then."""
        self.listing = listing
        self.find_field.set_value("")
        self.focus_list()
        self.reload()

    def _show(self, text: str, found: tuple[Overview, tuple[Reckoned, ...]]) -> None:
        overview_, fitting = found
        self._found = overview_
        self._removals = {removal.patient_id: removal for removal, _ in overview_.proposed}
        if text:
            self._lines = {line.patient_id: line for line in fitting}
        elif self.listing is Listing.PROPOSED:
            self._lines = {line.patient_id: line for _, line in overview_.proposed}
        else:
            self._lines = {line.patient_id: line for line in overview_.due}
        self._show_rows(searching=bool(text))
        self.shown.emit()

    def _show_more(self) -> None:
        desk, after = self.desk, self._found.more if self._found else None
        if after is not None and self.more_button.isVisible():

            def look(store: Store) -> Overview:
                return overview(store, desk.actor, definitions=desk.definitions, now=desk.now(), after=after)

            desk.store.ask(look, owner=self, done=self._add, failed=self.refuse)

    def _add(self, found: Overview) -> None:
        self._found = found
        self._lines.update({line.patient_id: line for line in found.due})
        self._show_rows(searching=False)
        self.shown.emit()

    def _show_rows(self, *, searching: bool) -> None:
        zone, today = self.desk.zone, utc_day(self.desk.now())
        if self.listing is Listing.REMOVED and not searching:
            removed = self._found.removed if self._found else ()
            self._removals.update({removal.patient_id: removal for removal in removed})
            self._lines = {}
            self._put(removed_row(removal, zone=zone) for removal in removed)
        else:
            lines = self._lines.values()
            self._put(record_row(line, self._removals.get(line.patient_id), today=today, zone=zone) for line in lines)
        for place, chip in enumerate(self.chips):
            chip.setChecked(place == self.listing and not searching)
        more = self._found is not None and self._found.more is not None and self.listing is Listing.DUE and not searching
        self.more_button.setVisible(more)
        self._show_empty(searching=searching)
        self._show_chosen()

    def _put(self, rows: Iterable[Row]) -> None:
        self.table.show_rows([_narrowed(each) if self._narrow else each for each in rows])

    def _show_empty(self, *, searching: bool) -> None:
        empty = self.table.model().rowCount() == 0
        words = {
            Listing.DUE: (self.tr("No record may go"), self.tr("The law keeps all of them. Type a name to see until when.")),
            Listing.PROPOSED: (self.tr("Nothing is proposed"), self.tr("What may go is in the first list.")),
            Listing.REMOVED: (self.tr("Nothing was removed"), self.tr("What goes is listed here by its number.")),
        }
        nobody = (self.tr("Nobody fits"), self.tr("Try fewer letters, a birth date or the record number."))
        self.empty.show_words(*(nobody if searching else words[self.listing]))
        here = self.table.hasFocus() or self.empty.hasFocus()
        self._stack.setCurrentWidget(self.empty if empty else self.table)
        if here:
            self.focus_list()

    def _show_chosen(self) -> None:
        key = self.table.current_key() if self._stack.currentWidget() is self.table else None
        line, removal = self._lines.get(key or 0), self._removals.get(key or 0)
        if line is not None:
            self.record_panel.show_record(line, removal, utc_day(self.desk.now()))
        elif removal is not None:
            self.record_panel.show_removed(removal)
        else:
            self.record_panel.show_nothing()

    def _ask_folder(self) -> Path | None:
        return folder_to_write(self, self.tr("Folder for the copy of the record"), Path.home())

    def _lettered(self, letter: str) -> None:
        panel = self.record_panel
        if letter in "123":
            self.choose(Listing(int(letter) - 1))
            return
        acts = {
            "F": self.find_field.setFocus, "K": panel.focus_reason, "M": self._show_more, "P": panel.focus_step, "E": panel.focus_step,
            "R": panel.focus_step, "W": panel.withdraw_button.click if panel.withdraw_button.isVisible() else panel.focus_step,
        }  # fmt: skip
        if (act := acts.get(letter.upper())) is not None:
            act()

    def _back(self) -> None:
        if not (self.table.hasFocus() or self.empty.hasFocus()):
            self.focus_list()
        elif self.find_field.value():
            self.choose(self.listing)
        else:
            self.routes.place.emit("settings")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list room beside the record in a narrow window."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE_FROM
        self.record_panel.setFixedWidth(WIDE_PX if wide else NARROW_PX)
        if wide is self._narrow:
            self._narrow = not wide
            self.table.setColumnHidden(_WHEN, self._narrow)
            self.table.show_shares(_NARROW_SHARES if self._narrow else _SHARES)
            self._show_rows(searching=bool(self.find_field.value().strip()))

    def _lay_out(self) -> None:
        years = self.desk.definitions.practice.retention_years
        card = Card(self.tr("Records"), self.tr("kept %1 years after their newest entry").replace("%1", str(years)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card.body.addWidget(FieldBox(self.tr("Find a record"), self.find_field, hint=self.tr("tells until when it stays")))
        card.body.addLayout(row(*self.chips, self.more_button))
        card.body.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(card, 1)
        across.addWidget(self.record_panel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addLayout(across, 1)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.opened.connect(self.record_panel.focus_step)
        self.table.typed.connect(self._lettered)
        self.table.left_upwards.connect(self.find_field.setFocus)
        self.find_field.edited.connect(self.reload)
        self.find_field.advanced.connect(self.focus_list)
        for place, chip in enumerate(self.chips):
            chip.clicked.connect(partial(self.choose, Listing(place)))
        self.more_button.clicked.connect(self._show_more)
        QShortcut(QKeySequence("Esc"), self, self._back)


def _narrowed(row: Row) -> Row:
    """Return a row of which the state says as well from when on it holds: the name and its number have the room then."""
    record, when, state = row.cells
    tone = "" if state.tone == "neutral" else state.tone
    return replace(row, cells=(record, when, Cell(first=state.first, second=when.first, tone=tone)))
