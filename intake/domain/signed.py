"""What a signature covers, as plain values: everything of the visit, as it was recorded and as it was corrected, and the note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from intake.domain.answers import Answer
from intake.domain.corrections import answers_as_corrected, visit_as_corrected
from intake.domain.fields import Kind, described
from intake.domain.patients import Patient
from intake.domain.prompts import Prompt
from intake.domain.records import Intake
from intake.domain.reviews import Activity, Correction, Note
from intake.domain.visits import PARTS

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """All that the tables hold of one visit. ``accounts`` are the visit's own columns and the account ids behind the names."""

    number: str
    intake: Intake
    corrections: tuple[Correction, ...]
    prompts: tuple[Prompt, ...]
    accounts: Content


def record_content(recorded: Recorded) -> dict[str, Any]:
    """Return everything of a visit that a signature locks; of the patient it holds the account of then, see ``patient_content``."""
    intake = recorded.intake
    return {
        "number": recorded.number,
        "accounts": recorded.accounts,
        "visit": _visit(intake),
        "safety_as_corrected": _fields(visit_as_corrected(intake.visit, recorded.corrections).safety),
        "answers": record_answers(intake.answers),
        "answers_as_corrected": record_answers(answers_as_corrected(intake.answers, recorded.corrections)),
        "corrections": [record_correction(each) for each in recorded.corrections],
        "marks": [{"region": mark.region, "kind": mark.kind} for mark in intake.marks],
        "prompts": [record_prompt(each) for each in sorted(recorded.prompts, key=lambda prompt: prompt.id)],
    }


def patient_content(patient: Patient) -> dict[str, Any]:
    """Return a patient's demographics; what was not asked is left out."""
    return _fields(patient)


def patient_of(content: Content) -> Patient:
    """Return the patient that ``patient_content`` wrote."""
    dates = {field.name for field in described(Patient, "patient") if field.about.kind is Kind.DATE}
    values: dict[str, Any] = {name: date.fromisoformat(value) if name in dates else value for name, value in content.items()}
    return Patient(**values)


def note_content(note: Note) -> dict[str, Any]:
    """Return a note; mappings are lists of pairs, so that the order of the review form is signed too."""
    return {
        "history": note.history,
        "examination": note.examination,
        "findings": _pairs(note.findings),
        "causes": list(note.causes),
        "impression": note.impression,
        "codes": list(note.codes),
        "plan": _pairs(note.plan),
        "plan_text": note.plan_text,
        "totals": _pairs(note.totals),
        "activities": [{"name": each.name, "score": each.score} for each in note.activities],
    }


def note_of(content: Content) -> Note:
    """Return the note that ``note_content`` wrote."""
    return Note(
        history=content["history"],
        examination=content["examination"],
        findings=dict(content["findings"]),
        causes=tuple(content["causes"]),
        impression=content["impression"],
        codes=tuple(content["codes"]),
        plan=dict(content["plan"]),
        plan_text=content["plan_text"],
        totals=dict(content["totals"]),
        activities=tuple(Activity(name=each["name"], score=each["score"]) for each in content["activities"]),
    )


def instants(corrections: Iterable[Correction], prompts: Iterable[Prompt]) -> Iterator[datetime]:
    """Yield every instant at which something that a signature covers was corrected, raised or acknowledged."""
    yield from (correction.at for correction in corrections)
    for prompt in prompts:
        yield prompt.raised_at
        if prompt.acknowledgement is not None:
            yield prompt.acknowledgement.at


def instant_text(moment: datetime) -> str:
    """Return an instant as it is signed: UTC, ISO 8601, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _visit(intake: Intake) -> dict[str, Any]:
    """Return the visit's own fields, and each part of it under its name."""
    visit = intake.visit
    found = _fields(visit)
    for path, _ in PARTS:
        part = path.removeprefix("visit.")
        if part not in ("patient", "visit"):
            found[part] = _fields(getattr(visit, part))
    return found


def _fields(record: Any) -> dict[str, Any]:
    """Return the described fields of a record that have a value, dates as ISO text."""
    kind: type = type(record)
    values = {field.name: getattr(record, field.name) for field in described(kind, "")}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value is not None}


def _pairs(values: Mapping[str, Any]) -> list[list[Any]]:
    return [[key, value] for key, value in values.items()]


def record_answers(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return answers by key, picks as lists."""
    return {key: _answer(answer) for key, answer in answers.items()}


def _answer(answer: Answer | None) -> Any:
    return list(answer) if isinstance(answer, tuple) else answer


def record_correction(each: Correction) -> dict[str, Any]:
    """Return a correction."""
    return {
        "path": each.path,
        "before": _answer(each.before),
        "after": _answer(each.after),
        "reason": each.reason,
        "by": each.by,
        "at": instant_text(each.at),
    }


def record_prompt(each: Prompt) -> dict[str, Any]:
    """Return a prompt with what was done about it; whether it holds is not part of it."""
    done = each.acknowledgement
    words = {"by": done.by, "at": instant_text(done.at), "words": done.words} if done else None
    return {
        "id": each.id,
        "rule": each.rule_id,
        "level": each.level.value,
        "rules_version": each.rules_version,
        "answers": record_answers(each.answers),
        "unsure": each.unsure,
        "raised_at": instant_text(each.raised_at),
        "acknowledgement": words,
    }


def without_names(content: Any) -> Any:
    """Return content without the names people had then; whose they are is told by ``accounts``."""
    if isinstance(content, Mapping):
        return {key: without_names(value) for key, value in content.items() if key != "by"}
    return [without_names(part) for part in content] if isinstance(content, Iterable) and not isinstance(content, str) else content
