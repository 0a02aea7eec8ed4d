"""The home-care sheet: the chosen parts and no others, in the patient's language, readable."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import pypdf
import pypdfium2
import pytest

from intake.domain.reviews import Chart
from tests.factories import a_patient
from tests.intake.documents.charts import NOTE, a_chart, a_sheet, a_signature, home_care, unsigned
from tests.intake.documents.samples import a_record, definitions, pages_by_pypdf, solid, spaced

FOOT_PT = 80.0
EVERYTHING = dict.fromkeys(("heat", "ice", "otc", "prescription", "massage", "posture", "screen_time", "follow_up"), "")


def read(pdf: bytes) -> str:
    """Return the whole text of a PDF with single spaces."""
    return spaced(" ".join(pages_by_pypdf(pdf)))


def planned(plan: dict[str, str]) -> Chart:
    """Return a signed chart with this plan."""
    return a_chart(signature=a_signature(note=dataclasses.replace(NOTE, plan=plan)))


def sizes_of(pdf: bytes) -> list[tuple[float, str]]:
    """Return size in points and text of every run that stands above the foot of a page."""
    found: list[tuple[float, str]] = []

    def take(text: str, _cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip() and tm[5] > FOOT_PT:
            found.append((size * tm[0], text))

    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=take)
    return found


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sheet_tells_what_was_chosen_and_what_everybody_is_told_and_nothing_else(language: str) -> None:
    """Ice is not on the sheet of somebody who is to use heat."""
    text = solid(read(a_sheet(planned({"heat": "", "therapy": "two visits"}), language=language)))  # type: ignore[arg-type] # a language
    for advice in home_care().advice:
        wanted = advice.treatment in ("", "heat")
        assert (solid(advice.sentences[0].in_language(language)) in text) == wanted, advice.heading.en
    for sentence in (home_care().title, home_care().intro, *home_care().closing):
        assert solid(sentence.in_language(language)) in text


def test_the_clinicians_words_are_printed_only_of_what_is_done_at_home() -> None:
    """What was written for a therapist or an insurer is not for the patient's sheet."""
    text = read(a_sheet())
    assert "Your clinician added: 15 minutes, three times a day" in text
    assert "two visits a week" not in text
    assert "Back in two weeks" not in text
    assert "Neck muscle spasm on the left" not in text


def test_words_on_a_treatment_without_advice_are_not_lost() -> None:
    """A practice may have a sheet of its own with fewer parts."""
    fewer = dataclasses.replace(home_care(), advice=tuple(each for each in home_care().advice if each.treatment != "heat"))
    assert "Heat: 15 minutes, three times a day" in read(a_sheet(home_care=fewer))


def test_a_spanish_sheet_is_spanish_to_its_foot() -> None:
    """Dates, labels, page numbers, the language of the file."""
    pdf = a_sheet(language="es")
    text = read(pdf)
    for words in ("Cómo cuidar su cuello en casa", "Página 1 de 1", "Visita del 22 de noviembre de 2026", "Su médico: Dr. Nora Example",
                  "Su médico agregó", "impreso el 22 de noviembre de 2026, 10:30 a. m.", "Haga lo que le dijo su médico."):  # fmt: skip
        assert words in text, words
    for english in ("Page 1", "printed", "Your clinician", "Record "):
        assert english not in text
    assert str(pypdf.PdfReader(io.BytesIO(pdf)).root_object["/Lang"]) == "es-US"


@pytest.mark.parametrize("language", ["en", "es"])
def test_large_print_is_18_points_and_more_in_everything_but_the_foot(language: str) -> None:
    """Whoever cannot read the usual sheet can read this one."""
    pdf = a_sheet(language=language, large=True)  # type: ignore[arg-type] # a language
    usual = a_sheet(language=language)  # type: ignore[arg-type] # a language
    large = sizes_of(pdf)
    assert len(large) > 20
    assert [text for size, text in large if size < 18] == []
    assert min(size for size, _ in sizes_of(usual)) < 12


def test_a_usual_plan_needs_one_page_and_a_full_one_two() -> None:
    """One sheet on the refrigerator, when it fits."""
    assert len(pages_by_pypdf(a_sheet())) == len(pages_by_pypdf(a_sheet(language="es"))) == 1
    assert len(pages_by_pypdf(a_sheet(planned(EVERYTHING)))) == 2


@pytest.mark.parametrize("options", [{}, {"language": "es"}, {"large": True}], ids=["en", "es", "large"])
def test_every_page_has_two_identifiers(options: dict[str, Any]) -> None:
    """A page that falls out of the folder can be put back."""
    pages = [spaced(page) for page in pages_by_pypdf(a_sheet(planned({**EVERYTHING, "heat": "15 minutes. " * 400}), **options))]
    assert len(pages) > 2
    assert all("Sample, Ana" in page and "RD-004217-6" in page for page in pages)


def test_the_clinics_phone_is_printed_only_when_it_is_known() -> None:
    """A number that nobody told is never made up."""
    place = definitions().practice.location("loc.edison")
    told = a_chart(visit=a_record(location=dataclasses.replace(place, phone="(732) 555-0100")))
    assert "Phone (732) 555-0100" in read(a_sheet(told))
    assert "Teléfono (732) 555-0100" in read(a_sheet(told, language="es"))
    quiet = a_chart(visit=a_record(location=dataclasses.replace(place, phone=None)))
    assert "Phone" not in read(a_sheet(quiet))


def test_a_sheet_before_the_signature_is_preliminary_on_every_page() -> None:
    """Nobody goes home with advice that no clinician stands for and does not see it."""
    plan = {**EVERYTHING, "heat": "15 minutes"}
    for language, mark in (("en", "PRELIMINARY"), ("es", "PRELIMINAR")):
        pages = pages_by_pypdf(a_sheet(unsigned(draft={"plan": plan}), language=language))  # type: ignore[arg-type] # a language
        assert all(mark in page for page in pages)
        assert "15 minutes" in "".join(pages)
    assert "PRELIMINAR" not in read(a_sheet(language="es"))


def test_names_in_any_script_and_long_words_are_printed_whole() -> None:
    """The head makes room."""
    patient = a_patient(legal_last="الحَدّاد", legal_first="लैला " * 30)
    note = dataclasses.replace(NOTE, plan={"heat": "首が痛い" * 3000})
    chart = a_chart(signature=a_signature(patient=patient, note=note))
    text = solid("".join(pages_by_pypdf(a_sheet(chart))))
    assert text.count("首が痛い") >= 2900
    assert solid("लैला " * 30) in text


def test_the_same_chart_gives_the_same_bytes_and_keywords_without_a_name() -> None:
    """A file that comes back is known."""
    assert a_sheet() == a_sheet()
    told = dict(pypdf.PdfReader(io.BytesIO(a_sheet())).metadata or {})
    assert str(told["/Keywords"]).startswith("intake-desk homecare V-000012-3/N1 ")
    assert "Sample" not in str(told)


def test_nothing_of_a_sheet_stands_outside_the_page() -> None:
    """A printer's edge cuts nothing off."""
    for page in pypdfium2.PdfDocument(a_sheet(planned(EVERYTHING), large=True, language="es")):
        found = page.get_textpage()
        boxes = [found.get_charbox(index) for index in range(found.count_chars()) if found.get_text_range(index, 1).strip()]
        assert min(box[0] for box in boxes) >= 47
        assert max(box[2] for box in boxes) <= 612 - 47
        assert min(box[1] for box in boxes) >= 18
