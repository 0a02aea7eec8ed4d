"""The preview of a visit's intake form: to look at, to print, to save."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake.actions.printers import INTAKE_FORM, choose_printer, chosen_printer
from intake.actions.printing import note_document
from intake.actions.visits import open_visit
from intake.domain.records import VisitRecord
from intake.domain.staff import Task
from intake.errors import IntakeError
from intake.printing import Printer
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.page import Key, Page
from ui.preview.print_desk import PrintDesk
from ui.preview.print_panel import PrintPanel
from ui.preview.saving import with_suffix, write_pdf
from ui.preview.view import PreviewView
from ui.preview.worker import Worker
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.storage.store import Store


class PreviewPage(Page):
    """One visit's intake form as it would come out of the printer now."""

    def __init__(self, desk: Desk, routes: Routes, visit_id: int, parent: QWidget | None = None) -> None:
        """Build the page; :meth:`entered` asks for the visit."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Intake form")
        self.visit_id = visit_id
        self.view = PreviewView()
        self.print_panel = PrintPanel()
        self.printing = PrintDesk(self)
        self._worker = Worker(self)
        self._record: VisitRecord | None = None
        self._pdf = b""
        self._chosen = ""
        self._printers: tuple[Printer, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._connect()
        self._add_shortcuts()
        self.destroyed.connect(self.print_panel.deleteLater)  # by then it belongs to the window's context panel

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the paper; retrying only while a job is kept."""
        keys = [
            Key(keys=("Ctrl P",), text=self.tr("print")),
            Key(keys=("P",), text=self.tr("choose printer")),
            Key(keys=("Ctrl S",), text=self.tr("save PDF")),
            Key(keys=("PgUp", "PgDn"), text=self.tr("page")),
            Key(keys=("+", "−"), text=self.tr("zoom")),
            Key(keys=("0",), text=self.tr("fit width")),
            Key(keys=("Esc",), text=self.tr("patient")),
        ]
        if self.printing.kept is not None:
            keys.insert(0, Key(keys=("R",), text=self.tr("try again")))
        return tuple(keys)

    def panel(self) -> QWidget:
        """Return the printers."""
        return self.print_panel

    def entered(self) -> None:
        """Make the form anew: the record may have changed since."""
        desk, visit_id = self.desk, self.visit_id
        if not self._pdf:
            self.view.show_words(self.tr("Making the form"))

        def look(store: Store) -> tuple[VisitRecord, str | None]:
            record = open_visit(store, desk.actor, visit_id, definitions=desk.definitions, now=desk.now())
            return record, chosen_printer(store, desk.workstation, INTAKE_FORM)

        desk.store.ask(look, owner=self, done=self._take, failed=self._no_visit, newest="visit")
        self.printing.list_printers()
        self.view.setFocus()

    def print_now(self) -> None:
        """Print on the printer used last time here; without one, have it chosen from the list."""
        if not self._pdf or not self.desk.may(Task.PRINT_INTAKE):
            return
        if self._chosen and any(printer.name == self._chosen for printer in self._printers):
            self.print_on(self._chosen)
            return
        if self._chosen and self._printers:
            gone = self.tr("%1 is no longer here. Choose a printer with the arrows, Enter prints.")
            self.print_panel.tell(gone.replace("%1", self._chosen), "warning")
        self.choose_printer()

    def choose_printer(self) -> None:
        """Put the focus on the list of printers."""
        if self._printers:
            self.print_panel.printers.setFocus()
        self.printing.list_printers()

    def print_on(self, printer: str) -> None:
        """Print on this printer, and remember it for this kind of document at this desk."""
        if not self._pdf or not self.printing.print_pdf(self._pdf, printer):
            return
        self._chosen = printer
        self._keep(partial(choose_printer, actor=self.desk.actor, kind=INTAKE_FORM, printer=printer, now=self.desk.now()))
        self.view.setFocus()
        self.legend_changed.emit()

    def retry(self) -> None:
        """Send the job that did not come out again."""
        if self.printing.retry():
            self.legend_changed.emit()

    def save(self) -> None:
        """Ask where to, and save the PDF there."""
        if not self._pdf or self._record is None:
            return
        usual = self.desk.paths.documents / f"intake-{self._record.patient.number}-{self._record.number}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the intake form"), str(usual), self.tr("PDF (*.pdf)"))
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save the PDF at this path, and record that it was saved."""
        self._worker.ask(partial(write_pdf, path, self._pdf), done=self._saved, failed=partial(self._not_saved, path))

    def _connect(self) -> None:
        self.print_panel.picked.connect(self.print_on)
        self.print_panel.print_asked.connect(self.print_now)
        self.print_panel.save_asked.connect(self.save)
        self.print_panel.retry_asked.connect(self.retry)
        self.printing.listed.connect(self._show_printers)
        self.printing.unlisted.connect(self._no_printers)
        self.printing.sent.connect(partial(self._note, "print"))
        self.printing.told.connect(self._tell)
        self.printing.ended.connect(self._ended)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+P", self.print_now),
            ("Ctrl+S", self.save),
            ("P", self.choose_printer),
            ("R", self.retry),
            ("Esc", self._go_back),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _go_back(self) -> None:
        if self.print_panel.printers.hasFocus():
            self.view.setFocus()
        elif self._record is not None:
            self.routes.patient.emit(self._record.patient.id)
        else:
            self.routes.today.emit()

    def _take(self, found: tuple[VisitRecord, str | None]) -> None:
        self._record, chosen = found
        self._chosen = chosen or ""
        self.print_panel.show_printers(self._printers, self._chosen)
        patient = self._record.patient
        self.title = self.tr("Intake form · %1 · %2").replace("%1", patient.patient.full_name()).replace("%2", patient.number)
        self._worker.ask(partial(self._make, self._record), done=self._show, newest="form")

    def _make(self, record: VisitRecord) -> bytes:
        from intake.documents.intake_form import intake_form  # noqa: PLC0415 - the PDF library is read on this thread, not before the window

        known = self.desk.definitions
        return intake_form(
            record,
            practice=known.practice,
            checklist=known.checklists[record.checklist_version],
            regions=known.region_sets[record.regions_version],
            training=self.desk.paths.training,
            printed_at=self.desk.now().astimezone(self.desk.zone),
        )

    def _show(self, pdf: bytes) -> None:
        first = not self._pdf
        self._pdf = pdf
        self.view.show_pdf(pdf)
        if first:
            self._note("preview", "screen")

    def _no_visit(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.view.show_words(words_of(error))

    def _show_printers(self, printers: tuple[Printer, ...]) -> None:
        focused = self.print_panel.printers.hasFocus()
        self._printers = printers
        self.print_panel.show_printers(printers, self._chosen)
        self.print_panel.say(
            self.tr("Arrows choose, Enter prints there and remembers it for this desk.")
            if printers
            else self.tr("This system has no printer. Add one in its settings, or save the PDF.")
        )
        if focused and printers:
            self.print_panel.printers.setFocus()

    def _no_printers(self, words: str) -> None:
        self._printers = ()
        self.print_panel.show_printers((), "")
        self.print_panel.say(words)

    def _tell(self, text: str, tone: str) -> None:
        self.print_panel.tell(text, tone, retry=tone in ("warning", "danger") and self.printing.kept is not None)

    def _ended(self, job: object) -> None:
        self.printing.list_printers()
        self.legend_changed.emit()

    def _saved(self, path: Path) -> None:
        self.print_panel.tell(self.tr("Saved as %1.").replace("%1", path.name), "ok")
        self._note("pdf", "file")

    def _not_saved(self, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        text = self.tr("%1 could not be saved: %2. Choose another folder with Ctrl S.")
        self.print_panel.tell(text.replace("%2", error.strerror or "").replace("%1", with_suffix(path).name), "danger")

    def _note(self, how: Literal["print", "pdf", "preview"], target: str) -> None:
        self._keep(partial(note_document, actor=self.desk.actor, visit_id=self.visit_id, how=how, target=target, now=self.desk.now()))

    def _keep(self, work: partial[None]) -> None:
        self.desk.store.ask(work, owner=self, done=_nothing)


def _nothing(_: None) -> None:
    """Take an answer that says only that it was done."""
