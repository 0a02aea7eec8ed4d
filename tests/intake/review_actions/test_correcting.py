"""A clinician puts an answer right; what the desk recorded stays readable."""

from __future__ import annotations

from typing import Any

import pytest

from intake.actions.acknowledging import acknowledge
from intake.actions.correcting import correct
from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.corrections import visit_as_corrected
from intake.domain.reviews import Chart
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import LATER, NOW_ANSWERS, actions, arrive, chart


def refused(store: Store, clinician: Actor, visit_id: int, definitions: Definitions, **change: Any) -> tuple[str, str]:
    """Return field and code of the first thing wrong with a correction."""
    given = {"path": "answers.safety.chest", "value": "yes", "reason": "Asked again", **change}
    with pytest.raises(InvalidInputError) as caught:
        correct(store, clinician, visit_id, definitions=definitions, now=LATER, **given)
    assert store.corrections.of_visit(visit_id) == ()
    return caught.value.problems[0].field, caught.value.problems[0].code


def test_the_recorded_answer_stays_and_the_correction_tells_who_and_why(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """The chart shows the answer as corrected beside the visit as recorded."""
    visit_id = arrive(store, desk, definitions, {"sx.pain.nprs_now": 3})
    found = correct(
        store, clinician, visit_id, path="answers.sx.pain.nprs_now", value=" 7 ", reason="Asked again", definitions=definitions, now=LATER
    )
    assert found.visit.answers["sx.pain.nprs_now"] == 3
    assert found.answers["sx.pain.nprs_now"] == 7
    (made,) = found.corrections
    assert (made.before, made.after, made.reason, made.by, made.at) == (3, 7, "Asked again", clinician.staff.name, LATER)
    assert actions(store, visit_id).count("correct") == 1


def test_not_asked_is_a_correction_too(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """None is the fourth state, never "no"."""
    visit_id = arrive(store, desk, definitions)
    found = correct(
        store, clinician, visit_id, path="answers.safety.chest", value=None, reason="Nobody asked", definitions=definitions, now=LATER
    )
    assert "safety.chest" not in found.answers
    assert found.corrections[0].after is None


def test_what_was_asked_only_because_of_the_old_answer_is_no_longer_asked(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """The details go with it, each as a correction of its own with the same reason; several choices stay several."""
    answers: dict[str, Answer] = {"safety.fever": "yes", "safety.fever.with": ("light", "rash")}
    visit_id = arrive(store, desk, definitions, answers)
    found = correct(
        store, clinician, visit_id, path="answers.safety.fever", value="n", reason="Was last year", definitions=definitions, now=LATER
    )
    assert found.answers["safety.fever"] == "no"
    assert "safety.fever.with" not in found.answers
    assert [(made.path, made.before, made.after) for made in found.corrections] == [
        ("answers.safety.fever", "yes", "no"),
        ("answers.safety.fever.with", ("light", "rash"), None),
    ]
    assert {made.reason for made in found.corrections} == {"Was last year"}


def test_the_safety_history_is_read_as_its_field_reads(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """A word for a choice, a name, and the name goes when the answer is no."""
    visit_id = arrive(store, desk, definitions)

    def put_right(name: str, value: str) -> Chart:
        path = f"visit.safety.{name}"
        return correct(store, clinician, visit_id, path=path, value=value, reason="Asked", definitions=definitions, now=LATER)

    put_right("blood_thinner", "Yes")
    put_right("blood_thinner_name", " Apixaban ")
    found = put_right("medications", "None.")
    safety = visit_as_corrected(found.visit.visit, found.corrections).safety
    assert (safety.blood_thinner, safety.blood_thinner_name, safety.medications) == ("yes", "Apixaban", "none")
    assert found.visit.visit.safety.blood_thinner == "no"
    found = put_right("blood_thinner", "no")
    safety = visit_as_corrected(found.visit.visit, found.corrections).safety
    assert (safety.blood_thinner, safety.blood_thinner_name) == ("no", None)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": " "}, ("correction.reason", "required")),
        ({"path": "answers.safety.unheard_of"}, ("answers.safety.unheard_of", "unknown_answer_key")),
        ({"path": "patient.dob"}, ("patient.dob", "not_correctable")),
        ({"path": "visit.safety.unheard_of"}, ("visit.safety.unheard_of", "not_correctable")),
        ({"path": "visit.location"}, ("visit.location", "not_correctable")),
        ({"value": "perhaps"}, ("answers.safety.chest", "not_a_choice")),
        ({"value": 7}, ("answers.safety.chest", "not_a_choice")),
        ({"value": "no"}, ("answers.safety.chest", "nothing_changed")),
        ({"path": "visit.safety.steroids", "value": None}, ("visit.safety.steroids", "nothing_changed")),
        ({"path": "visit.safety.steroids", "value": 1}, ("visit.safety.steroids", "not_a_text")),
        ({"path": "visit.safety.steroids", "value": "perhaps"}, ("visit.safety.steroids", "not_a_choice")),
        ({"path": "visit.safety.occupation", "value": "a\0b"}, ("visit.safety.occupation", "control_characters")),
        ({"path": "visit.safety.blood_thinner_name", "value": "Apixaban"}, ("visit.safety.blood_thinner_name", "answer_without_parent")),
        ({"path": "answers.safety.fever.with", "value": ["rash"]}, ("answers.safety.fever.with", "answer_without_parent")),
        ({"path": "answers.sx.pain.nprs_now", "value": "11"}, ("answers.sx.pain.nprs_now", "not_a_rating")),
        ({"path": "answers.sx.onset.date", "value": "2027"}, ("answers.sx.onset.date", "onset_in_future")),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, change: dict[str, Any], told: tuple[str, str]
) -> None:
    """Then nothing is corrected."""
    visit_id = arrive(store, desk, definitions)
    assert refused(store, clinician, visit_id, definitions, **change) == told


def test_an_answer_is_judged_by_the_questions_the_visit_was_asked(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """A visit of the first checklist has no question of the safety block."""
    visit_id = arrive(store, desk, definitions)
    with store.transaction():
        store._connection.execute("UPDATE visit SET checklist_version = 'neck-1' WHERE id = ?", (visit_id,))
    assert refused(store, clinician, visit_id, definitions) == ("answers.safety.chest", "unknown_answer_key")


def test_a_signed_visit_and_one_that_is_not_there_take_no_correction(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """A clinician adds an addendum instead."""
    visit_id = arrive(store, desk, definitions)
    sign(store, clinician, visit_id, definitions)
    with pytest.raises(ConflictError) as caught:
        correct(store, clinician, visit_id, path="answers.safety.chest", value="yes", reason="Late", definitions=definitions, now=LATER)
    assert caught.value.code == "visit_signed"
    with pytest.raises(IntakeError) as gone:
        correct(store, clinician, 999, path="answers.safety.chest", value="yes", reason="Late", definitions=definitions, now=LATER)
    assert gone.value.code == "visit_not_found"


def test_a_chart_in_other_hands_takes_no_correction_and_no_word(
    store: Store, desk: Actor, clinician: Actor, other: Actor, definitions: Definitions
) -> None:
    """The second clinician may read: what the first is about to sign does not change under them."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    (prompt,) = chart(store, clinician, visit_id, definitions).prompts

    def put_right(actor: Actor) -> Chart:
        path = "answers.safety.chest"
        return correct(store, actor, visit_id, path=path, value="no", reason="Misheard", definitions=definitions, now=LATER)

    def say(actor: Actor) -> Chart:
        return acknowledge(store, actor, prompt.id, words="Seen", definitions=definitions, now=LATER)

    for write in (put_right, say):
        with pytest.raises(ConflictError) as caught:
            write(other)
        assert caught.value.code == "chart_taken"
        write(clinician)
