"""Giving a sheet that is shown once to its person: on paper or as a file, from any screen that has no preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.print_runs import PrintSetting
from intake.printing import Printer
from ui.choosing import file_to_save
from ui.preview.print_desk import PrintDesk
from ui.preview.print_ways import PrintWay
from ui.preview.saving import write_pdf
from ui.preview.worker import Worker
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.fields import ChoiceField
from ui.widgets.labels import Tone, label, set_tone


class HandOut(QWidget):
    """Two buttons and the printers. ``handed_out`` tells that the sheet was sent to a printer or saved."""

    handed_out = Signal()

    def __init__(
        self, make: Callable[[], bytes], *, usual: str, title: str, way: PrintWay | None = None, parent: QWidget | None = None
    ) -> None:
        """Keep what draws the sheet, the usual name of its file, and under which title it stands in a queue."""
        super().__init__(parent)
        self._make = make
        self._usual = usual
        self._worker = Worker(self)
        self.printing = PrintDesk(self, way=way, title=title)
        self.printer_field = ChoiceField((), empty=self.tr("No printer"))
        self.printer_field.setAccessibleName(self.tr("Printer"))
        self.print_button = Button(self.tr("Print"), key="Ctrl P")
        self.save_button = Button(self.tr("Save as PDF"), key="Ctrl S")
        self.told_label = label("", "hint", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(row(self.print_button, self.save_button))
        inside.addWidget(self.printer_field)
        inside.addWidget(self.told_label)
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+P"), self.window_part(), self.print_sheet)
        QShortcut(QKeySequence("Ctrl+S"), self.window_part(), self.save)
        self.printing.listed.connect(self._list)
        self.printing.unlisted.connect(self._unlisted)
        self.printing.told.connect(self.say)
        self.printing.sent.connect(self._sent)
        self.printing.list_printers()

    def window_part(self) -> QWidget:
        """Return where the keys work: the page around it."""
        return self.parentWidget() or self

    def print_sheet(self) -> None:
        """Draw the sheet and print it on the chosen printer."""
        printer = self.printer_field.value()
        if not printer:
            self.say(self.tr("Choose a printer, or save the sheet."), "warning")
            self.printer_field.setFocus()
            return
        self._worker.ask(self._make, done=partial(self._send, printer), failed=self._failed)

    def save(self) -> None:
        """Ask where the sheet is to lie and write it there."""
        path = file_to_save(self, self.tr("Save the sheet"), Path.home() / self._usual, self.tr("PDF (*.pdf)"))
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the sheet to a file."""
        self._worker.ask(lambda: write_pdf(path, self._make()), done=self._saved, failed=self._failed)

    def say(self, text: str, tone: Tone = "info") -> None:
        """Say how it stands with the sheet."""
        self.told_label.setText(text)
        set_tone(self.told_label, tone)

    def _send(self, printer: str, pdf: bytes) -> None:
        self.printing.print_pdf(pdf, printer, PrintSetting())

    def _list(self, printers: tuple[Printer, ...]) -> None:
        self.printer_field.clear()
        for each in printers:
            self.printer_field.addItem(each.name, each.name)
        if not printers:
            self._unlisted(self.tr("There is no printer here."))

    def _unlisted(self, words: str) -> None:
        self.printer_field.hide()
        self.say(words)

    def _sent(self, printer: str) -> None:
        self.handed_out.emit()

    def _saved(self, path: Path) -> None:
        self.say(self.tr("Saved as %1. Take the file off this computer.").replace("%1", path.name), "ok")
        self.handed_out.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self.say(self.tr("The file could not be written there. Choose another folder."), "danger")
