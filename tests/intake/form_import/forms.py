"""Forms to fill in, made object by object, so that a test can bend any of them; and a patient who fills them in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from intake.definitions.bundle import Definitions
from intake.domain.answers import Kind
from intake.entry.form_fields import (
    FORM_ID,
    FORM_PATIENT,
    FieldKind,
    FormField,
    form_fields,
    form_id,
    form_keywords,
    name_in_file,
)

Filled = Mapping[str, str]
"""What is written or marked, by the name of the field."""
RADIO = 1 << 15


class Form:
    """A form of one page with as many fields as are added."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.writer = PdfWriter()
        self.page = self.writer.add_blank_page(612, 792)
        self.page[NameObject("/Annots")] = self.boxes = ArrayObject()
        self.look = self.writer._add_object(StreamObject())
        self.fields = ArrayObject()
        self.group = DictionaryObject({NameObject("/Fields"): self.fields})
        self.root[NameObject("/AcroForm")] = self.group

    @property
    def root(self) -> DictionaryObject:
        """The file's catalog."""
        return self.writer.root_object

    def text(self, name: str, value: str = "") -> DictionaryObject:
        """Add a field to write in."""
        field = self._field(name, "/Tx")
        if value:
            field[NameObject("/V")] = TextStringObject(value)
        return field

    def radio(self, name: str, codes: Iterable[str], picked: str = "") -> DictionaryObject:
        """Add boxes of which one may be marked."""
        field = self._field(name, "/Btn", box=False)
        field[NameObject("/Ff")] = NumberObject(RADIO)
        kids = ArrayObject(self.writer._add_object(self._box(code, on=code == picked, parent=field)) for code in codes)
        field[NameObject("/Kids")] = kids
        field[NameObject("/V")] = NameObject(f"/{picked or 'Off'}")
        self.boxes.extend(kids)
        return field

    def check(self, name: str, *, ticked: bool = False, state: str = "Yes") -> DictionaryObject:
        """Add a box to tick."""
        field = self._field(name, "/Btn")
        field.update(self._box(state, on=ticked))
        field[NameObject("/V")] = NameObject(f"/{state}" if ticked else "/Off")
        return field

    def add(self, known: FormField, filled: Filled) -> DictionaryObject:
        """Add a field as the definitions have it."""
        value = filled.get(known.name, "")
        if known.kind is FieldKind.RADIO:
            return self.radio(known.name, [option.code for option in known.options], value)
        if known.kind is FieldKind.CHECK:
            return self.check(known.name, ticked=bool(value))
        return self.text(known.name, value)

    def say(self, keywords: str) -> None:
        """Put keywords into the file."""
        self.writer.add_metadata({"/Keywords": keywords})

    def pdf(self) -> bytes:
        """Return the file."""
        buffer = io.BytesIO()
        self.writer.write(buffer)
        return buffer.getvalue()

    def _field(self, name: str, kind: str, *, box: bool = True) -> DictionaryObject:
        field = DictionaryObject({NameObject("/FT"): NameObject(kind), NameObject("/T"): TextStringObject(name)})
        if box:
            field[NameObject("/Subtype")] = NameObject("/Widget")
        reference = self.writer._add_object(field)
        self.fields.append(reference)
        if box:
            self.boxes.append(reference)
        return field

    def _box(self, code: str, *, on: bool, parent: DictionaryObject | None = None) -> DictionaryObject:
        looks = DictionaryObject({NameObject(f"/{code}"): self.look, NameObject("/Off"): self.look})
        box = DictionaryObject({NameObject("/Subtype"): NameObject("/Widget"), NameObject("/AS"): NameObject(f"/{code}" if on else "/Off")})
        box[NameObject("/AP")] = DictionaryObject({NameObject("/N"): looks})
        if parent is not None and parent.indirect_reference is not None:
            box[NameObject("/Parent")] = parent.indirect_reference
        return box


def a_form(
    definitions: Definitions,
    filled: Filled,
    *,
    language: str = "en",
    patient: str = "",
    without: Iterable[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> Form:
    """Return our form filled in; ``without`` names fields that are left out, ``renamed`` those with another name."""
    form = Form()
    form.say(form_keywords(definitions, language))
    form.text(FORM_ID, form_id(definitions, language))
    if patient:
        form.text(FORM_PATIENT, patient)
    for known in form_fields(definitions):
        if known.name not in set(without):
            field = form.add(known, filled)
            field[NameObject("/T")] = TextStringObject((renamed or {}).get(known.name, name_in_file(known.name)))
    return form


def everything(definitions: Definitions) -> dict[str, str]:
    """Return an answer to every field that a patient fills in, each of its kind."""
    return {known.name: _answer(known, definitions) for known in form_fields(definitions)}


WRITTEN = {
    "patient.legal_last": "Muestra Núñez",
    "patient.legal_first": "Ána",
    "patient.dob": "3/4/1985",
    "patient.zip_code": "08837",
    "patient.state": "NJ",
    "patient.city": "Edison",
    "patient.email": "ana.sample@example.com",
    "visit.claim.accident_date": "11/2/2026",
    "visit.claim.accident_state": "new jersey",
    "visit.claim.first_treatment": "11/20/2026",
}
"""What has to be of a certain shape, as a patient writes it."""


def _answer(known: FormField, definitions: Definitions) -> str:
    if known.kind is FieldKind.CHECK:
        return "Yes"
    if known.kind is FieldKind.RADIO:
        return known.options[len(known.name) % len(known.options)].code
    if known.name in WRITTEN:
        return WRITTEN[known.name]
    if known.name.startswith("answers."):
        kind = definitions.checklist.question(known.name.removeprefix("answers.")).kind
        return {Kind.DATE: "3/2026", Kind.NUMBER: "3"}.get(kind, f"Escrito a mano: {known.name}")
    return _recorded(known)


def _recorded(known: FormField) -> str:
    name = known.name.rpartition(".")[2]
    if "phone" in name or name == "adjuster_fax":
        return "(732) 555-0148"
    if name.endswith("dob"):
        return "5 mar 1980"
    if name.endswith(("_on", "_date")):
        return "11/3/2026"
    if name.endswith("_time"):
        return "9:30"
    return f"A {name}"[: known.max_length or None]


def raised(form: Form, key: str, value: Any) -> bytes:
    """Return the file with one more entry in its catalog."""
    form.root[NameObject(key)] = value
    return form.pdf()
