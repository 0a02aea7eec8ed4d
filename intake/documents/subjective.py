"""What the patient said, as sentences that never say more than was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from intake.documents.blocks import NOT_ASKED, heading, space
from intake.documents.checklist import STATE_WORDS, group_blocks
from intake.documents.paper import Block
from intake.documents.statements import lowered, quiet, quoted, statement, subheading
from intake.documents.words import day_words
from intake.domain.answers import NO, UNSURE, YES
from intake.domain.checklist import Answer, Checklist, Group, Kind, Question

CORRECTED = "corrected"
_WORDS = {YES: "Reports", NO: "Says no", UNSURE: "Unsure"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The main questions of one group, each in exactly one place by its own answer. ``given`` are answers that are no state."""

    yes: tuple[Question, ...]
    no: tuple[Question, ...]
    unsure: tuple[Question, ...]
    given: tuple[Question, ...]
    not_asked: tuple[Question, ...]


def told(group: Group, answers: Mapping[str, Answer]) -> Told:
    """Return the group's main questions, ratings left out, sorted by what was answered."""
    mains = [question for question in group.questions if question.parent is None and question.kind is not Kind.RATING]

    def answered(state: str) -> tuple[Question, ...]:
        return tuple(each for each in mains if each.kind is Kind.STATE and answers.get(each.key) == state)

    return Told(
        yes=answered(YES),
        no=answered(NO),
        unsure=answered(UNSURE),
        given=tuple(each for each in mains if each.kind is not Kind.STATE and answers.get(each.key) is not None),
        not_asked=tuple(each for each in mains if answers.get(each.key) is None),
    )


def subjective(checklist: Checklist, answers: Mapping[str, Answer], corrected: Collection[str]) -> Iterator[Block]:
    """Yield what was told, group by group; ``corrected`` are the keys whose answer a clinician put right."""
    groups = [group for group in checklist.groups if any(question.kind is not Kind.RATING for question in group.questions)]
    count = checklist.count(answers)
    yield heading("What the patient said", f"{count.asked} asked · {count.not_asked} not asked")
    for group in groups:
        yield subheading(group.text.en)
        for label, words in sentences(group, checklist, answers, corrected):
            yield from (quiet if label == "Not asked" else statement)(label, words)
        yield space(5)


def ratings(checklist: Checklist, answers: Mapping[str, Answer]) -> Iterator[Block]:
    """Yield the groups that hold ratings only, as scales."""
    for group in checklist.groups:
        if all(question.kind is Kind.RATING for question in group.questions):
            yield from group_blocks(group, checklist, answers)


def sentences(
    group: Group, checklist: Checklist, answers: Mapping[str, Answer], corrected: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a group as (lead words, the rest)."""
    sorted_out = told(group, answers)

    def named(questions: tuple[Question, ...]) -> str:
        return "; ".join(_with_details(question, checklist, answers, corrected) for question in questions) + "."

    for state, questions in ((YES, sorted_out.yes), (NO, sorted_out.no), (UNSURE, sorted_out.unsure)):
        if questions:
            yield _WORDS[state], named(questions)
    if sorted_out.given:
        yield "Told", named(sorted_out.given)
    if sorted_out.not_asked:
        yield "Not asked", named(sorted_out.not_asked)


def spoken(question: Question, answer: Answer | None) -> str:
    """Return an answer as it stands within a sentence; words of the patient in quotes."""
    if answer is None:
        return NOT_ASKED
    match question.kind:
        case Kind.STATE:
            return STATE_WORDS[str(answer)].lower()
        case Kind.CHOICE | Kind.CHOICES:
            picked = answer if isinstance(answer, tuple) else (str(answer),)
            return ", ".join(lowered(question.option(code).text.en) for code in picked)
        case Kind.DATE:
            return day_words(str(answer))
        case Kind.TEXT:
            return quoted(str(answer))
    return f"{answer} {question.unit.en}" if question.unit else str(answer)


def _with_details(question: Question, checklist: Checklist, answers: Mapping[str, Answer], corrected: Collection[str]) -> str:
    """Return a question's label, its own answer unless that is a state, and in brackets what was asked below it."""
    label = lowered(question.short.en)
    answer = answers.get(question.key)
    if question.kind is not Kind.STATE and answer is not None:
        label = f"{label}: {spoken(question, answer)}"
    parts = [CORRECTED] if question.key in corrected else []
    unasked: list[str] = []
    for detail in _below(question.key, checklist):
        given = answers.get(detail.key)
        if given is not None:
            marked = f" ({CORRECTED})" if detail.key in corrected else ""
            parts.append(f"{lowered(detail.short.en)}: {spoken(detail, given)}{marked}")
        elif checklist.is_open(detail, answers):
            unasked.append(lowered(detail.short.en))
    if unasked:
        parts.append(f"{NOT_ASKED}: {', '.join(unasked)}")
    return f"{label} ({'; '.join(parts)})" if parts else label


def _below(key: str, checklist: Checklist) -> Iterator[Question]:
    for detail in checklist.details(key):
        yield detail
        yield from _below(detail.key, checklist)
