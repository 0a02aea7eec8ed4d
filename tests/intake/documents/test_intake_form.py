"""The intake form: everything recorded is on it, readable, on every page whose it is."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from typing import Any

import pypdf
import pypdfium2
import pytest

from intake.documents.style import MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from intake.domain.coverage import Claim, Coverage
from intake.domain.fields import Kind
from intake.domain.patients import Patient
from intake.domain.visits import Visit
from tests.factories import a_patient, a_visit
from tests.intake.documents.samples import a_form, a_record, bodies_by_pypdf, definitions, pages_by_pdfium, pages_by_pypdf, solid, spaced


def read(pdf: bytes) -> str:
    """Return the whole text of a PDF with single spaces."""
    return spaced(" ".join(pages_by_pypdf(pdf)))


def boxes_of(text: Any) -> list[tuple[float, float, float, float]]:
    """Return left, bottom, right and top of every visible character of a page."""
    return [text.get_charbox(index) for index in range(text.count_chars()) if text.get_text_range(index, 1).strip()]


def test_a_usual_visit_takes_one_to_three_pages() -> None:
    """Nobody files a thick form for a stiff neck."""
    assert 1 <= len(pages_by_pypdf(a_form())) <= 3


def test_every_page_says_whose_it_is_and_which_of_how_many() -> None:
    """A page that falls out of the folder can be put back."""
    pages = [spaced(page) for page in pages_by_pypdf(a_form(a_record(visit=a_visit(reason="neck pain, " * 3000))))]
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        for part in ("Sample, Ana", "RD-004217-6", "Mar 4, 1985", f"Page {number} of {len(pages)}", "Not a diagnosis."):
            assert part in page


def test_the_same_visit_gives_the_same_bytes() -> None:
    """An issued form can be made again and compared."""
    names = a_patient(legal_last="الحَدّاد", legal_first="लैला", preferred_name="王小明")
    assert a_form(a_record(patient=names)) == a_form(a_record(patient=names))


def test_everything_entered_is_read_from_the_paper() -> None:
    """Two readers find every value of every section as it was entered."""
    patient = a_patient(
        legal_last="الحَدّاد", legal_first="لَيْلى", legal_middle="नरेन्द्र", preferred_name="ליאורה כהן", former_name="김민준",
        pronouns="she / her 😀", accessibility_needs="wheelchair, 3 steps", emergency_name="ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    )  # fmt: skip
    visit = a_visit(reason="ألم في الرقبة منذ ثلاثة أيام بعد حادث سيارة " * 6, primary_care="Dr. 王小明")
    pdf = a_form(a_record(patient=patient, visit=visit))
    for text in ("".join(pages_by_pypdf(pdf)), "".join(pages_by_pdfium(pdf))):
        for entered in (patient.legal_last, patient.legal_first, patient.legal_middle, patient.preferred_name, patient.former_name,
                        patient.pronouns, patient.accessibility_needs, patient.emergency_name, visit.primary_care):  # fmt: skip
            assert spaced(str(entered)) in spaced(text)
        assert solid(str(visit.reason)) in solid(text)


@pytest.mark.parametrize("reason", ["neck pain, " * 3636, "x" * 40_000, "首が痛いです。" * 5714])
def test_a_reason_of_40000_characters_flows_over_the_pages(reason: str) -> None:
    """A long answer is printed to its last word, with page heads and feet between."""
    pages = pages_by_pdfium(a_form(a_record(visit=a_visit(reason=reason))))
    text = solid("".join(pages))
    assert text.count(solid(reason)[-20:]) > 0
    assert sum(text.count(letter) for letter in set(solid(reason))) >= len(solid(reason))


def test_names_of_300_characters_are_printed_whole() -> None:
    """The head of each page makes room for the whole name."""
    patient = a_patient(legal_last="W" * 300, legal_first="Ana " * 74, suffix="M" * 300)
    pages = pages_by_pypdf(a_form(a_record(patient=patient)))
    assert all("W" * 300 in solid(page) and "M" * 300 in solid(page) for page in pages)


def test_nothing_stands_outside_the_margins() -> None:
    """A printer's edge cuts nothing off."""
    patient = a_patient(legal_last="W" * 300, legal_first="ليلى" * 75, line1="M" * 300)
    pages = list(pypdfium2.PdfDocument(a_form(a_record(patient=patient, visit=a_visit(reason="首が痛い" * 400)))))
    boxes = [box for page in pages for box in boxes_of(page.get_textpage())]
    assert len(boxes) > 5000
    assert min(left for left, _, _, _ in boxes) >= MARGIN - 1
    assert max(right for _, _, right, _ in boxes) <= PAGE_WIDTH - MARGIN + 1
    assert min(bottom for _, bottom, _, _ in boxes) >= 18
    assert max(top for _, _, _, top in boxes) <= PAGE_HEIGHT - 18


def test_all_four_states_are_printed_as_words() -> None:
    """An unticked box is never a no."""
    text = read(a_form())
    for line in ("Neck pain Yes", "Twitching No", "Cramp that stays Unsure", "Stiff neck not asked"):
        assert line in text


def test_every_question_of_the_checklist_is_on_the_paper() -> None:
    """What was not asked is there too, as not asked."""
    text = read(a_form(a_record(answers={}, marks=())))
    mains = definitions().checklist.main_questions()
    assert [question.short.en for question in mains if question.short.en not in text] == []
    assert text.count("not asked") >= len(mains)


def test_details_and_ratings_are_printed_with_their_words() -> None:
    """The answers below an answer go with it."""
    text = read(a_form())
    for words in ("Nov 2026", "Constant, Throbbing", "Pain now 7 of 10", "Average, 7 days not asked", "Helped: Helped some"):
        assert words in text


def test_a_long_answer_of_the_checklist_is_printed_whole() -> None:
    """It stands below its group over the full width."""
    told = "It began when lifting a box. " * 60
    form = a_form(a_record(answers={"cause.other_text": told, "cause.injury_accident": "yes"}))
    assert "Something else see below" in read(form)
    assert solid(told) in solid(" ".join(bodies_by_pypdf(form)))


def test_a_visit_asked_with_the_checklist_before_is_printed_with_it() -> None:
    """A form that was printed in its day can be printed again as it was."""
    form = read(a_form(a_record(checklist_version="neck-1")))
    assert "Safety questions" not in form
    assert "checklist neck-1" in form
    assert "Safety questions 0 asked · 32 not asked" in read(a_form(a_record(checklist_version="neck-2")))


def test_a_form_with_nothing_asked_says_so_everywhere() -> None:
    """Required fields are printed as not asked in their place, optional ones in a line."""
    text = read(a_form(a_record(patient=Patient(legal_last="Solo"), visit=Visit(), answers={}, marks=())))
    assert "Born not asked" in text
    assert "Reason for the visit" in text
    assert "Not asked: Legal first name" in text
    assert "nothing marked" in text


def test_the_claim_of_an_accident_is_printed_with_its_notice_date() -> None:
    """Twenty-one days after the first treatment, and only for an auto accident."""
    claim = Claim(accident_date=date(2026, 11, 19), accident_time="14:05", insurer="Example Auto Mutual")
    text = read(a_form(a_record(visit=a_visit(visit_type="auto", claim=claim))))
    for words in ("Accident and claim", "Example Auto Mutual", "2:05 PM", "Notice to insurer due by Dec 13, 2026"):
        assert words in text or words.replace("by ", "by") in text
    assert "Accident and claim" not in read(a_form())


def test_a_minor_has_a_responsible_adult_and_an_adult_signs() -> None:
    """Eighteen is counted on the day of the visit."""
    text = read(a_form(a_record(patient=a_patient(dob=date(2008, 11, 23), guardian_name="Gail Guardian"))))
    assert "Gail Guardian" in text
    assert "Parent or responsible adult I have read this form" in text
    assert "Responsible adult" not in read(a_form(a_record(patient=a_patient(dob=date(2008, 11, 22)))))


def test_what_another_answer_rules_out_is_not_printed() -> None:
    """Nobody is asked for the phone of a declined contact, the city of no address, or the name of a subscriber who is the patient."""
    declined = {"emergency_name": "declined", "emergency_phone": None, "emergency_relationship": None}
    homeless = {"line1": "none", "line2": None, "zip_code": None, "city": None, "state": None}
    ruled_out = ("Their phone", "Relationship", "ZIP", "City", "State", "Subscriber's name", "Subscriber's birth date")
    text = read(a_form(a_record(patient=a_patient(**declined, **homeless))))
    assert [label for label in ruled_out if label in text] == []
    asked = a_patient(emergency_phone=None, emergency_relationship=None, zip_code=None, city=None, state=None)
    text = read(a_form(a_record(patient=asked, visit=a_visit(primary=Coverage(subscriber="spouse")))))
    assert [label for label in ruled_out if label not in text] == []


def test_secondary_coverage_is_printed_only_when_there_is_one() -> None:
    """An empty second policy is no section."""
    assert "Secondary coverage" not in read(a_form())
    assert "Secondary coverage" in read(a_form(a_record(visit=a_visit(secondary=Coverage(payer="Second Example")))))


def test_phone_and_fax_of_a_clinic_are_left_out_until_told() -> None:
    """A number that nobody told is never made up."""
    place = definitions().practice.location("loc.edison")
    quiet = dataclasses.replace(place, phone=None, fax=None, hours=None)
    told = dataclasses.replace(place, phone="(732) 555-0100", fax=None)
    assert "Fax" not in pages_by_pypdf(a_form(a_record(location=quiet)))[0]
    assert "Phone (732) 555-0100" in pages_by_pypdf(a_form(a_record(location=told)))[0]


def test_who_recorded_the_visit_and_when_is_printed_in_the_clinics_time() -> None:
    """The store keeps UTC, the paper says what the wall clock said."""
    text = read(a_form())
    assert "Recorded by Dana Desk, Nov 22, 2026, 9:42 AM" in text
    assert "printed Nov 22, 2026, 9:45 AM" in text
    assert "arrived 9:31 AM" in text


def test_training_is_marked_on_every_page_and_real_paper_is_not() -> None:
    """An exercise is never taken for a chart."""
    assert all("TRAINING" in page for page in pages_by_pypdf(a_form(training=True)))
    assert not any("TRAINING" in page for page in pages_by_pypdf(a_form()))


def test_the_files_own_data_name_no_patient() -> None:
    """A title shows in window lists and print queues."""
    reader = pypdf.PdfReader(io.BytesIO(a_form()))
    told = str(dict(reader.metadata or {}))
    assert "Intake form" in told
    assert "Sample" not in told
    assert "RD-004217" not in told
    assert str(reader.root_object["/Lang"]) == "en-US"


def test_every_kind_of_field_is_printed_as_people_say_it() -> None:
    """Codes and stored forms never reach paper."""
    text = read(a_form(a_record(patient=a_patient(phone="declined", phone2="+17325550102;ext=12", line1="none"))))
    for words in ("Declined", "(732) 555-0102 ext. 12", "No fixed address", "Walk-in, same day", "In network"):
        assert words in text
    assert Kind.CHOICE.value not in text.split()
