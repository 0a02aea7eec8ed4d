"""Keeping an edit of a patient while it is typed, as an intake is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject

from intake.actions.drafts import Draft
from intake.domain.records import PatientRecord
from ui.desk import Desk
from ui.drafting import DraftKeeper
from ui.pages.patients.edit_form import EditForm


class EditKeeper(DraftKeeper):
    """Keeps one edit as its owner's draft, with the version of the record it began from."""

    def __init__(
        self, desk: Desk, form: EditForm, record: PatientRecord, draft_id: int | None = None, parent: QObject | None = None
    ) -> None:
        """Follow the form of an edit of ``record``, in the draft it was resumed from if there is one."""
        super().__init__(desk, self._edit, parent)
        self.draft_id = draft_id
        self._patient_id = record.id
        self._version = record.version
        self._name = record.patient.full_name()
        self._form = form
        form.document.changed.connect(self._changed)
        form.moved.connect(self.note_caret)

    def _edit(self) -> Draft:
        return Draft(
            kind="edit",
            content=self._form.content(),
            caret=self._form.caret(),
            patient_id=self._patient_id,
            patient_version=self._version,
            title=self._name,
        )

    def _changed(self, _path: str) -> None:
        self.note()
