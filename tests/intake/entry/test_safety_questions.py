"""The questions that have to be asked: each missing one is named, unsure is an answer, and a clinician called first comes first."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intake.definitions.bundle import Definitions
from intake.entry.reading import Reading, read_intake
from intake.example import EXAMPLE
from intake.wording import label_of, text_of

TODAY = date(2026, 11, 22)
Told = dict[str, tuple[str, str]]


@pytest.fixture
def read(definitions: Definitions) -> Any:
    """Return a reader of the example with other answers."""

    def with_answers(answers: object) -> Reading:
        return read_intake({**copy.deepcopy(EXAMPLE), "answers": answers}, definitions=definitions, on=TODAY)

    return with_answers


def asked(**changes: object) -> dict[str, object]:
    """Return the example's answers; a safety question is changed by its name, or left out with None."""
    answers = {**EXAMPLE["answers"], **{f"safety.{name}": value for name, value in changes.items()}}
    return {key: value for key, value in answers.items() if value is not None}


def told(reading: Reading) -> Told:
    """Return code and level of each problem by its field."""
    return {problem.field: (problem.code, problem.level) for problem in reading.problems}


def test_a_question_nobody_asked_stops_the_save_by_its_name(read: Any, definitions: Definitions) -> None:
    """The person at the desk reads which one, and what to do."""
    reading = read(asked(speech=None))
    assert told(reading) == {"answers.safety.speech": ("safety_not_asked", "error")}
    (problem,) = reading.errors()
    assert label_of(problem.field, definitions) == "Slurred or hard to speak"
    assert text_of(problem) == "Ask this aloud; unsure is an answer."


def test_a_whole_block_nobody_asked_is_named_question_by_question(read: Any, definitions: Definitions) -> None:
    """A block skipped in one go is no easier to save than one question."""
    reading = read({key: value for key, value in EXAMPLE["answers"].items() if not key.startswith("safety.")})
    wanted = [f"answers.{question.key}" for question in definitions.checklist.still_to_ask({})]
    assert [problem.field for problem in reading.errors()] == wanted
    assert len(wanted) == 32


def test_unsure_is_an_answer(read: Any) -> None:
    """Nobody is made to say yes or no."""
    assert read(asked(speech="unsure", walking="u", tb="unsure")).problems == ()


def test_an_empty_answer_is_none(read: Any) -> None:
    """A file that names the question and leaves it empty has not asked it."""
    assert told(read(asked(speech=""))) == {"answers.safety.speech": ("safety_not_asked", "error")}


def test_a_wrong_answer_is_told_once(read: Any) -> None:
    """What cannot be understood is not called unasked as well."""
    reading = read(asked(speech="sometimes"))
    assert [(problem.field, problem.code) for problem in reading.problems] == [("answers.safety.speech", "not_a_choice")]
    assert [problem.code for problem in read("no answers").problems] == ["not_a_group"]


def test_once_the_desk_was_told_to_stop_the_rest_may_wait(read: Any) -> None:
    """A clinician who is needed now is not kept waiting by a form; what was not asked stays named."""
    reading = read(asked(bladder_bowel="yes", speech=None, tb=None))
    assert reading.errors() == ()
    assert told(reading) == {f"answers.safety.{name}": ("safety_not_asked", "warning") for name in ("speech", "tb")}


@pytest.mark.parametrize("answer", [{"dexterity": "yes"}, {"bladder_bowel": "unsure"}])
def test_what_can_wait_until_the_patient_leaves_excuses_nothing(read: Any, answer: dict[str, object]) -> None:
    """TODAY is no reason to skip a question, nor is being unsure of one that would be NOW."""
    assert told(read(asked(**answer, speech=None)))["answers.safety.speech"] == ("safety_not_asked", "error")


def test_without_the_rules_every_question_has_to_be_asked(definitions: Definitions) -> None:
    """A broken file of rules never makes the block voluntary."""
    bare = replace(definitions, prompts=replace(definitions.prompts, rules=()))
    raw = {**copy.deepcopy(EXAMPLE), "answers": asked(bladder_bowel="yes", speech=None)}
    assert [problem.field for problem in read_intake(raw, definitions=bare, on=TODAY).errors()] == ["answers.safety.speech"]
