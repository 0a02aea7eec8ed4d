"""A visit as kept and its intake form, and what two independent readers take out of a PDF."""

from __future__ import annotations

import dataclasses
import io
import re
import unicodedata
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pypdf
import pypdfium2

from intake.definitions.bundle import Definitions, load_definitions
from intake.documents.intake_form import intake_form
from intake.domain.pain import Mark
from intake.domain.records import PatientRecord, VisitRecord
from intake.domain.visits import Status
from tests.factories import TODAY, a_patient, a_visit

ANSWERS: dict[str, str | int | tuple[str, ...]] = {
    "sx.onset.speed": "sudden",
    "sx.onset.date": "2026-11",
    "sx.onset.date_precision": "estimated",
    "sx.pain.present": "yes",
    "sx.pain.pattern": ("constant", "throbbing"),
    "sx.twitching": "no",
    "sx.cramping": "unsure",
    "attack.dizziness": "no",
    "sx.pain.nprs_now": 7,
    "tx.heat.tried": "yes",
    "tx.heat.helped": "some",
}
MARKS = (Mark(region="neck.back.left", kind="burning"), Mark(region="forearm.front.left", kind="numbness"))


@cache
def definitions() -> Definitions:
    """Return the definitions the program ships with."""
    return load_definitions()


def a_record(**fields: Any) -> VisitRecord:
    """Return a visit as kept; ``patient`` replaces the patient, other names the fields of the record."""
    patient = fields.pop("patient", a_patient())
    usual = VisitRecord(
        id=12,
        number="V-000012-3",
        patient=PatientRecord(id=42, number="RD-004217-6", version=1, patient=patient),
        visit=a_visit(),
        answers=ANSWERS,
        marks=MARKS,
        location=definitions().practice.location("loc.edison"),
        status=Status.WAITING,
        arrived_at=datetime(2026, 11, 22, 14, 31, tzinfo=UTC),
        visit_day=TODAY,
        recorded_by="Dana Desk",
        recorded_at=datetime(2026, 11, 22, 14, 42, tzinfo=UTC),
        checklist_version=definitions().checklist.version,
        regions_version="neck-regions-1",
    )
    return dataclasses.replace(usual, **fields)


def a_form(record: VisitRecord | None = None, *, training: bool = False) -> bytes:
    """Return the intake form of a record as PDF."""
    known, shown = definitions(), record or a_record()
    return intake_form(
        shown,
        practice=known.practice,
        checklist=known.checklists[shown.checklist_version],
        regions=known.regions,
        training=training,
        printed_at=datetime(2026, 11, 22, 14, 45, tzinfo=UTC),
    )


def pages_by_pypdf(pdf: bytes) -> list[str]:
    """Return the text of each page as pypdf reads it."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def bodies_by_pypdf(pdf: bytes) -> list[str]:
    """Return the text of each page without the lines that every page after the first has above and below its own."""
    pages = [page.splitlines() for page in pages_by_pypdf(pdf)]
    frame = set.intersection(*({_unnumbered(line) for line in page} for page in pages[1:])) if len(pages) > 2 else set()
    return ["\n".join(line for line in page if _unnumbered(line) not in frame) for page in pages]


def _unnumbered(line: str) -> str:
    return re.sub(r"^Page \d+ of", "Page of", line)


def pages_by_pdfium(pdf: bytes) -> list[str]:
    """Return the text of each page as pdfium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    return [str(page.get_textpage().get_text_range()) for page in document]


def spaced(text: str) -> str:
    """Return the text in NFC with single spaces for line ends and gaps, as a reader compares it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def solid(text: str) -> str:
    """Return the text in NFC without any space: for words that a line end had to break."""
    return spaced(text).replace(" ", "")
