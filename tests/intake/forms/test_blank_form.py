"""The form to write on: every question is on it, readable, with room to write."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from intake.documents.forms.form_words import BODY, BOX, LINE, WORDS
from intake.documents.intake_form import intake_form
from intake.documents.style import MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from intake.documents.words import TRAINING, Language
from intake.domain.records import PatientRecord
from intake.entry.form_fields import form_sections
from tests.intake.documents.samples import a_record, definitions, pages_by_pdfium, pages_by_pypdf, solid, spaced
from tests.intake.forms.forms import (
    LANGUAGES,
    NEW_KEY,
    NEW_TEXTS,
    PRINTED_AT,
    a_blank,
    a_fillable,
    a_form,
    a_known_patient,
    blank_pages,
    fields_of,
    with_a_question,
)

Reader = Callable[[bytes], list[str]]
READERS = {"pypdf": pages_by_pypdf, "pdfium": pages_by_pdfium}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_answer_is_on_the_paper(language: Language, reader: str) -> None:
    """Word for word, for two readers that share no code."""
    text = solid(" ".join(READERS[reader](a_blank(language))))
    for section in form_sections(definitions()):
        wanted = [section.title, *(each for question in section.questions for each in (question.text, *(o.text for o in question.options)))]
        assert [each for each in wanted if solid(each.in_language(language)) not in text] == []
    assert solid(definitions().forms.intro.in_language(language)) in text


@pytest.mark.parametrize("fillable", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_drawn_beyond_the_margins(language: Language, fillable: bool) -> None:  # noqa: FBT001 - a case of the test
    """A printer cuts what stands there, and a long Spanish answer comes first to that."""
    document = pypdfium2.PdfDocument(a_fillable(language) if fillable else a_blank(language))
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                left, bottom, right, top = text.get_charbox(index)
                assert left >= MARGIN - 2
                assert right <= PAGE_WIDTH - MARGIN + 2
                assert 20 <= bottom < top <= PAGE_HEIGHT - 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_lines_of_text_overlap(language: Language) -> None:
    """Side by side on a row there is room for every question."""
    document = pypdfium2.PdfDocument(a_blank(language))
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        for place, (left, bottom, right, top) in enumerate(boxes):
            for other in boxes[place + 1 :]:
                wide = min(right, other[2]) - max(left, other[0])
                high = min(top, other[3]) - max(bottom, other[1])
                assert wide < 1 or high < 3


@pytest.mark.parametrize("record", [None, a_known_patient()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_fits_four_sheets_and_every_page_says_which_it_is(language: Language, record: PatientRecord | None) -> None:
    """Page x of y, the version of the form and its language on each."""
    pages = [spaced(page) for page in pages_by_pdfium(a_form(language, record=record))]
    assert len(pages) <= 8
    for number, page in enumerate(pages, start=1):
        counted = f"Page {number} of {len(pages)}" if language == "en" else f"Página {number} de {len(pages)}"
        assert counted in page
        assert f"intake-form-1 · neck-2 · neck-regions-1 · {WORDS[language].language}" in page


def test_hands_have_room() -> None:
    """Lines 18 points apart, type of 10.5, boxes of 10 and more."""
    assert (LINE >= 18, BODY.size_pt >= 10.5, BOX >= 10) == (True, True, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_row_is_said_to_be_not_asked_and_never_no(language: Language) -> None:
    """In plain words, at the top."""
    first = blank_pages(language)[0]
    assert ("counts as not asked, never as no" if language == "en" else "cuenta como pregunta no hecha, nunca como no") in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_asks_for_the_name_on_every_further_sheet(language: Language) -> None:
    """A sheet that falls out of the folder can be put back."""
    for page in blank_pages(language)[1:]:
        assert WORDS[language].name in page
        assert WORDS[language].born in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_detail_says_when_it_is_to_be_answered(language: Language) -> None:
    """If yes, or if an answer by its name."""
    text = " ".join(blank_pages(language))
    wanted = {
        "en": ("If yes: Which arm?", "If “Other”: Which language?", "If yes, here or in the row above: Which ways"),
        "es": ("Si marcó “Sí”: ¿Cuál brazo?", "Si marcó “Otro”: ¿Cuál idioma?", "Si marcó “Sí”, aquí o en la fila de arriba: ¿Hacia"),
    }
    assert [words for words in wanted[language] if words not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_patient_is_filled_in(language: Language) -> None:
    """Names in every script, dates and phones as they are said, words in the form's language; the rest is to write on."""
    record = a_known_patient(legal_last="Núñez-Sample", preferred_name="محمد", dob=date(1985, 3, 4), phone2="none", phone="+17325550148")
    pages = pages_by_pdfium(a_form(language, record=record))
    text = spaced(" ".join(pages))
    born = "Mar 4, 1985" if language == "en" else "4 de marzo de 1985"
    for value in ("Núñez-Sample", "محمد", born, "(732) 555-0148", "none" if language == "en" else "ninguno"):
        assert spaced(value) in text
    assert all("RD-004217-6" in page for page in pages)


def test_a_long_name_gets_more_lines_and_loses_nothing() -> None:
    """Wrapped within its place."""
    name = "Wolfeschlegelsteinhausenbergerdorff-Sample de la Santísima Trinidad y de los Remedios"
    assert solid(name) in solid(pages_by_pdfium(a_form(record=a_known_patient(legal_last=name)))[0])


def test_nothing_of_the_patient_is_in_what_the_file_says_of_itself() -> None:
    """Keywords and titles show in print queues."""
    meta = pypdf.PdfReader(io.BytesIO(a_form(record=a_known_patient(legal_last="Samplename")))).metadata
    said = " ".join(str(value) for value in (meta or {}).values())
    assert "intake-desk form intake-form-1" in said
    assert "Samplename" not in said
    assert "RD-004217" not in said


def test_a_training_form_says_so_on_every_page() -> None:
    """In the language of the form; a real one says nothing of it."""
    assert all(TRAINING["es"] in page for page in pages_by_pdfium(a_form("es", training=True)))
    assert TRAINING["es"] not in " ".join(blank_pages("es"))


def test_the_same_form_gives_the_same_bytes() -> None:
    """It can be made again and compared."""
    record = a_known_patient(preferred_name="王小明")
    assert a_form("es", record=record) == a_form("es", record=record)
    assert a_form("es", record=record, fillable=True) == a_form("es", record=record, fillable=True)


def test_a_question_added_to_the_checklist_is_on_every_form(tmp_path: Path) -> None:
    """Blank, pre-filled, fillable in both languages, and on the intake form when it was answered: one definition."""
    known = with_a_question(tmp_path)
    for language in LANGUAGES:
        for pdf in (a_form(language, known=known), a_form(language, record=a_known_patient(), known=known)):
            assert NEW_TEXTS[language] in spaced(" ".join(pages_by_pdfium(pdf)))
    fillable = a_form("es", fillable=True, known=known)
    assert NEW_TEXTS["es"] in spaced(" ".join(pages_by_pdfium(fillable)))
    assert f"answers.{NEW_KEY}" in fields_of(fillable)
    answered = a_record(answers={NEW_KEY: "yes"})
    paper = intake_form(
        answered, practice=known.practice, checklist=known.checklist, regions=known.regions, training=False, printed_at=PRINTED_AT
    )
    assert "Humming" in spaced(" ".join(pages_by_pdfium(paper)))
