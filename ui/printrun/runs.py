"""F9 in the window: the run, its list over the page, and what is told of it while people go on working."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.print_runs import PrintRun, RunJob, RunState
from intake.domain.requests import RequestLine
from intake.errors import IntakeError
from ui.desk import Desk
from ui.pages.page import Key
from ui.printrun.control import RunControl
from ui.printrun.overlay import RunOverlay
from ui.printrun.words import as_sentence, run_refusal, run_words
from ui.routes import Routes
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.printing import PrintWay

FIRST_LOOK_MS = 15_000
LOOK_MS = 60_000
"""How often this desk looks whether an earlier run broke off: its own after a crash, or that of another desk."""


class PrintRuns(QObject):
    """Answers the routes that ask for printing; ``banner`` is where lost jobs and trouble are told until somebody looks."""

    keys_changed = Signal()
    """Other keys work: the list was opened or closed, or moved on."""

    def __init__(self, desk: Desk, routes: Routes, banner: Banner, window: QWidget, *, way: PrintWay | None = None) -> None:
        """Lie over ``window`` when asked to."""
        super().__init__(window)
        self._desk = desk
        self._routes = routes
        self._banner = banner
        self._window = window
        self._lines: Mapping[int, RequestLine] = {}
        self._lost: tuple[RunJob, ...] = ()
        self._last: PrintRun | None = None
        self._tells_of_lost = self._shows_more = False
        self._overlay: RunOverlay | None = None
        self.control = RunControl(desk, self, way=way)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.control.find_lost)
        self._look.start()
        QTimer.singleShot(FIRST_LOOK_MS, self, self.control.find_lost)
        self._connect()

    def print_ready(self) -> None:
        """Print everything that is ready here; while a run is on its way, or jobs wait for a word, show that first."""
        if self.control.run is not None or (self._lost and not self._shows_lost()):
            self.show()
        else:
            self.control.begin()

    def show(self) -> None:
        """Show the run that is on its way, or what was lost, or how the last run ended."""
        run = self.control.run or (None if self._lost else self._last)
        if run is not None:
            self._show_run(run)
        elif self._lost:
            self.overlay.show_lost(self._lost, self._lines)
        else:
            return
        self.overlay.open()

    @property
    def overlay(self) -> RunOverlay:
        """The list over the page, made when it is first asked for."""
        if self._overlay is None:
            self._overlay = RunOverlay(self._desk.definitions, self._window)
            self._overlay.cancel_asked.connect(self._cancel)
            self._overlay.settled.connect(self._settle)
            self._overlay.printers_asked.connect(self._routes.printing)
            self._overlay.keys_changed.connect(self.keys_changed)
        return self._overlay

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the list while it lies over the page, none otherwise."""
        return () if self._overlay is None else self._overlay.legend()

    def _connect(self) -> None:
        self._routes.print_asked.connect(self._print)
        self._routes.reprint_asked.connect(self.control.reprint)
        self._banner.pressed.connect(self._banner_pressed)
        self.control.begun.connect(self._begun)
        self.control.moved.connect(self._show_run)
        self.control.ended.connect(self._ended)
        self.control.refused.connect(self._refused)
        self.control.lost.connect(self._found)
        self.control.settled.connect(self._settled)

    def _print(self, request_ids: tuple[int, ...] | None) -> None:
        if self.control.run is not None or request_ids is None:
            self.print_ready()
        else:
            self.control.begin(request_ids)

    def _begun(self, run: PrintRun, lines: Mapping[int, RequestLine]) -> None:
        self._lines, self._last = lines, run
        self._hide_banner()
        self.overlay.open()
        self._show_run(run)
        self._routes.changed.emit()

    def _show_run(self, run: PrintRun) -> None:
        self._last = run
        clinic = self._desk.definitions.practice.location(run.location).name
        if not self._shows_lost() or self.control.run is not None:
            self.overlay.show_run(run, self._lines, title=self.tr("Print run · %1").replace("%1", clinic))
        if self.overlay.isHidden():
            words = run_words(run)
            going = self.control.run is not None
            self._routes.said.emit(self.tr("%1 · F9 shows them").replace("%1", words) if going else words)

    def _ended(self, run: PrintRun) -> None:
        self._show_run(run)
        self._routes.changed.emit()
        failed = [job for job in run.jobs if job.state is RunState.FAILED]
        if failed and self.overlay.isHidden():
            words = self.tr("%1 of %2 documents did not print: %3 They are ready again; F9 prints them.")
            told = words.replace("%1", str(len(failed))).replace("%2", str(len(run.jobs))).replace("%3", as_sentence(failed[0].words))
            self._say(told, action=self.tr("Show them"))
        if any(job.state is RunState.LOST for job in run.jobs):
            self.control.find_lost()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        words = run_refusal(error)
        if self._overlay is not None and self._overlay.isVisible():
            self._overlay.tell(words)
        elif error.code in ("nothing_to_print", "with_another_run"):
            self._routes.refused.emit(words)
        else:
            self._say(words, action=self.tr("Understood"))
        self._routes.changed.emit()

    def _found(self, jobs: tuple[RunJob, ...], lines: Mapping[int, RequestLine]) -> None:
        before, self._lost = self._lost, tuple(job for job in jobs if job.state is RunState.LOST)
        if self.control.run is not None:
            return  # its list is on show, with its own lines; what is lost is looked for again once it has ended
        if self._lost:
            self._lines = lines
        if {job.id for job in before} != {job.id for job in self._lost}:
            self._routes.changed.emit()
        if not self._lost:
            if self._tells_of_lost:
                self._hide_banner()
            if self._shows_lost():
                self.overlay.close_over()
        elif self._shows_lost():
            self.overlay.show_lost(self._lost, self._lines)
        else:
            words = self.tr("Of %1 documents nobody knows whether they came out of the printer. F9 shows them.")
            if len(self._lost) == 1:
                words = self.tr("Of one document nobody knows whether it came out of the printer. F9 shows it.")
            self._say(words.replace("%1", str(len(self._lost))), action=self.tr("Show them"))
            self._tells_of_lost = True

    def _shows_lost(self) -> bool:
        return self._overlay is not None and self._overlay.isVisible() and self._overlay.shows_lost()

    def _say(self, words: str, *, action: str) -> None:
        self._tells_of_lost = False
        self._shows_more = action == self.tr("Show them")
        self._banner.say(words, tone="warning", action=action)

    def _hide_banner(self) -> None:
        self._tells_of_lost = False
        self._banner.hide()

    def _banner_pressed(self) -> None:
        self._hide_banner()
        if self._shows_more:
            self.show()

    def _cancel(self) -> None:
        """Have given back what can be; the list says of which documents that came true."""
        self.control.cancel()
        self._routes.said.emit(self.tr("What the printer has not begun is asked back."))

    def _settle(self, job_id: int, came_out: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Keep what was said of a job, and go on to the next at once: the same key again is about another one."""
        self._lost = tuple(job for job in self._lost if job.id != job_id)
        if self._lost:
            self.overlay.show_lost(self._lost, self._lines)
        else:
            self.overlay.close_over()
            self._hide_banner()
        self.control.settle(job_id, came_out=came_out)

    def _settled(self) -> None:
        self.control.find_lost()
        self._routes.changed.emit()
