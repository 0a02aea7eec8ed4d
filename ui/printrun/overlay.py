"""F9: the list of a print run, how far it is, and the jobs of which nobody knows whether they came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.domain.print_runs import PrintRun, RunJob, RunState
from intake.domain.requests import RequestLine
from ui.dialogs.overlay import Overlay
from ui.pages.page import Key
from ui.pages.patients.rows_table import RowsTable
from ui.printrun.bar import RunBar
from ui.printrun.words import job_row, run_words
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.two_lines import ROW

_WIDTH = 760
_HIGH = 420
_FEWEST, _HEAD = 3, 34


class RunOverlay(Overlay):
    """Lies over the window until Escape; the run goes on under it. Nothing in it has to be answered for work to go on."""

    cancel_asked = Signal()
    settled = Signal(int, bool)
    """A lost job's id, and whether it came out."""
    printers_asked = Signal()
    keys_changed = Signal()
    """It was opened or closed, or other keys work in it now."""

    def __init__(self, definitions: Definitions, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, width=_WIDTH, top=64)
        self._definitions = definitions
        self._run: PrintRun | None = None
        self._lost: tuple[RunJob, ...] = ()
        self._jobs: tuple[RunJob, ...] = ()
        self._lines: Mapping[int, RequestLine] = {}
        self.title_label = label("", "title")
        self.words_label = label("", "muted", wrap=True)
        self.trouble_label = label("", tone="danger", wrap=True)
        self.trouble_label.hide()
        self.bar = RunBar()
        self.table = RowsTable((self.tr("Document"), self.tr("Printer"), self.tr("Where it stands")), (5, 4, 3))
        self.table.setAccessibleName(self.tr("Jobs of this run"))
        self.table.typed.connect(self._lettered)
        self.cancel_button = Button(self.tr("Cancel the rest"), key="C")
        self.yes_button, self.no_button = Button(self.tr("It came out"), key="Y"), Button(self.tr("It did not"), key="N")
        self.printers_button = Button(self.tr("Printers of this desk"), key="S")
        self.close_button = Button(self.tr("Close"), key="Esc", primary=True)
        self.said_label = label("", tone="danger", wrap=True)
        self.said_label.hide()
        self._connect()
        self._lay_out()

    def show_run(self, run: PrintRun, lines: Mapping[int, RequestLine], *, title: str) -> None:
        """Show how a run stands; the row in hand stays."""
        if self._run is None or self._run.id != run.id:
            self.trouble_label.hide()
        self._run, self._lost, self._lines = run, (), lines
        self.title_label.setText(title)
        self._fill(run.jobs)
        words = run_words(run)
        self.words_label.setText(words)
        self.setAccessibleDescription(words)
        ended = sum(not job.state.open for job in run.jobs)
        self.bar.show_share(sum(job.state is RunState.PRINTED for job in run.jobs), len(run.jobs))
        self.bar.show()
        self._show_buttons(running=run.ended_at is None and ended < len(run.jobs))

    def show_lost(self, jobs: Sequence[RunJob], lines: Mapping[int, RequestLine]) -> None:
        """Show the jobs that a person has to decide about."""
        self._run, self._lost, self._lines = None, tuple(jobs), lines
        self.trouble_label.hide()
        self.title_label.setText(self.tr("Did these come out?"))
        words = self.tr(
            "The program stopped while these were on their way, and the printer cannot tell. Look at the paper:"
            " Y says that a document came out, N puts it back among those that are ready. F9 prints what else is ready."
        )
        self.words_label.setText(words)
        self.setAccessibleDescription(words)
        self.bar.hide()
        self._fill(self._lost)
        self._show_buttons(running=False)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys that work in it now, none while it is hidden: those of its buttons."""
        shown = ((letter, button) for letter, button in self._lettered_buttons().items() if not button.isHidden())
        keys = [Key(keys=(letter,), text=button.words()) for letter, button in shown]
        closes = self.tr("close") if self.cancel_button.isHidden() else self.tr("close; the run goes on")
        return () if self.isHidden() else (*keys, Key(keys=("Esc",), text=closes))

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that its keys work now."""
        super().showEvent(event)
        self.keys_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the page's keys work again."""
        super().hideEvent(event)
        self.keys_changed.emit()

    def shows_lost(self) -> bool:
        """Tell whether it shows what was lost, and not a run."""
        return bool(self._lost)

    def tell(self, text: str) -> None:
        """Say why a run came no further."""
        self.trouble_label.setText("⚠ " + text)
        self.trouble_label.show()
        self._place()

    def open(self) -> None:
        """Show it with the focus on the list."""
        super().open()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the letters of the buttons wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape or not self._act(event.text()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Keep the keyboard in the overlay: what lies under it is not to be typed into."""
        if self.isHidden():  # Qt hands the keyboard on while it hides what has it
            return super().focusNextPrevChild(next)
        inside: list[QWidget] = [each for each in (self.table, *self._buttons()) if each.isVisible()]
        current = self.focusWidget()
        at = inside.index(current) if current in inside else -1
        inside[(at + (1 if next else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _buttons(self) -> tuple[Button, ...]:
        return self.close_button, self.cancel_button, self.yes_button, self.no_button, self.printers_button

    def _lettered_buttons(self) -> dict[str, Button]:
        return {"C": self.cancel_button, "Y": self.yes_button, "N": self.no_button, "S": self.printers_button}

    def _fill(self, jobs: Sequence[RunJob]) -> None:
        self.table.setFixedHeight(min(max(len(jobs), _FEWEST) * ROW + _HEAD, _HIGH))
        self._jobs = tuple(jobs)
        self.table.show_rows([job_row(job, self._lines.get(job.request_id or 0), self._definitions) for job in jobs])
        self._say_whole()

    def _say_whole(self) -> None:
        """Say whole under the list what was said of the job in hand: its row may have no room for it."""
        job = next((job for job in self._jobs if job.id == self.table.current_key()), None)
        words = f"⚠ {job.words}" if job is not None and job.state is RunState.FAILED and job.words else ""
        if words != self.said_label.text():
            self.said_label.setText(words)
            self.said_label.setVisible(bool(words))
            if self.isVisible():
                self._place()

    def _show_buttons(self, *, running: bool) -> None:
        self.cancel_button.setVisible(running)
        self.yes_button.setVisible(bool(self._lost))
        self.no_button.setVisible(bool(self._lost))
        self.printers_button.setVisible(any(job.state is RunState.FAILED for job in self._jobs))
        if not self.isVisible():
            return
        self.keys_changed.emit()
        if self.focusWidget() not in (self.table, *(each for each in self._buttons() if each.isVisible())):
            self.table.setFocus()
        self._place()

    def _lettered(self, letter: str) -> None:
        self._act(letter)

    def _act(self, letter: str) -> bool:
        button = self._lettered_buttons().get(letter.upper())
        if button is None or button.isHidden():
            return False
        button.click()
        return True

    def _ask_printers(self) -> None:
        self.close_over()
        self.printers_asked.emit()

    def _settle(self, *, came_out: bool) -> None:
        job_id = self.table.current_key()
        if self._lost and job_id is not None:
            self.settled.emit(job_id, came_out)

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.cancel_asked)
        self.yes_button.clicked.connect(lambda: self._settle(came_out=True))
        self.no_button.clicked.connect(lambda: self._settle(came_out=False))
        self.close_button.clicked.connect(self.close_over)
        self.printers_button.clicked.connect(self._ask_printers)
        self.table.selectionModel().currentRowChanged.connect(self._say_whole)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(10)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in self._buttons():
            buttons.addWidget(button)
        buttons.addStretch(1)
        for each in (self.title_label, self.words_label, self.trouble_label, self.bar, self.table, self.said_label):
            inside.addWidget(each)
        inside.addLayout(buttons)
