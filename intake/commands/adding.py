"""``add``: intakes out of JSON files, each saved whole or not at all."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from intake.actions.duplicates import Decision, possible_duplicates
from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.actions.patients import open_patient
from intake.commands.documents import DIFFERENT_FROM, SAME_AS, Document, read_document
from intake.commands.output import put_line, tell, tell_problems
from intake.commands.session import Session, now, session
from intake.domain.numbers import RECORD_PREFIX, read_number
from intake.domain.patients import Patient
from intake.domain.records import Intake, PatientRecord
from intake.entry.answers import on_one_line
from intake.entry.reading import read_intake
from intake.errors import ConflictError, IntakeError, InvalidInputError, Problem
from intake.matching.score import Match
from intake.wording import text_of

GOOD: Final = 0
BAD: Final = 2
_DECISION: Final = {"mrn", "reason"}
_ABOUT_THE_FILE: Final = (
    "file_missing",
    "file_unreadable",
    "file_too_large",
    "not_utf8",
    "not_json",
    "not_an_intake",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """What a file says of people who are kept already."""

    same: PatientRecord | None
    different: tuple[Decision, ...]


def add(options: Namespace) -> int:
    """Save the intake of each file and put one line for each; 2 when any file was refused, whatever was saved of the others."""
    with session(options) as desk:
        results = [_add_file(desk, name) for name in options.files]
    return GOOD if all(results) else BAD


def _add_file(desk: Session, name: str) -> bool:
    """Save one file's intake and tell whether that was possible; what is wrong is told in words."""
    try:
        saved = _save(desk, name, read_document(name))
    except InvalidInputError as error:
        tell_problems(error.problems, file=name, definitions=desk.definitions)
        return False
    except (ConflictError, IntakeError) as error:
        if not isinstance(error, ConflictError) and error.code not in _ABOUT_THE_FILE:
            raise
        tell(f"{on_one_line(name)}: {text_of(error.code, **error.facts)}")
        return False
    if saved is None:
        return False
    put_line({"file": name, "mrn": saved.record_number, "visit": saved.visit_number})
    return True


def _save(desk: Session, name: str, document: Document) -> Saved | None:
    """Save a document. Raises InvalidInputError with every problem; None when a strong match was told instead."""
    answers, problems = _answers(desk, document)
    raw = {**document.raw, "patient": _over(answers.same, document.raw.get("patient"))} if answers.same else document.raw
    reading = read_intake(raw, definitions=desk.definitions, on=desk.today())
    if problems or reading.errors():
        raise InvalidInputError((*problems, *reading.problems))
    if open_matches := _open_matches(desk, reading.intake, answers):
        for match in open_matches:
            _tell_match(name, match)
        return None
    request = SaveRequest(
        intake=reading.intake,
        patient_id=answers.same.id if answers.same else None,
        patient_version=answers.same.version if answers.same else None,
        decisions=answers.different,
    )
    saved = save_intake(desk.store, desk.actor, request, definitions=desk.definitions, now=now())
    tell_problems(reading.problems, file=name, definitions=desk.definitions)
    return saved


def _over(record: PatientRecord, typed: object) -> object:
    """Return what is kept of a patient with what the file says on top; what the file leaves out stays as it is."""
    kept: dict[str, Any] = {}
    for field in fields(Patient):
        value = getattr(record.patient, field.name)
        if value is not None:
            kept[field.name] = value.isoformat() if isinstance(value, date) else value
    if typed is None:
        return kept
    return {**kept, **{key: value for key, value in typed.items() if value not in (None, "")}} if isinstance(typed, Mapping) else typed


def _open_matches(desk: Session, intake: Intake, answers: _Answers) -> list[Match]:
    """Return the strong matches that the file says nothing about. A returning patient is checked by the save itself."""
    if answers.same is not None:
        return []
    policies = (intake.visit.primary, intake.visit.secondary)
    members = [policy.member_id for policy in policies if policy.member_id]
    answered = {decision.patient_id for decision in answers.different}
    found = possible_duplicates(desk.store, desk.actor, intake.patient, members)
    return [match for match in found if match.strong and match.kept.patient_id not in answered]


def _tell_match(name: str, match: Match) -> None:
    reasons = ", ".join(text_of(reason.code) for reason in match.reasons)
    tell(f"{on_one_line(name)}: patient: {text_of('strong_match', mrn=match.kept.number, reasons=reasons)}")


def _answers(desk: Session, document: Document) -> tuple[_Answers, list[Problem]]:
    """Return what a file says of kept patients, and what is wrong with it."""
    problems: list[Problem] = []
    same = None
    if document.same_as not in (None, ""):
        code, serial = _serial(document.same_as)
        same = _record(desk, serial) if serial else None
        if same is None:
            problems.append(Problem(field=SAME_AS, code=code or "unknown_record"))
    different: list[Decision] = []
    listed = document.different_from if document.different_from is not None else []
    if not isinstance(listed, list):
        problems.append(Problem(field=DIFFERENT_FROM, code="not_a_list"))
        listed = []
    for index, part in enumerate(listed):
        decision, code = _decision(part)
        if decision is not None:
            different.append(decision)
        else:
            problems.append(Problem(field=f"{DIFFERENT_FROM}.{index}", code=code))
    return _Answers(same=same, different=tuple(different)), problems


def _decision(part: object) -> tuple[Decision | None, str]:
    if not isinstance(part, Mapping) or set(part) != _DECISION or not isinstance(part["reason"], str) or not part["reason"].strip():
        return None, "not_a_decision"
    code, serial = _serial(part["mrn"])
    return (Decision(patient_id=serial, reason=part["reason"].strip()), "") if serial else (None, code)


def _serial(number: object) -> tuple[str, int]:
    """Return the code of what is wrong with a record number, or its serial."""
    read = read_number(number) if isinstance(number, str) else None
    if read is None:
        return "wrong_check_digit" if isinstance(number, str) else "not_a_text", 0
    return ("", read[1]) if read[0] == RECORD_PREFIX else ("unknown_record", 0)


def _record(desk: Session, serial: int) -> PatientRecord | None:
    try:
        return open_patient(desk.store, desk.actor, serial, now=now()).record
    except IntakeError as error:
        if error.code != "patient_not_found":
            raise
        return None
