"""What a filled form says: every answer by its name, other versions as far as names go, and what was altered by name."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from pypdf.generic import NameObject, TextStringObject

from intake.definitions.bundle import Definitions
from intake.entry.form_fields import FORM_ID, form_fields, form_id
from intake.entry.from_form import OddField
from intake.entry.places import get
from intake.errors import IntakeError
from intake.interop import pdf_fields
from intake.interop.filled_form import FilledForm, read_form, says_form
from tests.intake.form_import.forms import Form, a_form, everything

FEW = {"patient.legal_last": "Sample", "patient.legal_first": "Ana", "patient.dob": "13/13/1985"}


def read(form: Form, definitions: Definitions) -> FilledForm:
    """Read a form."""
    return read_form(form.pdf(), definitions)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_field_of_every_kind_comes_back(definitions: Definitions, language: str) -> None:
    """Texts as written, codes of marked boxes, all ticked boxes, whole numbers and every mark of the drawing."""
    filled = everything(definitions)
    form = read(a_form(definitions, filled, language=language), definitions)
    assert (form.language, form.oddities, form.notes) == (language, (), ())
    several: dict[str, list[Any]] = {}
    for known in form_fields(definitions):
        if known.code:
            several.setdefault(known.path, []).append(known.code)
        else:
            assert str(get(form.raw, known.path)) == filled[known.name]
    marks = [f"{mark['region']}::{mark['kind']}" for mark in form.raw["pain_drawing"]]
    assert marks == several.pop("pain_drawing")
    assert {path: get(form.raw, path) for path in several} == several
    assert set(form.paths) == {known.path for known in form_fields(definitions)}


def test_a_box_read_at_a_glance_says_what_pypdf_reads(definitions: Definitions, monkeypatch: pytest.MonkeyPatch) -> None:
    """The glance only saves time."""
    pdf = a_form(definitions, everything(definitions)).pdf()
    glanced = pdf_fields.read(pdf)
    monkeypatch.setattr(pdf_fields._Walk, "_glance", lambda _walk, _found: None)
    assert pdf_fields.read(pdf) == glanced


@pytest.mark.parametrize(
    "written",
    [
        b"1 0 obj <</T (a) /FT /Tx /AP <</N <</Yes 2 0 R>> >> >>",
        b"1 0 obj <</T (a) /FT /Btn /AP <</N <</Yes 2 0 R>> >> /A 3 0 R>>",
        b"1 0 obj <</T (a) /FT /Btn /AP <</N <</Y#65s 2 0 R>> >> >>",
        b"1 0 obj <</T (a(b)) /FT /Btn /AP <</N <</Yes 2 0 R>> >> >>",
        b"1 0 obj <</T <61> /FT /Btn /AP <</N <</Yes 2 0 R>> >> >>",
        b"1 0 obj <</T (\\376\\377) /FT /Btn /AP <</N <</Yes 2 0 R>> >> >>",
        b"1 0 obj <</T (a) /FT /Btn /Kids [] /AP <</N <</Yes 2 0 R>> >> >>",
        b"",
    ],
)
def test_what_is_not_written_plainly_is_left_to_pypdf(written: bytes) -> None:
    """Another kind of field, something to do, names in disguise, boxes within boxes."""
    assert pdf_fields._plain_box(written) is None


def test_words_about_a_box_are_not_taken_for_the_box() -> None:
    """What a screen reader says may look like anything."""
    box = pdf_fields._plain_box(b"1 0 obj <</T (a\\057b) /TU (/V /Yes /A 1 0 R) /FT /Btn /V /Off /AP <</N <</Yes 2 0 R>> >> >>")
    assert box == {"/T": "a/b", "/FT": "/Btn", "/V": "/Off", "/AP": {"/N": {"/Yes": None}}}


def test_what_is_left_empty_was_not_asked(definitions: Definitions) -> None:
    """An unticked box is never no, and an empty line is no answer."""
    form = read(a_form(definitions, {"patient.legal_last": "Sample", "patient.legal_first": "   "}), definitions)
    assert form.raw == {"patient": {"legal_last": "Sample"}, "visit": {}, "answers": {}, "pain_drawing": []}
    assert form.paths == ("patient.legal_last",)


def test_a_bad_date_stays_as_the_patient_wrote_it(definitions: Definitions) -> None:
    """It becomes a problem at its field later, where a person can ask."""
    assert read(a_form(definitions, FEW), definitions).raw["patient"]["dob"] == "13/13/1985"


def test_a_rating_is_a_number(definitions: Definitions) -> None:
    """As the screen keeps it."""
    form = read(a_form(definitions, {"answers.sx.pain.nprs_now": "10"}), definitions)
    assert form.raw["answers"] == {"sx.pain.nprs_now": 10}


def test_a_word_the_form_offers_in_spanish_is_its_answer(definitions: Definitions) -> None:
    """Whoever reads "ninguno" on the form and writes it has answered."""
    form = read(a_form(definitions, {"patient.phone": "Ninguno"}, language="es"), definitions)
    assert form.raw["patient"] == {"phone": "none"}


def test_numbered_states_stand_for_the_values_beside_them(definitions: Definitions) -> None:
    """Some programs write 0, 1, 2 and the values into a list."""
    form = a_form(definitions, FEW, without=["patient.sex"])
    field = form.radio("patient.sex", ["0", "1", "2", "3"], "1")
    codes = next(known.options for known in form_fields(definitions) if known.name == "patient.sex")
    field[NameObject("/Opt")] = type(form.fields)(TextStringObject(option.code) for option in codes)
    found = read(form, definitions)
    assert found.raw["patient"]["sex"] == codes[1].code
    assert found.oddities == ()


def test_names_in_parts_are_read_like_whole_ones(definitions: Definitions) -> None:
    """A program may keep patient.legal_first as the field legal_first inside the field patient."""
    form = a_form(definitions, FEW, without=["patient.legal_first"])
    inner = form.text("legal_first", "Ana")
    form.fields.pop()
    outer = form.text("patient")
    outer[NameObject("/Kids")] = type(form.fields)([inner.indirect_reference])
    assert read(form, definitions).raw["patient"]["legal_first"] == "Ana"


def test_fields_that_were_renamed_are_told_by_both_names(definitions: Definitions) -> None:
    """The old name is missing, the new one unknown, and what stands in it is not lost."""
    form = read(a_form(definitions, {**FEW, "patient.city": "Edison"}, renamed={"patient.city": "city"}), definitions)
    assert form.unknown == ("city",)
    assert form.altered == ("patient.city",)
    assert OddField(name="city", code="field_unknown", text="Edison") in form.oddities
    assert "city" not in form.raw["patient"]


def test_another_kind_of_field_is_told_and_read_as_far_as_it_goes(definitions: Definitions) -> None:
    """A code written into a line is the code; other words are told and not made into an answer."""
    form = a_form(definitions, FEW, without=["patient.sex", "answers.sx.twitching", "patient.city"])
    form.text("patient.sex", "female")
    form.text("answers.sx.twitching", "now and then")
    form.check("patient.city", ticked=True, state="Edison")
    found = read(form, definitions)
    assert set(found.altered) == {"patient.sex", "answers.sx.twitching", "patient.city"}
    assert found.raw["patient"]["sex"] == "female"
    assert found.raw["patient"]["city"] == "Edison"
    assert found.unread == ("answers.sx.twitching",)
    assert OddField(name="answers.sx.twitching", code="field_unread", text="now and then") in found.oddities


def test_other_answers_than_those_asked_are_told(definitions: Definitions) -> None:
    """An answer nobody offers is never taken for one."""
    form = a_form(definitions, FEW, without=["answers.sx.twitching"])
    form.radio("answers.sx.twitching", ["yes", "no", "maybe"], "maybe")
    found = read(form, definitions)
    assert found.altered == ("answers.sx.twitching",)
    assert found.unread == ("answers.sx.twitching",)
    assert found.raw["answers"] == {}


def test_a_field_that_is_there_twice_is_told(definitions: Definitions) -> None:
    """The first one counts."""
    form = a_form(definitions, FEW)
    form.text("patient.legal_last", "Other")
    found = read(form, definitions)
    assert found.altered == ("patient.legal_last",)
    assert found.raw["patient"]["legal_last"] == "Sample"


def test_an_older_checklist_is_read_as_far_as_its_questions_are_still_asked(definitions: Definitions) -> None:
    """It is said, and an answer to what is asked no more is told with its words."""
    old = dataclasses.replace(definitions, checklist=definitions.checklists["neck-1"])
    gone = {known.name for known in form_fields(old)} - {known.name for known in form_fields(definitions)}
    new = {known.name for known in form_fields(definitions)} - {known.name for known in form_fields(old)}
    form = read(a_form(old, everything(old)), definitions)
    assert form.version == "intake-form-1 neck-1 neck-regions-1"
    assert form.notes == ("form_other_checklist",)
    assert set(form.unread) == gone
    assert not new & set(form.altered)
    assert set(form.paths) == {known.path for known in form_fields(old) if known.name not in gone}


def test_another_version_of_the_form_is_said(definitions: Definitions) -> None:
    """What has the same name is read; nothing is called missing, for nobody knows what that form had."""
    form = a_form(definitions, FEW, without=[FORM_ID, "patient.city"])
    form.fields[0].get_object()[NameObject("/V")] = TextStringObject("intake-form-9 neck-2 neck-regions-1 es")
    found = read(form, definitions)
    assert found.notes == ("form_other_version",)
    assert (found.language, found.raw["patient"], found.altered) == ("es", FEW_READ, ())


FEW_READ = {"legal_last": "Sample", "legal_first": "Ana", "dob": "13/13/1985"}


def test_a_form_with_other_fields_than_its_keywords_tell_is_said(definitions: Definitions) -> None:
    """The digest of all names shows it."""
    form = a_form(definitions, FEW)
    form.say(f"intake-desk form {form_id(definitions, 'en')} 0123456789abcdef")
    assert read(form, definitions).notes == ("form_other_fields",)


def test_a_form_that_says_nothing_of_itself_is_known_by_its_fields(definitions: Definitions) -> None:
    """Some programs throw keywords away."""
    form = a_form(definitions, FEW)
    form.say("")
    form.fields[0].get_object()[NameObject("/T")] = TextStringObject("x")
    found = read(form, definitions)
    assert found.notes == ("form_unnamed",)
    assert found.raw["patient"] == FEW_READ


def test_the_number_of_a_pre_filled_form_is_read(definitions: Definitions) -> None:
    """It says whose form it is, which is not believed without name and birth date."""
    assert read(a_form(definitions, FEW, patient="RD-000001-5"), definitions).patient == "RD-000001-5"
    assert read(a_form(definitions, FEW), definitions).patient is None


def test_a_form_nobody_filled_in_and_a_form_of_others_are_refused(definitions: Definitions) -> None:
    """Each in its own words."""
    with pytest.raises(IntakeError, match="form_empty"):
        read(a_form(definitions, {}), definitions)
    foreign = Form()
    foreign.text("LastName", "Sample")
    with pytest.raises(IntakeError, match="form_not_ours"):
        read(foreign, definitions)


def test_a_form_calls_itself_one_in_plain_bytes(definitions: Definitions) -> None:
    """So that a broken one is still told as what it is."""
    assert says_form(a_form(definitions, FEW).pdf()[:-500])
    assert not says_form(Form().pdf())
