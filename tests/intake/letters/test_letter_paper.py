"""The letter on paper: text out equals text in, whose it is on every page, and no more of anybody than it has to."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from intake.documents.letter import ADDRESS_TOP, BELOW_WINDOW
from tests.factories import a_patient
from tests.intake.documents.samples import pages_by_pdfium, pages_by_pypdf, solid, spaced
from tests.intake.letters.papers import ABSENCE, DUTY, REFERRAL, SIGNATURE, a_letter, facts_of, paper

LINE = "The words that a person wrote go on and on, so that this paragraph takes its room on the sheet. "
LONG = "\n\n".join(f"Part {number}. {LINE * 9}" for number in range(7))
TO: dict[str, Any] = {"recipient": "Dr. Sam Example", "address": "1 Example Plaza, Suite 4, Newark, NJ 07102"}


def read(pdf: bytes) -> str:
    """Return the whole text of a PDF with single spaces."""
    return spaced(" ".join(pages_by_pypdf(pdf)))


def test_a_signed_letter_says_who_signed_when_and_by_what_it_is_known() -> None:
    """And carries no mark."""
    text = read(paper("work_note", a_letter("work_note", typed=ABSENCE, signature=SIGNATURE)))
    for told in (
        "Signed by Dr. Nora Example, clinician",
        "Nov 22, 2026, 10:45 AM (2026-11-22 15:45:00 UTC)",
        "fingerprint 3f9a-17c2-88d0-4b1e",
    ):
        assert told in text
    assert ("PRELIMINARY" in text, "INCOMPLETE" in text) == (False, False)


def test_a_letter_that_waits_for_a_signature_is_preliminary_and_has_no_line_to_sign_on() -> None:
    """Nobody signs by hand what the record does not know."""
    text = read(paper("work_note", a_letter("work_note")))
    assert "PRELIMINARY – not signed" in text
    assert "No clinician has signed this letter yet." in text
    assert "name and title" not in text


def test_a_letter_with_gaps_says_so_on_every_page() -> None:
    """Even when it is signed by nobody and long."""
    pages = pages_by_pypdf(paper("work_status", a_letter("work_status", typed={"limits": LONG})))
    assert len(pages) > 1
    assert all("INCOMPLETE" in page for page in pages)


def test_a_letter_that_no_clinician_signs_has_a_line_to_sign_on() -> None:
    """The notice to the insurer is signed by whoever sends it."""
    text = read(paper("insurer_notice"))
    assert "Signature, name and title" in text
    assert ("PRELIMINARY" in text, "Signed by" in text) == (False, False)


@pytest.mark.parametrize("typed", [{}, {**ABSENCE, "consent_limits": "yes", "limits": LONG}])
def test_a_work_note_has_no_record_number_birth_date_or_visit_number_on_any_page(typed: dict[str, str]) -> None:
    """Name and document number tell the sheets apart; an employer needs no more (45 CFR 164.502(b))."""
    pdf = paper("work_note", a_letter("work_note", typed=typed, signature=SIGNATURE))
    for page in pages_by_pypdf(pdf):
        assert "Ana Sample" in page
        assert "D-000007-6" in page
    whole = read(pdf) + pdf.decode("latin-1")
    for secret in ("RD-004217", "V-000012", "Mar 4, 1985", "1985-03-04"):
        assert secret not in whole


def test_whose_letter_it_is_stands_on_every_page_of_a_long_one_and_no_word_of_it_is_lost() -> None:
    """Text out equals text in, by two readers."""
    pdf = paper("referral_letter", a_letter("referral_letter", typed=REFERRAL, body=LONG, signature=SIGNATURE), **TO)
    pages = pages_by_pypdf(pdf)
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        for told in ("Ana Sample, born Mar 4, 1985", "RD-004217-6", "D-000007-6", f"Page {number} of 3"):
            assert told in spaced(page)
    assert read(pdf).split().count("paragraph") == LONG.split().count("paragraph") == 63
    for reader in (pages_by_pypdf, pages_by_pdfium):
        assert solid(LONG.split("\n\n")[0])[:400] in solid(" ".join(reader(pdf)))
        assert sum(solid(page).count("Part") for page in reader(pdf)) == 7


def test_nothing_but_the_address_stands_in_the_window_of_the_envelope() -> None:
    """A #10 window shows between 2.04 and 3.62 inches from the top, wherever the sheet slid."""
    pdf = paper("work_status", a_letter("work_status", typed=DUTY, signature=SIGNATURE), **TO)
    seen: list[tuple[float, float, str]] = []
    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: seen.append((792 - tm[5], tm[4], text.strip()))
    )
    shown = [(left, text) for down, left, text in seen if text and 2.04 * 72 <= down <= 3.62 * 72]
    assert [text for _, text in shown] == ["Dr. Sam Example", "1 Example Plaza, Suite 4", "Newark, NJ 07102"]
    assert {left for left, _ in shown} == {72.0}
    assert (ADDRESS_TOP / 72 < 2.5, BELOW_WINDOW / 72 > 3.62) == (True, True)


def test_the_requests_own_recipient_goes_before_the_templates() -> None:
    """Who asked for the letter said where it goes."""
    text = read(paper("insurer_notice", recipient="Another Insurer", address="PO Box 9"))
    assert "Another Insurer PO Box 9" in text
    assert "Example Auto Insurance" not in text
    assert "Example Auto Insurance" in read(paper("insurer_notice"))


@pytest.mark.parametrize(("last", "first"), [("العربي", "محمد"), ("김", "민지"), ("Nguyễn", "Thị Ánh"), ("Şahin-Ørsted", "Zoë")])
def test_a_name_in_any_script_is_read_back_as_it_was_entered(last: str, first: str) -> None:
    """And the sentence around it stays one."""
    facts = facts_of("work_note", a_patient(legal_last=last, legal_first=first))
    text = read(paper("work_note", a_letter("work_note", facts, typed=ABSENCE)))
    assert solid(f"{first} {last}") in solid(text)
    assert solid("We confirm that") in solid(text)


def test_a_spanish_letter_has_no_english_around_it() -> None:
    """Head, foot, marks and signature."""
    text = read(paper("work_note", a_letter("work_note", language="es", signature=SIGNATURE)))
    for told in ("Documento D-000007-6", "Firmado por Dr. Nora Example, profesional clínico", "Página 1 de 1", "A quien corresponda:"):
        assert told in text
    assert ("Signed" in text, "Document " in text, "printed" in text) == (False, False, False)
    assert "PRELIMINAR – sin firma" in read(paper("work_note", a_letter("work_note", language="es")))


def test_a_training_letter_says_so_and_the_file_names_nobody() -> None:
    """Titles show in window lists and print queues."""
    pdf = paper("work_note", a_letter("work_note"), training=True)
    assert "TRAINING – not a real patient" in read(pdf)
    told = " ".join(str(value) for value in (pypdf.PdfReader(io.BytesIO(pdf)).metadata or {}).values())
    assert "D-000007-6" in told
    assert "Sample" not in told


def test_the_same_letter_is_the_same_bytes() -> None:
    """So that it can be known again."""
    assert paper("work_note", a_letter("work_note", typed=ABSENCE)) == paper("work_note", a_letter("work_note", typed=ABSENCE))
