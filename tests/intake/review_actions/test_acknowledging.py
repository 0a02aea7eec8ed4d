"""A clinician's word on a prompt: needed, once, for good."""

from __future__ import annotations

import pytest

from intake.actions.acknowledging import acknowledge
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import (
    LATER,
    NOW_ANSWERS,
    REVIEW_ANSWERS,
    TODAY_ANSWERS,
    actions,
    arrive,
    chart,
    prompt,
    urgency,
)


def test_a_word_is_kept_with_who_and_when_and_the_next_level_stands(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """Urgency is that of the most pressing prompt without a word."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS | TODAY_ANSWERS | REVIEW_ANSWERS)
    found = chart(store, clinician, visit_id, definitions)
    standing = [urgency(store, visit_id)]
    for each in found.prompts:
        found = acknowledge(store, clinician, each.id, words="  Seen\r\nat once ", definitions=definitions, now=LATER)
        standing.append(urgency(store, visit_id))
    assert standing == [1, 2, 3, 4]
    done = prompt(found, "RF-CAR-1").acknowledgement
    assert done is not None
    assert (done.by, done.at, done.words) == (clinician.staff.name, LATER, "Seen\nat once")
    assert actions(store, visit_id).count("acknowledge_prompt") == 3


@pytest.mark.parametrize(
    ("words", "code"), [("", "required"), (" \n ", "required"), ("x" * 40_001, "text_too_long"), ("a\0b", "control_characters")]
)
def test_words_are_needed(store: Store, desk: Actor, clinician: Actor, definitions: Definitions, words: str, code: str) -> None:
    """A press of a key is no word on what was done."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    (kept,) = store.prompts.of_visit(visit_id)
    with pytest.raises(InvalidInputError) as caught:
        acknowledge(store, clinician, kept.id, words=words, definitions=definitions, now=LATER)
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [(f"prompts.{kept.id}", code)]
    assert urgency(store, visit_id) == 1


def test_forty_thousand_characters_of_any_script_are_kept(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Not one of them is lost."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    (kept,) = store.prompts.of_visit(visit_id)
    words = ("مثال 示例 उदाहरण 🙂 " * 3000)[:39_999] + "."
    found = acknowledge(store, clinician, kept.id, words=words, definitions=definitions, now=LATER)
    done = found.prompts[0].acknowledgement
    assert done is not None
    assert done.words == words


def test_the_second_word_is_refused_and_the_first_stays(
    store: Store, desk: Actor, clinician: Actor, other: Actor, definitions: Definitions
) -> None:
    """Two clinicians at one prompt: who comes second is told."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    (kept,) = store.prompts.of_visit(visit_id)
    acknowledge(store, clinician, kept.id, words="First", definitions=definitions, now=LATER)
    with pytest.raises(ConflictError) as caught:
        acknowledge(store, other, kept.id, words="Second", definitions=definitions, now=LATER)
    assert caught.value.code == "prompt_acknowledged"
    done = store.prompts.of_visit(visit_id)[0].acknowledgement
    assert done is not None
    assert done.words == "First"


def test_a_prompt_that_is_not_there_or_is_signed_takes_no_word(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """The error says which."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    sign(store, clinician, visit_id, definitions)
    for prompt_id, code in ((999, "prompt_not_found"), (store.prompts.of_visit(visit_id)[0].id, "visit_signed")):
        with pytest.raises(IntakeError) as caught:
            acknowledge(store, clinician, prompt_id, words="Late", definitions=definitions, now=LATER)
        assert caught.value.code == code
