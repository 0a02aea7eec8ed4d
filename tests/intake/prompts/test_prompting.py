"""What rules are asked of a visit, what they say was not asked, and the words where nothing holds."""

from __future__ import annotations

from datetime import date

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.patients import Patient
from intake.domain.prompting import desk_level, empty_words, facts_of, findings, label_of, not_asked, unsure, unsure_words
from intake.domain.prompts import Facts, Finding, Level
from intake.domain.visits import Safety, Visit

DAY = date(2026, 11, 22)
NOBODY = Patient(legal_last="Fake", legal_first="Fay", dob=date(1961, 11, 22), sex="male")


def test_the_facts_are_answers_choices_and_the_age_on_the_visits_day() -> None:
    """What was not asked has no fact; texts and dates of the record are none either."""
    visit = Visit(visit_type="auto", reason="neck", safety=Safety(blood_thinner="unsure", allergies="none"))
    facts = facts_of(NOBODY, visit, {"attack.dizziness": "yes", "sx.pain.nprs_now": 0}, DAY)
    assert facts == {
        "attack.dizziness": "yes",
        "sx.pain.nprs_now": 0,
        "patient.sex": "male",
        "visit.visit_type": "auto",
        "visit.safety.blood_thinner": "unsure",
        "age": 65,
    }
    assert facts_of(NOBODY, Visit(), {}, date(2026, 11, 21))["age"] == 64


@pytest.mark.parametrize("dob", [None, date(2026, 11, 23)])
def test_without_a_birth_date_there_is_no_age(dob: date | None) -> None:
    """A date after the visit is a mistake, not an age."""
    assert "age" not in facts_of(Patient(dob=dob), Visit(), {}, DAY)


def test_everything_open_that_a_rule_looks_at_counts_as_not_asked(definitions: Definitions) -> None:
    """Details only once they are open, the question above a detail too, and fields of the record that apply."""
    missing = not_asked(definitions.prompts, facts_of(NOBODY, Visit(), {}, DAY), definitions.checklist)
    assert {"safety.chest", "sx.headache", "sx.onset.speed", "visit.safety.device"} <= set(missing)
    assert not {"safety.trauma.mechanism", "visit.safety.pregnancy", "sx.twitching", "age"} & set(missing)
    answers = {"safety.trauma.recent": "yes", "safety.chest": "no"}
    woman = Patient(dob=date(1990, 1, 1), sex="female")
    more = not_asked(definitions.prompts, facts_of(woman, Visit(), answers, DAY), definitions.checklist)
    assert set(more) - set(missing) == {
        "safety.trauma.mechanism", "safety.trauma.tingling", "safety.trauma.cannot_turn", "visit.safety.pregnancy",
    }  # fmt: skip
    assert set(missing) - set(more) == {"safety.trauma.recent", "safety.chest"}


def test_a_visit_of_an_older_checklist_never_looks_fully_asked(definitions: Definitions) -> None:
    """It had no safety questions: they count as not asked, though it could not have asked them."""
    old = definitions.checklists["neck-1"]
    answers = {question.key: "no" for question in old.questions() if question.kind.value == "state"}
    missing = not_asked(definitions.prompts, facts_of(NOBODY, Visit(), answers, DAY), old)
    assert {"safety.chest", "safety.sudden_severe"} <= set(missing)


def test_unsure_answers_are_listed_only_where_a_rule_looks(definitions: Definitions) -> None:
    """One in a list of answers counts too."""
    facts: Facts = {"safety.chest": "unsure", "sx.twitching": "unsure", "sx.onset.speed": "unsure", "safety.face": "no"}
    assert unsure(definitions.prompts, facts) == ("safety.chest", "sx.onset.speed")


@pytest.mark.parametrize(("count", "tail"), [(0, "0 items were"), (1, "1 item was"), (12, "12 items were")])
def test_the_words_where_nothing_holds(count: int, tail: str) -> None:
    """Word for word as the clinical reference gives them: no reassurance, and how much was not asked."""
    said = f"None of the answers recorded matches a configured prompt. This is not a clinical assessment. {tail} not asked."
    assert empty_words(count) == said


def test_unsure_answers_are_counted_in_words() -> None:
    """Nothing is said of none."""
    assert [unsure_words(count) for count in (0, 1, 3)] == ["", "1 item was answered unsure.", "3 items were answered unsure."]


def test_the_desk_is_told_the_most_pressing_level(definitions: Definitions) -> None:
    """And nothing at all when no rule holds."""
    found = findings(definitions.prompts, {"safety.dexterity": "yes", "safety.chest": "yes", "safety.weight_loss": "yes"})
    assert [each.level for each in found] == [Level.TODAY, Level.REVIEW, Level.NOW]
    assert desk_level(found) is Level.NOW
    assert desk_level(found[:2]) is Level.TODAY
    assert desk_level(()) is None


def test_a_surer_answer_keeps_the_unsure_one_beside_it(definitions: Definitions) -> None:
    """Dizzy for certain, speech unsure: for today either way, and both answers are shown."""
    found = findings(definitions.prompts, {"attack.dizziness": "yes", "safety.speech": "unsure"})
    assert found == (
        Finding(rule_id="RF-VAS-2", level=Level.TODAY, keys=("attack.dizziness", "safety.speech"), unsure=False),
    )  # fmt: skip


def test_a_fact_is_named_in_words(definitions: Definitions) -> None:
    """Questions by their short label, fields by theirs; what no version knows by its key."""
    labels = [label_of(key, definitions.checklist) for key in ("age", "attack.dizziness", "visit.safety.device", "gone")]
    assert labels == ["Age", "Dizziness", "Implanted device", "gone"]
