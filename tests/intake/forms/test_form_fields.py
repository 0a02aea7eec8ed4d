"""The fields of the file to fill in: named once, from the definitions."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from intake.domain.answers import Kind
from intake.domain.forms import FormKind
from intake.entry.form_fields import FieldKind, digest, form_fields, form_id, form_keywords, form_sections
from tests.intake.documents.samples import definitions
from tests.intake.forms.forms import NEW_KEY, with_a_question


def test_every_question_of_the_checklist_has_its_field() -> None:
    """One field, or a box for each answer of which several may be given."""
    fields = {field.name: field for field in form_fields(definitions())}
    for question in definitions().checklist.questions():
        path = f"answers.{question.key}"
        if question.kind is Kind.CHOICES:
            assert [fields[f"{path}::{code}"].path for code in question.codes()] == [path] * len(question.options)
        elif question.kind is Kind.RATING:
            assert [option.code for option in fields[path].options] == [str(number) for number in range(11)]
        else:
            assert tuple(option.code for option in fields[path].options) == question.codes()


def test_every_region_has_a_box_for_every_kind_of_pain() -> None:
    """Named by region and kind."""
    regions = definitions().regions
    boxes = {field.name for field in form_fields(definitions()) if field.path == "pain_drawing"}
    assert boxes == {f"pain_drawing::{region.key}::{kind.code}" for region in regions.regions() for kind in regions.kinds}


def test_names_are_given_once_and_none_is_of_staff() -> None:
    """A patient never answers for the desk."""
    fields = form_fields(definitions())
    assert len({field.name for field in fields}) == len(fields)
    assert {field.path for field in fields} & set(definitions().forms.staff) == set()


def test_a_detail_stands_below_the_question_that_opens_it() -> None:
    """On paper, and where the screen opens it."""
    for section in form_sections(definitions()):
        seen: dict[str, int] = {}
        for question in section.questions:
            if question.depth:
                assert question.opens is not None
                assert seen[question.opens[0]] == question.depth - 1
            seen[question.path] = question.depth


def test_long_answers_get_several_lines_and_no_field_takes_more_than_fits_a_form() -> None:
    """A name gets one line."""
    fields = {field.name: field for field in form_fields(definitions())}
    assert fields["visit.reason"].kind is FieldKind.LONG
    assert fields["answers.cause.other_text"].kind is FieldKind.LONG
    assert fields["patient.legal_last"].kind is FieldKind.TEXT
    assert fields["visit.primary.member_id"].max_length == 30
    assert max(field.max_length for field in fields.values()) == 4000


def test_the_form_names_the_files_it_is_made_of() -> None:
    """In both languages, and in the keywords with the digest of its fields."""
    assert form_id(definitions(), "es") == "intake-form-1 neck-2 neck-regions-1 es"
    assert form_keywords(definitions(), "en") == f"intake-desk form intake-form-1 neck-2 neck-regions-1 en {digest(definitions())}"


def test_another_question_or_another_answer_is_another_digest(tmp_path: Path) -> None:
    """A form from before it is told from one of today; words alone change nothing."""
    known = definitions()
    assert digest(with_a_question(tmp_path)) != digest(known)
    fewer = dataclasses.replace(known.regions, kinds=known.regions.kinds[1:])
    assert digest(dataclasses.replace(known, regions=fewer)) != digest(known)
    titled = dataclasses.replace(known.forms, title=known.forms.intro)
    assert digest(dataclasses.replace(known, forms=titled)) == digest(known)


def test_a_group_that_no_section_names_still_stands_on_the_form(tmp_path: Path) -> None:
    """Last, with the words of the checklist: a question is never lost for want of a heading."""
    known = definitions()
    sections = tuple(section for section in known.forms.sections if section.group != "attack")
    last = form_sections(dataclasses.replace(known, forms=dataclasses.replace(known.forms, sections=sections)))[-1]
    assert (last.key, last.title) == ("attack", next(group.text for group in known.checklist.groups if group.key == "attack"))


def test_a_new_question_of_the_checklist_is_asked_in_its_place(tmp_path: Path) -> None:
    """With yes, no and unsure, in the order of the checklist."""
    section = next(section for section in form_sections(with_a_question(tmp_path)) if section.key == "symptoms")
    added = next(question for question in section.questions if question.path == f"answers.{NEW_KEY}")
    assert (added.kind, [option.code for option in added.options]) == (FormKind.ONE, ["yes", "no", "unsure"])
