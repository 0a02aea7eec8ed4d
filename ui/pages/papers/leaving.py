"""A paper on its way out of the window: to a printer of this desk, or into a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.print_settings import choose_printer, setting_of
from intake.domain.print_runs import PrintSetting
from intake.errors import IntakeError
from intake.printing import Job, JobState, Printer
from ui.choosing import file_to_save
from ui.desk import Desk
from ui.failures import words_of
from ui.preview.print_desk import JOB_TITLE, PrintDesk
from ui.preview.print_panel import PrintPanel
from ui.preview.records import Record
from ui.preview.saving import with_suffix, write_pdf
from ui.preview.worker import Worker

if TYPE_CHECKING:
    from intake.printing import PrintWay


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A paper that may leave: its bytes, under which key this desk keeps its printer, what its file is called, what is recorded of it.

    ``setting`` is how this desk prints it where the page knows, None where it is to be asked for.
    """

    pdf: bytes
    printing: str
    file_name: str
    record: Record
    setting: PrintSetting | None = None


class Leaving(QObject):
    """Prints and saves what :meth:`hold` was given, the same way from every page that shows a paper."""

    left = Signal()
    """A paper is out, and that is recorded."""
    moved = Signal()
    """Whether a job can be tried again may have changed."""

    def __init__(self, desk: Desk, page: QWidget, *, way: PrintWay | None = None, title: str = JOB_TITLE) -> None:
        """Build the panel of printers; it belongs to the window once it is shown there. Everyone may read the ``title`` of a job."""
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.panel = PrintPanel()
        self.printing = PrintDesk(self, way=way, title=title)
        self._worker = Worker(self)
        self._held: Leaf | None = None
        self._given: PrintSetting | None = None
        self._printers: tuple[Printer, ...] = ()
        self._setting = PrintSetting()
        self._connect()
        page.destroyed.connect(self.panel.deleteLater)

    @property
    def held(self) -> Leaf | None:
        """The paper that leaves when a person says so."""
        return self._held

    def hold(self, leaf: Leaf | None) -> None:
        """Take the paper on screen, None while there is none; how it is printed here is asked for."""
        before, self._held = self._held, leaf
        if leaf is not None and leaf.setting is not None:
            if leaf.setting != self._given:  # else it is as it was, but for a printer that was chosen since
                self._given = leaf.setting
                self._show_setting(leaf.setting)
        elif leaf is not None and (before is None or before.printing != leaf.printing):
            workstation = self._desk.workstation
            self._desk.store.ask(
                lambda store: setting_of(store, workstation, leaf.printing), owner=self, done=self._show_setting, newest="setting"
            )

    def print_now(self) -> None:
        """Print on the printer used last time for such a paper; without one, have it chosen."""
        if self._held is None:
            return
        chosen = self._setting.printer
        if chosen and any(printer.name == chosen for printer in self._printers):
            self.print_on(chosen)
            return
        if chosen and self._printers:
            gone = self.tr("%1 is no longer here. Choose a printer with the arrows, Enter prints.")
            self.panel.tell(gone.replace("%1", chosen), "warning")
        self.choose()

    def choose(self) -> None:
        """Put the keyboard on the printers."""
        if self._printers:
            self.panel.printers.setFocus()
        self.printing.list_printers()

    def print_on(self, printer: str) -> None:
        """Print on this printer, and remember it for such papers at this desk."""
        leaf = self._held
        if leaf is None or not self.printing.print_pdf(leaf.pdf, printer, self._setting.on(printer), record=leaf.record):
            return
        self._setting = self._setting.on(printer)
        self._keep(partial(choose_printer, actor=self._desk.actor, kind_key=leaf.printing, printer=printer, now=self._desk.now()))
        self._page.setFocus()
        self.moved.emit()

    def retry(self) -> None:
        """Send the job that did not come out again."""
        if self.printing.retry():
            self.moved.emit()

    def save(self) -> None:
        """Ask where to, and save the paper there."""
        if self._held is None:
            return
        usual = self._desk.paths.documents / self._held.file_name
        chosen = file_to_save(self._page, self.tr("Save as PDF"), usual, self.tr("PDF (*.pdf)"))
        if chosen is not None:
            self.save_to(chosen)

    def save_to(self, path: Path) -> None:
        """Save the paper at this path."""
        leaf = self._held
        if leaf is not None:
            self._worker.ask(partial(_write, path, leaf), done=self._saved, failed=partial(self._not_saved, path))

    def _connect(self) -> None:
        self.panel.picked.connect(self.print_on)
        self.panel.print_asked.connect(self.print_now)
        self.panel.save_asked.connect(self.save)
        self.panel.retry_asked.connect(self.retry)
        self.printing.listed.connect(self._show_printers)
        self.printing.unlisted.connect(self._no_printers)
        self.printing.told.connect(self._tell)
        self.printing.ended.connect(self._ended)

    def _show_setting(self, setting: PrintSetting) -> None:
        self._setting = setting
        self.panel.show_printers(self._printers, setting.printer)

    def _show_printers(self, printers: tuple[Printer, ...]) -> None:
        focused = self.panel.printers.hasFocus()
        self._printers = printers
        self.panel.show_printers(printers, self._setting.printer)
        self.panel.say(
            self.tr("Arrows choose, Enter prints there and remembers it for this desk.")
            if printers
            else self.tr("This system has no printer. Add one in its settings, or save the PDF.")
        )
        if focused and printers:
            self.panel.printers.setFocus()

    def _no_printers(self, words: str) -> None:
        self._printers = ()
        self.panel.show_printers((), "")
        self.panel.say(words)

    def _tell(self, text: str, tone: str) -> None:
        self.panel.tell(text, tone, retry=tone in ("warning", "danger") and self.printing.kept is not None)

    def _ended(self, job: Job | None) -> None:
        self.printing.list_printers()
        self.moved.emit()
        if job is not None and job.state is JobState.DONE:
            self.left.emit()

    def _saved(self, path: Path) -> None:
        self.panel.tell(self.tr("Saved as %1.").replace("%1", path.name), "ok")
        self.left.emit()

    def _not_saved(self, path: Path, error: Exception) -> None:
        if isinstance(error, IntakeError):
            self.panel.tell(words_of(error), "danger")
            return
        if not isinstance(error, OSError):
            raise error
        text = self.tr("%1 could not be saved: %2. Choose another folder with Ctrl S.")
        self.panel.tell(text.replace("%2", error.strerror or "").replace("%1", with_suffix(path).name), "danger")

    def _keep(self, work: partial[None]) -> None:
        self._desk.store.ask(work, owner=self)


def _write(path: Path, leaf: Leaf) -> Path:
    """Write the file, record that it is there, and return its whole name: for a thread that is not the window's."""
    written = write_pdf(path, leaf.pdf)
    leaf.record.saved()
    return written
