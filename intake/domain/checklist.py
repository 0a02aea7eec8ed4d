"""The symptom checklist as it was asked: groups of questions, and what is right or wrong about the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from intake.domain.answers import Answer, Kind, choice_fault, choices_fault, date_fault, earliest_day, number_fault, text_fault
from intake.domain.text import Text
from intake.errors import Problem

__all__ = ["Answer", "Asked", "Checklist", "Group", "Kind", "Option", "Question", "Text"]

ONSET_DATE = "sx.onset.date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be picked."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: ``text`` is read aloud to the patient, ``short`` is the label staff see (at most 28 characters).

    A question with a ``parent`` is a detail: it stands on its parent's row and opens when the parent's answer is one of
    ``when`` (any answer if ``when`` is empty), or when one of ``also_opened_by`` has such an answer. ``always_ask`` marks what
    is asked whatever else was answered; ``needed`` a detail that an open row is incomplete without.
    """

    key: str
    kind: Kind
    text: Text
    short: Text
    options: tuple[Option, ...] = ()
    parent: str | None = None
    when: tuple[str, ...] = ()
    also_opened_by: tuple[str, ...] = ()
    always_ask: bool = False
    needed: bool = False
    max_length: int = 2000
    low: int = 0
    high: int = 999
    unit: Text | None = None

    def codes(self) -> tuple[str, ...]:
        """Return the codes of the options, in their order."""
        return tuple(option.code for option in self.options)

    def option(self, code: str) -> Option:
        """Return the option with this code; KeyError if there is none."""
        for option in self.options:
            if option.code == code:
                return option
        raise KeyError(code)

    def fault_in(self, answer: object) -> str | None:
        """Return the code of what is wrong with the answer, None when nothing is."""
        match self.kind:
            case Kind.STATE | Kind.CHOICE:
                return choice_fault(answer, self.codes())
            case Kind.CHOICES:
                return choices_fault(answer, self.codes())
            case Kind.RATING:
                return number_fault(answer, low=self.low, high=self.high, code="not_a_rating")
            case Kind.NUMBER:
                return number_fault(answer, low=self.low, high=self.high, code="not_a_number")
            case Kind.DATE:
                return date_fault(answer)
            case Kind.TEXT:
                return text_fault(answer, max_length=self.max_length)

    def opens_on(self, answer: Answer | None) -> bool:
        """Tell whether this answer of a parent opens the detail."""
        if answer is None or not self.when:
            return answer is not None
        return any(code in self.when for code in (answer if isinstance(answer, tuple) else (answer,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions under one heading; ``note`` tells staff how to ask them, its texts may be empty.

    In a ``required`` group each main question has to be asked; any answer will do, "unsure" too.
    """

    key: str
    text: Text
    note: Text
    questions: tuple[Question, ...]
    required: bool = False

    def still_to_ask(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """Return the questions that have to be asked and have no answer; none in a group that is not required."""
        if not self.required:
            return ()
        return tuple(question for question in self.questions if question.parent is None and answers.get(question.key) is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How many of the open questions have an answer and how many were not asked."""

    asked: int
    not_asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One version of the questions; a visit keeps the version it was asked with."""

    version: str
    title: Text
    groups: tuple[Group, ...]
    _by_key: dict[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the questions by key."""
        object.__setattr__(self, "_by_key", {question.key: question for group in self.groups for question in group.questions})

    def question(self, key: str) -> Question:
        """Return the question with this key; KeyError if this version has none."""
        return self._by_key[key]

    def questions(self) -> tuple[Question, ...]:
        """Return every question in the order of asking, each detail after its parent."""
        return tuple(self._by_key.values())

    def main_questions(self) -> tuple[Question, ...]:
        """Return the questions that are no detail of another."""
        return tuple(question for question in self._by_key.values() if question.parent is None)

    def details(self, key: str) -> tuple[Question, ...]:
        """Return the details that stand on the row of this question, not the details of those."""
        return tuple(question for question in self._by_key.values() if question.parent == key)

    def is_open(self, question: Question, answers: Mapping[str, Answer]) -> bool:
        """Tell whether the question is to be asked, given the answers so far."""
        if question.parent is None:
            return True
        openers = (question.parent, *question.also_opened_by)
        return any(self.is_open(self._by_key[key], answers) and question.opens_on(answers.get(key)) for key in openers)

    def open_questions(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """Return the questions to be asked, given the answers so far."""
        return tuple(question for question in self._by_key.values() if self.is_open(question, answers))

    def still_to_ask(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """Return the questions of the required groups that have no answer."""
        return tuple(question for group in self.groups for question in group.still_to_ask(answers))

    def count(self, answers: Mapping[str, Answer]) -> Asked:
        """Count the open questions with and without an answer."""
        given = [answers.get(question.key) is not None for question in self.open_questions(answers)]
        return Asked(asked=sum(given), not_asked=len(given) - sum(given))

    def problems(self, answers: Mapping[str, Answer], on: date) -> list[Problem]:
        """Return what is wrong with the answers on the visit's day, one Problem per field, empty when nothing is.

        Errors are answers that cannot be kept. Warnings are kept: a detail of a question that was not answered that way,
        and a needed detail that was not asked.
        """
        found = [problem for key, answer in answers.items() if (problem := self._problem(key, answers, on)) and answer is not None]
        missing = [question for question in self.open_questions(answers) if question.needed and answers.get(question.key) is None]
        return found + [Problem(field=f"answers.{question.key}", code="detail_not_asked", level="warning") for question in missing]

    def _problem(self, key: str, answers: Mapping[str, Answer], on: date) -> Problem | None:
        question = self._by_key.get(key)
        if question is None:
            return Problem(field=f"answers.{key}", code="unknown_answer_key")
        answer = answers[key]
        if (code := question.fault_in(answer) or _future_fault(question, answer, on)) is not None:
            return Problem(field=f"answers.{key}", code=code)
        if not self.is_open(question, answers):
            return Problem(field=f"answers.{key}", code="answer_without_parent", level="warning")
        return None

    def read(self, raw: Mapping[str, object]) -> tuple[dict[str, Answer], list[Problem]]:
        """Return the answers of a parsed file or a stored row in this checklist's order, and what could not be read.

        Lists become tuples; None, "" and empty lists mean not asked and are dropped. What is left out is named in the problems.
        """
        answers: dict[str, Answer] = {}
        problems: list[Problem] = []
        order = {key: place for place, key in enumerate(self._by_key)}
        for key, value in sorted(raw.items(), key=lambda item: order.get(item[0], len(order))):
            answer = tuple(value) if isinstance(value, list) else value
            if answer is None or answer in ("", ()):
                continue
            question = self._by_key.get(key)
            if question is None:
                problems.append(Problem(field=f"answers.{key}", code="unknown_answer_key"))
            elif (code := question.fault_in(answer)) is not None:
                problems.append(Problem(field=f"answers.{key}", code=code))
            else:
                answers[key] = cast("Answer", answer)
        return answers, problems


def _future_fault(question: Question, answer: Answer, on: date) -> str | None:
    """Return why a date that is still to come cannot be a date of the past, or None."""
    if question.kind is not Kind.DATE:
        return None
    day = earliest_day(str(answer))
    if day is None or day <= on:
        return None
    return "onset_in_future" if question.key == ONSET_DATE else "date_in_future"
