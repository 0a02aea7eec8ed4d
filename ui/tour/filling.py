"""The form of the tour that a patient fills in at home: written by the program, filled in by a PDF library."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pypdf

from intake.definitions.bundle import Definitions
from intake.documents.forms.form import fillable_form
from intake.entry.form_fields import FieldKind, form_fields, name_in_file

EMPTY_FORM = "form-es.pdf"
FILLED_FORM = "form-es-filled.pdf"
LAST_NAME = "Ejemplo"
FILLED = {
    "patient.legal_last": LAST_NAME,
    "patient.legal_first": "Sofía",
    "patient.dob": "9/17/1978",
    "patient.sex": "female",
    "patient.phone": "732-555-0163",
    "patient.line1": "7 Example Lane",
    "patient.zip_code": "08817",
    "patient.language": "es",
    "visit.reason": "Dolor de cuello al girar la cabeza, desde el martes",
    "visit.safety.allergies": "penicilina",
    "visit.safety.blood_thinner": "no",
    "visit.safety.opioids": "no",
    "answers.sx.twitching": "no",
    "answers.sx.pain.present": "yes",
    "answers.sx.pain.location::left": "yes",
    "answers.sx.knot": "unsure",
    "answers.sx.stiff": "yes",
    "answers.sx.pain.nprs_now": "4",
    "answers.attack.dizziness": "no",
}
"""What the patient writes and marks, by the name of the field."""


def fill_in(folder: Path, definitions: Definitions, *, location: str, now: datetime) -> Path:
    """Write the form in Spanish and what a patient made of it; return the filled file. For a thread that is not the window's."""
    place = definitions.practice.location(location)
    empty = fillable_form(definitions, language="es", record=None, location=place, training=True, printed_at=now)
    (folder / EMPTY_FORM).write_bytes(empty)
    fields = {field.name: field.kind for field in form_fields(definitions)}
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(empty))
    values = {name_in_file(name): _in_file(fields[name], value) for name, value in FILLED.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values)
    target = folder / FILLED_FORM
    with target.open("wb") as file:
        writer.write(file)
    return target


def _in_file(kind: FieldKind, value: str) -> str:
    """Return a value as the file has it: the state of a box, or the text."""
    if kind is FieldKind.CHECK:
        return "/Yes"
    return f"/{value}" if kind is FieldKind.RADIO else value
