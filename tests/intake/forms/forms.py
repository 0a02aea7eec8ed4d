"""The form for patients as the tests make it, and a patient who fills it in."""

from __future__ import annotations

import io
import json
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pypdf

from intake.definitions.bundle import RESOURCES, Definitions, load_definitions
from intake.documents.forms.form import blank_form, fillable_form
from intake.documents.words import Language
from intake.domain.records import PatientRecord
from intake.entry.form_fields import FieldKind, FormField, form_fields, name_from_file, name_in_file
from tests.factories import a_patient
from tests.intake.documents.samples import definitions, pages_by_pypdf, spaced

PRINTED_AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = ("en", "es")
NEW_KEY = "sx.humming"
NEW_TEXTS = {"en": "Does your neck hum when you sing?", "es": "¿Le zumba el cuello cuando canta?"}


def a_known_patient(**fields: Any) -> PatientRecord:
    """Return a patient as kept."""
    return PatientRecord(id=42, number="RD-004217-6", version=1, patient=a_patient(**fields))


def a_form(
    language: Language = "en",
    *,
    fillable: bool = False,
    record: PatientRecord | None = None,
    training: bool = False,
    known: Definitions | None = None,
) -> bytes:
    """Return a form of the clinic in Edison as PDF."""
    known = known or definitions()
    make = fillable_form if fillable else blank_form
    place = known.practice.location("loc.edison")
    return make(known, language=language, record=record, location=place, training=training, printed_at=PRINTED_AT)


@cache
def a_blank(language: Language) -> bytes:
    """Return the form to write on, made once."""
    return a_form(language)


@cache
def blank_pages(language: Language) -> tuple[str, ...]:
    """Return the text of each page of the form to write on, read once."""
    return tuple(spaced(page) for page in pages_by_pypdf(a_blank(language)))


@cache
def a_fillable(language: Language) -> bytes:
    """Return the file to fill in, made once."""
    return a_form(language, fillable=True)


def with_a_question(folder: Path) -> Definitions:
    """Return the definitions of a practice that added one question to its copy of the checklist, below the first group's first."""
    own = folder / "checklists"
    own.mkdir(parents=True)
    shutil.copy(RESOURCES / "checklists/neck-2.json", own / "neck-2.json")
    checklist = json.loads((own / "neck-2.json").read_text(encoding="utf-8"))
    items = checklist["item"][0]["item"]
    added = json.loads(json.dumps(next(item for item in items if item["linkId"] == "sx.twitching")))
    added["linkId"] = added["code"][0]["code"] = NEW_KEY
    added["text"] = NEW_TEXTS["en"]
    added["_text"]["extension"][0]["extension"][1]["valueString"] = NEW_TEXTS["es"]
    added["code"][0]["display"] = "Humming"
    items.insert(2, added)
    (own / "neck-2.json").write_text(json.dumps(checklist, ensure_ascii=False), encoding="utf-8")
    return load_definitions(RESOURCES, folder)


def an_answer(field: FormField) -> str:
    """Return something a patient could fill in: the state of a box, or words of this field alone, no longer than it takes."""
    if field.kind is FieldKind.RADIO:
        return field.options[len(field.name) % len(field.options)].code
    if field.kind is FieldKind.CHECK:
        return "Yes"
    return f"Ñandú, née Łódź 王 {field.name}"[: field.max_length]


def everything(known: Definitions) -> dict[str, str]:
    """Return an answer to every field of the form, by its name."""
    return {field.name: an_answer(field) for field in form_fields(known)}


def filled_in(pdf: bytes, answers: dict[str, str]) -> bytes:
    """Return the file as a patient leaves it who writes and marks these answers."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    states = {field.name for field in form_fields(definitions()) if field.kind in {FieldKind.RADIO, FieldKind.CHECK}}
    values = {name_in_file(name): f"/{value}" if name in states else value for name, value in answers.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def fields_of(pdf: bytes) -> dict[str, Any]:
    """Return the fields of a file by name."""
    return {name_from_file(name): field for name, field in (pypdf.PdfReader(io.BytesIO(pdf)).get_fields() or {}).items()}


def values_of(pdf: bytes) -> dict[str, str]:
    """Return what is filled in, by the name of the field."""
    found = {name: str(field.value or "").removeprefix("/") for name, field in fields_of(pdf).items()}
    return {name: value for name, value in found.items() if value not in ("", "Off")}


def boxes_of(pdf: bytes) -> list[list[Any]]:
    """Return the fields that stand on each page, in the order of the file."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [[box.get_object() for box in page.get("/Annots") or ()] for page in reader.pages]


def catalog_of(pdf: bytes) -> Any:
    """Return the catalog of a file."""
    return pypdf.PdfReader(io.BytesIO(pdf)).root_object


def name_of(box: Any) -> str:
    """Return the name of the field that a box on a page belongs to."""
    owner: Any = box if "/T" in box else box["/Parent"].get_object()
    return name_from_file(str(owner["/T"]))
