"""Documents: everything that was promised, by the clock, and what can be done about it with one key each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from intake.actions.requests import clinicians_owing, list_requests
from intake.domain.document_kinds import Paper
from intake.domain.requests import Filter, Request, RequestLine
from ui.desk import Desk
from ui.models.requests import list_day
from ui.pages.documents.deeds import Deeds
from ui.pages.documents.filters import FilterBar, Tab
from ui.pages.documents.legend import form_keys, list_keys
from ui.pages.documents.may_print import kind_of, may_print, who_may
from ui.pages.documents.panel import DocumentPanel
from ui.pages.documents.rows import RequestRows
from ui.pages.documents.table import RequestTable
from ui.pages.documents.words import empty_words, summary_words
from ui.pages.page import Key, Page
from ui.preview.papers import TITLES
from ui.routes import Routes
from ui.widgets.card import Card
from ui.widgets.labels import label
from ui.widgets.notices import EmptyState

if TYPE_CHECKING:
    from intake.storage.store import Store
    from ui.pages.documents.on_time import OnTimePane

_TICK_MS = 60_000
LISTED = 200
"""How many lines are asked for at once; whoever stands on the last one is shown as many more."""
MOST = 1_000


class DocumentsPage(Page):
    """The list of what this clinic owes, of another, or of all; current line, marks and scrolling stay over a reload."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page for this desk's clinic."""
        super().__init__(desk, routes, parent)
        self._day = partial(list_day, desk)
        self.title = self.tr("Documents")
        kinds = desk.definitions.document_kinds
        self.filters = FilterBar(desk.definitions.practice, kinds, desk.location, self)
        self.rows = RequestRows(self._day(), partial(may_print, desk))
        # Each part is given its place when it is made: to move one later would dress everything in it a second time.
        self._stack = QStackedWidget(self)
        self._list = Card(parent=self._stack)
        self.table = RequestTable(self.rows, self._list)
        self.empty = EmptyState("", "", parent=self._stack)
        self.document_panel = DocumentPanel(desk)
        self.deeds = Deeds(desk, self)
        self.on_time: OnTimePane | None = None
        self._limit = LISTED
        self._go_to: int | None = None
        self._anew = False
        self._without_panel = False
        self._summary = label("", "muted")
        self._lay_out()
        self._connect()
        self._letters: dict[str, Callable[[], object]] = self._doings()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.destroyed.connect(self.document_panel.deleteLater)  # by then it belongs to the window's context panel

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the form that is open, or of the list."""
        if self.deeds.open_form() is not None:
            return form_keys()
        if self.filters.tab is Tab.ON_TIME and self.on_time is not None:
            return self.on_time.legend()
        shown = self._stack.currentWidget() is not self.empty
        line = self.table.current_line() if shown else None
        return list_keys(self.desk, line, marked=self.rows.marked(), ready=self.rows.ready())

    def panel(self) -> QWidget | None:
        """Return preview and history, where there is room for them or when they were asked for."""
        shown = self.filters.tab is not Tab.ON_TIME and self.document_panel.has_place(self.window().width())
        return self.document_panel if shown else None

    def entered(self) -> None:
        """Read the list anew and put the focus on it."""
        self.reload()
        self.document_panel.refresh()
        if self.deeds.open_form() is None:
            self._focus()

    def reload(self) -> None:
        """Ask for the list that is shown, and for the clinicians who owe something."""
        if self.filters.tab is Tab.ON_TIME:
            if self.on_time is not None:
                self.on_time.reload()
            return
        desk, wanted, limit = self.desk, self.filters.wanted(), self._limit

        def look(store: Store) -> tuple[RequestLine, ...]:
            return list_requests(store, desk.actor, wanted, limit=limit, now=desk.now())

        desk.store.ask(look, owner=self, done=partial(self._take, wanted), newest="list")
        desk.store.ask(
            lambda store: clinicians_owing(store, desk.actor, location=wanted.location),
            owner=self,
            done=self.filters.offer_clinicians,
            newest="clinicians",
        )

    def ask_new(self, patient_id: int | None = None) -> None:
        """Ask for a new request, of this patient if one is given."""
        self.deeds.ask_new(patient_id)

    def lines(self) -> tuple[RequestLine, ...]:
        """Return the lines on show."""
        return self.rows.lines()

    def chosen(self) -> tuple[RequestLine, ...]:
        """Return what a key is about: the marked lines, or the one the keyboard stands on."""
        line = self.table.current_line()
        return self.rows.marked() or ((line,) if line is not None else ())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a letter or a digit stands for, wherever the keyboard is on the page."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        letter = event.text().upper()
        listed = self.filters.tab is not Tab.ON_TIME or letter == "N" or letter.isdigit()
        act = self._letters.get(letter) if plain and letter and listed else None
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the window look again whether there is room for the panel."""
        super().resizeEvent(event)
        if (self.panel() is None) is not self._without_panel:
            self._without_panel = self.panel() is None
            self.legend_changed.emit()

    def _doings(self) -> dict[str, Callable[[], object]]:
        tabs = {str(number): partial(self.filters.show_tab, tab) for number, tab in enumerate(Tab, start=1)}
        return {
            "N": self.ask_new,
            "H": lambda: self.deeds.ask_hand_over(self.chosen(), self.rows.day),
            "P": lambda: self.deeds.print_chosen(self.chosen()),
            "S": self.routes.printing.emit,
            "R": lambda: self.deeds.ask_reprint(self.table.current_line()),
            "U": lambda: self.deeds.renew(self.table.current_line()),
            "W": lambda: self.deeds.ask_withdraw(self.chosen()),
            "D": lambda: self.deeds.ask_delay(self.chosen()),
            "E": lambda: self.deeds.ask_change(self.table.current_line()),
            "G": self.filters.regroup,
            "K": self.filters.kind_field.setFocus,
            "C": self.filters.clinician_field.setFocus,
            "L": self._ask_papers,
            "V": self._turn_panel,
            **tabs,
        }

    def _take(self, wanted: Filter, found: tuple[RequestLine, ...]) -> None:
        if wanted != self.filters.wanted():
            return
        at_work = QApplication.focusWidget() in (self.table, self.empty)  # not the page's own: the keyboard may be in a print run above it
        delivered = self.filters.tab is Tab.DELIVERED
        self.table.show_lines(
            found, self._day(), self.filters.grouping, all_clinics=wanted.location is None, delivered=delivered
        )  # fmt: skip
        if self._go_to is not None and self.table.go_to(self._go_to):
            self._go_to = None
        if self._anew:
            self.table.show_current()
            self._anew = False
        self._stack.setCurrentWidget(self._list if found else self.empty)
        if not found:
            self.empty.show_words(*empty_words(self.filters.tab, narrowed=self.filters.narrows(), everywhere=wanted.location is None))
        self._summary.setText(summary_words(found, self.rows.day, self.filters.tab, more=len(found) == self._limit))
        self._show_current()
        if at_work:
            self._focus()
        self.legend_changed.emit()

    def _tick(self) -> None:
        if self.isVisible() and self.rows.lines():
            self.table.show_time(self._day())
            self._summary.setText(
                summary_words(self.rows.lines(), self.rows.day, self.filters.tab, more=len(self.rows.lines()) == self._limit)
            )  # fmt: skip

    def _show_current(self) -> None:
        """Show the line the keyboard stands on in the panel; on the last of a long list, ask for more."""
        line, lines = self.table.current_line(), self.rows.lines()
        self.document_panel.show_line(line, self.rows.day if line else None)
        if line is not None and line == lines[-1] and len(lines) == self._limit < MOST:
            self._limit += LISTED
            self.reload()
        self.legend_changed.emit()

    def _filtered(self) -> None:
        self._limit, self._anew = LISTED, True
        if self.filters.tab is Tab.ON_TIME:
            pane = self._on_time_pane()
            pane.show_clinic(self.filters.location)
            self._stack.setCurrentWidget(pane)
            self._summary.setText("")
            pane.setFocus()
            self.legend_changed.emit()
        else:
            if self._stack.currentWidget() is self.on_time:
                self._stack.setCurrentWidget(self._list)
                self._focus()
            self.reload()

    def _on_time_pane(self) -> OnTimePane:
        """Return the report, made when it is first asked for."""
        from ui.pages.documents.on_time import OnTimePane  # noqa: PLC0415 - loaded when first asked for

        if self.on_time is None:
            self.on_time = OnTimePane(self.desk, self.routes)
            self._stack.addWidget(self.on_time)
        return self.on_time

    def _regroup(self) -> None:
        self.table.show_lines(
            self.rows.by_clock(), self._day(), self.filters.grouping, all_clinics=self.rows.all_clinics, delivered=self.rows.delivered
        )

    def _open(self, request_id: int) -> None:
        line = self.table.current_line()
        kind = kind_of(self.desk, line)
        if line is None or kind is None:
            return
        if others := who_may(self.desk, line):
            self.routes.refused.emit(others)
        elif kind.paper is Paper.LETTER:
            self.routes.letter.emit(request_id)
        elif line.visit_id is not None and kind.paper in TITLES:
            self.routes.paper.emit(line.visit_id, kind.paper)
        else:
            self.document_panel.ask_for(wanted=True)
            self.legend_changed.emit()

    def _ask_papers(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.routes.papers.emit(line.patient_id)

    def _turn_panel(self) -> None:
        self.document_panel.turn(shown=self.panel() is not None)
        self.legend_changed.emit()

    def _done(self, request_id: int) -> None:
        self._go_to = request_id
        self.table.unmark()
        self.routes.changed.emit()

    def _opened(self, request: Request) -> None:
        self.filters.let_show(request)
        self._done(request.id)

    def _focus(self) -> None:
        (self.empty if self._stack.currentWidget() is self.empty else self.table).setFocus()

    def _connect(self) -> None:
        self.filters.changed.connect(self._filtered)
        self.filters.regrouped.connect(self._regroup)
        self.filters.left.connect(self._focus)
        self.table.moved.connect(self._show_current)
        self.table.marks_changed.connect(self.legend_changed)
        self.table.opened.connect(self._open)
        self.document_panel.opened.connect(self.routes.document)
        self.deeds.said.connect(self.routes.said)
        self.deeds.refused.connect(self.routes.refused)
        self.deeds.done.connect(self._done)
        self.deeds.opened.connect(self._opened)
        self.deeds.shown.connect(self.legend_changed)
        self.deeds.reprint_asked.connect(self.routes.reprint_asked)
        self.deeds.print_asked.connect(self.routes.print_asked)

    def _lay_out(self) -> None:
        self._list.body.addWidget(self.table)
        inside = self._list.layout()
        if inside is not None:
            inside.setContentsMargins(1, 1, 1, 1)
        for each in (self._list, self.empty):
            self._stack.addWidget(each)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.filters)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._summary)
