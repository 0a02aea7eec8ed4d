"""Papers of one patient, or of nobody yet: chosen from a list, looked at, printed or saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.actions.patient_papers import TASKS, Kind, Source, Wanted, make_paper, source_of
from intake.errors import IntakeError, InvalidInputError
from ui.desk import Desk
from ui.failures import words_of
from ui.models.board import Cell
from ui.models.patients import Row
from ui.pages.page import Key, Page
from ui.pages.papers.leaving import Leaf, Leaving
from ui.pages.papers.options import Options
from ui.pages.papers.record import MadePaperRecord
from ui.pages.papers.words import FOR_NOBODY, WORDS, said
from ui.pages.patients.rows_table import RowsTable
from ui.preview.view import PreviewView
from ui.preview.worker import Worker
from ui.routes import Routes
from ui.widgets.card import Card

if TYPE_CHECKING:
    from intake.printing import PrintWay
    from intake.storage.store import Store

_LIST_PX, _NARROW_PX = 300, 232
_NARROW_BELOW: Final = 760


class PapersPage(Page):
    """What can be made on the spot. Arrows show the next paper at once, Enter goes to what can be chosen about it."""

    def __init__(
        self, desk: Desk, routes: Routes, patient_id: int | None, parent: QWidget | None = None, *, way: PrintWay | None = None
    ) -> None:
        """Build the page; :meth:`entered` makes the first paper."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Papers") if patient_id is not None else self.tr("Intake forms to fill in")
        self.patient_id = patient_id
        self.kinds: tuple[Kind, ...] = tuple(
            kind for kind in WORDS if desk.may(TASKS[kind]) and (patient_id is not None or kind in FOR_NOBODY)
        )
        self.table = RowsTable(("",), (1,), tall=True)
        self.table.setAccessibleName(self.tr("Papers"))
        self.table.show_rows([self._row(place, kind) for place, kind in enumerate(self.kinds)])
        self.options = Options(desk.definitions)
        self.view = PreviewView()
        self.leaving_desk = Leaving(desk, self, way=way)
        self._worker = Worker(self)
        self._source: Source | None = None
        self._kind: Kind = self.kinds[0]
        self._lay_out()
        self._connect()
        self.options.show_for(self._kind)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys; trying again only while a job is kept."""
        keys = [
            Key(keys=("Up", "Down"), text=self.tr("paper")),
            Key(keys=("Enter",), text=self.tr("its choices")),
            Key(keys=("Ctrl P",), text=self.tr("print")),
            Key(keys=("P",), text=self.tr("choose printer")),
            Key(keys=("Ctrl S",), text=self.tr("save PDF")),
            Key(keys=("F6",), text=self.tr("paper or list")),
            Key(keys=("Esc",), text=self.tr("back")),
        ]
        if self.leaving_desk.printing.kept is not None:
            keys.insert(0, Key(keys=("R",), text=self.tr("try again")))
        return tuple(keys)

    def panel(self) -> QWidget:
        """Return the printers."""
        return self.leaving_desk.panel

    def entered(self) -> None:
        """Read the record anew and make the paper in hand."""
        self.leaving_desk.printing.list_printers()
        self.table.setFocus()
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the paper room beside the list in a narrow window."""
        super().resizeEvent(event)
        self._card.setFixedWidth(_LIST_PX if self.width() >= _NARROW_BELOW else _NARROW_PX)

    def _choose(self, *_rows: object) -> None:
        place = self.table.current_key()
        if place is not None and self.kinds[place] != self._kind:
            self._kind = self.kinds[place]
            self.options.show_for(self._kind)
            self._read()

    def _read(self) -> None:
        """Ask for what the paper in hand is made from."""
        self.leaving_desk.hold(None)
        if not self.view.shows_paper():
            self.view.show_words(self.tr("Making the paper"))
        desk, patient_id, kind = self.desk, self.patient_id, self._kind

        def look(store: Store) -> Source:
            return source_of(store, desk.actor, patient_id, kind, definitions=desk.definitions, now=desk.now())

        desk.store.ask(look, owner=self, done=partial(self._take, kind), failed=self._refuse, newest="source")

    def _take(self, kind: Kind, source: Source) -> None:
        if kind != self._kind:
            return
        self._source = source
        if source.record is not None:
            self.title = f"{self.tr('Papers')} · {source.record.patient.full_name()} · {source.record.number}"
        self._make()

    def _make(self) -> None:
        source, wanted, desk = self._source, self.options.wanted(self._kind), self.desk
        if source is None:
            return
        self.leaving_desk.hold(None)

        def make() -> bytes:
            return make_paper(
                source, wanted, definitions=desk.definitions, location=desk.location, training=desk.paths.training, printed_at=desk.now()
            )

        self._worker.ask(make, done=partial(self._show, source, wanted), failed=self._refuse, newest="paper")

    def _show(self, source: Source, wanted: Wanted, pdf: bytes) -> None:
        if source is not self._source or wanted != self.options.wanted(self._kind):
            return
        self.options.show_problems(())
        number = f"-{source.record.number}" if source.record else ""
        language = f"-{wanted.language}" if wanted.kind in FOR_NOBODY else ""
        name = f"{wanted.kind}{number}{language}.pdf"
        record = MadePaperRecord(self.desk, source, wanted)
        self.leaving_desk.hold(Leaf(pdf=pdf, printing=WORDS[wanted.kind].printing, file_name=name, record=record))
        self.view.show_pdf(pdf)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.leaving_desk.hold(None)
        if isinstance(error, InvalidInputError):
            self.options.show_problems(error.problems)
            self.view.show_words(self.tr("There is no such label. What is wrong is said at its field."))
        else:
            self.view.show_words(words_of(error))

    def _back(self) -> None:
        if not self.table.hasFocus():
            self.table.setFocus()
        elif self.patient_id is not None:
            self.routes.patient.emit(self.patient_id)
        else:
            self.routes.documents.emit()

    def _turn_focus(self) -> None:
        (self.table if self.view.canvas.hasFocus() else self.view).setFocus()

    def _lettered(self, letter: str) -> None:
        if letter.upper() == "P":
            self.leaving_desk.choose()
        elif letter.upper() == "R":
            self.leaving_desk.retry()

    def _connect(self) -> None:
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.opened.connect(self._to_options)
        self.table.typed.connect(self._lettered)
        self.options.changed.connect(self._make)
        self.options.left.connect(self.table.setFocus)
        self.leaving_desk.left.connect(self.routes.changed)
        self.leaving_desk.moved.connect(self.legend_changed)
        for keys, act in (
            ("Ctrl+P", self.leaving_desk.print_now),
            ("Ctrl+S", self.leaving_desk.save),
            ("F6", self._turn_focus),
            ("Esc", self._back),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _to_options(self, _place: int) -> None:
        self.options.focus_first()

    def _row(self, place: int, kind: Kind) -> Row:
        words = WORDS[kind]
        held = words.held if self.patient_id is not None else words.empty
        return Row(key=place, cells=(Cell(first=said(words.name), second=said(held)),))

    def _lay_out(self) -> None:
        self._card = card = Card(self.tr("What to make"))
        card.body.setSpacing(12)
        card.body.addWidget(self.table)
        card.body.addWidget(self.options)
        card.body.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        left.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addLayout(left)
        outer.addWidget(self.view, 1)
