"""The preview of a visit's paper (intake form, note, home-care sheet): to look at, to print, to save."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from intake.actions.printers import choose_printer
from intake.actions.printing import note_document
from intake.domain.staff import Task
from intake.errors import IntakeError
from intake.printing import Printer
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.page import Key, Page
from ui.preview.papers import PRINTERS, TASKS, Made, Opened, PaperKind, Setting, file_name, first_setting, make_paper, open_paper, title_of
from ui.preview.print_desk import PrintDesk
from ui.preview.print_panel import PrintPanel
from ui.preview.saving import with_suffix, write_pdf
from ui.preview.sheet_choices import SheetChoices
from ui.preview.view import PreviewView
from ui.preview.worker import Worker
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.storage.store import Store


class PreviewPage(Page):
    """One paper of one visit as it would come out of the printer now."""

    def __init__(self, desk: Desk, routes: Routes, visit_id: int, kind: PaperKind = "intake", parent: QWidget | None = None) -> None:
        """Build the page; :meth:`entered` asks for the visit."""
        super().__init__(desk, routes, parent)
        self.kind: PaperKind = kind
        self.title = title_of(kind)
        self.visit_id = visit_id
        self.view = PreviewView()
        self.print_panel = PrintPanel()
        self.choices = SheetChoices() if kind == "homecare" else None
        self.setting: Setting | None = None
        self.printing = PrintDesk(self, title=title_of(kind))
        self._worker = Worker(self)
        self._opened: Opened | None = None
        self._made: Made | None = None
        self._on_its_way: Made | None = None
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
            Key(keys=("Esc",), text=self.tr("chart") if self._leads_to_chart() else self.tr("patient")),
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

    def print_now(self) -> None:
        """Print on the printer used last time here; without one, have it chosen from the list."""
        if self._made is None or not self.desk.may(TASKS[self.kind]):
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
        if self._made is None or not self.printing.print_pdf(self._made.pdf, printer):
            return
        self._on_its_way, self._chosen = self._made, printer
        self._keep(partial(choose_printer, actor=self.desk.actor, kind=PRINTERS[self.kind], printer=printer, now=self.desk.now()))
        self.view.setFocus()
        self.legend_changed.emit()

    def retry(self) -> None:
        """Send the job that did not come out again."""
        if self.printing.retry():
            self.legend_changed.emit()

    def paper(self) -> Made | None:
        """Return the paper as it was made last."""
        return self._made

    def save(self) -> None:
        """Ask where to, and save the PDF there."""
        if self._made is None or self._opened is None:
            return
        usual = self.desk.paths.documents / file_name(self._opened, self.kind, self.setting or Setting())
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), str(usual), self.tr("PDF (*.pdf)"))
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save the PDF at this path, and record that it was saved."""
        if self._made is not None:
            write = partial(write_pdf, path, self._made.pdf)
            self._worker.ask(write, done=partial(self._saved, self._made), failed=partial(self._not_saved, path))

    def _connect(self) -> None:
        self.print_panel.picked.connect(self.print_on)
        self.print_panel.print_asked.connect(self.print_now)
        self.print_panel.save_asked.connect(self.save)
        self.print_panel.retry_asked.connect(self.retry)
        self.printing.listed.connect(self._show_printers)
        self.printing.unlisted.connect(self._no_printers)
        self.printing.sent.connect(self._sent)
        self.printing.told.connect(self._tell)
        self.printing.ended.connect(self._ended)
        if self.choices is not None:
            self.print_panel.put_above(self.choices)
            self.choices.language_asked.connect(self.change_language)
            self.choices.size_asked.connect(self.change_size)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+P", self.print_now),
            ("Ctrl+S", self.save),
            ("P", self.choose_printer),
            ("R", self.retry),
            ("Esc", self._go_back),
            *((("L", self.change_language), ("G", self.change_size)) if self.choices is not None else ()),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _go_back(self) -> None:
        if self.print_panel.printers.hasFocus():
            self.view.setFocus()
        elif self._leads_to_chart():
            self.routes.chart.emit(self.visit_id)
        elif self._opened is not None:
            self.routes.patient.emit(self._opened.record.patient.id)
        else:
            self.routes.today.emit()

    def _leads_to_chart(self) -> bool:
        return self.kind != "intake" and self.desk.may(Task.REVIEW)

    def _take(self, opened: Opened) -> None:
        self._opened, self._chosen = opened, opened.printer
        self.print_panel.show_printers(self._printers, self._chosen)
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
            make = partial(make_paper, self._opened, self.kind, self.setting or Setting(), self.desk)
            self._worker.ask(make, done=self._show, newest="paper")

    def _show(self, made: Made) -> None:
        first = self._made is None
        self._made = made
        self.view.show_pdf(made.pdf)
        if first:
            self._note(made, "preview", "screen")

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

    def _sent(self, printer: str) -> None:
        if self._on_its_way is not None:
            self._note(self._on_its_way, "print", printer)

    def _saved(self, made: Made, path: Path) -> None:
        self.print_panel.tell(self.tr("Saved as %1.").replace("%1", path.name), "ok")
        self._note(made, "pdf", "file")

    def _not_saved(self, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        text = self.tr("%1 could not be saved: %2. Choose another folder with Ctrl S.")
        self.print_panel.tell(text.replace("%2", error.strerror or "").replace("%1", with_suffix(path).name), "danger")

    def _note(self, made: Made, how: Literal["print", "pdf", "preview"], target: str) -> None:
        note = partial(note_document, actor=self.desk.actor, visit_id=self.visit_id, how=how, target=target, now=self.desk.now())
        self._keep(partial(note, kind=self.kind, sha256=made.sha256, version=made.version))

    def _keep(self, work: partial[None]) -> None:
        self.desk.store.ask(work, owner=self, done=_nothing)


def _nothing(_: None) -> None:
    """Take an answer that says only that it was done."""
