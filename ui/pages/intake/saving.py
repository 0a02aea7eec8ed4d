"""Saving: everything checked and told at once, each question asked once, then the whole intake in one go."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.domain.records import Intake
from intake.errors import ConflictError, IntakeError, InvalidInputError
from ui.desk import Desk
from ui.drafting import IntakeKeeper
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.panel import SamePersonPanel

LOCATION = "visit.location"
MATCHES = "matches"


class Saving(QObject):
    """One try after the other, until it is saved.

    ``refused`` carries the problems of the form; ``clinic_asked`` the name of another clinic to confirm; ``match_asked`` that
    a strong match waits for an answer; ``failed`` an error in words of the store; ``conflicted`` the patient whom another desk
    changed meanwhile; ``saved`` the numbers and whether to print.
    """

    refused = Signal(tuple)
    clinic_asked = Signal(str)
    match_asked = Signal()
    failed = Signal(object)
    conflicted = Signal(int)
    saved = Signal(object, bool)

    def __init__(
        self, desk: Desk, document: IntakeDocument, keeper: IntakeKeeper, panel: SamePersonPanel, parent: QObject | None = None
    ) -> None:
        """Save this document; its draft goes with it."""
        super().__init__(parent)
        self.patient_version: int | None = None
        self._desk = desk
        self._document = document
        self._keeper = keeper
        self._panel = panel
        self._confirmed_clinic = desk.location
        self._prints = False
        self._busy = False

    def confirm_clinic(self) -> None:
        """Take the visit's clinic as meant; it is asked once for each."""
        self._confirmed_clinic = self._document.text(LOCATION)

    def again(self) -> None:
        """Try again as before, after a question was answered."""
        self.save(prints=self._prints)

    def save(self, *, prints: bool) -> None:
        """Check, ask what has to be asked, and save; while one save is under way a second one does nothing."""
        if self._busy:
            return
        self._prints = prints
        self._document.on = self._desk.today()
        reading = self._document.read_all()
        self.refused.emit(reading.problems)
        if reading.errors():
            return
        location = reading.intake.visit.location
        if location is not None and location != self._confirmed_clinic:
            self.clinic_asked.emit(self._desk.definitions.practice.location(location).name)
            return
        if self._keeper.patient_id is None and self._panel.unanswered():
            self.match_asked.emit()
            return
        self._busy = True
        self._intake = reading.intake
        self._keeper.settle(self._write)

    def _write(self) -> None:
        intake: Intake = self._intake
        request = SaveRequest(
            intake=intake,
            patient_id=self._keeper.patient_id,
            patient_version=self.patient_version if self._keeper.patient_id is not None else None,
            draft_id=self._keeper.draft_id,
            decisions=self._panel.decisions(),
        )
        actor, definitions, now = self._desk.actor, self._desk.definitions, self._desk.now()
        self._desk.store.ask(
            lambda store: save_intake(store, actor, request, definitions=definitions, now=now),
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def _done(self, saved: Saved) -> None:
        self._keeper.close()
        self._busy = False
        self.saved.emit(saved, self._prints)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, InvalidInputError) and any(problem.field == MATCHES for problem in error.problems):
            self.match_asked.emit()
        elif isinstance(error, InvalidInputError):
            self.refused.emit(error.problems)
        elif isinstance(error, IntakeError):
            self.failed.emit(error)
            if isinstance(error, ConflictError) and self._keeper.patient_id is not None:
                self.conflicted.emit(self._keeper.patient_id)
        else:
            raise error
