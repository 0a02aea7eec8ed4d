"""The cover list of a run and the accounting of disclosures: what they tell, and what they leave out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from intake.definitions.bundle import Definitions
from intake.documents.accounting_report import NONE_KEPT, accounting_report
from intake.documents.cover_list import cover_list, initials
from intake.domain.documents import Disclosure
from intake.domain.records import PatientRecord
from intake.domain.requests import RequestLine, RequestState
from tests.factories import a_patient
from tests.intake.documents.samples import pages_by_pdfium, pages_by_pypdf, solid, spaced
from tests.intake.reports.promises import NAMES, NOW, some_kinds


def a_line(place: int, **fields: Any) -> RequestLine:
    """Return a ready request as a list has it."""
    usual: dict[str, Any] = {
        "id": place,
        "number": f"D-{place:06d}-4",
        "patient_id": place,
        "visit_id": 1,
        "name": "Sample, Ana Maria",
        "record_number": f"RD-{place:06d}-4",
        "kind": "visit_note",
        "location": "loc.edison",
        "leaves_by": "fax",
        "recipient": "Example Insurance",
        "state": RequestState.READY,
        "opened_at": NOW,
        "due_at": NOW + timedelta(minutes=place),
        "clinician": None,
        "delivered_at": None,
        "changed": False,
        "printing": False,
        "trouble": "",
        "missing": 0,
    }
    return RequestLine(**{**usual, **fields})


def a_list(definitions: Definitions, lines: list[RequestLine]) -> bytes:
    """Return the cover list of these requests."""
    return cover_list(
        lines,
        practice=definitions.practice,
        location=definitions.practice.location("loc.edison"),
        kinds=NAMES,
        by="Dana Example",
        training=False,
        printed_at=NOW,
    )


def test_the_cover_list_tells_each_document_in_order_and_no_name(definitions: Definitions) -> None:
    """Initials and record number are enough to sort papers by; two hundred flow over pages with the titles on each."""
    lines = [a_line(place) for place in range(1, 201)]
    pages = [spaced(page) for page in pages_by_pypdf(a_list(definitions, lines))]
    words = " ".join(pages)
    told = [f"{line.number} Visit note A. M. S. {line.record_number} Fax Nov 2" for line in lines]
    assert [words.find(each) for each in told] == sorted(words.find(each) for each in told)
    assert min(words.find(each) for each in told) > 0
    assert "Sample" not in words
    assert "Example Insurance" not in words
    assert all("Request Document Patient Record Leaves by Due" in page for page in pages)
    assert "200 documents" in pages[0]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Sample, Ana", "A. S."), ("Sample", "S."), ("김, 민준", "민. 김."), ("de la Cruz, María José", "M. J. d."), ("", "")],
)
def test_initials_are_the_first_letters_of_a_name_as_it_is_said(name: str, letters: str) -> None:
    """In any script; a single name has one."""
    assert initials(name) == letters


def a_disclosure(**fields: Any) -> Disclosure:
    """Return something told to a court."""
    usual: dict[str, Any] = {
        "at": datetime(2026, 3, 5, 4, 30, tzinfo=NOW.tzinfo),
        "event": "handover",
        "recipient": "Example County Court",
        "address": "1 Example Plaza, Newark, NJ 07102",
        "what": "visit_note D-000123-4",
        "purpose": "legal",
        "accountable": True,
        "by": "Dana Example",
    }
    return Disclosure(**{**usual, **fields})


def an_accounting(definitions: Definitions, *disclosures: Disclosure) -> bytes:
    """Return the accounting of these."""
    return accounting_report(
        disclosures,
        patient=PatientRecord(id=42, number="RD-004217-6", version=1, patient=a_patient()),
        first=date(2020, 11, 22),
        last=date(2026, 11, 22),
        practice=definitions.practice,
        location=definitions.practice.location("loc.edison"),
        kinds=some_kinds(),
        training=False,
        printed_at=NOW,
    )


def test_the_accounting_tells_date_recipient_address_what_and_why(definitions: Definitions) -> None:
    """Oldest first, the day as it was at the clinics: half past four UTC is the evening before."""
    later = a_disclosure(at=NOW, recipient="Example Board", address="", purpose="other", what="work_note D-000124-9")
    words = spaced(" ".join(pages_by_pypdf(an_accounting(definitions, later, a_disclosure()))))
    first, second = words.find("Mar 4, 2026 Example County Court"), words.find("Nov 22, 2026 Example Board")
    assert 0 < first < second
    for told in (
        "1 Example Plaza, Newark, NJ 07102",
        "Visit note D-000123-4",
        "Court or legal proceeding",
        "Work or school note D-000124-9",
    ):
        assert told in words


def test_a_recipient_longer_than_a_page_flows_and_loses_nothing(definitions: Definitions) -> None:
    """Whatever somebody typed stands there."""
    long = " ".join(f"office{number}" for number in range(600))
    pages = pages_by_pdfium(an_accounting(definitions, a_disclosure(recipient=long)))
    assert len(pages) > 1
    assert all(f"office{number}" in solid("".join(pages)) for number in (0, 1, 299, 598, 599))


def test_an_accounting_of_nothing_says_so(definitions: Definitions) -> None:
    """The patient asked; the answer is a paper all the same."""
    words = spaced(pages_by_pypdf(an_accounting(definitions))[0])
    assert NONE_KEPT in words
    assert "Not listed, as the rule permits" in words


def test_a_kind_or_purpose_no_longer_known_is_told_by_its_key(definitions: Definitions) -> None:
    """An old disclosure is never lost for a word."""
    words = spaced(pages_by_pypdf(an_accounting(definitions, a_disclosure(what="old_paper D-000001-3", purpose="audit")))[0])
    assert "old_paper D-000001-3 audit" in words
