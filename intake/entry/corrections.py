"""What a clinician puts right, read as the field it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.checklist import Checklist
from intake.domain.corrections import ANSWERS, SAFETY
from intake.domain.visits import Safety
from intake.entry.answers import tidy_answer
from intake.entry.applying import condition, fields_by_path
from intake.entry.judging import read_typed
from intake.entry.tidy import has_control
from intake.errors import InvalidInputError, Problem

PATHS: Final = (ANSWERS, SAFETY)
Recorded = Mapping[str, Answer]
"""Answers by ``answers.<key>`` and safety fields by ``visit.safety.<name>``; what was not asked is absent."""


def recorded(answers: Mapping[str, Answer], safety: Safety) -> dict[str, Answer]:
    """Return all that can be corrected, by its path."""
    found = {f"{ANSWERS}{key}": answer for key, answer in answers.items()}
    names = [path.removeprefix(SAFETY) for path in fields_by_path() if path.startswith(SAFETY)]
    return found | {f"{SAFETY}{name}": value for name in names if (value := getattr(safety, name)) is not None}


def read_correction(path: str, value: object, *, checklist: Checklist, definitions: Definitions, on: date) -> Answer | None:
    """Return what is meant by a value for a path, None for "not asked".

    Raises InvalidInputError for a path that cannot be corrected and for a value its field cannot have.
    """
    if path.startswith(ANSWERS):
        return _answer(path.removeprefix(ANSWERS), value, checklist, on)
    if not path.startswith(SAFETY) or path not in fields_by_path():
        raise refusal(path, "not_correctable")
    if value is None:
        return None
    if not isinstance(value, str):
        raise refusal(path, "not_a_text")
    read = read_typed(fields_by_path()[path], value, definitions=definitions, on=on)
    if read.code is not None and read.level == "error":
        raise refusal(path, read.code)
    return None if read.value is None else str(read.value)


def follow(before: Recorded, path: str, after: Answer | None, *, checklist: Checklist) -> dict[str, Answer | None]:
    """Return every change that comes with one: what was asked only because of an answer that was put right is no longer asked.

    Raises InvalidInputError when the field itself is not asked, as things stand.
    """
    now = {key: value for key, value in before.items() if key != path}
    if after is not None:
        now[path] = after
    changes: dict[str, Answer | None] = {path: after}
    loose = set(_not_open(now, checklist))
    if after is not None and path in loose:
        raise refusal(path, "answer_without_parent")
    changes |= {key: None for key in before if key in loose and key not in set(_not_open(before, checklist))}
    return changes


def refusal(path: str, code: str) -> InvalidInputError:
    """Return the error that says what is wrong with a path."""
    return InvalidInputError((Problem(field=path, code=code),))


def _answer(key: str, value: object, checklist: Checklist, on: date) -> Answer | None:
    path = f"{ANSWERS}{key}"
    known = {question.key: question for question in checklist.questions()}
    if key not in known:
        raise refusal(path, "unknown_answer_key")
    ready = tidy_answer(known[key], value, on)
    if isinstance(ready, str) and has_control(ready, lines=True):
        raise refusal(path, "control_characters")
    answers, problems = checklist.read({key: ready})
    problems += [problem for problem in checklist.problems(answers, on) if problem.level == "error"]
    if problems:
        raise InvalidInputError(tuple(problems))
    return answers.get(key)


def _not_open(now: Recorded, checklist: Checklist) -> Iterator[str]:
    """Yield the paths that have a value and are not asked, given the others."""
    answers = {path.removeprefix(ANSWERS): value for path, value in now.items() if path.startswith(ANSWERS)}
    known = {question.key: question for question in checklist.questions()}
    for key in answers:
        if key in known and not checklist.is_open(known[key], answers):
            yield f"{ANSWERS}{key}"
    for path in now:
        asked = condition(fields_by_path()[path]) if path.startswith(SAFETY) else None
        if asked is not None and asked[0].startswith(SAFETY) and now.get(asked[0]) not in asked[1]:
            yield path
