"""The JSON Schema of an intake document, made from the fields' own descriptions, the checklist and the figure."""

from __future__ import annotations

import json
from typing import Any, Final

from intake.definitions.bundle import RESOURCES, Definitions, load_definitions
from intake.domain.checklist import Kind as AnswerKind
from intake.domain.checklist import Question
from intake.domain.fields import Described, Kind, described
from intake.domain.visits import PARTS
from intake.entry.judging import LOCATION
from intake.entry.rules import ADDRESS, EMERGENCY

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FILE: Final = "schema/intake.schema.json"
"""Its place under ``resources/``."""
Schema = dict[str, Any]


def intake_schema(definitions: Definitions) -> Schema:
    """Return the schema of one intake document, as ``add`` takes it; null and an empty text mean not asked.

    It says what a program should write. A person may write more freely: a choice by its label, a date as it is typed.
    """
    groups = {prefix: _group(prefix, record, definitions) for prefix, record in PARTS}
    visit = groups["visit"]
    for prefix, group in groups.items():
        if prefix.startswith("visit."):
            visit["properties"][prefix.removeprefix("visit.")] = group
    visit["required"] += ["safety", "notices"]
    return {
        "$schema": DIALECT,
        "title": "One intake: patient, visit, checklist answers, pain drawing",
        "description": "Absent, null and an empty text all mean: not asked.",
        "type": "object",
        "additionalProperties": False,
        "required": ["patient", "visit"],
        "properties": {
            "$schema": {"type": "string"},
            "patient": groups["patient"],
            "visit": visit,
            "answers": _answers(definitions),
            "pain_drawing": _marks(definitions),
            **_kept_patients(),
        },
    }


def schema_text(definitions: Definitions) -> str:
    """Return the schema as the text of its file."""
    return json.dumps(intake_schema(definitions), ensure_ascii=False, indent=2) + "\n"


def _group(prefix: str, record: type, definitions: Definitions) -> Schema:
    fields = described(record, prefix)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if _always_needed(field)],
        "properties": {field.name: _field(field, definitions) for field in fields},
    }


def _always_needed(field: Described) -> bool:
    """Tell whether no other answer can make the field needless."""
    return field.about.need == "required" and field.about.when is None and field.path not in (*ADDRESS, *EMERGENCY)


def _field(field: Described, definitions: Definitions) -> Schema:
    about = field.about
    if field.path == LOCATION:
        return {"title": about.label, "enum": [location.key for location in definitions.practice.active()]}
    if about.kind is Kind.CHOICE:
        return {"title": about.label, "enum": [*(choice.code for choice in about.choices), "", None]}
    said = [_HINTS[about.kind]] if about.kind in _HINTS else []
    said += [f"or the word {choice.code} ({choice.label})" for choice in about.choices]
    schema: Schema = {"title": about.label, "type": ["string", "null"]}
    if about.kind not in _HINTS:
        schema["maxLength"] = about.max_length
    return {**schema, "description": ", ".join(said)} if said else schema


_HINTS: Final = {
    Kind.DATE: "a date, best as 1985-03-04",
    Kind.TIME: "a time of day, best as 14:30",
    Kind.PHONE: "a phone number, ten digits or + and the country's number",
    Kind.EMAIL: "an email address",
    Kind.ZIP: "five digits, or nine",
    Kind.STATE: "a state, best as its two letters",
}


def _answers(definitions: Definitions) -> Schema:
    questions = definitions.checklist.questions()
    return {
        "type": "object",
        "description": f"Answers by key, of the checklist {definitions.checklist.version}. A key that is absent was not asked.",
        "additionalProperties": False,
        "properties": {question.key: {"title": question.text.en, **_answer(question)} for question in questions},
    }


def _answer(question: Question) -> Schema:
    codes = list(question.codes())
    match question.kind:
        case AnswerKind.STATE | AnswerKind.CHOICE:
            return {"enum": [*codes, "", None]}
        case AnswerKind.CHOICES:
            return {"type": ["array", "null"], "uniqueItems": True, "items": {"enum": codes}}
        case AnswerKind.RATING | AnswerKind.NUMBER:
            return {"type": ["integer", "null"], "minimum": question.low, "maximum": question.high}
        case AnswerKind.DATE:
            return {"type": ["string", "null"], "description": "2026, 2026-03 or 2026-03-04"}
        case AnswerKind.TEXT:
            return {"type": ["string", "null"], "maxLength": question.max_length}


def _marks(definitions: Definitions) -> Schema:
    mark = {
        "region": {"enum": [region.key for region in definitions.regions.regions()]},
        "kind": {"enum": [kind.code for kind in definitions.regions.kinds]},
    }
    item = {"type": "object", "additionalProperties": False, "required": list(mark), "properties": mark}
    return {"type": ["array", "null"], "uniqueItems": True, "items": item}


def _kept_patients() -> Schema:
    number = {"type": "string", "description": "a record number with its check digit"}
    decision = {
        "type": "object",
        "additionalProperties": False,
        "required": ["mrn", "reason"],
        "properties": {"mrn": number, "reason": {"type": "string", "minLength": 1}},
    }
    return {
        "same_as": {**number, "description": "the record number of the patient who comes back; what the file leaves out stays"},
        "different_from": {"type": "array", "description": "patients who look alike and are not the same", "items": decision},
    }


if __name__ == "__main__":
    (RESOURCES / FILE).write_text(schema_text(load_definitions()), encoding="utf-8")
