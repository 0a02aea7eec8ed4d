"""Every question of the intake form, and every field of the file to fill in, from the definitions: the one place that names them.

The blank form, the pre-filled one, the fillable file, its import and the screen for patients all ask this module.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.answers import Kind as AnswerKind
from intake.domain.checklist import Checklist, Group, Option, Question
from intake.domain.fields import About, Kind
from intake.domain.forms import FieldText, FormKind, FormQuestion, FormSection, SectionText
from intake.domain.pain import RegionSet
from intake.domain.text import Text
from intake.domain.visits import all_fields

ANSWERS: Final = "answers."
DRAWING: Final = "pain_drawing"
MARK: Final = "::"
"""Stands between a path and a code in the name of a check box."""
FORM_ID: Final = "form.id"
FORM_PATIENT: Final = "form.patient"
KEYWORD: Final = "intake-desk form"
"""How the keywords of a fillable file begin; the form's id and the digest of its fields follow."""
DATE_LENGTH: Final = 40
NUMBER_LENGTH: Final = 6
LONGEST: Final = 4000
"""Characters a field of the file takes at most."""
_DIGEST_LENGTH: Final = 16
_NO_NOTE: Final = Text(en="", es="")
_ANSWERED: Final = {
    AnswerKind.STATE: FormKind.ONE,
    AnswerKind.CHOICE: FormKind.ONE,
    AnswerKind.CHOICES: FormKind.SEVERAL,
    AnswerKind.RATING: FormKind.RATING,
    AnswerKind.NUMBER: FormKind.NUMBER,
    AnswerKind.DATE: FormKind.DATE,
    AnswerKind.TEXT: FormKind.LINE,
}
_WRITTEN: Final = {Kind.CHOICE: FormKind.ONE, Kind.DATE: FormKind.DATE, Kind.LONG: FormKind.LONG}
_LONGEST_LINE: Final = 200
"""A checklist's text that may be longer than this is given several lines."""


class FieldKind(StrEnum):
    """What a field of the fillable file is: one line, several lines, a group of boxes of which one is marked, a box."""

    TEXT = "text"
    LONG = "long"
    RADIO = "radio"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of the fillable file, named as in the file.

    ``path`` is where its value goes in an intake; ``options`` are the codes of a radio group. A check box stands for one
    ``code`` of its path (``region::kind`` in the drawing), ``label`` says which. ``max_length`` counts characters.
    """

    name: str
    path: str
    kind: FieldKind
    text: Text
    section: str
    options: tuple[Option, ...] = ()
    code: str = ""
    label: Text = _NO_NOTE
    max_length: int = 0


def form_sections(definitions: Definitions) -> tuple[FormSection, ...]:
    """Return the form in the order in which a patient reads it; groups of the checklist that have no section of their own come last."""
    sections = definitions.forms.sections
    groups = {group.key: group for group in definitions.checklist.groups}
    own = {section.group for section in sections}
    rest = tuple(_group_section(key, group.text, _NO_NOTE, group, definitions.checklist) for key, group in groups.items() if key not in own)
    asked = (section for section in sections if not section.group or section.group in groups)
    return tuple(_section(section, groups, definitions.checklist) for section in asked) + rest


def form_fields(definitions: Definitions) -> tuple[FormField, ...]:
    """Return every field of the fillable file that a patient fills in, in reading order."""
    fields: list[FormField] = []
    for section in form_sections(definitions):
        if section.drawing:
            fields += marks_of(section, definitions.regions)
        for question in section.questions:
            fields += fields_of(question, section.key)
    return tuple(fields)


def name_in_file(name: str) -> str:
    """Return a field's name as it stands in a file: a name there must not have a period (ISO 32000-1, 12.7.3.2)."""
    return name.replace(".", "/")


def name_from_file(name: str) -> str:
    """Return the name of a field that a file calls so."""
    return name.replace("/", ".")


def form_id(definitions: Definitions, language: str) -> str:
    """Return which form this is, in words of the files it is made of: ``intake-form-1 neck-2 neck-regions-1 es``."""
    return f"{definitions.forms.version} {definitions.checklist.version} {definitions.regions.version} {language}"


def digest(definitions: Definitions) -> str:
    """Return a short hash of the names, kinds and codes of all fields: another one means another form."""
    told = "\n".join(" ".join((field.name, field.kind, *(option.code for option in field.options))) for field in form_fields(definitions))
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGEST_LENGTH]


def form_keywords(definitions: Definitions, language: str) -> str:
    """Return what a fillable file says of itself in its keywords; nothing of any patient."""
    return f"{KEYWORD} {form_id(definitions, language)} {digest(definitions)}"


def _section(section: SectionText, groups: dict[str, Group], checklist: Checklist) -> FormSection:
    if section.group:
        return _group_section(section.key, section.title, section.note, groups[section.group], checklist)
    questions = tuple(_recorded(field, section) for field in section.fields)
    return FormSection(key=section.key, title=section.title, note=section.note, questions=questions, drawing=section.drawing)


def _recorded(field: FieldText, section: SectionText) -> FormQuestion:
    """Return the question of a field of the record; it is a detail when what opens it stands in the same section."""
    about: About = next(each.about for each in all_fields() if each.path == field.path)
    options = tuple(Option(code=code, text=text) for code, text in field.picks.items())
    kind = _WRITTEN.get(about.kind, FormKind.LINE)
    opened_here = about.when is not None and any(each.path == about.when[0] for each in section.fields)
    return FormQuestion(
        path=field.path,
        kind=kind,
        text=field.text,
        options=options if kind is FormKind.ONE else (),
        words=() if kind is FormKind.ONE else options,
        opens=about.when,
        depth=1 if opened_here else 0,
        width=field.width,
        lines=field.lines,
        max_length=_length(kind, about.max_length),
    )


def _group_section(key: str, title: Text, note: Text, group: Group, checklist: Checklist) -> FormSection:
    questions = tuple(_asked(question, checklist) for question in group.questions)
    return FormSection(key=key, title=title, note=note, questions=questions)


def _asked(question: Question, checklist: Checklist) -> FormQuestion:
    kind = _ANSWERED[question.kind]
    if kind is FormKind.LINE and question.max_length > _LONGEST_LINE:
        kind = FormKind.LONG
    return FormQuestion(
        path=ANSWERS + question.key,
        kind=kind,
        text=question.text,
        options=question.options,
        opens=(ANSWERS + question.parent, question.when) if question.parent else None,
        also_opened_by=tuple(ANSWERS + key for key in question.also_opened_by),
        depth=_depth(question, checklist),
        max_length=_length(kind, question.max_length),
        low=question.low,
        high=question.high,
        unit=question.unit,
    )


def _depth(question: Question, checklist: Checklist) -> int:
    return 0 if question.parent is None else 1 + _depth(checklist.question(question.parent), checklist)


def _length(kind: FormKind, longest: int) -> int:
    return {FormKind.DATE: DATE_LENGTH, FormKind.NUMBER: NUMBER_LENGTH}.get(kind, min(longest, LONGEST))


def fields_of(question: FormQuestion, section: str) -> Iterator[FormField]:
    """Yield the fields of one question: one, or a check box for each answer of which several may be marked."""
    match question.kind:
        case FormKind.SEVERAL:
            for option in question.options:
                yield FormField(
                    name=f"{question.path}{MARK}{option.code}",
                    path=question.path,
                    kind=FieldKind.CHECK,
                    text=question.text,
                    section=section,
                    code=option.code,
                    label=option.text,
                )
        case FormKind.ONE | FormKind.RATING:
            yield _field(question, section, FieldKind.RADIO, marked_options(question))
        case FormKind.LONG:
            yield _field(question, section, FieldKind.LONG)
        case _:
            yield _field(question, section, FieldKind.TEXT)


def marked_options(question: FormQuestion) -> tuple[Option, ...]:
    """Return the answers to mark: those of the question, or the numbers of a rating."""
    if question.kind is not FormKind.RATING:
        return question.options
    numbers = [str(number) for number in range(question.low, question.high + 1)]
    return tuple(Option(code=number, text=Text(en=number, es=number)) for number in numbers)


def _field(question: FormQuestion, section: str, kind: FieldKind, options: tuple[Option, ...] = ()) -> FormField:
    return FormField(
        name=question.path,
        path=question.path,
        kind=kind,
        text=question.text,
        section=section,
        options=options,
        max_length=0 if options else question.max_length,
    )


def marks_of(section: FormSection, regions: RegionSet) -> Iterator[FormField]:
    """Yield a check box for each region of the figure and each kind of pain."""
    for region in regions.regions():
        for kind in regions.kinds:
            code = f"{region.key}{MARK}{kind.code}"
            label = Text(en=f"{region.text.en}: {kind.text.en}", es=f"{region.text.es}: {kind.text.es}")
            yield FormField(
                name=f"{DRAWING}{MARK}{code}",
                path=DRAWING,
                kind=FieldKind.CHECK,
                text=section.title,
                section=section.key,
                code=code,
                label=label,
            )
