"""Prompts are raised with every save, edit, correction and opening, and none is ever taken away."""

from __future__ import annotations

import dataclasses

from intake.actions.acknowledging import acknowledge
from intake.actions.correcting import correct
from intake.actions.patients import edit_patient
from intake.actions.prompting import facts_as_corrected, prompts_of, recompute
from intake.definitions.bundle import Definitions
from intake.domain.prompts import Level, RuleSet
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import ADULT, LATER, NOW_ANSWERS, TODAY_ANSWERS, arrive, chart, prompt, urgency


def raised(store: Store, visit_id: int) -> set[tuple[str, Level]]:
    """Return rule and level of what is kept."""
    return {(each.rule_id, each.level) for each in store.prompts.of_visit(visit_id)}


def test_a_save_raises_what_the_answers_hold(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The prompt keeps its level, the version of the rules and the answers that raised it."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    (kept,) = store.prompts.of_visit(visit_id)
    assert (kept.rule_id, kept.level, kept.rules_version) == ("RF-CAR-1", Level.NOW, definitions.prompts.version)
    assert (kept.answers, kept.unsure, kept.acknowledgement) == ({"safety.chest": "yes"}, False, None)
    assert urgency(store, visit_id) == 1


def test_answers_without_a_prompt_raise_none(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The visit stands with the least pressing."""
    visit_id = arrive(store, desk, definitions)
    assert store.prompts.of_visit(visit_id) == ()
    assert urgency(store, visit_id) == 4


def test_raising_again_adds_nothing(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """A prompt is one row for visit, rule, level and answers, however often the chart is opened."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS | TODAY_ANSWERS)
    before = store.prompts.of_visit(visit_id)
    for _ in range(3):
        chart(store, clinician, visit_id, definitions)
    assert store.prompts.of_visit(visit_id) == before
    assert len(before) == 2


def test_another_birth_date_raises_anew_at_unsigned_visits_only(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """The age is a fact: an edit of the patient changes what holds, but nothing of a signed visit."""
    answers = {"safety.first_ever": "yes"}
    visit_id = arrive(store, desk, definitions, answers, dob=ADULT)
    record = store.visits.get(visit_id, definitions)
    assert record is not None
    assert raised(store, visit_id) == set()
    older = dataclasses.replace(record.patient.patient, dob=ADULT.replace(year=1950))
    edit_patient(store, desk, patient_id=record.patient.id, version=1, patient=older, definitions=definitions, now=LATER)
    assert raised(store, visit_id) == {("RF-AGE-1", Level.REVIEW)}

    signed_id = arrive(store, desk, definitions, answers, dob=ADULT.replace(year=1984))
    sign(store, clinician, signed_id, definitions)
    kept = store.visits.get(signed_id, definitions)
    assert kept is not None
    older = dataclasses.replace(kept.patient.patient, dob=ADULT.replace(year=1940))
    edit_patient(store, desk, patient_id=kept.patient.id, version=1, patient=older, definitions=definitions, now=LATER)
    assert raised(store, signed_id) == set()


def test_a_prompt_stays_when_its_answer_is_put_right(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """It no longer holds, is still there to be acknowledged, and holds again when the answer comes back."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    path = "answers.safety.chest"
    found = correct(store, clinician, visit_id, path=path, value="no", reason="Misheard", definitions=definitions, now=LATER)
    assert not prompt(found, "RF-CAR-1").holds
    assert urgency(store, visit_id) == 1
    found = correct(store, clinician, visit_id, path=path, value="yes", reason="Asked again", definitions=definitions, now=LATER)
    assert prompt(found, "RF-CAR-1").holds
    assert len(found.prompts) == 1


def test_a_correction_raises_what_is_new(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Also from the safety history, which rules look at."""
    visit_id = arrive(store, desk, definitions, {"safety.trauma.recent": "yes", "safety.trauma.mechanism": ("other_minor",)})
    assert raised(store, visit_id) == set()
    correct(store, clinician, visit_id, path="visit.safety.steroids", value="Yes", reason="Bottle seen", definitions=definitions, now=LATER)
    assert raised(store, visit_id) == {("RF-TRA-4", Level.TODAY)}
    assert urgency(store, visit_id) == 2


def test_unsure_of_what_needs_a_clinician_now_is_for_today(store: Store, desk: Actor, definitions: Definitions) -> None:
    """And says that it holds only because of "unsure"."""
    visit_id = arrive(store, desk, definitions, {"safety.chest": "unsure"})
    (kept,) = store.prompts.of_visit(visit_id)
    assert (kept.level, kept.unsure) == (Level.TODAY, True)


def test_a_prompt_of_rules_that_are_gone_still_holds(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Nothing is dismissed because a file is missing or lost the rule."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    record = store.visits.get(visit_id, definitions)
    assert record is not None
    facts = facts_as_corrected(record, ())
    nothing = {key: value for key, value in facts.items() if key != "safety.chest"}
    empty = RuleSet(version=definitions.prompts.version, rules=(), refused=(), desk={}, approved=True)
    for rule_sets in ({}, {empty.version: empty}):
        changed = dataclasses.replace(definitions, rule_sets=rule_sets)
        assert [each.holds for each in prompts_of(store, visit_id, lambda: nothing, changed)] == [True]
    assert [each.holds for each in prompts_of(store, visit_id, lambda: nothing, definitions)] == [False]


def test_new_rules_raise_beside_what_the_old_ones_raised(store: Store, desk: Actor, definitions: Definitions) -> None:
    """A prompt tells which version of the rules raised it; one that is there already is not raised again."""
    first = dataclasses.replace(
        definitions,
        prompts=dataclasses.replace(
            definitions.prompts, version="first", rules=tuple(r for r in definitions.prompts.rules if r.id == "RF-CAR-1")
        ),
    )
    visit_id = arrive(store, desk, first, NOW_ANSWERS | TODAY_ANSWERS)
    with store.transaction():
        recompute(store, visit_id, definitions, LATER)
    versions = {each.rule_id: each.rules_version for each in store.prompts.of_visit(visit_id)}
    assert versions == {"RF-CAR-1": "first", "RF-MYE-1": definitions.prompts.version}


def test_a_prompt_holds_while_its_rule_holds_at_a_level_above(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """More answers that press never make an earlier prompt look as if its answers had been taken back."""
    visit_id = arrive(store, desk, definitions, {"attack.dizziness": "yes"})
    path = "answers.safety.nausea"
    found = correct(store, clinician, visit_id, path=path, value="yes", reason="Asked", definitions=definitions, now=LATER)
    assert [(each.level, each.holds) for each in found.prompts] == [(Level.NOW, True), (Level.TODAY, True)]
    found = correct(store, clinician, visit_id, path=path, value="no", reason="Misheard", definitions=definitions, now=LATER)
    assert [(each.level, each.holds) for each in found.prompts] == [(Level.NOW, False), (Level.TODAY, True)]


def test_an_answer_that_nobody_saw_is_not_covered_by_an_earlier_word(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """A rule whose prompt was acknowledged is raised again by an answer that came since."""
    visit_id = arrive(store, desk, definitions, {"safety.speech": "yes"})
    (kept,) = store.prompts.of_visit(visit_id)
    acknowledge(store, clinician, kept.id, words="Years ago", definitions=definitions, now=LATER)
    path = "answers.safety.faint"
    found = correct(store, clinician, visit_id, path=path, value="yes", reason="Asked", definitions=definitions, now=LATER)
    again = [each for each in found.prompts if each.acknowledgement is None]
    assert [(each.rule_id, each.level, set(each.answers)) for each in again] == [("RF-VAS-2", Level.NOW, {"safety.speech", "safety.faint"})]
    assert urgency(store, visit_id) == 1
