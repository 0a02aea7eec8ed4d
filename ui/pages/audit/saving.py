"""Taking entries and access reports out of the program as files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.audit_reading import Form, export_audit, note_access_report, patient_of
from intake.domain.audit import AccessReport, Asked
from ui.choosing import file_to_save
from ui.desk import Desk
from ui.preview.saving import write_whole
from ui.preview.worker import Worker

if TYPE_CHECKING:
    from intake.domain.records import PatientRecord


class Saving(QObject):
    """Asks where to, makes the file off the window's thread, and has it recorded."""

    said = Signal(str)
    """That a file was saved."""
    refused = Signal(str)
    """Why a file could not be written."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Save for this page."""
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._worker = Worker(self)

    def save_entries(self, asked: Asked, form: Form) -> None:
        """Ask where to, and save what the list shows."""
        usual = self._desk.paths.documents / f"audit-{self._desk.today()}.{form}"
        kinds = self.tr("Table (*.csv)") if form == "csv" else self.tr("JSON lines (*.jsonl)")
        chosen = file_to_save(self._page, self.tr("Save these entries"), usual, kinds)
        if chosen is not None:
            self.save_entries_to(chosen, asked, form)

    def save_entries_to(self, path: Path, asked: Asked, form: Form) -> None:
        """Save what the list shows at this path."""
        desk, target = self._desk, _ending(path, form)
        desk.store.ask(
            lambda store: export_audit(store, desk.actor, asked, form=form, zone=desk.zone, now=desk.now()),
            owner=self,
            done=partial(self._write, target),
        )

    def save_report(self, report: AccessReport) -> None:
        """Ask where to, and save who looked at a record."""
        usual = self._desk.paths.documents / f"access-{report.patient_id}-{self._desk.today()}.pdf"
        chosen = file_to_save(self._page, self.tr("Save the access report"), usual, self.tr("PDF (*.pdf)"))
        if chosen is not None:
            self.save_report_to(chosen, report)

    def save_report_to(self, path: Path, report: AccessReport) -> None:
        """Save who looked at a record at this path."""
        desk, target = self._desk, _ending(path, "pdf")
        desk.store.ask(
            lambda store: patient_of(store, desk.actor, report.patient_id, now=desk.now()),
            owner=self,
            done=partial(self._make, target, report),
        )

    def _make(self, target: Path, report: AccessReport, patient: PatientRecord) -> None:
        self._worker.ask(
            partial(_make_report, self._desk, report, patient, target),
            done=partial(self._note, report, target),
            failed=partial(self._fail, target),
        )

    def _note(self, report: AccessReport, target: Path, content: bytes) -> None:
        desk = self._desk
        desk.store.ask(
            lambda store: note_access_report(store, desk.actor, report, content, way="file", now=desk.now()),
            owner=self,
            done=partial(self._tell, target),
        )

    def _write(self, target: Path, content: bytes) -> None:
        self._worker.ask(partial(write_whole, target, content), done=partial(self._tell, target), failed=partial(self._fail, target))

    def _tell(self, target: Path, _: object) -> None:
        self.said.emit(self.tr("Saved as %1.").replace("%1", target.name))

    def _fail(self, target: Path, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        words = self.tr("%1 could not be saved: %2. Choose another folder.")
        self.refused.emit(words.replace("%2", error.strerror or "").replace("%1", target.name))


def _make_report(desk: Desk, report: AccessReport, patient: PatientRecord, target: Path) -> bytes:
    from intake.documents.access_report import access_report_pdf  # noqa: PLC0415 - the PDF library is read here, not before the window

    practice = desk.definitions.practice
    content = access_report_pdf(
        report,
        patient=patient,
        practice=practice,
        location=practice.location(desk.location),
        by=desk.actor.staff.name,
        training=desk.paths.training,
        printed_at=desk.now(),
    )
    write_whole(target, content)
    return content


def _ending(path: Path, suffix: str) -> Path:
    return path if path.suffix.lower() == f".{suffix}" else path.with_name(f"{path.name}.{suffix}")
