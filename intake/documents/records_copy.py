"""A copy of a patient's records: what is in it, then every visit's intake form and signed note, page by page of the whole."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pypdf
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from intake.definitions.bundle import Definitions
from intake.documents import style
from intake.documents.blocks import flowing, heading, space
from intake.documents.frame import NOT_A_DIAGNOSIS, Frame, issue, keywords
from intake.documents.issuing import intake_of_record, note_of_chart
from intake.documents.overlay import as_mark, put_mark
from intake.documents.paper import Block, Paper
from intake.documents.report import Column, report_heads, table
from intake.documents.words import moment_words
from intake.domain.practice import Location
from intake.domain.reviews import Chart
from intake.entry.dates import show_date

TITLE: Final = "Records copy"
COLUMNS: Final = (
    Column(title="Visit", width_pt=62),
    Column(title="Clinic", width_pt=92),
    Column(title="Document", width_pt=214),
    Column(title="Pages", width_pt=42, right=True),
    Column(title="From page", width_pt=74, right=True),
)
SCALE: Final = 0.96
"""Pages of the record are set a little smaller, so that the number within the whole has room of its own below them."""
FOOT_PT: Final = 22.0
EDGE_PT: Final = style.PAGE_WIDTH / 2 + SCALE * (style.RIGHT - style.PAGE_WIDTH / 2)
UNSIGNED: Final = "Visit note: not signed yet"
"""A request for records does not wait for a signature (45 CFR 164.524 gives it a time); a clinician's draft is no record yet."""
FOOT: Final = "Each document keeps the number of its own pages; those of the whole stand at the foot."


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One document of the copy: of which visit, what it is called, and its pages, None of a note that is not signed yet."""

    chart: Chart
    name: str
    pages: pypdf.PdfReader | None

    @property
    def count(self) -> int:
        """How many pages it has."""
        return len(self.pages.pages) if self.pages else 0


def records_copy(
    charts: Sequence[Chart], definitions: Definitions, *, location: Location, number: str, training: bool, printed_at: datetime
) -> bytes:
    """Return the copy as PDF: every visit in ``charts``, in their order, of which there is at least one.

    ``location`` is the clinic that gives it out, ``number`` that of the request for it. Of a note that is not signed the
    contents say so, and no word of it is printed. The same arguments always give the same bytes.
    """
    pieces = [piece for chart in charts for piece in pieces_of(chart, definitions, training=training, printed_at=printed_at)]
    frame = _frame(charts[-1], definitions, location, number, training=training, printed_at=printed_at)
    return bound(pieces, frame)


def bound(pieces: Sequence[Piece], frame: Frame) -> bytes:
    """Return the pieces as one document behind its contents."""
    contents = pypdf.PdfReader(io.BytesIO(_contents(frame, pieces, 1)))
    before = len(contents.pages)
    if before > 1:  # where the first document begins is known only now
        contents = pypdf.PdfReader(io.BytesIO(_contents(frame, pieces, before)))
    return _one_document(contents, pieces, frame)


def pieces_of(chart: Chart, definitions: Definitions, *, training: bool, printed_at: datetime) -> Iterator[Piece]:
    """Yield the intake form and the visit note of a visit; of a note that is not signed, that it is not."""
    record = chart.visit
    form = intake_of_record(record, definitions, training=training, printed_at=printed_at)
    yield Piece(chart=chart, name=f"Intake form {record.number}", pages=pypdf.PdfReader(io.BytesIO(form)))
    if chart.signature is None:
        yield Piece(chart=chart, name=UNSIGNED, pages=None)
        return
    note = note_of_chart(chart, definitions, training=training, printed_at=printed_at)
    yield Piece(chart=chart, name=f"Visit note {chart.number}", pages=pypdf.PdfReader(io.BytesIO(note)))


def _frame(latest: Chart, definitions: Definitions, location: Location, number: str, *, training: bool, printed_at: datetime) -> Frame:
    record = latest.visit.patient
    practice = definitions.practice
    return Frame(
        practice=practice.name,
        location=location,
        title=TITLE,
        subtitle=number,
        patient=record.patient.full_name(),
        person="",
        record_number=record.number,
        visit_number="",
        dob=show_date(record.patient.dob) if record.patient.dob else "not asked",
        printed=moment_words(printed_at.astimezone(practice.zone())),
        training=training,
        notes=(NOT_A_DIAGNOSIS, FOOT),
        keywords=keywords("records", record.number, "", printed_at),
    )


def _contents(frame: Frame, pieces: Sequence[Piece], before: int) -> bytes:
    """Return the contents as PDF; ``before`` is how many pages they take themselves."""
    facts = [f"Born {frame.dob} · Record {frame.record_number}"]
    return issue(frame, list(_listed(pieces, before)), report_heads(frame, facts))


def _listed(pieces: Sequence[Piece], before: int) -> Iterator[Block]:
    visits = len({piece.chart.visit.id for piece in pieces})
    total = before + sum(piece.count for piece in pieces)
    yield heading("Contents", f"{visits} visit{'' if visits == 1 else 's'} · {total} pages")
    rows: list[list[str]] = []
    page = before + 1
    for place, piece in enumerate(pieces):
        visit = piece.chart.visit
        first = place == 0 or pieces[place - 1].chart.visit.id != visit.id
        of = [show_date(visit.visit_day), visit.location.name] if first else ["", ""]
        rows.append([*of, piece.name, *((str(piece.count), str(page)) if piece.pages else ("–", "–"))])
        page += piece.count
    yield from table(COLUMNS, rows)
    unsigned = sum(1 for piece in pieces if piece.pages is None)
    if unsigned:
        words = "1 visit note is" if unsigned == 1 else f"{unsigned} visit notes are"
        yield space(6)
        yield from flowing(
            f"{words} not signed by a clinician yet and not in this copy. A copy made after the signature holds all of them.", style.SMALL
        )
    yield space(4)


def _one_document(contents: pypdf.PdfReader, pieces: Sequence[Piece], frame: Frame) -> bytes:
    """Return all pages as one document, each with its number within the whole, and an outline to find them by."""
    whole = pypdf.PdfWriter(clone_from=contents)
    for piece in pieces:
        if piece.pages is None:
            continue
        begins = len(whole.pages)
        whole.append(piece.pages, import_outline=False)
        whole.add_outline_item(title=f"{show_date(piece.chart.visit.visit_day)} · {piece.name}", page_number=begins)
    total = len(whole.pages)
    lines = [f"{TITLE} {frame.subtitle} · page {page} of {total} · Record {frame.record_number}" for page in range(1, total + 1)]
    feet = pypdf.PdfReader(io.BytesIO(_feet(lines)))
    smaller = (SCALE, 0, 0, SCALE, style.PAGE_WIDTH * (1 - SCALE) / 2, style.PAGE_HEIGHT * (1 - SCALE))
    for page, foot in zip(whole.pages, feet.pages, strict=True):
        put_mark(whole, page, as_mark(whole, foot), under=False, matrix=smaller)
    target = io.BytesIO()
    whole.write(target)
    return target.getvalue()


def _feet(lines: Sequence[str]) -> bytes:
    """Return one page for each line, with the line at its foot."""
    rl_config.useA85 = 0
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT), invariant=1, pageCompression=1)
    paper = Paper(canvas)
    for line in lines:
        paper.new_page()
        paper.text_right(EDGE_PT, FOOT_PT + style.SMALL_STRONG.leading_pt, line, style.SMALL_STRONG)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
