"""The preview of a visit's paper (intake form, note, home-care sheet): to look at, to print, to save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.actions.printing import note_look
from intake.domain.document_kinds import Paper
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.page import Key, Page
from ui.pages.papers.leaving import Leaf, Leaving
from ui.preview.papers import Made, Opened, Setting, file_name, first_setting, make_paper, open_paper, title_of
from ui.preview.records import VisitPaperRecord
from ui.preview.sheet_choices import SheetChoices
from ui.preview.view import PreviewView
from ui.preview.worker import Worker
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.printing import PrintWay
    from intake.storage.store import Store


class PreviewPage(Page):
    """One paper of one visit as it would come out of the printer now."""

    def __init__(
        self, desk: Desk, routes: Routes, visit_id: int, kind: Paper = Paper.INTAKE_FORM, parent: QWidget | None = None, *,
        way: PrintWay | None = None,
    ) -> None:  # fmt: skip
        """Build the page; :meth:`entered` asks for the visit."""
        super().__init__(desk, routes, parent)
        self.kind = kind
        self.title = title_of(kind)
        self.visit_id = visit_id
        self.from_documents = False
        """Whether Escape goes back to the list of documents, where this was opened."""
        self.view = PreviewView()
        self.leaving_desk = Leaving(desk, self, way=way, title=title_of(kind))
        self.print_panel, self.printing = self.leaving_desk.panel, self.leaving_desk.printing
        self.choices = SheetChoices() if kind is Paper.HOME_CARE else None
        self.setting: Setting | None = None
        self._worker = Worker(self)
        self._opened: Opened | None = None
        self._made: Made | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._connect()
        self._add_shortcuts()

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the paper; retrying only while a job is kept."""
        keys = [
            Key(keys=("Ctrl P",), text=self.tr("print")),
            Key(keys=("P",), text=self.tr("choose printer")),
            Key(keys=("Ctrl S",), text=self.tr("save PDF")),
            Key(keys=("PgUp", "PgDn"), text=self.tr("page")),
            Key(keys=("+", "−"), text=self.tr("zoom")),
            Key(keys=("0",), text=self.tr("fit width")),
            Key(keys=("Esc",), text=self._back_words()),
        ]
        if self.choices is not None:
            keys[2:2] = [Key(keys=("L",), text=self.tr("language")), Key(keys=("G",), text=self.tr("large print"))]
        if self.printing.kept is not None:
            keys.insert(0, Key(keys=("R",), text=self.tr("try again")))
        return tuple(keys)

    def panel(self) -> QWidget:
        """Return the printers."""
        return self.print_panel

    def entered(self) -> None:
        """Make the paper anew: the record may have changed since."""
        desk, visit_id, kind = self.desk, self.visit_id, self.kind
        if self._made is None:
            self.view.show_words(self.tr("Making the paper"))

        def look(store: Store) -> Opened:
            return open_paper(store, desk, visit_id, kind)

        desk.store.ask(look, owner=self, done=self._take, failed=self._no_visit, newest="visit")
        self.printing.list_printers()
        self.view.setFocus()

    def change_language(self) -> None:
        """Make the home-care sheet in the other language."""
        if self.setting is not None:
            self._set(Setting(language="en" if self.setting.language == "es" else "es", large=self.setting.large))

    def change_size(self) -> None:
        """Make the home-care sheet in the other size of print."""
        if self.setting is not None:
            self._set(Setting(language=self.setting.language, large=not self.setting.large))

    def paper(self) -> Made | None:
        """Return the paper as it was made last."""
        return self._made

    def _connect(self) -> None:
        self.leaving_desk.left.connect(self.routes.changed)
        self.leaving_desk.moved.connect(self.legend_changed)
        self.printing.refused.connect(self._refused)
        if self.choices is not None:
            self.print_panel.put_above(self.choices)
            self.choices.language_asked.connect(self.change_language)
            self.choices.size_asked.connect(self.change_size)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+P", self.leaving_desk.print_now),
            ("Ctrl+S", self.leaving_desk.save),
            ("P", self.leaving_desk.choose),
            ("R", self.leaving_desk.retry),
            ("Esc", self._go_back),
            *((("L", self.change_language), ("G", self.change_size)) if self.choices is not None else ()),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _go_back(self) -> None:
        if self.print_panel.printers.hasFocus():
            self.view.setFocus()
        elif self.from_documents:
            self.routes.documents.emit()
        elif self._leads_to_chart():
            self.routes.chart.emit(self.visit_id)
        elif self._opened is not None:
            self.routes.patient.emit(self._opened.record.patient.id)
        else:
            self.routes.today.emit()

    def _back_words(self) -> str:
        if self.from_documents:
            return self.tr("documents")
        return self.tr("chart") if self._leads_to_chart() else self.tr("patient")

    def _leads_to_chart(self) -> bool:
        return self.kind is not Paper.INTAKE_FORM and self.desk.may(Task.REVIEW)

    def _take(self, opened: Opened) -> None:
        self._opened = opened
        patient = opened.record.patient
        title = self.tr("%1 · %2 · %3").replace("%1", title_of(self.kind))
        self.title = title.replace("%3", patient.number).replace("%2", patient.patient.full_name())
        preliminary = self.tr("PRELIMINARY: no clinician has signed this. Every page says so, and it can still change.")
        self.print_panel.say_of_paper(preliminary if opened.is_preliminary() else "")
        if self.choices is not None:
            self.setting = self.setting or first_setting(opened)
            self.choices.show_setting(self.setting)
        self._make()

    def _set(self, setting: Setting) -> None:
        self.setting = setting
        if self.choices is not None:
            self.choices.show_setting(setting)
        self._make()

    def _make(self) -> None:
        if self._opened is not None:
            opened, setting = self._opened, self.setting or Setting()
            make = partial(make_paper, opened, self.kind, setting, self.desk)
            self._worker.ask(make, done=partial(self._show, opened, setting), newest="paper")

    def _show(self, opened: Opened, setting: Setting, made: Made) -> None:
        first = self._made is None
        self._made = made
        record = VisitPaperRecord(self.desk, made.issued(self.visit_id, self.kind))
        name = file_name(opened, self.kind, setting)
        self.leaving_desk.hold(Leaf(pdf=made.pdf, printing=self.kind, file_name=name, record=record, setting=opened.printing))
        self.view.show_pdf(made.pdf)
        if first:
            now = self.desk.now()
            self._keep(partial(note_look, actor=self.desk.actor, visit_id=self.visit_id, kind=self.kind, sha256=made.sha256, now=now))

    def _no_visit(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.view.show_words(words_of(error))

    def _refused(self, code: str) -> None:
        """Show the paper as it stands now, when it was the record that moved on."""
        if code == "record_moved_on":
            self.entered()

    def _keep(self, work: Callable[[Store], object]) -> None:
        self.desk.store.ask(work, owner=self)
