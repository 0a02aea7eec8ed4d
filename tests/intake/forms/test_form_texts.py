"""What a patient reads: every field and choice in both languages, and a file that lost one is refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.definitions.bundle import RESOURCES, Definitions, load_definitions
from intake.domain.visits import all_fields
from intake.entry.form_fields import form_sections
from intake.errors import ResourceError
from tests.intake.documents.samples import definitions

FILE = "forms/intake-form-1.toml"
SHIPPED = (RESOURCES / FILE).read_text(encoding="utf-8")


def loaded(folder: Path, text: str) -> Definitions:
    """Return the definitions of a practice with its own words on the form."""
    (folder / "forms").mkdir(exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return load_definitions(RESOURCES, folder)


def test_every_field_of_the_record_is_asked_or_left_to_staff() -> None:
    """A field nobody decided about would silently be missing on the paper."""
    forms = definitions().forms
    asked = [field.path for section in forms.sections for field in section.fields]
    assert sorted([*asked, *forms.staff]) == sorted(field.path for field in all_fields())


def test_every_question_and_choice_reads_in_both_languages() -> None:
    """Also those that come from the checklist."""
    questions = [question for section in form_sections(definitions()) for question in section.questions]
    texts = [text for question in questions for text in (question.text, *(each.text for each in (*question.options, *question.words)))]
    assert len(questions) > 200
    assert [text for text in texts if not text.en.strip() or not text.es.strip()] == []


def test_every_choice_of_a_field_is_offered() -> None:
    """In the order of the record."""
    offered = {question.path: question for section in form_sections(definitions()) for question in section.questions}
    for field in all_fields():
        if field.path in offered:
            question = offered[field.path]
            codes = [option.code for option in (*question.options, *question.words)]
            assert codes == [choice.code for choice in field.about.choices], field.path


@pytest.mark.parametrize(
    ("old", "new", "near", "reason"),
    [
        (', es = "Sexo, como en su seguro"', "", "patient.sex", "es is missing"),
        ('male = { en = "Male", es = "Masculino" }\n', "", "patient.sex", "the choice male of patient.sex has no words"),
        ('female = { en = "Female", es = "Femenino" }', 'female = { en = "Female", es = " " }', "patient.sex", "a text is expected"),
        ('mobile = { en = "Mobile", es = "Celular" }', 'mobile = { en = "Mobile" }', "patient.phone_type", "es is missing"),
        ('path = "patient.suffix"', 'path = "patient.suffixes"', "patient.suffixes", "the record has no field patient.suffixes"),
        ('path = "patient.suffix"', 'path = "patient.dob"', "patient.dob", "patient.dob is given twice"),
        ('"visit.booking", ', "", "[[section]]", "visit.booking is in no section and not left to staff"),
        ('"visit.booking", ', '"visit.bookings", ', "visit.bookings", "the record has no field visit.bookings"),
        ('group = "attack"', 'group = "attacks"', 'key = "attack"', "no checklist has a group attacks"),
        ("width = 1\n", "width = 7\n", "patient.suffix", "width is from 1 to 6"),
        ("lines = 3\n", "lines = 0\n", "visit.reason", "lines is from 1 to 20"),
        ('unsure = { en = "Unsure", es = "No sé" }\n', "", "[picks.yes_no_unsure]", "the choice unsure of"),
        ("width = 1\n", "widht = 1\n", "widht", "widht is not known here"),
        ("drawing = true", "drawing = true\nnotes = 1", "notes", "notes is not known here"),
        ('version = "intake-form-1"', 'version = "intake-form-1"\nstuff = []', "stuff", "stuff is not known here"),
        ("drawing = true", "", 'key = "drawing"', "a section holds fields"),
        ('version = "intake-form-1"', 'version = "intake-form-2"', "version", "expected one of: intake-form-1"),
    ],
)
def test_a_broken_file_is_refused_by_line(tmp_path: Path, old: str, new: str, near: str, reason: str) -> None:
    """The line is that of the field or the section."""
    broken = SHIPPED.replace(old, new, 1)
    assert broken != SHIPPED
    with pytest.raises(ResourceError) as caught:
        loaded(tmp_path, broken)
    facts = caught.value.facts
    assert facts["name"] == FILE
    assert reason in str(facts["reason"])
    assert near in broken.splitlines()[int(facts["line"]) - 1]


def test_a_practice_may_word_a_question_its_own_way(tmp_path: Path) -> None:
    """Its own file of the same name stands before the one that came with the program."""
    own = loaded(tmp_path, SHIPPED.replace("Last name, as on your ID", "Family name"))
    question = form_sections(own)[0].questions[0]
    assert (question.path, question.text.en) == ("patient.legal_last", "Family name")
