"""What was recorded at the desk, as a clinician left it: the visit, corrections with the first words kept, safety history, ratings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from intake.documents import style
from intake.documents.blocks import Entry, flowing, grid, heading, kept_together, not_asked_line, space
from intake.documents.facts import fact_label, fact_words
from intake.documents.paper import Block
from intake.documents.record_fields import applying, entries, values_of
from intake.documents.statements import quiet, quoted, statement
from intake.documents.subjective import CORRECTED, ratings, spoken
from intake.documents.words import moment_words, time_words
from intake.domain.checklist import Checklist, Kind
from intake.domain.corrections import visit_as_corrected
from intake.domain.reviews import Chart, Correction
from intake.domain.visits import VISIT_TYPES
from intake.entry.dates import show_date

COLUMNS = 4


def visit_blocks(chart: Chart, zone: ZoneInfo) -> Iterator[Block]:
    """Yield what brought the patient, in the words of the desk."""
    record = chart.visit
    arrived = record.arrived_at.astimezone(zone)
    kind = next((choice.label for choice in VISIT_TYPES if choice.code == record.visit.visit_type), None)
    told = (
        Entry(label="Clinic", value=record.location.name),
        Entry(label="Arrived", value=f"{show_date(record.visit_day)}, {time_words(arrived)}"),
        Entry(label="Brought by", value=kind),
        Entry(label="Recorded by", value=record.recorded_by),
        Entry(label="Reason for the visit, as recorded at the desk", value=record.visit.reason, span=4),
    )
    yield from kept_together([heading("Visit"), *grid(told, COLUMNS), space(3)])


def safety_blocks(chart: Chart) -> Iterator[Block]:
    """Yield the safety history as it stands after corrections."""
    record = dataclasses.replace(chart.visit, visit=visit_as_corrected(chart.visit.visit, chart.corrections))
    values = values_of(record)
    fields = list(applying("visit.safety", "safety", values))
    shown, unasked = entries(fields, values, record.location)
    paths = {each.path for each in chart.corrections}
    labels = {field.about.label for field in fields if field.path in paths}
    marked = [
        Entry(label=f"{each.label} ({CORRECTED})", value=each.value, span=each.span) if each.label in labels else each for each in shown
    ]
    yield from kept_together([heading("Safety history"), *grid(marked, COLUMNS), *not_asked_line(unasked), space(2)])


def correction_blocks(corrections: Sequence[Correction], checklist: Checklist, zone: ZoneInfo) -> Iterator[Block]:
    """Yield what a clinician put right; what the desk recorded stays readable. Nothing when nothing was."""
    if not corrections:
        return
    yield heading("Corrections", f"{len(corrections)} made by a clinician; what the desk recorded stays")
    for each in corrections:
        before, after = (fact_words(each.path, value, checklist) for value in (each.before, each.after))
        words = (
            f"{fact_label(each.path, checklist)}: recorded as {before}, corrected to {after} "
            f"by {each.by}, {moment_words(each.at.astimezone(zone))}. Reason: {quoted(each.reason)}"
        )
        yield from flowing(words, style.BODY)
        yield space(3)
    yield space(3)


def rating_blocks(chart: Chart, checklist: Checklist, earlier: Sequence[Chart]) -> Iterator[Block]:
    """Yield the ratings of this visit as scales, and those of earlier visits as numbers."""
    yield from ratings(checklist, chart.answers)
    asked = [question for question in checklist.main_questions() if question.kind is Kind.RATING]
    for before in earlier:
        told = [f"{question.short.en} {spoken(question, before.answers.get(question.key))}" for question in asked]
        yield from quiet("Earlier", f"{show_date(before.visit.visit_day)}, {before.visit.number}: {'; '.join(told)}.")
    if earlier:
        yield space(3)


def desk_words(chart: Chart, zone: ZoneInfo) -> Iterator[Block]:
    """Yield who recorded the visit, when, and with which versions."""
    record = chart.visit
    recorded = moment_words(record.recorded_at.astimezone(zone))
    versions = f"checklist {record.checklist_version} · figure {record.regions_version}"
    yield from statement("Desk", f"Recorded by {record.recorded_by}, {recorded} · {versions}", style.SMALL)
