"""Checklist answers and pain marks as a file or a form gives them, made ready for the definitions to judge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.checklist import Kind, Question
from intake.domain.pain import Mark
from intake.entry.dates import month_named, understand_date
from intake.entry.tidy import as_words, has_control, plain_digits, tidy_long
from intake.errors import Problem

MOST_MARKS = 1000
_LONGEST_NUMBER = 9
_NAME_LENGTH = 80
_WHOLE = re.compile(r"[0-9]+")
_ISO_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/ ]+([0-9]{4})")
_NAMED_MONTH = re.compile(r"([^\W\d_]+)[ .,]*(?:de )?([0-9]{4})")
_SHORT = {"y": "yes", "n": "no", "u": "unsure"}


def safe_name(name: object) -> str:
    """Return a name out of a file that may be shown: short, on one line, without characters that turn a terminal."""
    return on_one_line(str(name)[:_NAME_LENGTH])


def on_one_line(text: str) -> str:
    """Return a text as it may be written to a terminal: whole, without characters that turn it."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def read_answers(raw: object, definitions: Definitions, on: date) -> tuple[dict[str, Answer], list[Problem]]:
    """Return the answers that can be kept, in the checklist's order, and what is wrong with the others."""
    if raw is None:
        return {}, []
    if not isinstance(raw, Mapping):
        return {}, [Problem(field="answers", code="not_a_group")]
    checklist = definitions.checklist
    questions = {question.key: question for question in checklist.questions()}
    problems = [Problem(field=f"answers.{safe_name(key)}", code="unknown_answer_key") for key in raw if key not in questions]
    ready: dict[str, object] = {}
    for key, value in raw.items():
        if key not in questions:
            continue
        ready[key] = tidy_answer(questions[key], value, on)
        if isinstance(ready[key], str) and has_control(str(ready[key]), lines=True):
            problems.append(Problem(field=f"answers.{key}", code="control_characters"))
            del ready[key]
    answers, wrong = checklist.read(ready)
    return answers, [*problems, *wrong, *checklist.problems(answers, on)]


def tidy_answer(question: Question, value: object, on: date) -> object:
    """Return an answer as its question takes it: numbers and dates out of typed text, texts in NFC; the rest unchanged."""
    if not isinstance(value, str):
        return value
    text = tidy_long(value)
    match question.kind:
        case Kind.STATE:
            return _SHORT.get(as_words(text), as_words(text))
        case Kind.RATING | Kind.NUMBER:
            digits = plain_digits(text)
            return int(digits) if _WHOLE.fullmatch(digits) and len(digits) <= _LONGEST_NUMBER else text
        case Kind.DATE:
            return partial_date(text, on) or text
        case Kind.CHOICES:
            return (text,) if text else None
        case _:
            return text


def partial_date(text: str, on: date) -> str | None:
    """Return a date of which the day, or day and month, may be unknown, as ISO text: ``2026``, ``2026-03``, ``2026-03-04``."""
    plain = plain_digits(text).strip(" .,")
    if len(plain) == 4 and _WHOLE.fullmatch(plain) and plain[:2] in ("19", "20"):  # noqa: PLR2004 - digits of a year
        return plain
    for shape, year, month in ((_ISO_MONTH, 1, 2), (_MONTH_YEAR, 2, 1)):
        if found := shape.fullmatch(plain):
            return _month(found[year], int(found[month]))
    if found := _NAMED_MONTH.fullmatch(plain):
        return _month(found[2], month_named(found[1]) or 0)
    day = understand_date(plain, on, birth=False).value
    return day.isoformat() if day else None


def read_marks(raw: object, definitions: Definitions) -> tuple[tuple[Mark, ...], list[Problem]]:
    """Return the marks that can be kept and what is wrong with the others."""
    if raw is None:
        return (), []
    if not isinstance(raw, list | tuple) or len(raw) > MOST_MARKS:
        return (), [Problem(field="pain_drawing", code="not_a_list" if not isinstance(raw, list | tuple) else "too_many_marks")]
    problems: list[Problem] = []
    marks: list[Mark] = []
    for index, part in enumerate(raw):
        mark = _mark(part)
        if mark is None:
            problems.append(Problem(field=f"pain_drawing.{index}", code="not_a_mark"))
        marks.append(mark or Mark(region="", kind=""))
    told = {problem.field for problem in problems}
    problems += [problem for problem in definitions.regions.problems(marks) if problem.field not in told]
    wrong = {problem.field for problem in problems}
    return tuple(mark for index, mark in enumerate(marks) if f"pain_drawing.{index}" not in wrong), problems


def _mark(part: object) -> Mark | None:
    if not isinstance(part, Mapping) or set(part) != {"region", "kind"}:
        return None
    region, kind = part["region"], part["kind"]
    return Mark(region=region, kind=kind) if isinstance(region, str) and isinstance(kind, str) else None


def _month(year: str, month: int) -> str | None:
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None  # noqa: PLR2004 - months of a year
