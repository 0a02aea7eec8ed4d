"""Documents printed again, and copies of whole records: what they say stays as it is, and each page tells what it belongs to."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import cache

import pypdf
import pypdfium2
import pytest

from intake.documents.copies import marked_copy
from intake.documents.frame import Frame
from intake.documents.records_copy import Piece, bound, records_copy
from intake.domain.reviews import Chart
from tests.factories import TODAY, a_patient
from tests.intake.documents.charts import PRINTED_AT, a_chart, a_note, a_sheet, unsigned
from tests.intake.documents.samples import a_form, a_record, definitions, pages_by_pdfium, pages_by_pypdf, solid, spaced

WORDS = "printed again Nov 22, 2026, 10:00 AM by Dana Example"
LONG = "printed again Nov 22, 2026, 10:00 AM by Dr. 민준 김 Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Example, print desk"
MARKS = ("COPY", "COPY", "COPY")
"""In its box, and twice across the page."""


@cache
def papers() -> dict[str, bytes]:
    """Return a paper of each kind, as kept."""
    arabic = a_record(patient=a_patient(legal_last="بن أحمد", legal_first="محمد"))
    return {
        "form": a_form(arabic, training=True),
        "note": a_note(training=True),
        "unsigned": a_note(unsigned(), training=True),
        "large sheet": a_sheet(large=True, language="es"),
    }


@pytest.mark.parametrize("words", [WORDS, LONG], ids=["usual", "long"])
@pytest.mark.parametrize("name", list(papers()))
def test_a_copy_says_what_the_paper_said_and_that_it_is_a_copy(name: str, words: str) -> None:
    """On every page, for both readers: the text of the kept page word for word, the mark before it."""
    kept, copy = papers()[name], marked_copy(papers()[name], words=words)
    for read in (pages_by_pypdf, pages_by_pdfium):
        before, after = read(kept), read(copy)
        assert len(before) == len(after) >= 1
        for was, now in zip(before, after, strict=True):
            mark = solid(now).removesuffix(solid(was))
            assert len(mark) + len(solid(was)) == len(solid(now))
            assert sorted(mark) == sorted("".join(MARKS) + solid(words))


@pytest.mark.parametrize("name", list(papers()))
def test_the_mark_covers_nothing(name: str) -> None:
    """Where the kept page is dark, so is the copy; its box stands where every page has a free margin."""
    kept, copy = (pypdfium2.PdfDocument(each) for each in (papers()[name], marked_copy(papers()[name], words=LONG)))
    for was, now in zip(kept, copy, strict=True):
        before, after = (page.render(scale=1, grayscale=True).to_pil() for page in (was, now))
        pairs = list(zip(before.tobytes(), after.tobytes(), strict=True))
        assert not [1 for dark, shown in pairs if dark < 200 and shown > dark + 8]
        box = (48, 16, 300, 34)
        assert before.crop(box).getextrema()[0] > 200
        assert after.crop(box).getextrema()[0] < 100


def test_a_copy_is_the_same_each_time_and_names_the_same_document() -> None:
    """Its bytes can be told by their hash, its keywords still name the note."""
    kept = papers()["note"]
    copy = marked_copy(kept, words=WORDS)
    assert copy == marked_copy(kept, words=WORDS)
    assert copy != marked_copy(kept, words=LONG)
    before, after = (pypdf.PdfReader(io.BytesIO(pdf)).metadata for pdf in (kept, copy))
    assert before is not None
    assert after is not None
    assert after["/Keywords"] == before["/Keywords"]
    assert len(copy) < len(kept) + 60_000


def test_a_copy_of_a_copy_is_marked_by_each() -> None:
    """Printed again twice, it says so twice."""
    twice = marked_copy(marked_copy(papers()["note"], words=WORDS), words="printed again later")
    assert all("printed again later" in spaced(page) and WORDS in spaced(page) for page in pages_by_pypdf(twice))


def charts(count: int) -> list[Chart]:
    """Return visits of one patient, a month apart; the last one is not signed, though something is written into its note."""
    found = []
    for place in range(count):
        record = a_record(
            id=place + 1,
            number=f"V-{place + 1:06d}-3",
            checklist_version="neck-1",
            visit_day=TODAY - timedelta(days=30 * (count - place)),
        )
        found.append((unsigned if place == count - 1 else a_chart)(visit=record, prompts=()))
    return found


def a_copy(found: list[Chart], *, training: bool = False) -> bytes:
    """Return the copy of these visits."""
    known = definitions()
    return records_copy(
        found, known, location=known.practice.location("loc.edison"), number="D-000123-4", training=training, printed_at=PRINTED_AT
    )


def a_frame() -> Frame:
    """Return what the pages of a copy say of themselves."""
    known = definitions().practice
    return Frame(
        practice=known.name,
        location=known.location("loc.edison"),
        title="Records copy",
        subtitle="D-000123-4",
        patient="Sample, Ana",
        person="",
        record_number="RD-004217-6",
        visit_number="",
        dob="Mar 4, 1985",
        printed="Nov 22, 2026",
        training=False,
    )


@cache
def copied() -> tuple[list[Chart], bytes]:
    """Return two visits and their copy."""
    found = charts(2)
    return found, a_copy(found)


@cache
def said() -> list[str]:
    """Return what each page of that copy says."""
    return [spaced(page) for page in pages_by_pypdf(copied()[1])]


def test_a_records_copy_counts_its_pages_over_the_whole() -> None:
    """Page 1 of n to page n of n, in order, on every page, each with the patient's record number."""
    for place, page in enumerate(said(), start=1):
        assert f"Records copy D-000123-4 · page {place} of {len(said())} · Record RD-004217-6" in page


def begins_of(pdf: bytes) -> dict[str, int]:
    """Return what the outline of a PDF leads to: each title with its page, counted from 0."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return {str(item.title): reader.get_destination_page_number(item) or 0 for item in reader.outline if not isinstance(item, list)}


def test_the_contents_tell_where_each_document_begins() -> None:
    """Every visit's form and signed note; the outline leads to the same pages."""
    begins = begins_of(copied()[1])
    assert len(begins) == 2 * len(copied()[0]) - 1
    ends = [*sorted(begins.values())[1:], len(said())]
    for (title, page), end in zip(begins.items(), ends, strict=True):
        name = title.partition(" · ")[2]
        assert f"{name} {end - page} {page + 1}" in said()[0]
        assert f"Page 1 of {end - page}" in said()[page]


def test_nothing_of_a_note_that_is_not_signed_is_in_the_copy() -> None:
    """The contents say that it is not signed yet; a signed note carries its number, and the intake form of both visits is there."""
    signed, not_signed = copied()[0]
    pages = said()
    assert "Visit note: not signed yet – –" in pages[0]
    assert "1 visit note is not signed by a clinician yet and not in this copy" in pages[0]
    assert f"Visit note {signed.number}" in pages[0]
    assert f"Intake form {not_signed.visit.number}" in pages[0]
    assert not any("PRELIMINARY" in page for page in pages)
    draft = a_chart(visit=not_signed.visit, prompts=(), signature=None)
    assert a_copy([signed, draft]) == copied()[1]


def test_the_pages_of_a_records_copy_say_what_the_documents_said() -> None:
    """The form of the first visit, word for word but for when it was printed, and the foot of the whole after it."""
    printed = solid("printed Nov 22, 2026, 10:30 AM")
    for own, page in zip(pages_by_pypdf(a_form(copied()[0][0].visit)), said()[1:4], strict=True):
        assert solid(page).replace(printed, "").startswith(solid(own).replace(solid("printed Nov 22, 2026, 9:45 AM"), ""))


def test_no_page_of_a_records_copy_has_its_foot_on_its_text() -> None:
    """A strip between the last line of the document and the number of the whole is blank."""
    for page in pypdfium2.PdfDocument(copied()[1]):
        picture = page.render(scale=1, grayscale=True).to_pil()
        assert picture.crop((0, 744, 612, 758)).getextrema()[0] > 200
        assert picture.crop((0, 758, 612, 774)).getextrema()[0] < 150


def test_contents_over_several_pages_still_tell_the_right_ones() -> None:
    """Sixty visits: where the first document begins depends on how long the contents are."""
    chart = charts(2)[0]
    piece = Piece(chart=chart, name="Intake form", pages=pypdf.PdfReader(io.BytesIO(a_form())))
    frame = a_frame()
    reader = pypdf.PdfReader(io.BytesIO(bound([piece] * 60, frame)))
    contents = [spaced(page.extract_text()) for page in reader.pages[:3]]
    assert "Intake form 3 3" in contents[0]
    assert "Records copy D-000123-4 · page 2 of 182" in contents[1]
    assert "Intake form" in contents[2]
    assert "Signatures" in spaced(reader.pages[181].extract_text())


def test_a_records_copy_is_the_same_each_time_and_says_training() -> None:
    """For its hash; and a training paper is never taken for a patient's."""
    copy = a_copy(charts(1), training=True)
    assert copy == a_copy(charts(1), training=True)
    assert all("TRAINING" in page for page in pages_by_pdfium(copy))
