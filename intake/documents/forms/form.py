"""The intake form for patients: to write on, blank or with what is known, and as a file to fill in; one layout, three ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from intake.definitions.bundle import Definitions
from intake.documents import style
from intake.documents.blocks import space
from intake.documents.forms.form_words import BODY
from intake.documents.forms.heads import form_frame, form_heads
from intake.documents.forms.layout import Layout
from intake.documents.forms.pain import boxes_to_mark, figure_to_mark
from intake.documents.forms.pens import Ink, Pen, Values
from intake.documents.forms.sections import section_blocks
from intake.documents.forms.widgets import Widgets
from intake.documents.frame import Frame, issue
from intake.documents.paper import Block, Paper
from intake.documents.text import wrap
from intake.documents.words import Language, date_words
from intake.domain.fields import described
from intake.domain.patients import Patient
from intake.domain.practice import Location
from intake.domain.records import PatientRecord
from intake.entry.form_fields import form_id, form_keywords, form_sections
from intake.entry.showing import shown


def blank_form(
    definitions: Definitions,
    *,
    language: Language,
    record: PatientRecord | None,
    location: Location,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return the form to write on as PDF; with a patient, who they are and how they are reached is filled in.

    The same arguments always give the same bytes.
    """
    values = known_values(definitions, record, language)
    layout, pen = Layout(language, values), Ink(values)
    frame = _frame(definitions, language, record, location, training=training, printed_at=printed_at)
    blocks = [*_intro(definitions, language), *_sections(definitions, layout, pen, fillable=False), _signature(layout)]
    return issue(frame, blocks, form_heads(frame, by_hand=True))


def fillable_form(
    definitions: Definitions,
    *,
    language: Language,
    record: PatientRecord | None,
    location: Location,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return the form as a PDF to fill in on a screen, fields named by ``intake.entry.form_fields``; otherwise as ``blank_form``."""
    values = known_values(definitions, record, language)
    number = record.number if record else None
    pen = Widgets(values, language, form_id=form_id(definitions, language), patient_number=number)
    layout = Layout(language, values)
    frame = _frame(definitions, language, record, location, training=training, printed_at=printed_at)
    blocks = [*_intro(definitions, language), *_sections(definitions, layout, pen, fillable=True)]
    return issue(frame, blocks, form_heads(frame, by_hand=False), ending=pen.end)


def known_values(definitions: Definitions, record: PatientRecord | None, language: Language) -> Values:
    """Return what is known of a patient as the form says it, by path: the code of a choice, otherwise words in the form's language."""
    if record is None:
        return {}
    words = {
        (question.path, option.code): option.text.in_language(language)
        for section in form_sections(definitions)
        for question in section.questions
        for option in question.words
    }
    choices = {question.path for section in form_sections(definitions) for question in section.questions if question.options}
    values: dict[str, str] = {}
    for field in described(Patient, "patient"):
        value = getattr(record.patient, field.name)
        if value is None:
            continue
        if isinstance(value, date):
            values[field.path] = date_words(value, language)
        elif field.path in choices:
            values[field.path] = value
        else:
            values[field.path] = words.get((field.path, value)) or shown(field, value)
    return values


def _frame(
    definitions: Definitions, language: Language, record: PatientRecord | None, location: Location, *, training: bool, printed_at: datetime
) -> Frame:
    return form_frame(
        title=definitions.forms.title,
        form_id=form_id(definitions, language),
        keywords=form_keywords(definitions, language),
        record=record,
        practice=definitions.practice,
        location=location,
        language=language,
        training=training,
        printed_at=printed_at,
    )


def _intro(definitions: Definitions, language: Language) -> Iterator[Block]:
    for line in wrap(definitions.forms.intro.in_language(language), BODY, style.WIDTH):
        yield Block(height_pt=BODY.leading_pt, draw=partial(_draw_line, line), with_next=True)
    yield space(8)


def _draw_line(line: str, paper: Paper, top: float) -> None:
    paper.text(style.LEFT, top, line, BODY)


def _sections(definitions: Definitions, layout: Layout, pen: Pen, *, fillable: bool) -> Iterator[Block]:
    for section in form_sections(definitions):
        if not section.drawing:
            yield from section_blocks(section, layout, pen)
        elif fillable:
            yield from boxes_to_mark(section, definitions.regions, layout, pen)
        else:
            yield from figure_to_mark(section, definitions.regions, layout)


def _signature(layout: Layout) -> Block:
    """Return a line to sign on and one for the date."""
    wide = style.WIDTH * 0.66

    def draw(paper: Paper, top: float) -> None:
        y = top - 30
        paper.rule(style.LEFT, style.LEFT + wide, y, color=style.INK)
        paper.rule(style.LEFT + wide + 24, style.RIGHT, y, color=style.INK)
        paper.text(style.LEFT, y - 2, layout.words.signature, BODY)
        paper.text(style.LEFT + wide + 24, y - 2, layout.words.signed_on, BODY)

    return Block(height_pt=50, draw=draw)
