"""A sample of the practice's paper beside a form: drawn anew, off the window's thread, whenever what is typed would change it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.sample_papers import PAPERS, SamplePaper, sample_paper
from intake.errors import IntakeError
from ui.failures import words_of
from ui.pages.intake.flow import FlowRows
from ui.preview.view import PreviewView
from ui.preview.worker import Worker
from ui.widgets.buttons import Chip
from ui.widgets.card import Card

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from intake.definitions.bundle import Definitions

    Proposal = Callable[[], Definitions]

_PAUSE_MS: Final = 300
"""How long typing rests before the paper is drawn again."""


class SampleCard(Card):
    """The paper, and which one it is. ``shown`` tells that it was made of what was proposed last."""

    shown = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Build it with nothing to show; :meth:`propose` says of what it is made."""
        super().__init__(parent=parent)
        self._clock = clock
        self._paper: SamplePaper = "intake"
        self._proposal: tuple[Proposal, str] | None = None
        self._worker = Worker(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._make)
        self.pdf = b""
        self.view = PreviewView()
        self.chips: dict[SamplePaper, Chip] = {}
        head = FlowRows(gap_x=6, gap_y=6, grows=False)
        for paper, words in PAPERS.items():
            chip = self.chips[paper] = Chip(words, checked=paper == self._paper)
            chip.clicked.connect(partial(self.choose, paper))
            head.addWidget(chip)
        self.body.addLayout(head)
        self.body.addWidget(self.view, 1)
        self.setAccessibleName(self.tr("Sample of the paper"))

    def propose(self, proposal: Proposal, location: str, *, at_once: bool = False) -> None:
        """Show the paper of a clinic as ``proposal`` returns the definitions; it is called on another thread, and may refuse."""
        self._proposal = (proposal, location)
        if at_once:
            self._make()
        else:
            self._pause.start()

    def choose(self, paper: SamplePaper, *_checked: bool) -> None:
        """Show another kind of paper."""
        self._paper = paper
        for each, chip in self.chips.items():
            chip.setChecked(each == paper)
        self._make()

    def _make(self) -> None:
        if self._proposal is None:
            return
        self._pause.stop()
        proposal, location = self._proposal
        paper, at = self._paper, self._clock()

        def make() -> bytes:
            return sample_paper(paper, proposal(), location=location, printed_at=at)

        self._worker.ask(make, done=self._show, failed=self._refused, newest="sample")

    def _show(self, pdf: bytes) -> None:
        if pdf != self.pdf:
            self.pdf = pdf
            self.view.show_pdf(pdf, stay=True)
            self.view.canvas.go_to(1)  # what is typed stands at the head of the paper
        self.shown.emit()

    def _refused(self, error: Exception) -> None:
        """Leave the last paper as it is while something typed is not right yet: that is told at its field."""
        if not isinstance(error, IntakeError):
            raise error
        if not self.pdf:
            self.view.show_words(words_of(error))
