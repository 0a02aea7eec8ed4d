"""Reading a whole intake as it was typed, or one field of it; the one door to this package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from intake.definitions.bundle import Definitions
from intake.domain.asking import unasked
from intake.domain.coverage import Claim, Coverage
from intake.domain.patients import Patient
from intake.domain.records import Intake
from intake.domain.visits import PARTS, Notices, Safety, Visit
from intake.entry.answers import read_answers, read_marks, safe_name
from intake.entry.applying import applies, fields_by_path
from intake.entry.judging import LOCATION, read_typed
from intake.entry.places import get, put
from intake.entry.rules import Values, disagreements, fill_in, leave_out, missing
from intake.entry.showing import shown
from intake.entry.values import Read
from intake.entry.zips import propose
from intake.errors import Problem

__all__ = ["FieldReading", "Reading", "applies", "get", "propose", "put", "read_field", "read_intake", "shown"]

ANSWERS: Final = "answers"
MARKS: Final = "pain_drawing"
_TOP: Final = ("patient", "visit", ANSWERS, MARKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An intake as understood, and every problem of it; with an error among them it must not be saved."""

    intake: Intake
    problems: tuple[Problem, ...]

    def errors(self) -> tuple[Problem, ...]:
        """Return the problems that stop a save."""
        return tuple(problem for problem in self.problems if problem.level == "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """One field as understood: its value as kept, what is wrong, and the value in words (``Mar 4, 1985 · 41 years``)."""

    value: str | date | None
    problems: tuple[Problem, ...]
    understood: str


def read_intake(raw: Mapping[str, object], *, definitions: Definitions, on: date) -> Reading:
    """Return the intake that a raw document means on the visit's day. Never raises for what is in it."""
    values, problems = _values(raw, definitions, on)
    problems += leave_out(values, raw, on)
    fill_in(values, definitions)
    answers, wrong_answers = read_answers(raw.get(ANSWERS), definitions, on)
    marks, wrong_marks = read_marks(raw.get(MARKS), definitions)
    told = {problem.field for problem in problems}
    problems += [*missing(values, told, raw, on), *disagreements(values, answers), *wrong_answers, *wrong_marks]
    intake = Intake(patient=Patient(**_part(values, "patient")), visit=_visit(values), answers=answers, marks=marks)
    wrong = {problem.field for problem in wrong_answers}
    if ANSWERS not in wrong:
        problems += [problem for problem in unasked(definitions.checklist, definitions.prompts, intake, on) if problem.field not in wrong]
    return Reading(intake=intake, problems=tuple(sorted(problems, key=_place)))


def read_field(path: str, text: object, *, raw: Mapping[str, object], definitions: Definitions, on: date) -> FieldReading:
    """Return how one field's text is understood and what is wrong with it, as on leaving it; an empty field has no problem.

    ``raw`` is the rest of the intake, with which the value has to agree. KeyError for a path that is no field.
    """
    field = fields_by_path()[path]
    read = _read(text, path, definitions, on)
    problems = [] if read.code is None else [Problem(field=path, code=read.code, level=read.level)]
    if path in ("patient.zip_code", "patient.state") and isinstance(read.value, str):
        both = {name: _read(get(raw, name), name, definitions, on).value for name in ("patient.zip_code", "patient.state")}
        both[path] = read.value
        told = disagreements({name: value for name, value in both.items() if value is not None}, {})
        problems += [Problem(field=path, code=problem.code, level=problem.level) for problem in told]
    if path == LOCATION and isinstance(read.value, str):
        return FieldReading(value=read.value, problems=tuple(problems), understood=definitions.practice.location(read.value).name)
    return FieldReading(value=read.value, problems=tuple(problems), understood=shown(field, read.value, on))


def _values(raw: Mapping[str, object], definitions: Definitions, on: date) -> tuple[Values, list[Problem]]:
    values: Values = {}
    problems = list(_unknown(raw))
    for path in fields_by_path():
        read = _read(get(raw, path), path, definitions, on)
        if read.value is not None:
            values[path] = read.value
        if read.code is not None:
            problems.append(Problem(field=path, code=read.code, level=read.level))
    return values, problems


def _read(text: object, path: str, definitions: Definitions, on: date) -> Read:
    if text is None:
        return Read()
    if not isinstance(text, str):
        return Read(code="not_a_text")
    return read_typed(fields_by_path()[path], text, definitions=definitions, on=on)


def _unknown(raw: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what a document has that no intake has, and groups that are none."""
    yield from (Problem(field=safe_name(key), code="unknown_field") for key in raw if key not in _TOP)
    parts = dict(PARTS)
    for prefix in parts:
        group = get(raw, prefix)
        if group is None:
            continue
        if not isinstance(group, Mapping):
            yield Problem(field=prefix, code="not_a_group")
            continue
        for key in group:
            path = f"{prefix}.{key}"
            known = path in fields_by_path() or path in parts
            if "." in str(key) or not known:
                yield Problem(field=f"{prefix}.{safe_name(key)}", code="unknown_field")


def _visit(values: Values) -> Visit:
    return Visit(
        **_part(values, "visit"),
        primary=Coverage(**_part(values, "visit.primary")),
        secondary=Coverage(**_part(values, "visit.secondary")),
        claim=Claim(**_part(values, "visit.claim")),
        safety=Safety(**_part(values, "visit.safety")),
        notices=Notices(**_part(values, "visit.notices")),
    )


def _part(values: Values, prefix: str) -> dict[str, Any]:
    """Return the values of one part by the names of its fields."""
    return {path.rpartition(".")[2]: value for path, value in values.items() if path.rpartition(".")[0] == prefix}


def _place(problem: Problem) -> tuple[int, int]:
    """Order problems as the form is read: fields in their order, then the checklist, then the drawing."""
    order = list(fields_by_path())
    first = problem.field.partition(".")[0]
    where = order.index(problem.field) if problem.field in fields_by_path() else len(order)
    return (_TOP.index(first) if first in _TOP else len(_TOP)), where
