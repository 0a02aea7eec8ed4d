"""Sixty documents of one to thirty pages: the pages are counted right, and every line that went in comes out, once and in order."""

from __future__ import annotations

import dataclasses
import re

import pytest

from tests.factories import a_visit
from tests.intake.documents.charts import NOTE, a_chart, a_note, a_signature
from tests.intake.documents.samples import a_form, a_record, pages_by_pdfium, pages_by_pypdf, solid
from tests.intake.letters.papers import REFERRAL, SIGNATURE, a_letter, paper

LINES = (0, 3, 10, 25, 40, 60, 90, 120, 160, 200, 260, 320, 400, 480, 560, 650, 760, 880, 1000, 1150)
"""How many lines the long text of each document has."""
MOST = 30


def text_of(lines: int) -> str:
    """Return a text of so many numbered lines."""
    return "\n".join(f"Said in line {number:04d} of this text." for number in range(lines)) or "Nothing more."


def a_document(kind: str, lines: int) -> bytes:
    """Return an intake form, a signed note or a signed letter with so many lines."""
    text = text_of(lines)
    if kind == "form":
        return a_form(a_record(visit=a_visit(reason=text)))
    if kind == "note":
        return a_note(a_chart(signature=a_signature(note=dataclasses.replace(NOTE, history=text))))
    return paper("referral_letter", a_letter("referral_letter", typed=REFERRAL, body=text, signature=SIGNATURE))


@pytest.mark.parametrize("kind", ["form", "note", "letter"])
def test_twenty_of_each_kind_say_their_pages_and_lose_no_line(kind: str) -> None:
    """From one page to thirty, by two readers."""
    counted = []
    for lines in LINES:
        pdf = a_document(kind, lines)
        pages = pages_by_pypdf(pdf)
        counted.append(len(pages))
        for reader in (pages_by_pypdf, pages_by_pdfium):
            read = [solid(page) for page in reader(pdf)]
            assert all(f"Page{number}of{len(pages)}" in page for number, page in enumerate(read, start=1))
            assert re.findall(r"Saidinline(\d{4})ofthistext", "".join(read)) == [f"{number:04d}" for number in range(lines)]
    assert counted == sorted(counted)
    assert counted[0] <= 3
    assert 20 <= counted[-1] <= MOST
