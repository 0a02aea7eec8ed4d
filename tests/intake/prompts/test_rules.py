"""Every rule that is shipped: answers that raise it at each of its levels, and answers that only nearly do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.answers import Answer, Kind
from intake.domain.prompting import AGE, choice_fields, findings, keys_of
from intake.domain.prompts import ORDER, Facts, Finding, Level
from tests.intake.prompts.cases import HOLDS, NEARLY, UNSURE_OF

DEFINITIONS = load_definitions()
"""What hypothesis asks again and again."""


def level_of(rule_id: str, facts: Facts, definitions: Definitions) -> Finding | None:
    """Return what a rule finds in these facts."""
    return next((found for found in findings(definitions.prompts, facts) if found.rule_id == rule_id), None)


@pytest.mark.parametrize(("rule_id", "level", "facts"), HOLDS)
def test_a_rule_holds_at_its_level(rule_id: str, level: Level, facts: dict[str, Answer], definitions: Definitions) -> None:
    """The answers the source names bring it up, for the keys that matter and at the level that was given."""
    found = level_of(rule_id, facts, definitions)
    assert found is not None
    assert (found.level, found.unsure) == (level, False)
    assert set(found.keys) <= set(facts)
    assert found.keys


@pytest.mark.parametrize(("rule_id", "level", "facts"), NEARLY)
def test_a_near_miss_does_not_reach_the_level(rule_id: str, level: Level, facts: dict[str, Answer], definitions: Definitions) -> None:
    """What is not quite the condition raises less, or nothing."""
    found = level_of(rule_id, facts, definitions)
    assert found is None or ORDER.index(found.level) > ORDER.index(level)


@pytest.mark.parametrize(("rule_id", "facts", "alone"), UNSURE_OF)
def test_unsure_at_a_now_rule_is_for_today(rule_id: str, facts: dict[str, Answer], alone: bool, definitions: Definitions) -> None:  # noqa: FBT001 - a column of the table
    """Who does not know is seen before leaving; ``unsure`` says whether anything surer stands behind it."""
    found = level_of(rule_id, facts, definitions)
    assert found is not None
    assert (found.level, found.unsure) == (Level.TODAY, alone)
    assert [key for key, answer in facts.items() if answer == "unsure"]
    assert {key for key, answer in facts.items() if answer == "unsure"} <= set(found.keys)


def test_unsure_below_now_raises_nothing(definitions: Definitions) -> None:
    """It is counted instead, where the chart says what was not answered."""
    facts: Facts = {"safety.dexterity": "unsure", "safety.weight_loss": "unsure", "attack.dizziness": "unsure"}
    assert findings(definitions.prompts, facts) == ()


def test_each_level_of_each_rule_is_in_the_tables(definitions: Definitions) -> None:
    """A rule that is added gets an answer that raises it and one that does not, or this fails."""
    levels = {(rule.id, level) for rule in definitions.prompts.rules for level, _ in rule.levels}
    assert {(rule_id, level) for rule_id, level, _ in HOLDS} == levels
    assert {(rule_id, level) for rule_id, level, _ in NEARLY} == levels
    assert {rule_id for rule_id, level in levels if level is Level.NOW} == {rule_id for rule_id, _, _ in UNSURE_OF}


def test_all_rules_of_the_reference_are_loaded_and_none_is_refused(definitions: Definitions) -> None:
    """Twenty-one rules, by the names the clinical reference gives them."""
    names = {
        "RF-TRA": 4, "RF-MYE": 5, "RF-VAS": 4, "RF-INF": 1, "RF-MAL": 1, "RF-INFL": 1, "RF-RAD": 1, "RF-CAR": 1,
        "RF-AGE": 1, "RF-DRUG": 1, "RF-AC": 1,
    }  # fmt: skip
    wanted = {f"{name}-{number}" for name, count in names.items() for number in range(1, count + 1)}
    assert definitions.prompts.refused == ()
    assert {rule.id for rule in definitions.prompts.rules} == wanted


def test_the_rules_say_that_no_physician_has_approved_them_yet(definitions: Definitions) -> None:
    """Until each one is approved by name, every chart says so."""
    assert {rule.approved_by for rule in definitions.prompts.rules} == {"pending"}
    assert not definitions.prompts.approved


def test_every_sentence_has_the_one_form(definitions: Definitions) -> None:
    """What was reported, where it is listed, whose judgement it is; and never more than was answered."""
    for rule in definitions.prompts.rules:
        assert rule.sentence() == f"Patient reports {rule.reported}. Listed in: {rule.source}. For clinician judgement."
        assert rule.sentence(unsure=True).startswith(f"Patient reports being unsure of {rule.reported}. Listed in: ")


def test_every_safety_question_is_looked_at(definitions: Definitions) -> None:
    """A question that no rule reads would be asked of every patient for nothing."""
    asked = {question.key for group in definitions.checklist.groups if group.key == "safety" for question in group.questions}
    assert asked - keys_of(definitions.prompts) == set()


def any_facts() -> st.SearchStrategy[dict[str, Answer]]:
    """Return answers to questions and fields, each of its own kind and now and then of another."""
    codes = {question.key: question.codes() for question in DEFINITIONS.checklist.questions()}
    several = {question.key for question in DEFINITIONS.checklist.questions() if question.kind is Kind.CHOICES}
    codes |= {path: tuple(choice.code for choice in entry.about.choices) for path, entry in choice_fields().items()}
    wanted = sorted(keys_of(DEFINITIONS.prompts) - {AGE})
    strange = st.one_of(st.text(max_size=5), st.integers(), st.lists(st.text(max_size=3), max_size=3).map(tuple))

    def answer(key: str) -> st.SearchStrategy[Answer]:
        picked = st.sampled_from(codes[key])
        right = st.lists(picked, min_size=1, unique=True).map(tuple) if key in several else picked
        return st.one_of(right, right, right, strange)

    return st.fixed_dictionaries({}, optional={**{key: answer(key) for key in wanted}, AGE: st.one_of(st.integers(0, 130), strange)})


def pressing(found: tuple[Finding, ...]) -> dict[str, int]:
    """Return how pressing each rule is, the most pressing the largest."""
    return {each.rule_id: len(ORDER) - ORDER.index(each.level) for each in found}


@given(facts=any_facts())
def test_any_answers_give_findings_and_never_an_error(facts: dict[str, Answer]) -> None:
    """Whatever stands in a record, a chart opens; each finding names answers that are there."""
    for found in findings(DEFINITIONS.prompts, facts):
        assert set(found.keys) <= set(facts)
        assert found.keys


@given(facts=any_facts(), data=st.data())
def test_one_more_yes_never_lowers_a_level(facts: dict[str, Answer], data: st.DataObject) -> None:
    """What was not asked, or was unsure or no, becomes yes: each rule stays at its level or rises."""
    states = [question.key for question in DEFINITIONS.checklist.questions() if question.kind is Kind.STATE]
    key = data.draw(st.sampled_from([key for key in states if key in keys_of(DEFINITIONS.prompts)]))
    before, after = (pressing(findings(DEFINITIONS.prompts, each)) for each in (facts, {**facts, key: "yes"}))
    assert [rule_id for rule_id, level in before.items() if after.get(rule_id, 0) < level] == []
