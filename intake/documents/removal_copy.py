"""The copy of a record that leaves the store for good: every visit, then every document as it once left."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import pypdf

from intake.definitions.bundle import Definitions
from intake.documents.blocks import flowing
from intake.documents.frame import NOT_A_DIAGNOSIS, Frame, issue, keywords
from intake.documents.records_copy import FOOT, Piece, bound, pieces_of
from intake.documents.report import report_heads
from intake.documents.style import BODY
from intake.documents.words import moment_words
from intake.domain.documents import IssuedDocument
from intake.domain.practice import Location
from intake.domain.records import PatientRecord
from intake.domain.reviews import Chart
from intake.entry.dates import show_date

TITLE: Final = "Record before removal"
NO_VISIT: Final = "No visit was recorded of this patient. What was kept stands in the file of rows beside this one."


def removal_copy(
    record: PatientRecord,
    charts: Sequence[Chart],
    documents: Sequence[tuple[IssuedDocument, bytes]],
    definitions: Definitions,
    *,
    location: Location,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return the copy as PDF: of each visit its intake form and note, then the kept documents, each page as it left.

    The same arguments always give the same bytes.
    """
    frame = _frame(record, definitions, location, training=training, printed_at=printed_at)
    if not charts:
        return issue(frame, list(flowing(NO_VISIT, BODY)), report_heads(frame, [f"Born {frame.dob} · Record {frame.record_number}"]))
    pieces = [piece for chart in charts for piece in pieces_of(chart, definitions, training=training, printed_at=printed_at)]
    return bound([*pieces, *_kept(charts, documents, definitions)], frame)


def _kept(charts: Sequence[Chart], documents: Sequence[tuple[IssuedDocument, bytes]], definitions: Definitions) -> Iterator[Piece]:
    """Yield the documents in the order in which they left; one of the whole record stands with the last visit."""
    by_visit = {chart.visit.id: chart for chart in charts}
    names = {kind.key: kind.name.en for kind in definitions.document_kinds.kinds}
    for document, content in documents:
        left = show_date(document.at.astimezone(definitions.practice.zone()).date())
        chart = by_visit.get(document.visit_id or 0, charts[-1])
        name = f"{names.get(document.kind, document.kind)}, as it left on {left}"
        yield Piece(chart=chart, name=name, pages=pypdf.PdfReader(io.BytesIO(content)))


def _frame(record: PatientRecord, definitions: Definitions, location: Location, *, training: bool, printed_at: datetime) -> Frame:
    practice = definitions.practice
    return Frame(
        practice=practice.name,
        location=location,
        title=TITLE,
        subtitle=record.number,
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
