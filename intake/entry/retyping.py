"""A kept patient as a person would type it: what an edit and a new visit of a known patient begin with."""

from __future__ import annotations

from datetime import date

from intake.domain.fields import Described, Kind, described
from intake.domain.patients import Patient
from intake.entry.showing import shown


def typed_patient(patient: Patient) -> dict[str, str]:
    """Return the texts of a raw intake's ``patient`` that read back as this patient; what was not asked is left out."""
    values = {field.name: (field, getattr(patient, field.name)) for field in described(Patient, "patient")}
    return {name: _typed(field, value) for name, (field, value) in values.items() if value is not None}


def _typed(field: Described, value: str | date) -> str:
    if isinstance(value, date):
        return f"{value:%m/%d/%Y}"
    if field.about.kind is Kind.PHONE and field.about.label_of(value) is None:
        return shown(field, value)
    return value
