"""There and back: the form that leaves the desk, filled in as a patient does, becomes a visit that lacks no answer."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pytest
from pypdf import PdfWriter

from intake.actions.drafts import Draft, keep_draft, my_drafts
from intake.actions.form_import import import_form
from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import Definitions
from intake.documents.forms.form import fillable_form
from intake.domain.staff import Actor
from intake.entry.form_fields import FieldKind, form_fields, name_in_file
from intake.entry.from_form import FORM
from intake.entry.places import get
from intake.entry.reading import read_intake
from intake.storage.store import Store
from tests.factories import NOW, TODAY
from tests.intake.form_import.forms import everything

SENSIBLE = {
    "patient.dob": "3/4/1985",
    "patient.sex": "female",
    "patient.language": "es",
    "patient.interpreter": "yes",
    "visit.visit_type": "auto",
    "visit.payment": "insured",
    "visit.referral": "provider",
    "answers.sx.onset.date": "3/2026",
}
"""Answers that open as many others as can be open at once."""
AT_THE_DESK = {
    "visit.location": "loc.edison",
    "visit.booking": "walk_in",
    "visit.notices.privacy": "signed",
    "visit.notices.advance_directive": "no",
}
"""What only the desk fills in."""


def filled_in(pdf: bytes, answers: Mapping[str, str], definitions: Definitions) -> bytes:
    """Return a form in which every field is filled in, by a program as a patient may have one."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    fields = writer.get_fields() or {}
    values = {
        name_in_file(known.name): answers[known.name]
        if known.kind in (FieldKind.TEXT, FieldKind.LONG)
        else f"/{answers[known.name]}"
        if known.kind is FieldKind.RADIO
        else next(str(state) for state in fields[name_in_file(known.name)]["/_States_"] if state != "/Off")
        for known in form_fields(definitions)
    }
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_form_that_was_filled_in_becomes_a_visit_and_loses_no_answer(
    store: Store, desk: Actor, definitions: Definitions, language: Literal["en", "es"]
) -> None:
    """Every field, every kind of answer and every mark of the drawing is in the draft as written, and in the visit as understood."""
    answers = {**everything(definitions), **SENSIBLE}
    blank = fillable_form(
        definitions, language=language, record=None, location=definitions.practice.locations[0], training=False, printed_at=NOW
    )  # fmt: skip
    imported = import_form(store, desk, filled_in(blank, answers, definitions), definitions=definitions, location=None, now=NOW)
    assert (imported.marks.language, imported.marks.odd, imported.marks.notes) == (language, (), ())
    (draft,) = my_drafts(store, desk)
    for known in form_fields(definitions):
        if not known.code:
            assert str(get(draft.content, known.path)) == answers[known.name]
    assert len(draft.content["pain_drawing"]) == sum(known.path == "pain_drawing" for known in form_fields(definitions))
    content = confirmed(draft)
    keep_draft(store, desk, replace(draft, content=content), now=NOW)
    raw = {key: part for key, part in content.items() if key != FORM}
    reading = read_intake(raw, definitions=definitions, on=TODAY)
    assert reading.errors() == ()
    saved = save_intake(store, desk, SaveRequest(intake=reading.intake, draft_id=draft.id), definitions=definitions, now=NOW)
    record = store.visits.get(saved.visit_id, definitions)
    assert record is not None
    assert len(record.marks) == len(draft.content["pain_drawing"])
    assert dict(record.answers) == dict(reading.intake.answers)
    assert {f"answers.{key}" for key in record.answers} == {path for path in imported.marks.paths if path.startswith("answers.")}
    assert record.patient.patient.dob == date(1985, 3, 4)
    left_out = {problem.field for problem in reading.problems if problem.code == "left_out"}
    told = [path for path in imported.marks.paths if path.startswith(("patient.", "visit.")) and path not in left_out]
    kept = {"patient": record.patient.patient, "visit": record.visit}
    assert [path for path in told if value_at(kept, path) is None] == []


def confirmed(draft: Draft) -> dict[str, Any]:
    """Return what a draft holds once everything is confirmed and the desk has added what only it knows."""
    content: dict[str, Any] = {**draft.content, FORM: {**draft.content[FORM], "unconfirmed": []}}
    visit = content["visit"] = {**content["visit"], "notices": {}}
    for path, value in AT_THE_DESK.items():
        name = path.removeprefix("visit.")
        group, _, field = name.rpartition(".")
        (visit[group] if group else visit)[field] = value
    return content


def value_at(kept: Mapping[str, Any], path: str) -> object:
    """Return the value of a field of a kept visit."""
    first, *names = path.split(".")
    place = kept[first]
    for name in names:
        place = getattr(place, name)
    return place
