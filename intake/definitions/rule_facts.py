"""What a rule may ask: the questions of a checklist, the choice fields of the record, and the age."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from intake.domain.answers import Kind
from intake.domain.checklist import Checklist
from intake.domain.conditions import Compare, Condition, Has, Is
from intake.domain.prompting import AGE, choice_fields


class Takes(Enum):
    """How many answers a question takes, or that it takes a number or a text."""

    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"


_TAKES = {
    Kind.STATE: Takes.ONE,
    Kind.CHOICE: Takes.ONE,
    Kind.CHOICES: Takes.SEVERAL,
    Kind.RATING: Takes.NUMBER,
    Kind.NUMBER: Takes.NUMBER,
    Kind.DATE: Takes.TEXT,
    Kind.TEXT: Takes.TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """One fact that a condition may ask."""

    takes: Takes
    codes: frozenset[str] = frozenset()


def askable(*checklists: Checklist) -> dict[str, Askable]:
    """Return all that may be asked by key or path; of a key in several checklists the answers of all."""
    found = {
        path: Askable(takes=Takes.ONE, codes=frozenset(choice.code for choice in entry.about.choices))
        for path, entry in choice_fields().items()
    }
    found[AGE] = Askable(takes=Takes.NUMBER)
    for checklist in checklists:
        for question in checklist.questions():
            before = found.get(question.key)
            codes = frozenset(question.codes()) | (before.codes if before else frozenset())
            found[question.key] = Askable(takes=_TAKES[question.kind], codes=codes)
    return found


def fault_in(condition: Condition, known: Mapping[str, Askable]) -> str | None:
    """Return why a condition asks something that cannot be answered so, None when each part of it can."""
    return next((reason for leaf in condition.leaves() if (reason := _fault(leaf, known))), None)


def _fault(leaf: Condition, known: Mapping[str, Askable]) -> str | None:
    if not isinstance(leaf, Is | Has | Compare):
        return None
    fact = known.get(leaf.key)
    if fact is None:
        near = difflib.get_close_matches(leaf.key, known, n=1, cutoff=0.8)
        return f"there is no question {leaf.key}" + (f"; did you mean {near[0]}?" if near else "")
    if isinstance(leaf, Compare):
        return None if fact.takes is Takes.NUMBER else f"{leaf.key} is not a number"
    if isinstance(leaf, Is) and fact.takes is Takes.SEVERAL:
        return f"{leaf.key} takes several answers: write has any of"
    if isinstance(leaf, Has) and fact.takes is not Takes.SEVERAL:
        return f"{leaf.key} does not take several answers: write is"
    strange = next((value for value in leaf.values if value not in fact.codes), None)
    return None if strange is None else f"{leaf.key} has no answer {strange}"
