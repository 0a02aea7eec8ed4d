"""What a prompt looked at and what a clinician corrected, in words: a checklist answer, a field of the record, or the age."""

from __future__ import annotations

from intake.documents.blocks import NOT_ASKED
from intake.documents.statements import quoted
from intake.documents.subjective import spoken
from intake.domain.answers import Answer
from intake.domain.checklist import Checklist
from intake.domain.fields import Described, Kind
from intake.domain.visits import all_fields
from intake.entry.showing import shown

ANSWERS = "answers."


def fact_label(key: str, checklist: Checklist) -> str:
    """Return what is asked under a key: a question of the checklist, a field by its path, ``age``."""
    key = key.removeprefix(ANSWERS)
    if key == "age":
        return "Age"
    field = _field(key)
    if field is not None:
        return field.about.label
    try:
        question = checklist.question(key)
    except KeyError:
        return key
    if question.parent is None:
        return question.short.en
    return f"{checklist.question(question.parent).short.en}, {question.short.en[:1].lower()}{question.short.en[1:]}"


def fact_words(key: str, answer: Answer | None, checklist: Checklist) -> str:
    """Return what was answered under a key, as words."""
    key = key.removeprefix(ANSWERS)
    if answer is None:
        return NOT_ASKED
    if key == "age":
        return f"{answer} years"
    field = _field(key)
    if field is not None:
        words = shown(field, str(answer))
        return words if field.about.kind is Kind.CHOICE else quoted(words)
    try:
        return spoken(checklist.question(key), answer)
    except KeyError:
        return ", ".join(answer) if isinstance(answer, tuple) else str(answer)


def _field(path: str) -> Described | None:
    return next((field for field in all_fields() if field.path == path), None)
