"""Patients as kept."""

from __future__ import annotations

from datetime import datetime

from intake.domain.numbers import record_number
from intake.domain.patients import Patient
from intake.domain.records import PatientRecord
from intake.matching.search_text import fold
from intake.storage.driver import Connection
from intake.storage.rows import PATIENT, insert_sql, instant_text, select_sql

_FIELDS = PATIENT.names
_KEYS = ("last_key", "first_key")
_COLUMNS = (*_FIELDS, *_KEYS, "version", "created_at", "changed_at")
_INSERT = insert_sql("patient", _COLUMNS)
INSERT_WITH_ID = insert_sql("patient", ("id", *_COLUMNS))
_SELECT = select_sql("patient", ("version", *_FIELDS), "id")
_ASSIGNMENTS = ", ".join(f"{name} = ?" for name in (*_FIELDS, *_KEYS))
_UPDATE = f"UPDATE patient SET {_ASSIGNMENTS}, version = ?, changed_at = ? WHERE id = ?"  # noqa: S608 - our own field names
FIRST_VERSION = 1


class Patients:
    """The table of patients. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def get(self, patient_id: int) -> PatientRecord | None:
        """Return a patient, None when there is none with this id."""
        row = self._connection.execute(_SELECT, (patient_id,)).fetchone()
        if row is None:
            return None
        patient = PATIENT.record(row[1:])
        return PatientRecord(id=patient_id, number=record_number(patient_id), version=row[0], patient=patient)

    def add(self, patient: Patient, *, at: datetime) -> PatientRecord:
        """Keep a new patient and return the record with its number."""
        moment = instant_text(at)
        row = (*PATIENT.values(patient), *keys(patient), FIRST_VERSION, moment, moment)
        patient_id = self._connection.execute(_INSERT, row).lastrowid
        return PatientRecord(id=patient_id, number=record_number(patient_id), version=FIRST_VERSION, patient=patient)

    def replace(self, before: PatientRecord, patient: Patient, *, at: datetime) -> PatientRecord:
        """Keep a changed patient as the next version and return that."""
        version = before.version + 1
        row = (*PATIENT.values(patient), *keys(patient), version, instant_text(at), before.id)
        self._connection.execute(_UPDATE, row)
        return PatientRecord(id=before.id, number=before.number, version=version, patient=patient)

    def count(self) -> int:
        """Return how many patients there are."""
        row = self._connection.execute("SELECT count(*) FROM patient").fetchone()
        return int(row[0]) if row else 0


def keys(patient: Patient) -> tuple[str, str]:
    """Return last and first name as searching compares them."""
    return fold(patient.legal_last or ""), fold(patient.legal_first or "")
