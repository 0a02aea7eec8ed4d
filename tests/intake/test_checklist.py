"""The checklist's rules: which questions are open, which answers are right, and that not asked is never no."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.definitions.checklists import load_checklist
from intake.definitions.resource_files import ResourceFiles
from intake.domain.answers import earliest_day
from intake.domain.checklist import Answer, Asked
from intake.errors import Problem

ON = date(2026, 11, 22)
CHECKLIST = load_checklist(ResourceFiles(root=Path(__file__).parents[2] / "resources"))


def codes(answers: dict[str, Answer]) -> dict[str, str]:
    """Return the codes of the problems by checklist key."""
    return {problem.field.removeprefix("answers."): problem.code for problem in CHECKLIST.problems(answers, ON)}


def test_every_answer_of_every_choice_is_accepted() -> None:
    """What the form offers can be saved."""
    for question in CHECKLIST.questions():
        for option in question.options:
            given_answer: Answer = (option.code,) if question.kind == "choices" else option.code
            assert question.fault_in(given_answer) is None


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("sx.nothing", "yes", "unknown_answer_key"),
        ("sx.twitching", "maybe", "not_a_choice"),
        ("sx.twitching", "not_asked", "not_a_choice"),
        ("sx.onset.speed", 1, "not_a_choice"),
        ("sx.pain.location", ("left", "left"), "not_a_choice"),
        ("sx.pain.location", (), "not_a_choice"),
        ("sx.pain.location", "left", "not_a_choice"),
        ("sx.pain.nprs_now", 11, "not_a_rating"),
        ("sx.pain.nprs_now", -1, "not_a_rating"),
        ("sx.pain.nprs_now", True, "not_a_rating"),
        ("sx.pain.nprs_now", "7", "not_a_rating"),
        ("cause.text_neck.hours_per_day", 25, "not_a_number"),
        ("sx.onset.date", "2026-02-30", "not_a_partial_date"),
        ("sx.onset.date", "26", "not_a_partial_date"),
        ("sx.onset.date", "1850", "not_a_partial_date"),
        ("sx.onset.date", "2026-3", "not_a_partial_date"),
        ("sx.onset.date", "2026-11-23", "onset_in_future"),
        ("sx.onset.date", "2026-12", "onset_in_future"),
        ("cause.injury_accident.date", "2027", "date_in_future"),
        ("cause.other_text", "x" * 1001, "text_too_long"),
        ("cause.other_text", 5, "not_a_text"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_named(key: str, answer: Answer, code: str) -> None:
    """Every wrong answer has its field and its code."""
    assert Problem(field=f"answers.{key}", code=code) in CHECKLIST.problems({key: answer}, ON)


@pytest.mark.parametrize("onset", ["2026", "2026-11", "2026-11-22", "1900", "2024-02-29"])
def test_an_onset_may_be_partial_and_today(onset: str) -> None:
    """The year and the month of today are not in the future."""
    assert codes({"sx.onset.date": onset}) == {}


def test_a_rating_of_nought_is_an_answer() -> None:
    """No pain is not the same as not asked."""
    assert codes({"sx.pain.nprs_now": 0}) == {}
    assert CHECKLIST.count({"sx.pain.nprs_now": 0}).asked == 1


def test_read_drops_only_what_was_not_asked() -> None:
    """None, an empty text and an empty list are not asked; nought and no are answers."""
    raw: dict[str, object] = {"sx.knot": None, "cause.other_text": "", "sx.pain.location": [], "sx.pain.nprs_now": 0, "sx.headache": "no"}
    answers, problems = CHECKLIST.read(raw)
    assert answers == {"sx.pain.nprs_now": 0, "sx.headache": "no"}
    assert problems == []


def test_read_turns_lists_into_tuples_in_the_order_of_the_checklist() -> None:
    """What comes from a file and what comes from the form are equal."""
    answers, _ = CHECKLIST.read({"sx.headache": "no", "sx.pain.location": ["right", "left"], "sx.pain.present": "yes"})
    assert list(answers.items()) == [("sx.pain.present", "yes"), ("sx.pain.location", ("right", "left")), ("sx.headache", "no")]


@given(
    st.dictionaries(st.sampled_from([q.key for q in CHECKLIST.questions()] + ["x"]), st.from_type(object) | st.text() | st.lists(st.text()))
)
def test_read_keeps_or_names_every_value_whatever_it_is(raw: dict[str, object]) -> None:
    """No value of a file can crash the reader, and none is lost without a word."""
    answers, problems = CHECKLIST.read(raw)
    named = {problem.field.removeprefix("answers.") for problem in problems}
    for key, value in raw.items():
        assert (key in answers) != (key in named) or value in (None, "", [], ())
    assert not [problem for problem in CHECKLIST.problems(answers, date.max) if problem.level == "error"]


def test_nothing_is_asked_at_first_and_no_detail_is_open() -> None:
    """The counter starts with the main questions, all of them not asked."""
    assert CHECKLIST.open_questions({}) == CHECKLIST.main_questions()
    assert CHECKLIST.count({}) == Asked(asked=0, not_asked=42)


def test_the_severe_attack_block_is_asked_whatever_its_first_answer_is() -> None:
    """A hidden question would be a lost answer."""
    attack = [question for question in CHECKLIST.questions() if question.key.startswith("attack.") and question.parent is None]
    assert len(attack) == 6
    assert all(question.always_ask for question in attack)
    assert set(attack) <= set(CHECKLIST.open_questions({"attack.head_pull": "no"}))


def test_a_detail_opens_with_its_parents_answer() -> None:
    """Which arm is asked when an arm burns, and not otherwise."""
    side = CHECKLIST.question("sx.arm_burning.side")
    assert CHECKLIST.is_open(side, {"sx.arm_burning": "yes"})
    assert not CHECKLIST.is_open(side, {"sx.arm_burning": "no"})
    assert CHECKLIST.question("sx.pain.quality.text") in CHECKLIST.open_questions(
        {"sx.pain.present": "yes", "sx.pain.quality": ("dull", "other")}
    )


@pytest.mark.parametrize("opener", ["sx.stiff", "sx.rom_decreased"])
def test_either_question_about_movement_opens_the_shared_directions(opener: str) -> None:
    """A neck that moves less and a stiff neck share one list."""
    assert CHECKLIST.is_open(CHECKLIST.question("sx.rom_limited.directions"), {opener: "yes"})
    assert not CHECKLIST.is_open(CHECKLIST.question("sx.rom_limited.directions"), {opener: "no"})


def test_a_detail_of_a_closed_detail_is_closed() -> None:
    """Own words about the pain are not asked once there is no pain."""
    answers: dict[str, Answer] = {"sx.pain.present": "no", "sx.pain.quality": ("other",)}
    assert not CHECKLIST.is_open(CHECKLIST.question("sx.pain.quality.text"), answers)


def test_a_detail_left_from_a_changed_answer_is_kept_with_a_warning() -> None:
    """Changing yes to no by a slip never throws the details away."""
    problems = CHECKLIST.problems({"sx.knot": "no", "sx.knot.side": "left"}, ON)
    assert problems == [Problem(field="answers.sx.knot.side", code="answer_without_parent", level="warning")]


def test_an_arm_that_burns_without_a_side_is_a_warning() -> None:
    """The side matters to the clinician; the visit is not held up for it."""
    problems = CHECKLIST.problems({"sx.arm_burning": "yes"}, ON)
    assert problems == [Problem(field="answers.sx.arm_burning.side", code="detail_not_asked", level="warning")]


def test_an_unknown_key_is_no_question() -> None:
    """A caller that misspells a key hears of it."""
    with pytest.raises(KeyError):
        CHECKLIST.question("sx.twiching")


@pytest.mark.parametrize(
    ("partial", "day"), [("2024", date(2024, 1, 1)), ("2024-02", date(2024, 2, 1)), ("2023-02-29", None), ("２０２４", None)]
)
def test_a_partial_date_means_its_first_day_at_the_earliest(partial: str, day: date | None) -> None:
    """Only days that exist count, in plain digits."""
    assert earliest_day(partial) == day
