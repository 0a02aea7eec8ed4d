"""Papers of people who do not exist, on the practice's own letterhead: what a change would look like, before anybody makes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import Paper
from intake.domain.letters import Composed, Letter
from intake.domain.numbers import document_number, record_number, visit_number
from intake.domain.practice import Letterhead, Location
from intake.domain.records import PatientRecord, VisitRecord
from intake.domain.requests import Request, RequestState
from intake.domain.visits import Status
from intake.entry.reading import read_intake
from intake.example import EXAMPLE

SamplePaper = Literal["intake", "letter", "form", "report"]
PAPERS: Final[Mapping[SamplePaper, str]] = {
    "intake": "Intake form",
    "letter": "Letter",
    "form": "Form to fill in",
    "report": "Report",
}


def proposed(
    definitions: Definitions, *, name: str | None = None, letterhead: Letterhead | None = None, location: Location | None = None
) -> Definitions:
    """Return the definitions with another name, letterhead or clinic of the practice, as they would be after a change."""
    practice = definitions.practice
    places = [location if location is not None and each.key == location.key else each for each in practice.locations]
    dressed = tuple(dataclasses.replace(each, letterhead=letterhead or practice.locations[0].letterhead) for each in places)
    return dataclasses.replace(definitions, practice=dataclasses.replace(practice, name=name or practice.name, locations=dressed))


def sample_paper(paper: SamplePaper, definitions: Definitions, *, location: str, printed_at: datetime) -> bytes:
    """Return a sample of one paper as PDF, marked as training: for any thread, it needs no store."""
    make = {"intake": _intake, "letter": _letter, "form": _form, "report": _report}[paper]
    return make(definitions, definitions.practice.location(location), printed_at)


def _record(definitions: Definitions, place: Location, at: datetime) -> VisitRecord:
    """Return the visit of the example, whom nobody has to look after."""
    day = at.astimezone(definitions.practice.zone()).date()
    intake = read_intake(EXAMPLE, definitions=definitions, on=day).intake
    return VisitRecord(
        id=1,
        number=visit_number(1),
        patient=PatientRecord(id=1, number=record_number(1), version=1, patient=intake.patient),
        visit=dataclasses.replace(intake.visit, location=place.key),
        answers=intake.answers,
        marks=intake.marks,
        location=place,
        status=Status.WAITING,
        arrived_at=at,
        visit_day=day,
        recorded_by="Dana Example",
        recorded_at=at,
        checklist_version=definitions.checklist.version,
        regions_version=definitions.regions.version,
    )


def _intake(definitions: Definitions, place: Location, at: datetime) -> bytes:
    from intake.documents.intake_form import intake_form  # noqa: PLC0415 - the settings open without paper

    record = _record(definitions, place, at)
    return intake_form(
        record, practice=definitions.practice, checklist=definitions.checklist, regions=definitions.regions, training=True, printed_at=at
    )  # fmt: skip


def _letter(definitions: Definitions, place: Location, at: datetime) -> bytes:
    from intake.documents.letter import letter_paper  # noqa: PLC0415 - as above

    kind = next(each for each in definitions.document_kinds.kinds if each.paper is Paper.LETTER)
    letter = Letter(request_id=1, template="", language="en", typed={}, from_record={}, body=None, version=1, missing=())
    request = Request(
        id=1, number=document_number(1), patient_id=1, visit_id=1, kind=kind.key, location=place.key, asked_by="patient",
        leaves_by="mail", recipient="", address="", purpose="", language="en", state=RequestState.READY, opened_at=at,
        opened_by="Dana Example", due_at=at, clinician=None, printed_at=None, delivered_at=None,
    )  # fmt: skip
    return letter_paper(
        _SAMPLE_LETTER, letter, kind=kind, request=request, practice=definitions.practice, location=place, training=True, printed_at=at
    )  # fmt: skip


def _form(definitions: Definitions, place: Location, at: datetime) -> bytes:
    from intake.documents.forms.form import blank_form  # noqa: PLC0415 - as above

    return blank_form(definitions, language="en", record=None, location=place, training=True, printed_at=at)


def _report(definitions: Definitions, place: Location, at: datetime) -> bytes:
    from intake.documents.accounting_report import accounting_report  # noqa: PLC0415 - as above

    record, day = _record(definitions, place, at), at.astimezone(definitions.practice.zone()).date()
    return accounting_report(
        (), patient=record.patient, first=day, last=day, practice=definitions.practice, location=place,
        kinds=definitions.document_kinds, training=True, printed_at=at,
    )  # fmt: skip


_SAMPLE_LETTER: Final = Composed(
    title="Sample letter",
    salutation="To whom it may concern,",
    paragraphs=(
        "This is a sample of the practice’s letters. It is about nobody, and nothing in it was ever sent.",
        "The name, the logo and the lines above stand on every letter as they stand here; the address stands in the window of an envelope.",
    ),
    closing="Sincerely,",
    recipient="Example Company",
    address="1 Sample Street\nUnion, NJ 07083",
)
