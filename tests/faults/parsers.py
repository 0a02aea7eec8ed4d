"""Every parser of typed text, by name: each takes a text and the definitions, and never raises for what is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from intake.definitions.bundle import Definitions
from intake.definitions.condition_text import read_condition
from intake.domain.audit import link_of
from intake.domain.numbers import read_number
from intake.entry.answers import on_one_line, partial_date, safe_name, tidy_answer
from intake.entry.applying import fields_by_path
from intake.entry.code_picking import code_warnings, find_code, plain_code, search_codes
from intake.entry.dates import month_named, read_date, understand_date
from intake.entry.form_fields import name_from_file, name_in_file
from intake.entry.letters import body_problem, paragraphs_of
from intake.entry.letters import read_typed as read_letter
from intake.entry.notes import read_note
from intake.entry.phones import read_phone
from intake.entry.reading import read_field, read_intake
from intake.entry.states import read_state
from intake.entry.tidy import as_words, has_control, plain_digits, tidy_line, tidy_long, without_controls
from intake.entry.times import read_time
from intake.entry.zips import propose
from intake.errors import IntakeError
from intake.matching.search_text import fold
from intake.security.recovery_key import read as read_recovery_key
from tests.factories import TODAY

Parse = Callable[[str, Definitions], object]


def every_field(text: str, definitions: Definitions) -> object:
    """Read the text as every field of the record, with itself as all the others."""
    raw = {"patient": {"dob": text, "zip_code": text, "state": text}, "visit": {"payment": text, "location": text}}
    return [read_field(path, text, raw=raw, definitions=definitions, on=TODAY) for path in fields_by_path()]


def every_answer(text: str, definitions: Definitions) -> object:
    """Read the text as the answer to every question of the checklist, alone and in a list."""
    questions = [question for group in definitions.checklist.groups for question in group.questions]
    alone = [tidy_answer(question, text, TODAY) for question in questions]
    whole = {"answers": {question.key: [text] if place % 2 else text for place, question in enumerate(questions)}}
    return alone, read_intake({**whole, "pain_drawing": [{"region": text, "kind": text}]}, definitions=definitions, on=TODAY)


def every_part_of_a_note(text: str, definitions: Definitions) -> object:
    """Read the text in every place of a note."""
    raw = {"history": text, "findings": {text: text}, "causes": [text], "codes": [text], "plan": {text: text}, "totals": {text: text}}
    return read_note({**raw, text: text}, form=definitions.review_form, codes=definitions.codes, on=TODAY)


def every_letter(text: str, definitions: Definitions) -> object:
    """Read the text in every field of every letter."""
    return [
        read_letter(template, {**{each.key: text for each in template.fields}, text: text}, on=TODAY)
        for template in definitions.templates.values()
    ]


def a_recovery_key(text: str, _definitions: Definitions) -> object:
    """Read the text as a recovery key."""
    try:
        return read_recovery_key(text)
    except IntakeError as error:
        return error.code


PARSERS: Mapping[str, Parse] = {
    "every field": every_field,
    "every answer": every_answer,
    "every part of a note": every_part_of_a_note,
    "every letter": every_letter,
    "recovery key": a_recovery_key,
    "link of the audit": lambda text, _: link_of(text),
    "number": lambda text, _: read_number(text),
    "date": lambda text, _: (read_date(text, TODAY), understand_date(text, TODAY, birth=True), understand_date(text, TODAY, birth=False)),
    "part of a date": lambda text, _: (partial_date(text, TODAY), month_named(text)),
    "phone": lambda text, _: read_phone(text),
    "time": lambda text, _: read_time(text),
    "state": lambda text, _: read_state(text),
    "zip": lambda text, _: propose(text),
    "code": lambda text, known: (
        find_code(known.codes, text), search_codes(known.codes, text), plain_code(text), code_warnings(known.codes, [text, text], TODAY)
    ),
    "condition": lambda text, _: read_condition(text),
    "paragraphs": lambda text, _: (paragraphs_of(text), body_problem(text)),
    "names": lambda text, _: (name_in_file(text), name_from_file(text), safe_name(text), on_one_line(text)),
    "tidying": lambda text, _: (
        tidy_line(text), tidy_long(text), has_control(text), without_controls(text), as_words(text), plain_digits(text), fold(text)
    ),
}  # fmt: skip
