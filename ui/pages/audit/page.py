"""Audit: who did what and when, who looked at a record, and whether all is whole."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from intake.actions.audit_reading import access_report, actions_taken, people, read_audit
from intake.actions.check import check_printed, latest_checks
from intake.domain.audit import AccessReport, CheckRun, Entry, EntryPage, link_of
from intake.domain.staff import Staff, Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.audit.check_strip import CheckStrip
from ui.pages.audit.filters import FilterBar
from ui.pages.audit.keys import AuditKeys, legend_of
from ui.pages.audit.looked_into import LookingInto
from ui.pages.audit.panel import EntryPanel
from ui.pages.audit.saving import Saving
from ui.pages.audit.values import Words
from ui.pages.audit.viewers import ViewersCard
from ui.pages.audit.words import empty_words, entry_row
from ui.pages.documents.patient_pick import PatientPick
from ui.pages.page import Key, Page
from ui.pages.patients.rows_table import RowsTable
from ui.routes import Routes
from ui.store_check import StoreCheck
from ui.widgets.card import Card
from ui.widgets.labels import label
from ui.widgets.notices import Banner, EmptyState

if TYPE_CHECKING:
    from intake.storage.store import Store

LISTED = 200
"""How many entries are asked for at once; whoever stands on the last one is shown as many more."""
MOST = 5_000
_WIDE_PX = 1_120
"""The width of a window from which on list and panel have room side by side."""


class AuditPage(Page):
    """The entries of some days, the latest first; current line and filters stay over a reload."""

    shown = Signal()
    """The entries that were asked for are on screen."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page for the last seven days."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Audit")
        self.entries: tuple[Entry, ...] = ()
        self._more = False
        self._size = LISTED
        self._asked_panel: bool | None = None
        self._without_panel = False
        self.banner = Banner()
        self.strip = CheckStrip(desk)
        self.filters = FilterBar(desk, self)
        self.pick = PatientPick(desk, self)
        self.pick.hide()
        self.viewers = ViewersCard(desk.zone)
        heads = (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Record"), self.tr("Outcome"))
        self.table = RowsTable(heads, (5, 6, 9, 5, 4), whole=(0, 4))
        self.table.setAccessibleName(self.tr("Entries of the audit"))
        self.empty = EmptyState(*empty_words(narrowed=False))
        self._said = Words(definitions=desk.definitions, zone=desk.zone)
        self.entry_panel = EntryPanel(self._said)
        self.summary_label = label("", "muted")
        self.check = StoreCheck(desk, self)
        self.saving = Saving(desk, self)
        self.looking = LookingInto(desk, self)
        self._lay_out()
        self._connect()
        self._keys = AuditKeys(self)
        self.setFocusProxy(self.table)
        self.destroyed.connect(self.entry_panel.deleteLater)  # by then it belongs to the window's context panel

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the list."""
        typing = self.pick.isVisible() or self.strip.link_field.isVisible()
        return legend_of(one_record=self.filters.patient_id is not None, typing=typing, acceptable=not self.strip.accept_button.isHidden())

    def panel(self) -> QWidget | None:
        """Return the entry the keyboard is on, where there is room for it or when it was asked for."""
        shown = self.window().width() >= _WIDE_PX if self._asked_panel is None else self._asked_panel
        return self.entry_panel if shown else None

    def entered(self) -> None:
        """Ask for the entries and for the last check, and put the keyboard on the list."""
        self.reload()
        self._focus()

    def reload(self) -> None:
        """Ask again for as many entries as are shown."""
        asked, desk, size = self.filters.asked(), self.desk, self._size
        if asked is None:
            self.summary_label.setText(self.tr("The first or the last day is not a day yet."))
            return

        def look(store: Store) -> tuple[EntryPage, tuple[Staff, ...], tuple[str, ...], tuple[CheckRun, ...]]:
            checks = latest_checks(store, desk.actor, now=desk.now()) if desk.actor.may(Task.CHECK_STORE) else ()
            page = read_audit(store, desk.actor, asked, now=desk.now(), size=size)
            return page, people(store, desk.actor, now=desk.now()), actions_taken(store, desk.actor, now=desk.now()), checks

        desk.store.ask(look, owner=self, done=self._show, newest="entries")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the window look again whether there is room for the panel."""
        super().resizeEvent(event)
        if (self.panel() is None) is not self._without_panel:
            self._without_panel = self.panel() is None
            self.legend_changed.emit()

    def turn_panel(self, *_: int) -> None:
        """Show the entry whole, or hide it."""
        self._asked_panel = self.panel() is None
        self.legend_changed.emit()

    def leaving(self) -> None:
        """Show no old answer to a typed link when somebody comes back."""
        self.strip.close_link()

    def current(self) -> Entry | None:
        """Return the entry the keyboard is on."""
        key = self.table.current_key()
        return next((entry for entry in self.entries if entry.seq == key), None)

    def begin_check(self) -> None:
        """Check the store, with progress."""
        self.strip.show_progress(0, 0)
        self.check.begin()

    def pick_record(self) -> None:
        """Ask whose record's entries are wanted."""
        self.pick.show_text("")
        self.pick.show()
        self.pick.setFocus()
        self.legend_changed.emit()

    def show_record_of_line(self) -> None:
        """Show who looked at the record of the entry the keyboard is on."""
        entry = self.current()
        if entry is None or entry.patient_id is None:
            self.routes.refused.emit(self.tr("This entry is of no record. R finds one by name."))
            return
        self._take_record(entry.patient_id, f"{entry.patient_name} · {entry.record_number}")

    def show_record(self, patient_id: int | None, name: str) -> None:
        """Show the entries of one record, or of all."""
        self._take_record(patient_id, name) if patient_id is not None else self.filters.widen()

    def back(self) -> None:
        """Close what is open, else show everything of these days again."""
        if self.pick.isVisible():
            self.pick.hide()
        elif not self.strip.close_link() and self.filters.narrows():
            self.filters.widen()
        self._focus()
        self.legend_changed.emit()

    def save_report(self) -> None:
        """Save who looked at the record."""
        if self.viewers.report is not None:
            self.saving.save_report(self.viewers.report)
        else:
            self.routes.refused.emit(self.tr("Choose a record first: R finds one, V takes that of this entry."))

    def save_entries(self, form: str) -> None:
        """Save what fits as a table or as JSON lines."""
        asked = self.filters.asked()
        if asked is not None:
            self.saving.save_entries(asked, "csv" if form == "csv" else "jsonl")

    def _filtered(self) -> None:
        self._size = LISTED
        self._ask_report()
        self.reload()
        self.legend_changed.emit()

    def _ask_report(self) -> None:
        patient_id, period, desk = self.filters.patient_id, self.filters.period(), self.desk
        if patient_id is None or period is None:
            self.viewers.show_report(None)
            return

        def look(store: Store) -> AccessReport:
            return access_report(
                store, desk.actor, patient_id, first=period.first, last=period.last, zone=desk.zone, now=desk.now()
            )  # fmt: skip

        desk.store.ask(look, owner=self, done=self.viewers.show_report, newest="report")

    def _take_record(self, patient_id: int, name: str) -> None:
        self.pick.hide()
        self.filters.show_record(patient_id, name)
        self._focus()

    def _picked(self, patient_id: int) -> None:
        self._take_record(patient_id, self.pick.text_field.value())

    def _record_pressed(self) -> None:
        if self.filters.patient_id is None:
            self.pick_record()
        else:
            self.filters.show_record(None)
            self._focus()

    def _show(self, found: tuple[EntryPage, tuple[Staff, ...], tuple[str, ...], tuple[CheckRun, ...]]) -> None:
        page, staff, actions, checks = found
        self.entries, self._more = page.entries, page.more
        self.filters.offer(staff, actions)
        self._said = self.entry_panel.said = replace(self._said, people={each.id: each.name for each in staff})
        self.table.show_rows([entry_row(entry, self._said) for entry in page.entries])
        self._stack.setCurrentWidget(self._list if page.entries else self.empty)
        self.empty.show_words(*empty_words(narrowed=self.filters.narrows()))
        count = f"{len(page.entries):,}"
        more = self.tr("The latest %1 are shown. The last line leads to more.") if page.more else self.tr("%1 entries")
        self.summary_label.setText(more.replace("%1", count))
        if not self.check.runs():
            self.strip.show_run(checks[0] if checks else None)
        self._moved()
        self.legend_changed.emit()
        self.shown.emit()

    def _moved(self) -> None:
        self.entry_panel.show_entry(self.current())
        last = self.table.currentIndex().row() == len(self.entries) - 1
        if self._more and last and len(self.entries) < MOST:
            self._size = len(self.entries) + LISTED
            self._more = False
            self.reload()

    def _checked(self, run: CheckRun) -> None:
        self.strip.show_run(run)
        if run.good:
            self.routes.said.emit(self.tr("All is whole."))
        else:
            self.routes.alarmed.emit(self.tr("The store is not whole."))
        self.reload()

    def _unchecked(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.strip.show_failed(words_of(error))

    def _check_link(self, text: str) -> None:
        link, desk = link_of(text), self.desk
        if link is None:
            self.strip.show_link(None, None)
            return
        desk.store.ask(
            lambda store: check_printed(store, desk.actor, link, now=desk.now()), owner=self, done=partial(self.strip.show_link, link)
        )

    def _focus(self) -> None:
        (self.table if self._stack.currentWidget() is self._list else self.empty).setFocus()

    def _connect(self) -> None:
        self.filters.changed.connect(self._filtered)
        self.filters.left.connect(self._focus)
        self.filters.record_dropped.connect(self._record_pressed)
        self.pick.picked.connect(self._picked)
        self.strip.asked.connect(self.begin_check)
        self.strip.typed.connect(self._check_link)
        self.table.opened.connect(self.turn_panel)
        self.check.progressed.connect(self.strip.show_progress)
        self.check.found.connect(self._checked)
        self.check.failed.connect(self._unchecked)
        self.viewers.save_button.clicked.connect(self.save_report)
        self.saving.said.connect(self.routes.said)
        self.saving.refused.connect(self.banner.say)
        model = self.table.selectionModel()
        model.currentRowChanged.connect(self._moved)

    def _lay_out(self) -> None:
        self._list = Card()
        self._list.body.addWidget(self.table)
        inside = self._list.layout()
        if inside is not None:
            inside.setContentsMargins(1, 1, 1, 1)
        self.empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(10)
        for widget in (self.banner, self.strip, self.filters, self.pick, self.viewers):
            outer.addWidget(widget)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self.summary_label)
