"""The intake form on paper: everything recorded at one visit, with what was not asked named as such."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from intake.documents import style
from intake.documents.blocks import Entry, flowing, grid, heading, kept_together, not_asked_line, signature, space
from intake.documents.checklist import group_blocks
from intake.documents.drawing import pain_drawing
from intake.documents.frame import Frame, issue
from intake.documents.paper import Block
from intake.documents.record_fields import Values, applying, entries, is_minor, values_of
from intake.documents.words import moment_words, time_words
from intake.domain.checklist import Checklist
from intake.domain.coverage import notice_due
from intake.domain.pain import RegionSet
from intake.domain.patients import SEXES, age_on
from intake.domain.practice import Practice
from intake.domain.records import VisitRecord
from intake.entry.dates import show_date

COLUMNS = 4


def intake_form(
    record: VisitRecord,
    *,
    practice: Practice,
    checklist: Checklist,
    regions: RegionSet,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return the intake form of a visit as PDF.

    ``checklist`` and ``regions`` are the versions the visit was asked with; ``printed_at`` is an aware instant. The same
    arguments always give the same bytes.
    """
    zone = ZoneInfo(practice.time_zone)
    frame = _frame(record, practice, zone, training=training, printed_at=printed_at)
    return issue(frame, [*_sections(record, checklist, regions), *_signatures(record, zone)])


def _frame(record: VisitRecord, practice: Practice, zone: ZoneInfo, *, training: bool, printed_at: datetime) -> Frame:
    patient = record.patient.patient
    born = show_date(patient.dob) if patient.dob else "not asked"
    age = f"{age_on(patient.dob, record.visit_day)} years" if patient.dob else ""
    sex = next((choice.label for choice in SEXES if choice.code == patient.sex), "")
    arrived = record.arrived_at.astimezone(zone)
    return Frame(
        practice=practice.name,
        location=record.location,
        title="Intake form",
        subtitle=f"Visit of {show_date(record.visit_day)} · arrived {time_words(arrived)}",
        patient=patient.full_name(),
        person=" · ".join(part for part in (f"Born {born}", age, sex) if part),
        record_number=record.patient.number,
        visit_number=record.number,
        dob=born,
        printed=moment_words(printed_at.astimezone(zone)),
        training=training,
    )


def _sections(record: VisitRecord, checklist: Checklist, regions: RegionSet) -> Iterator[Block]:
    values = values_of(record)
    yield from _section("Visit", "visit", "visit", values, record)
    yield from _section("Patient", "patient", "identity", values, record)
    yield from _section("Contact and communication", "patient", "contact", values, record)
    yield from _coverage(record, values)
    yield from _section("Safety history", "visit.safety", "safety", values, record)
    for group in checklist.groups:
        yield from group_blocks(group, checklist, record.answers)
    yield from pain_drawing(record.marks, regions)
    yield from _section("Notices and consents", "visit.notices", "notices", values, record)


def _section(title: str, prefix: str, section: str, values: Values, record: VisitRecord, extra: tuple[Entry, ...] = ()) -> Iterator[Block]:
    """Yield one section: what was entered and what must not be missing as a grid, the rest in one line."""
    shown, unasked = entries(list(applying(prefix, section, values)), values, record.location)
    yield from kept_together([heading(title), *grid([*shown, *extra], COLUMNS), *not_asked_line(unasked), space(2)])


def _coverage(record: VisitRecord, values: Values) -> Iterator[Block]:
    yield from _section("Coverage", "visit", "coverage", values, record)
    for title, prefix, needed in (
        ("Primary coverage", "visit.primary", values["visit.payment"] == "insured"),
        ("Secondary coverage", "visit.secondary", False),
    ):
        if needed or any(value for path, value in values.items() if path.startswith(f"{prefix}.")):
            yield from _section(title, prefix, "coverage", values, record)
    if list(applying("visit.claim", "coverage", values)):
        due: tuple[Entry, ...] = ()
        if record.visit.visit_type == "auto":
            last_day = notice_due(record.visit.claim, record.visit_day, record.treatments)
            due = (Entry(label="Notice to insurer due by", value=show_date(last_day)),)
        yield from _section("Accident and claim", "visit.claim", "coverage", values, record, due)


def _signatures(record: VisitRecord, zone: ZoneInfo) -> Iterator[Block]:
    """Yield the lines to sign on, kept together, and who recorded the form and when."""
    recorded = moment_words(record.recorded_at.astimezone(zone))
    who = "Parent or responsible adult" if is_minor(record) else "Patient"
    recorder = f"Recorded by {record.recorded_by}, {recorded}"
    versions = f"checklist {record.checklist_version} · figure {record.regions_version}"
    yield from kept_together(
        [
            heading("Signatures"),
            *flowing(f"{recorder} · {versions}", style.SMALL),
            signature(who, "I have read this form and what it says is what I told."),
            signature("Staff", "I recorded what the patient told me."),
        ]
    )
