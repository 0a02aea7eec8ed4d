"""Beside the paper: which printer, what became of the job, and the file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from intake.printing import Printer, PrinterState
from ui.models.board import CELL_ROLE, Cell
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.labels import label
from ui.widgets.notices import Banner
from ui.widgets.two_lines import ROW, TwoLines

_NAME = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6
_CALM = (PrinterState.READY, PrinterState.PRINTING)


class _Printers(QListWidget):
    """The list: arrows move, Enter picks, and nothing moves by letter."""

    picked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.picked.emit(self.currentItem().data(_NAME))
        elif event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)


class PrintPanel(QWidget):
    """Printers, what is happening, and two buttons. ``picked`` is a printer to print on now."""

    picked = Signal(str)
    print_asked = Signal()
    save_asked = Signal()
    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the panel, with no printer known yet."""
        super().__init__(parent)
        self.banner = Banner()
        self.state_banner = Banner()
        self.retry_button = Button(self.tr("Try again"), key="R")
        self.retry_button.clicked.connect(self._ask_retry)
        self.retry_button.hide()
        self.printers = _Printers()
        self.printers.setItemDelegate(TwoLines(CELL_ROLE, self.printers))
        self.printers.setFrameShape(QFrame.Shape.NoFrame)
        self.printers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.printers.setAccessibleName(self.tr("Printers"))
        self.printers.picked.connect(self.picked)
        self.printers.itemDoubleClicked.connect(self._double_clicked)
        self.words = label(self.tr("Looking for printers"), "hint", wrap=True)
        self.print_button = Button(self.tr("Print"), key="Ctrl P", primary=True)
        self.save_button = Button(self.tr("Save PDF"), key="Ctrl S")
        self.print_button.clicked.connect(self._ask_print)
        self.save_button.clicked.connect(self._ask_save)
        self._lay_out()
        self.show_printers((), "")

    def show_printers(self, printers: Sequence[Printer], chosen: str) -> None:
        """Show the printers; the chosen one is current and marked."""
        self.printers.clear()
        for printer in printers:
            item = QListWidgetItem(self.printers)
            item.setData(_NAME, printer.name)
            item.setData(CELL_ROLE, self._cell(printer, chosen))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{printer.description or printer.name}, {self._state(printer)}")
            if printer.name == chosen:
                self.printers.setCurrentItem(item)
        if printers and self.printers.currentRow() < 0:
            self.printers.setCurrentRow(0)
        self.printers.setVisible(bool(printers))
        self.printers.setFixedHeight(min(len(printers), _MOST_ROWS) * ROW + 2)

    def say(self, text: str) -> None:
        """Say something quiet under the list."""
        self.words.setText(text)

    def tell(self, text: str, tone: str, *, retry: bool = False) -> None:
        """Say what became of a job, with a button to send it again."""
        self.banner.say(text, tone=tone)
        self.retry_button.setVisible(retry)

    def say_of_paper(self, text: str) -> None:
        """Say what must be known of the paper before it leaves; nothing for an empty text."""
        self.state_banner.say(text, tone="warning")
        self.state_banner.setVisible(bool(text))

    def put_above(self, widget: QWidget) -> None:
        """Put choices about the paper over everything else."""
        self._outer.insertWidget(0, widget)

    def current(self) -> str:
        """Return the name of the current printer, empty when there is none."""
        return "" if self.printers.currentRow() < 0 else str(self.printers.currentItem().data(_NAME))

    def _lay_out(self) -> None:
        card = Card(self.tr("Print on"))
        card.body.setSpacing(8)
        card.body.addWidget(self.printers)
        card.body.addWidget(self.words)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.state_banner)
        outer.addWidget(card)
        outer.addLayout(row(self.print_button, self.save_button))
        outer.addWidget(self.banner)
        outer.addWidget(self.retry_button)
        outer.addStretch(1)

    def _cell(self, printer: Printer, chosen: str) -> Cell:
        calm = printer.state in _CALM
        state = self._state(printer)
        if printer.name == chosen:
            state = self.tr("used last time here, %1").replace("%1", state)
        sign = "" if calm else "⚠ "
        return Cell(first=f"{sign}{printer.description or printer.name}", second=state, tone="" if calm else "warning")

    def _state(self, printer: Printer) -> str:
        states = {
            PrinterState.READY: self.tr("ready"),
            PrinterState.PRINTING: self.tr("printing"),
            PrinterState.STOPPED: self.tr("stopped"),
            PrinterState.REFUSING: self.tr("takes no jobs"),
        }
        words = states[printer.state]
        # What a ready printer says is of a job before, and would read as if it stood in the way of the next.
        return f"{words}: {printer.words}" if printer.words and printer.state not in _CALM else words

    def _double_clicked(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(_NAME))

    def _ask_print(self) -> None:
        self.print_asked.emit()

    def _ask_retry(self) -> None:
        self.retry_asked.emit()

    def _ask_save(self) -> None:
        self.save_asked.emit()
