"""Signing a note and adding to a signed one: what is missing, the password, and the chart that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.signing import add_addendum, missing_for_signature, sign_review
from intake.domain.reviews import Chart
from intake.entry.notes import read_note
from intake.errors import ConflictError, IntakeError, InvalidInputError, Problem
from ui.desk import Desk
from ui.failures import words_of, words_of_problem
from ui.pages.chart.addendum_words import REASON, TEXT
from ui.pages.chart.note_keeper import NoteKeeper
from ui.pages.chart.note_words import Section, in_short
from ui.pages.chart.signing_overlay import SignOverlay
from ui.pages.chart.signing_words import Missing, missing_words, warning_words
from ui.pages.chart.state import ChartState

if TYPE_CHECKING:
    from intake.storage.store import Store

_LOOK_MS = 150
"""The list of what is missing is made anew when the typing pauses: at 40,000 characters it takes as long as a few keystrokes."""
_SHORT = 160


class Signing(QObject):
    """Follows a chart while it is written, and signs it.

    ``looked`` carries what is missing in words and what is wrong with the note as problems by path; ``signed`` tells that the
    chart in the state is signed, or has one more addendum; ``place_asked`` the place of what is missing; ``failed`` words.
    """

    looked = Signal(object, object)
    signed = Signal()
    place_asked = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: Desk, state: ChartState, keeper: NoteKeeper, parent: QWidget) -> None:
        """Follow the state; the overlay lies over the window of ``parent``."""
        super().__init__(parent)
        self._desk = desk
        self._state = state
        self._keeper = keeper
        self._over = parent
        self.overlay: SignOverlay | None = None
        self._send: Callable[[str], None] | None = None
        self._busy = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.look)
        state.changed.connect(self._changed)
        state.loaded.connect(self._fresh)
        state.updated.connect(self._fresh)
        state.cleared.connect(self._away)

    def look(self) -> tuple[Missing, ...]:
        """Find what is missing now, tell it, and return it."""
        self._pause.stop()
        chart = self._current()
        if chart is None or chart.signature is not None:
            return ()
        desk = self._desk
        found = missing_for_signature(chart, definitions=desk.definitions, now=desk.now(), actor=desk.actor)
        missing = missing_words(found, chart, desk.definitions)
        wrong = {each.field.removeprefix("note."): words_of_problem(each) for each in (*self._warnings(chart), *found) if _of_field(each)}
        self.looked.emit(missing, wrong)
        return missing

    def sign(self) -> None:
        """Show what is missing, or what is signed and ask for the password; once that is asked, sign."""
        if self.overlay is not None and self.overlay.isVisible():
            self.overlay.sign_button.click()
            return
        chart = self._current()
        if chart is None or not self._state.can_write:
            return
        overlay = self._lay_over()
        missing = self.look()
        if missing:
            overlay.show_missing(missing)
            return
        self._send = self._sign
        warnings = warning_words(chart, self._desk.definitions)
        overlay.show_ready(self._title(chart), self._short(chart), after=self._after(), warnings=warnings)

    def add(self) -> None:
        """Ask for the password of an addendum as it is typed."""
        chart = self._state.chart
        if self.overlay is not None and self.overlay.isVisible():
            self.overlay.sign_button.click()
            return
        if chart is None or chart.signature is None:
            return
        self._send = self._add
        text, reason = str(self._state.get(TEXT)).strip(), str(self._state.get(REASON)).strip()
        said = (Section(title=self.tr("Reason"), text=reason), Section(title=self.tr("Addendum"), text=_shortened(text)))
        words = self.tr("It is added after the signed note, with your name and the time, and stays as it is.")
        self._lay_over().show_ready(self.tr("Sign the addendum to %1").replace("%1", chart.number), said, after=words)

    def _sign(self, password: str) -> None:
        desk, visit_id = self._desk, self._state.visit_id
        if visit_id is None:
            return

        def sign(store: Store) -> Chart:
            return sign_review(store, desk.actor, visit_id, password=password, definitions=desk.definitions, now=desk.now())

        self._ask(sign)

    def _add(self, password: str) -> None:
        desk, visit_id = self._desk, self._state.visit_id
        if visit_id is None:
            return
        text, reason = str(self._state.get(TEXT)), str(self._state.get(REASON))

        def add(store: Store) -> Chart:
            return add_addendum(
                store, desk.actor, visit_id, text=text, reason=reason, password=password, definitions=desk.definitions, now=desk.now()
            )

        self._ask(add)

    def _ask(self, work: Callable[[Store], Chart]) -> None:
        """Write the draft first: what is signed is what is on disk."""
        if self._busy:
            return
        self._busy = True

        def go() -> None:
            if self._keeper.is_behind():
                self._busy = False
                self.failed.emit(self.tr("The note could not be written to disk yet, so it was not signed. It is tried again."))
                return
            self._desk.store.ask(work, owner=self, done=self._done, failed=self._refused)

        self._keeper.settle(go)

    def _submitted(self, password: str) -> None:
        if self._send is not None:
            self._send(password)

    def _done(self, chart: Chart) -> None:
        self._busy = False
        self._close()
        if chart.visit.id == self._state.visit_id:
            self._state.raw = dict(chart.draft)  # what was signed is no draft any more
            self._state.show(chart)
        self.signed.emit()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, IntakeError):
            self._close()
            self._desk.store.failed.emit(error)
        elif isinstance(error, InvalidInputError) and (chart := self._current()) is not None:
            self._lay_over().show_missing(missing_words(error.problems, chart, self._desk.definitions))
        elif isinstance(error, ConflictError):
            self._close()
            self._keeper.overtaken.emit(error)
            self.failed.emit(words_of(error))
        else:
            self._lay_over().refuse(error)

    def _current(self) -> Chart | None:
        """Return the chart with the note as it is typed at this moment."""
        chart = self._state.chart
        return None if chart is None else replace(chart, draft=self._state.raw)

    def _warnings(self, chart: Chart) -> tuple[Problem, ...]:
        definitions = self._desk.definitions
        reading = read_note(chart.draft, form=definitions.review_form, codes=definitions.codes, on=chart.visit.visit_day)
        return tuple(each for each in reading.problems if each.level == "warning" and not each.field.startswith("note.codes"))

    def _title(self, chart: Chart) -> str:
        patient = chart.visit.patient
        return self.tr("Sign the note of %1, %2").replace("%1", patient.patient.full_name()).replace("%2", chart.visit.number)

    def _short(self, chart: Chart) -> tuple[Section, ...]:
        definitions = self._desk.definitions
        reading = read_note(chart.draft, form=definitions.review_form, codes=definitions.codes, on=chart.visit.visit_day)
        more = []
        if chart.prompts:
            words = self.tr("%1, each acknowledged").replace("%1", str(len(chart.prompts)))
            more.append(Section(title=self.tr("Prompts"), text=words))
        if chart.corrections:
            more.append(Section(title=self.tr("Corrections"), text=str(len(chart.corrections))))
        return (*in_short(reading.note, definitions.review_form), *more)

    def _after(self) -> str:
        return self.tr("Once signed, neither the note nor anything recorded at this visit can change. Only an addendum can follow.")

    def _lay_over(self) -> SignOverlay:
        if self.overlay is None:
            self.overlay = SignOverlay(self._over.window())
            self.overlay.submitted.connect(self._submitted)
            self.overlay.place_asked.connect(self.place_asked)
            self._over.destroyed.connect(self.overlay.deleteLater)
        return self.overlay

    def _close(self) -> None:
        if self.overlay is not None and self.overlay.isVisible():
            self.overlay.close_over()

    def _changed(self, _path: str) -> None:
        self._pause.start(_LOOK_MS)

    def _fresh(self, _chart: object) -> None:
        self._pause.start(0)

    def _away(self) -> None:
        self._close()
        self._send = None


def _of_field(problem: Problem) -> bool:
    return problem.field.startswith("note.") and problem.code != "part_missing"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}…"
