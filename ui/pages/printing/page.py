"""Printing at this desk: for each kind of document the printer, tray, sides and copies, and whether a run begins with a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from intake.actions.print_settings import cover_list_wanted, keep_print_setting, print_setting, setting_of, want_cover_list
from intake.domain.print_runs import COVER_LIST, PrintSetting
from intake.errors import IntakeError
from intake.printing import Abilities, Printer
from ui.desk import Desk
from ui.pages.page import Key, Page
from ui.pages.printing.kind_row import KindRow
from ui.preview.print_ways import PrintWay, system_way
from ui.preview.worker import Worker
from ui.routes import Routes
from ui.widgets.buttons import Chip
from ui.widgets.card import Card, row
from ui.widgets.labels import label
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store

_COLUMNS: Final = (3, 4, 3, 2, 1)


class PrintingPage(Page):
    """Every kind of document in a row; what is changed is kept at once, for this desk alone."""

    shown = Signal()
    """Printers and settings are on screen."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None, *, way: PrintWay | None = None) -> None:
        """Build the page; :meth:`entered` asks for the printers."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Printing at this desk")
        self._way = way or system_way()
        self._worker = Worker(self)
        self._printers: tuple[Printer, ...] = ()
        self.banner = Banner()
        self.cover_chip = Chip(self.tr("Begin each print run with a list of what it prints"))
        self.rows: dict[str, KindRow] = {}
        self._lay_out()
        self.cover_chip.clicked.connect(self._choose_cover)
        QShortcut(QKeySequence("Esc"), self, self.routes.documents.emit)
        self.setFocusProxy(next(iter(self.rows.values())).printer_field)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the form."""
        return (
            Key(keys=("Enter",), text=self.tr("next")),
            Key(keys=("Space",), text=self.tr("tick")),
            Key(keys=("Alt Down",), text=self.tr("open a list")),
            Key(keys=("Esc",), text=self.tr("documents")),
        )

    def entered(self) -> None:
        """Ask for the printers and for what this desk chose."""
        self._worker.ask(self._way.printers, done=self._listed, failed=self._unlisted, newest="list")
        self.setFocus()

    def _listed(self, printers: tuple[Printer, ...]) -> None:
        self._printers = printers
        if printers:
            self.banner.hide()
        else:
            self.banner.say(
                self.tr("This system has no printer. Add one in its settings; until then documents can be saved as PDF."), tone="warning"
            )
        self._ask_settings()

    def _unlisted(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._printers = ()
        words = self.tr("The print service of this machine does not answer, so no printers are listed. What was chosen before is kept.")
        self.banner.say(words, tone="warning")
        self._ask_settings()

    def _ask_settings(self) -> None:
        desk = self.desk

        def look(store: Store) -> tuple[dict[str, PrintSetting], bool]:
            found = {kind.key: print_setting(store, desk.workstation, kind) for kind in desk.definitions.document_kinds.kinds}
            return {COVER_LIST: setting_of(store, desk.workstation, COVER_LIST), **found}, cover_list_wanted(store, desk.workstation)

        desk.store.ask(look, owner=self, done=self._show, newest="settings")

    def _show(self, found: tuple[dict[str, PrintSetting], bool]) -> None:
        settings, cover = found
        self.cover_chip.setChecked(cover)
        for key, each in self.rows.items():
            each.show_setting(settings[key], self._printers)
        for printer in {self._printer_of(each) for each in self.rows.values()}:
            self._ask_abilities(printer)
        self.shown.emit()

    def _printer_of(self, each: KindRow) -> str:
        return each.printer_field.value() or next((printer.name for printer in self._printers if printer.default), "")

    def _chosen(self, key: str) -> None:
        self._ask_abilities(self._printer_of(self.rows[key]))

    def _ask_abilities(self, printer: str) -> None:
        if printer:
            self._worker.ask(partial(self._way.abilities, printer), done=partial(self._offer, printer), failed=_no_abilities)

    def _offer(self, printer: str, offers: Abilities) -> None:
        for each in self.rows.values():
            if self._printer_of(each) == printer:
                each.show_abilities(offers)

    def _keep(self, key: str) -> None:
        desk, setting = self.desk, self.rows[key].setting()
        desk.store.ask(
            lambda store: keep_print_setting(store, desk.actor, key, setting, now=desk.now()),
            owner=self,
            done=self._kept,
            newest=f"keep {key}",
        )

    def _advance(self) -> None:
        self.focusNextChild()

    def _choose_cover(self) -> None:
        desk, wanted = self.desk, self.cover_chip.isChecked()
        desk.store.ask(lambda store: want_cover_list(store, desk.actor, wanted=wanted, now=desk.now()), owner=self, done=self._kept)

    def _kept(self, _: None) -> None:
        self.routes.said.emit(self.tr("Kept for this desk."))

    def _lay_out(self) -> None:
        card = Card(self.tr("How each document is printed here"), self.tr("kept at once, for this desk only"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for column, (words, share) in enumerate(zip(self._headings(), _COLUMNS, strict=True)):
            grid.addWidget(label(words, "label"), 0, column)
            grid.setColumnStretch(column, share)
        kinds = [(kind.key, kind.name.en) for kind in self.desk.definitions.document_kinds.kinds]
        for at, (key, name) in enumerate([*kinds, (COVER_LIST, self.tr("List at the head of a run"))], start=1):
            each = self.rows[key] = KindRow(key, name, grid, at)
            each.changed.connect(self._keep)
            each.printer_changed.connect(self._chosen)
            each.advanced.connect(self._advance)
        card.body.addLayout(grid)
        card.body.addSpacing(8)
        card.body.addLayout(row(self.cover_chip))
        card.body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addWidget(area, 1)

    def _headings(self) -> tuple[str, ...]:
        return (self.tr("Document"), self.tr("Printer"), self.tr("Tray"), "", self.tr("Copies"))


def _no_abilities(error: Exception) -> None:
    """Offer no trays when a printer that just went cannot tell them."""
    if not isinstance(error, IntakeError):
        raise error
