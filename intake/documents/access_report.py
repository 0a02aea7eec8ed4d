"""Who looked at a record: everybody who opened, changed, printed or saved something of one patient, counted and one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from intake.documents import style
from intake.documents.blocks import flowing, heading, space
from intake.documents.frame import Heads, issue, keywords
from intake.documents.paper import Block
from intake.documents.report import Column, report_frame, report_heads, table
from intake.documents.words import moment_words
from intake.domain.audit import AccessReport, Entry, Viewer
from intake.domain.practice import Location, Practice
from intake.domain.records import PatientRecord
from intake.entry.audit_words import BY_ITSELF, ROLES, action_words, outcome_words, person_words, role_words
from intake.entry.dates import show_date

PEOPLE: Final = (
    Column(title="Who", width_pt=150),
    Column(title="Role", width_pt=90),
    Column(title="Times", width_pt=36, right=True),
    Column(title="First", width_pt=104),
    Column(title="Last", width_pt=104),
)
TIMES: Final = (
    Column(title="When", width_pt=104),
    Column(title="Who", width_pt=96),
    Column(title="Role", width_pt=62),
    Column(title="Desk", width_pt=56),
    Column(title="What", width_pt=166),
)
NONE_KEPT: Final = "Nobody looked at this record in this period."
FOOT: Final = "Made from the audit of Intake Desk, whose entries can be neither changed nor removed."
LEFT_OUT: Final = "Not listed: lists that name many patients at once, such as the day's list, and searches."


def access_report_pdf(
    report: AccessReport, *, patient: PatientRecord, practice: Practice, location: Location, by: str, training: bool, printed_at: datetime
) -> bytes:
    """Return the report as PDF, the latest first. The same arguments always give the same bytes."""
    zone = practice.zone()
    born = show_date(patient.patient.dob) if patient.patient.dob else "not asked"
    frame = replace(
        report_frame(
            practice,
            location,
            title="Access report",
            subtitle=f"{show_date(report.first)} to {show_date(report.last)}",
            notes=(FOOT, LEFT_OUT),
            training=training,
            printed_at=printed_at,
        ),
        patient=patient.patient.full_name(),
        record_number=patient.number,
        dob=born,
        keywords=keywords("access", patient.number, "", printed_at),
    )
    facts = [f"Born {born} · Record {patient.number} · made by {by}", ""]
    heads = Heads(first=report_heads(frame, facts).first, further=report_heads(frame, facts, TIMES).further)
    return issue(frame, [*_body(report, zone), space(4)], heads)


def _body(report: AccessReport, zone: ZoneInfo) -> Iterator[Block]:
    if not report.entries:
        yield from flowing(NONE_KEPT, style.BODY)
        return
    yield heading("Who looked at this record")
    yield from table(PEOPLE, [_person(viewer, zone) for viewer in report.viewers])
    yield space(10)
    yield heading("Each time", aside=f"{len(report.entries):,} entries")
    yield from table(TIMES, [_time(entry, zone) for entry in report.entries])


def _person(viewer: Viewer, zone: ZoneInfo) -> list[str]:
    role = ROLES[viewer.role.value] if viewer.role else ""
    first, last = (moment_words(at.astimezone(zone)) for at in (viewer.first, viewer.last))
    return [viewer.name or BY_ITSELF, role, f"{viewer.count:,}", first, last]


def _time(entry: Entry, zone: ZoneInfo) -> list[str]:
    of_visit = f" · {entry.visit_number}" if entry.visit_number else ""
    refused = "" if entry.outcome == "done" else f" ({outcome_words(entry.outcome)})"
    return [
        moment_words(entry.at.astimezone(zone)),
        person_words(entry),
        role_words(entry),
        entry.workstation,
        f"{action_words(entry.action)}{of_visit}{refused}",
    ]
