"""Review: the visits that await a clinician, the most pressing first, and the signed ones."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from intake.actions.amendments import amendments_due, open_amendments
from intake.actions.reviewing import awaiting, signed
from intake.domain.reviews import ReviewLine
from ui.desk import Desk
from ui.models.board import BoardDay
from ui.models.patients import Row
from ui.models.review import (
    AMENDMENT_SHARES,
    AWAITING_SHARES,
    SIGNED_SHARES,
    amendment_headings,
    amendment_row,
    awaiting_headings,
    awaiting_row,
    signed_headings,
    signed_row,
)
from ui.pages.clinics import ClinicChips
from ui.pages.page import Key, Page
from ui.pages.patients.rows_table import RowsTable
from ui.routes import Routes
from ui.widgets.buttons import Chip
from ui.widgets.card import Card, row
from ui.widgets.labels import label
from ui.widgets.notices import EmptyState

if TYPE_CHECKING:
    from intake.storage.store import Store

_TICK_MS = 5_000
_MOST = 200


class Listing(IntEnum):
    """The lists of the place."""

    AWAITING = 0
    SIGNED = 1
    REQUESTS = 2


class ReviewPage(Page):
    """The list of this clinic, of another, or of all; the row that was current stays it over a reload."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page for this desk's clinic."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Review")
        self.location: str | None = desk.location
        self.clinics = ClinicChips(desk.definitions.practice, desk.location, self)
        self.clinics.chosen.connect(self.show_clinic)
        self.shown = Listing.AWAITING
        self._lines: tuple[ReviewLine, ...] = ()
        self.awaiting = self._table(awaiting_headings(), AWAITING_SHARES, self.tr("Visits that await review"))
        self.signed = self._table(signed_headings(), SIGNED_SHARES, self.tr("Signed visits"))
        self.requests = self._table(amendment_headings(), AMENDMENT_SHARES, self.tr("Requests to amend a record"))
        for table, opened in ((self.awaiting, routes.chart), (self.signed, routes.chart), (self.requests, routes.patient)):
            table.opened.connect(opened)
        self.requests.opened.connect(routes.request)
        self._tables = (self.awaiting, self.signed, self.requests)
        self.empty = EmptyState("", "")
        self._stack = QStackedWidget()
        for table in self._tables:
            self._stack.addWidget(_framed(table))
        self._stack.addWidget(self.empty)
        self._summary = label("", "muted")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the list."""
        keys = [
            Key(keys=("S",), text=self.tr("awaiting review") if self.shown is Listing.SIGNED else self.tr("signed")),
            Key(keys=("M",), text=self.tr("awaiting review") if self.shown is Listing.REQUESTS else self.tr("requests to amend")),
            Key(keys=("Alt 1", "–", "8"), text=self.tr("clinic")),
            Key(keys=("Alt 0",), text=self.tr("all")),
        ]
        if self._stack.currentWidget() is self.empty:
            return tuple(keys)
        opens = self.tr("open the record") if self.shown is Listing.REQUESTS else self.tr("open the chart")
        return (Key(keys=("Enter",), text=opens), Key(keys=("Ctrl J",), text=self.tr("next to review")), *keys)

    def entered(self) -> None:
        """Read the list anew and put the focus on it."""
        self.reload()
        self._focus()

    def shows_signed(self) -> bool:
        """Tell whether the signed visits are shown."""
        return self.shown is Listing.SIGNED

    def lines(self) -> tuple[ReviewLine, ...]:
        """Return the visits on show that await review."""
        return self._lines

    def reload(self) -> None:
        """Ask for the list that is shown, and for what waits for a decision besides."""
        desk, location, shown = self.desk, self.location, self.shown

        def look(store: Store) -> tuple[Any, ...]:
            match shown:
                case Listing.SIGNED:
                    return signed(store, desk.actor, location=location, limit=_MOST)
                case Listing.REQUESTS:
                    return amendments_due(store, desk.actor, now=desk.now())
                case _:
                    return awaiting(store, desk.actor, location=location, limit=_MOST, now=desk.now())

        desk.store.ask(look, owner=self, done=partial(self._take, shown, location), newest="list")
        desk.store.ask(lambda store: len(open_amendments(store, desk.actor)), owner=self, done=self._count_requests, newest="requests")

    def show_clinic(self, location: str | None) -> None:
        """Show another clinic, or all with None."""
        self.location = location
        self.clinics.show_clinic(location)
        self.routes.listed.emit(location)
        self.reload()

    def show_list(self, shown: Listing) -> None:
        """Show another list; the same again goes back to what awaits review."""
        self.shown = Listing.AWAITING if shown is self.shown else shown
        for place, chip in zip(Listing, self.chips_of_lists, strict=True):
            chip.setChecked(place is self.shown)
        self.reload()

    def open_next(self) -> None:
        """Open the most pressing chart."""
        if self._lines:
            self.routes.chart.emit(self._lines[0].visit_id)

    def _table(self, headings: tuple[str, ...], shares: tuple[int, ...], name: str) -> RowsTable:
        table = RowsTable(headings, shares)
        table.setAccessibleName(name)
        table.typed.connect(self._press)
        return table

    def _press(self, letter: str) -> None:
        shown = {"S": Listing.SIGNED, "M": Listing.REQUESTS}.get(letter.upper())
        if shown is not None:
            self.show_list(shown)

    def _take(self, shown: Listing, location: str | None, found: tuple[Any, ...]) -> None:
        if (shown, location) != (self.shown, self.location):
            return
        if shown is Listing.AWAITING:
            self._lines = found
        table = self._tables[shown]
        table.show_rows(self._rows(shown, found))
        at_work = self.focusWidget() in (*self._tables, self.empty)
        if not found:
            self.empty.show_words(*self._nothing(shown))
        self._stack.setCurrentIndex(shown if found else self._stack.indexOf(self.empty))
        self._summary.setText(self._sum(shown, found) if found else "")
        if at_work:
            self._focus()
        self.legend_changed.emit()

    def _rows(self, shown: Listing, found: Sequence[Any]) -> list[Row]:
        every, day = self.location is None, self._day()
        match shown:
            case Listing.SIGNED:
                return [signed_row(line, day, all_clinics=every) for line in found]
            case Listing.REQUESTS:
                return [amendment_row(amendment, record, self.desk.today()) for amendment, record in found]
            case _:
                return [awaiting_row(line, day, all_clinics=every) for line in found]

    def _sum(self, shown: Listing, found: Sequence[Any]) -> str:
        count = str(len(found))
        match shown:
            case Listing.SIGNED:
                return self.tr("1 signed visit") if count == "1" else self.tr("The latest %1 signed visits").replace("%1", count)
            case Listing.REQUESTS:
                return self.tr("Requests of all clinics, the one that is due first on top")
            case _:
                flagged = str(sum(bool(line.levels) for line in found))
                more = "+" if len(found) == _MOST else ""
                return self.tr("%1 await review · %2 with prompts to acknowledge").replace("%1", count + more).replace("%2", flagged)

    def _nothing(self, shown: Listing) -> tuple[str, str]:
        match shown:
            case Listing.SIGNED:
                return self.tr("Nothing was signed here yet"), self.tr("S shows what awaits review.")
            case Listing.REQUESTS:
                return (
                    self.tr("No request to amend a record is open"),
                    self.tr("The desk takes one down on the patient's page, with M. M shows what awaits review."),
                )
            case _:
                return (
                    self.tr("Nothing awaits review here"),
                    self.tr(
                        "A visit comes here when its intake is saved, from any desk, and goes when it is signed. S shows the signed ones."
                    ),
                )

    def _count_requests(self, count: int) -> None:
        words = self.tr("Requests to amend")
        self.chips_of_lists[Listing.REQUESTS].setText(f"{words} · {count}" if count else words)

    def _focus(self) -> None:
        (self.empty if self._stack.currentWidget() is self.empty else self._tables[self.shown]).setFocus()

    def _tick(self) -> None:
        if self.isVisible() and self.shown is Listing.AWAITING and self._lines:
            self.awaiting.show_rows(self._rows(self.shown, self._lines))

    def _day(self) -> BoardDay:
        practice = self.desk.definitions.practice
        clinics = {each.key: each.name for each in practice.locations}
        return BoardDay(now=self.desk.now(), zone=self.desk.zone, warn_after_min=practice.waiting_warning_min, clinics=clinics)

    def _lay_out(self) -> None:
        words = (self.tr("Awaiting review"), self.tr("Signed"), self.tr("Requests to amend"))
        self.chips_of_lists = [Chip(text, checked=place is self.shown) for place, text in zip(Listing, words, strict=True)]
        for place, chip in zip(Listing, self.chips_of_lists, strict=True):
            chip.clicked.connect(partial(self._chip_pressed, place))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.clinics)
        outer.addLayout(row(*self.chips_of_lists, spacing=6))
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._summary)
        QShortcut(QKeySequence("Ctrl+J"), self, self.open_next)
        for letter in ("S", "M"):
            QShortcut(QKeySequence(letter), self, partial(self._press, letter))

    def _chip_pressed(self, place: Listing) -> None:
        if place is self.shown:
            self.chips_of_lists[place].setChecked(True)
        else:
            self.show_list(place)


def _framed(table: RowsTable) -> Card:
    """Return the card a table lies in, to its edges."""
    card = Card()
    card.body.addWidget(table)
    outer = card.layout()
    if isinstance(outer, QVBoxLayout):
        outer.setContentsMargins(1, 1, 1, 1)
    return card
