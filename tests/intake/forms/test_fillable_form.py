"""The file to fill in: every field under its name, said to screen readers, and nothing lost of what a patient fills in."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from intake.documents.style import MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from intake.documents.words import Language
from intake.entry.form_fields import FORM_ID, FORM_PATIENT, FieldKind, form_fields, form_id, form_keywords
from tests.intake.documents.samples import definitions
from tests.intake.forms.forms import (
    LANGUAGES,
    a_fillable,
    a_form,
    a_known_patient,
    boxes_of,
    catalog_of,
    everything,
    fields_of,
    filled_in,
    name_of,
    values_of,
)

MULTILINE, RADIO, READ_ONLY = 1 << 12, 1 << 15, 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_patient_fills_in_is_read_back_under_its_name(language: Language) -> None:
    """Words in any script, one of several boxes, several boxes: no answer is lost."""
    answers = everything(definitions())
    filled = filled_in(a_fillable(language), answers)
    assert values_of(filled) == {**answers, FORM_ID: form_id(definitions(), language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_the_fields_of_the_definitions_and_no_other(language: Language) -> None:
    """Of the kind, with the codes and the length that the definitions say."""
    found = fields_of(a_fillable(language))
    assert set(found) == {field.name for field in form_fields(definitions())} | {FORM_ID}
    for field in form_fields(definitions()):
        entry = found[field.name]
        flags = int(entry.get("/Ff", 0))
        if field.kind in {FieldKind.TEXT, FieldKind.LONG}:
            assert entry["/FT"] == "/Tx"
            assert bool(flags & MULTILINE) is (field.kind is FieldKind.LONG)
        else:
            assert entry["/FT"] == "/Btn"
            codes = [option.code for option in field.options] or ["Yes"]
            assert sorted(str(state).removeprefix("/") for state in entry["/_States_"] if state != "/Off") == sorted(codes)
            assert bool(flags & RADIO) is bool(field.options)


def test_an_empty_file_has_no_answers() -> None:
    """Nothing is marked that nobody marked."""
    assert values_of(a_fillable("en")) == {FORM_ID: form_id(definitions(), "en")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_says_its_question_to_a_screen_reader(language: Language) -> None:
    """Boxes say the answer too, so that three of them on one row are not the same."""
    fields = {field.name: field for field in form_fields(definitions())}
    boxes = [box for page in boxes_of(a_fillable(language)) for box in page]
    said: set[str] = set()
    for box in boxes:
        field = fields[name_of(box)]
        assert str(box["/TU"]).startswith(field.text.in_language(language))
        said.add(f"{name_of(box)} {box['/TU']}")
    assert len(said) == len(boxes)


def test_the_fields_stand_in_reading_order() -> None:
    """Tab goes on as the eye does: down the page, and along a row."""
    order = {field.name: place for place, field in enumerate(form_fields(definitions()))}
    pages = boxes_of(a_fillable("es"))
    places = [order[name_of(box)] for page in pages for box in page]
    assert places == sorted(places)
    assert {str(page["/Tabs"]) for page in pypdf.PdfReader(io.BytesIO(a_fillable("es"))).pages} == {"/R"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_overlaps_another_or_leaves_the_page(language: Language) -> None:
    """A click meets one field; boxes are ten points and more, lines high enough to type on."""
    for page in boxes_of(a_fillable(language)):
        rects = [tuple(float(edge) for edge in box["/Rect"]) for box in page]
        for place, (left, bottom, right, top) in enumerate(rects):
            assert MARGIN - 1 <= left < right <= PAGE_WIDTH - MARGIN + 1
            assert 40 < bottom < top < PAGE_HEIGHT - 36
            assert top - bottom >= 10
            for other in rects[place + 1 :]:
                assert min(right, other[2]) <= max(left, other[0]) or min(top, other[3]) <= max(bottom, other[1])


def test_a_typed_answer_may_be_as_long_as_it_can_be_kept() -> None:
    """And a viewer stops where the record would."""
    boxes = {name_of(box): box for page in boxes_of(a_fillable("en")) for box in page}
    for field in form_fields(definitions()):
        if field.kind in {FieldKind.TEXT, FieldKind.LONG}:
            assert boxes[field.name]["/MaxLen"] == field.max_length


def test_the_file_says_which_form_it_is_and_carries_no_script() -> None:
    """In a field that cannot be changed and in the keywords."""
    entry = fields_of(a_fillable("es"))[FORM_ID]
    assert (entry.value, int(entry["/Ff"]) & READ_ONLY) == ("intake-form-1 neck-2 neck-regions-1 es", 1)
    assert pypdf.PdfReader(io.BytesIO(a_fillable("es"))).trailer["/Info"]["/Keywords"] == form_keywords(definitions(), "es")  # type: ignore[index]
    assert not {"/OpenAction", "/AA", "/Names", "/JavaScript"} & set(catalog_of(a_fillable("es")))
    assert not any({"/A", "/AA"} & set(box) for page in boxes_of(a_fillable("es")) for box in page)


def test_viewers_are_told_to_draw_what_is_typed() -> None:
    """The form's own font has only western letters; what is known comes drawn in fonts that have its letters."""
    assert catalog_of(a_fillable("en"))["/AcroForm"]["/NeedAppearances"].value is True
    assert catalog_of(a_form(fillable=True, record=a_known_patient()))["/AcroForm"]["/NeedAppearances"].value is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_patient_is_filled_in_and_named_by_record_number(language: Language) -> None:
    """What a choice is marked with is its code; an unknown answer stays empty."""
    record = a_known_patient(legal_last="Núñez", preferred_name="محمد", phone2="none", sex="female", email_ok=None)
    values = values_of(a_form(language, fillable=True, record=record))
    assert values[FORM_PATIENT] == "RD-004217-6"
    assert (values["patient.legal_last"], values["patient.preferred_name"], values["patient.sex"]) == ("Núñez", "محمد", "female")
    assert values["patient.phone2"] == ("none" if language == "en" else "ninguno")
    assert "patient.email_ok" not in values
    assert FORM_PATIENT not in fields_of(a_fillable(language))


def test_what_is_known_is_drawn_in_letters_of_its_script() -> None:
    """The appearance comes with the file, since a viewer's own font may have none of them."""
    plain, arabic = (a_form(fillable=True, record=a_known_patient(preferred_name=name)) for name in (None, "محمد علي"))
    assert _ink(arabic) > _ink(plain) + 50


def test_a_marked_box_is_drawn_with_its_cross() -> None:
    """Printed by a program that draws the form as it is."""
    empty = a_fillable("en")
    marked = filled_in(empty, {"patient.sex": "female", "answers.sx.twitching": "no"})
    assert _ink(marked) > _ink(empty) + 20


def _ink(pdf: bytes) -> int:
    """Return how many dots of the first page are dark."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    image = document[0].render(scale=2, grayscale=True)
    return sum(value < 100 for value in bytes(image.buffer))
