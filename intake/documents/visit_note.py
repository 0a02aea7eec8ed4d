"""The visit note on paper: what the patient said, what the clinician found, thought and planned, and the signature over it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from intake.documents.blocks import space
from intake.documents.drawing import pain_drawing
from intake.documents.frame import NOT_A_DIAGNOSIS, Frame, issue, keywords
from intake.documents.note_clinician import addendum_blocks, impression_blocks, measure_blocks, objective_blocks, plan_blocks
from intake.documents.note_prompts import prompt_blocks
from intake.documents.note_record import correction_blocks, desk_words, rating_blocks, safety_blocks, visit_blocks
from intake.documents.paper import Block
from intake.documents.seal import seal_blocks
from intake.documents.statements import notice
from intake.documents.subjective import subjective
from intake.documents.words import moment_words
from intake.documents.written import written_note
from intake.domain.checklist import Checklist
from intake.domain.codes import CodeList
from intake.domain.pain import RegionSet
from intake.domain.patients import SEXES, age_on
from intake.domain.practice import Practice
from intake.domain.prompting import empty_words, facts_of_chart, not_asked, unsure, unsure_words
from intake.domain.prompts import RuleSet
from intake.domain.review_form import ReviewForm
from intake.domain.reviews import Chart
from intake.entry.dates import show_date

PRELIMINARY = "PRELIMINARY – not signed"
PROMPTS_FOOT = "Prompts are drawn from cited published sources, version %1, and do not replace clinical judgement."
UNSIGNED = "This note is not signed by a clinician. It holds what was written when it was printed, and can still change."
UNREAD = "%1 of its entries could not be read yet and are not on this paper."


def visit_note(  # noqa: PLR0913 - keywords only, each a definition by itself
    chart: Chart,
    *,
    practice: Practice,
    checklist: Checklist,
    regions: RegionSet,
    rules: RuleSet,
    form: ReviewForm,
    codes: CodeList,
    training: bool,
    printed_at: datetime,
    rule_sets: Mapping[str, RuleSet] | None = None,
    earlier: Sequence[Chart] = (),
) -> bytes:
    """Return the visit note as PDF: PRELIMINARY on every page until it is signed.

    ``checklist``, ``regions``, ``form`` and ``codes`` are the versions the visit was recorded with. ``rules`` are the current
    rules, ``rule_sets`` older versions for prompts that were raised with them. ``earlier`` are visits whose ratings are to stand
    beside these. The same arguments always give the same bytes.
    """
    chart = _as_signed(chart)
    zone = ZoneInfo(practice.time_zone)
    frame = _frame(chart, practice, rules, training=training, printed_at=printed_at)
    note, unread = written_note(chart, form, codes)
    blocks = [
        *_preliminary(chart, unread),
        *visit_blocks(chart, zone),
        *_prompts(chart, (rules, *(rule_sets or {}).values()), checklist, zone),
        *subjective(checklist, chart.answers, {each.path.removeprefix("answers.") for each in chart.corrections}),
        *correction_blocks(chart.corrections, checklist, zone),
        *safety_blocks(chart),
        *pain_drawing(chart.visit.marks, regions),
        *rating_blocks(chart, checklist, earlier),
        *objective_blocks(note, form),
        *impression_blocks(note, form, codes, chart.signature.code_release if chart.signature else codes.release),
        *plan_blocks(note, form),
        *measure_blocks(note, form),
        *addendum_blocks(chart.addenda, zone),
        *seal_blocks(chart, zone),
        *desk_words(chart, zone),
    ]
    return issue(frame, blocks)


def _as_signed(chart: Chart) -> Chart:
    """Return a chart whose patient is the one of the signature, whatever the record says of that person since."""
    patient = dataclasses.replace(chart.visit.patient, patient=chart.patient)
    return dataclasses.replace(chart, visit=dataclasses.replace(chart.visit, patient=patient))


def _frame(chart: Chart, practice: Practice, rules: RuleSet, *, training: bool, printed_at: datetime) -> Frame:
    record, signature = chart.visit, chart.signature
    patient = record.patient.patient
    born = show_date(patient.dob) if patient.dob else "not asked"
    age = f"{age_on(patient.dob, record.visit_day)} years" if patient.dob else ""
    sex = next((choice.label for choice in SEXES if choice.code == patient.sex), "")
    version = signature.rules_version if signature else rules.version
    return Frame(
        practice=practice.name,
        location=record.location,
        title="Visit note",
        subtitle=f"Visit of {show_date(record.visit_day)} · {chart.number}",
        patient=patient.full_name(),
        person=" · ".join(part for part in (f"Born {born}", age, sex) if part),
        record_number=record.patient.number,
        visit_number=record.number,
        dob=born,
        printed=moment_words(printed_at.astimezone(practice.zone())),
        training=training,
        document=chart.number,
        mark="" if signature else PRELIMINARY,
        notes=(NOT_A_DIAGNOSIS, PROMPTS_FOOT.replace("%1", version)),
        keywords=keywords("note", chart.number, chart.fingerprint, printed_at),
    )


def _preliminary(chart: Chart, unread: int) -> Iterator[Block]:
    if chart.signature is None:
        yield space(4)
        yield from notice(PRELIMINARY, [UNSIGNED, *([UNREAD.replace("%1", str(unread))] if unread else [])])


def _prompts(chart: Chart, rule_sets: Sequence[RuleSet], checklist: Checklist, zone: ZoneInfo) -> Iterator[Block]:
    empty = _empty(chart, rule_sets[0], checklist)
    yield from prompt_blocks(chart.prompts, rule_sets=rule_sets, checklist=checklist, zone=zone, empty=empty)


def _empty(chart: Chart, rules: RuleSet, checklist: Checklist) -> str:
    """Return what is said when no prompt was raised, with the count of what was not asked or answered unsure."""
    facts = facts_of_chart(chart)
    counted = (empty_words(len(not_asked(rules, facts, checklist))), unsure_words(len(unsure(rules, facts))))
    return " ".join(words for words in counted if words)
