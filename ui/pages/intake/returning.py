"""A patient who was here before: opened, compared with what was typed, and taken over once every difference is confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from intake.actions.patients import PatientFile, open_patient
from intake.domain.coverage import Treatment
from intake.domain.records import PatientRecord
from intake.entry.retyping import typed_patient
from ui.desk import Desk
from ui.drafting import IntakeKeeper
from ui.pages.intake.compare import differences, merged
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.panel import SamePersonPanel

PATIENT = "patient."


class Returning(QObject):
    """Opens the patient of a match and carries the typed data over.

    ``taken`` tells that the form now holds that patient's data and the save adds a visit to the record; ``given_back`` that it
    holds what was typed before, as a new patient.
    """

    taken = Signal()
    given_back = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: Desk, document: IntakeDocument, keeper: IntakeKeeper, panel: SamePersonPanel, parent: QObject | None = None
    ) -> None:
        """Work on this document with this panel."""
        super().__init__(parent)
        self.record: PatientRecord | None = None
        self._desk = desk
        self._document = document
        self._keeper = keeper
        self._panel = panel
        self._typed: dict[str, object] = {}
        self._treatments: tuple[Treatment, ...] = ()
        self._marked: tuple[str, ...] = ()
        panel.same.connect(self.open)
        panel.confirmed.connect(self._confirmed)
        panel.undone.connect(self.give_back)

    def open(self, patient_id: int) -> None:
        """Open a patient and ask which values stand."""
        self._ask(patient_id, self._compare)

    def begin(self, patient_id: int) -> None:
        """Begin a visit of a known patient with the demographics on record."""
        self._ask(patient_id, self._begin)

    def resume(self, patient_id: int) -> None:
        """Take up a draft for a known patient again: the form holds what was confirmed and typed already."""
        self._ask(patient_id, self._resume)

    def give_back(self) -> None:
        """Let go of the patient: what was typed before stands again, and matches are asked again."""
        if self.record is None:
            return
        self.record = None
        self._keeper.patient_id = None
        self._document.treatments = ()
        self._document.raw["patient"] = dict(self._typed)
        self._document.form_marks.put_back(self._marked)
        self._document.changed.emit("patient.legal_last")
        self._panel.forget()
        self.given_back.emit()

    def _ask(self, patient_id: int, done: object) -> None:
        actor, now = self._desk.actor, self._desk.now()
        self._desk.store.ask(
            lambda store: open_patient(store, actor, patient_id, now=now),
            owner=self,
            done=done,  # type: ignore[arg-type]  # one of the three below
            failed=self.failed.emit,
        )

    def _compare(self, opened: PatientFile) -> None:
        self.record, self._treatments = opened.record, opened.treatments
        self._typed = dict(self._document.raw["patient"])
        self._marked = tuple(path for path in self._document.form_marks.unconfirmed() if path.startswith(PATIENT))
        self._panel.show_comparison(opened.record, differences(self._document, opened.record.patient))

    def _confirmed(self, keep_existing: Sequence[str]) -> None:
        if self.record is not None:
            self._take(self.record, merged(self._document, self.record.patient, keep_existing))
            self._document.form_marks.confirm(self._marked)

    def _begin(self, opened: PatientFile) -> None:
        self._treatments = opened.treatments
        self._take(opened.record, typed_patient(opened.record.patient))

    def _resume(self, opened: PatientFile) -> None:
        texts = dict(self._document.raw["patient"])
        marks = self._document.form_marks
        paths = {name: f"{PATIENT}{name}" for name in texts}
        self._typed = {name: texts[name] for name, path in paths.items() if marks.is_from_form(path) and not marks.is_emptied(path)}
        self._treatments = opened.treatments
        self._take(opened.record, texts)

    def _take(self, record: PatientRecord, texts: dict[str, str]) -> None:
        self.record = record
        self._keeper.patient_id = record.id
        self._document.treatments = self._treatments
        self._document.raw["patient"] = dict(texts)
        self._document.changed.emit("patient.legal_last")
        self._panel.show_patient(record)
        self.taken.emit()
