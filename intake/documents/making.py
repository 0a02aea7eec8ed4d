"""Making a requested document out of its material: pure, for any thread."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from intake.definitions.bundle import Definitions
from intake.documents.copies import marked_copy
from intake.documents.counting import page_count
from intake.documents.issuing import home_care_of_chart, intake_of_record, note_of_chart, version_of
from intake.documents.letter import letter_paper
from intake.documents.material import CopyMark, Material
from intake.documents.records_copy import records_copy
from intake.documents.words import Language, moment_in
from intake.domain.document_kinds import Paper, WaitsFor
from intake.domain.documents import Made
from intake.domain.letters import Letter
from intake.domain.records import VisitRecord
from intake.domain.reviews import Chart
from intake.entry.letters import compose

AGAIN: Final = {"en": "Printed again %1 by %2", "es": "Impreso de nuevo el %1 por %2"}


def make(material: Material, definitions: Definitions, *, training: bool, printed_at: datetime) -> Made:
    """Return the document of a request as it would leave now; what nobody has signed or is not complete is preliminary."""
    paper = material.kind.paper
    if paper is Paper.INTAKE_FORM and material.record is not None:
        return made_of(intake_of_record(material.record, definitions, training=training, printed_at=printed_at))
    if paper is Paper.LETTER and material.record is not None and material.letter is not None:
        return _letter(material, material.record, material.letter, definitions, training=training, printed_at=printed_at)
    if paper is Paper.RECORDS_COPY and material.charts:
        return _records(material, definitions, training=training, printed_at=printed_at)
    if paper in (Paper.VISIT_NOTE, Paper.HOME_CARE) and material.charts:
        return _of_chart(material, material.charts[0], definitions, training=training, printed_at=printed_at)
    raise ValueError(paper)


def make_copy(mark: CopyMark, definitions: Definitions) -> Made:
    """Return a document as it left, page for page, marked COPY with when it is printed again and by whom."""
    language: Language = "es" if mark.language == "es" else "en"
    moment = moment_in(mark.at.astimezone(definitions.practice.zone()), language)
    words = AGAIN[language].replace("%1", moment).replace("%2", mark.by)
    return made_of(marked_copy(mark.content, words=words), version=mark.version, language=language, copy_of=mark.document_id)


def made_of(content: bytes, *, version: int = 0, preliminary: bool = False, language: str = "en", copy_of: int | None = None) -> Made:
    """Return a PDF as a document, its pages counted."""
    return Made(content=content, pages=page_count(content), version=version, preliminary=preliminary, language=language, copy_of=copy_of)


def _of_chart(material: Material, chart: Chart, definitions: Definitions, *, training: bool, printed_at: datetime) -> Made:
    language: Language = "en"
    if material.kind.paper is Paper.VISIT_NOTE:
        content = note_of_chart(chart, definitions, training=training, printed_at=printed_at)
    else:
        language = "es" if material.request.language == "es" else "en"
        content = home_care_of_chart(chart, definitions, language=language, large=False, training=training, printed_at=printed_at)
    return made_of(content, version=version_of(chart), preliminary=chart.signature is None, language=language)


def _records(material: Material, definitions: Definitions, *, training: bool, printed_at: datetime) -> Made:
    location, number = definitions.practice.location(material.request.location), material.request.number
    return made_of(
        records_copy(material.charts, definitions, location=location, number=number, training=training, printed_at=printed_at)
    )  # fmt: skip


def _letter(
    material: Material, record: VisitRecord, letter: Letter, definitions: Definitions, *, training: bool, printed_at: datetime
) -> Made:  # fmt: skip
    request = material.request
    template = definitions.templates[letter.template]
    composed = compose(template, letter, purpose=request.purpose, recipient=request.recipient, address=request.address)
    content = letter_paper(
        composed,
        letter,
        kind=material.kind,
        request=request,
        practice=definitions.practice,
        location=record.location,
        training=training,
        printed_at=printed_at,
    )
    unsigned = material.kind.waits_for is WaitsFor.LETTER and letter.signature is None
    preliminary = unsigned or bool(composed.missing)
    return made_of(content, version=letter.version, preliminary=preliminary, language=composed.language)
