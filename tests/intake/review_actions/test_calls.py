"""The desk calls a clinician: the visit jumps to the top, at every desk of the store, until somebody goes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.calls import answer_call, call_clinician, call_state, open_calls
from intake.actions.charts import open_chart
from intake.actions.drafts import Draft, drop_draft, keep_draft
from intake.actions.reviewing import awaiting
from intake.actions.visits import change_status
from intake.definitions.bundle import Definitions
from intake.domain.reviews import Call, CallState
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import ConflictError, DeniedError, IntakeError
from intake.storage.board import OF_DAY
from intake.storage.store import Store
from tests.factories import NOW, a_store
from tests.intake.review.charting import make_ready, sign
from tests.intake.review_actions.arrivals import LATER, NOW_ANSWERS, actions, arrive, urgency

HERE = "loc.edison"


def call(store: Store, actor: Actor, **about: int) -> Call:
    """Call a clinician to a visit or a draft."""
    return call_clinician(store, actor, location=HERE, title=" Sample,  Ana ", now=LATER, **about)


def order(store: Store, clinician: Actor, location: str | None = None) -> list[int]:
    """Return the visits as they are listed."""
    return [line.visit_id for line in awaiting(store, clinician, location=location, now=LATER)]


def a_draft(store: Store, desk: Actor) -> int:
    """Keep the draft of an intake."""
    return keep_draft(store, desk, Draft(content={"patient": {"legal_last": "Sample"}}, caret={}), now=NOW)


def test_a_call_puts_its_visit_above_every_prompt(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Whoever is called to comes first; the line tells since when."""
    pressing = arrive(store, desk, definitions, NOW_ANSWERS)
    called = arrive(store, desk, definitions, now=LATER)
    assert order(store, clinician) == [pressing, called]
    made = call(store, desk, visit_id=called)
    assert (made.visit_id, made.location, made.title, made.by, made.at) == (called, HERE, "Sample, Ana", desk.staff.name, LATER)
    assert order(store, clinician) == [called, pressing]
    assert awaiting(store, clinician, location=HERE, now=LATER)[0].called_at == LATER
    assert actions(store, called).count("call_clinician") == 1


def test_a_second_call_is_the_first_one(store: Store, desk: Actor, admin: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Two desks that call to one visit call once; after an answer it is a new one."""
    visit_id = arrive(store, desk, definitions)
    first = call(store, desk, visit_id=visit_id)
    assert call(store, admin, visit_id=visit_id) == first
    assert open_calls(store, desk, location=HERE, now=LATER) == (first,)
    answer_call(store, clinician, first.id, now=LATER)
    assert open_calls(store, desk, location=HERE, now=LATER) == ()
    assert call(store, desk, visit_id=visit_id).id != first.id


def test_a_visit_is_called_to_at_its_own_clinic(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Another clinic's desk may call; the list of the patient's clinic shows it."""
    visit_id = arrive(store, desk, definitions, location="loc.union")
    call(store, desk, visit_id=visit_id)
    assert open_calls(store, clinician, location=HERE, now=LATER) == ()
    assert [each.visit_id for each in open_calls(store, clinician, location="loc.union", now=LATER)] == [visit_id]
    assert len(open_calls(store, clinician, location=None, now=LATER)) == 1


def test_a_clinician_who_opens_the_chart_answers(
    store: Store, desk: Actor, clinician: Actor, print_desk: Actor, definitions: Definitions
) -> None:
    """Somebody who only reads it does not; then the visit stands where its prompts put it."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS)
    call(store, desk, visit_id=visit_id)
    open_chart(store, print_desk, visit_id, definitions=definitions, now=LATER)
    assert urgency(store, visit_id) == 0
    open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    assert urgency(store, visit_id) == 1
    assert open_calls(store, desk, location=None, now=LATER) == ()
    assert actions(store, visit_id).count("answer_call") == 1


def test_the_call_of_a_draft_goes_over_to_its_visit(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """The patient need not be typed to the end before a clinician comes; the saved visit stands on top at once."""
    draft_id = a_draft(store, desk)
    made = call(store, desk, draft_id=draft_id)
    assert made.visit_id is None
    assert call(store, desk, draft_id=draft_id) == made
    before = arrive(store, desk, definitions, NOW_ANSWERS)
    visit_id = arrive(store, desk, definitions, now=LATER, draft_id=draft_id)
    assert order(store, clinician) == [visit_id, before]
    assert [(each.id, each.visit_id) for each in open_calls(store, desk, location=None, now=LATER)] == [(made.id, visit_id)]


def test_an_answered_call_of_a_draft_does_not_rise_again(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """The clinician was there before the save."""
    draft_id = a_draft(store, desk)
    answer_call(store, clinician, call(store, desk, draft_id=draft_id).id, now=LATER)
    visit_id = arrive(store, desk, definitions, draft_id=draft_id)
    assert urgency(store, visit_id) == 4


def test_a_call_outlives_its_dropped_draft(store: Store, desk: Actor, clinician: Actor) -> None:
    """Dropping what was typed does not take the patient away."""
    draft_id = a_draft(store, desk)
    made = call(store, desk, draft_id=draft_id)
    drop_draft(store, desk, draft_id, now=LATER)
    assert open_calls(store, clinician, location=None, now=LATER) == (made,)
    answer_call(store, clinician, made.id, now=LATER)
    assert open_calls(store, clinician, location=None, now=LATER) == ()


def test_a_second_answer_leaves_the_first(store: Store, desk: Actor, clinician: Actor, other: Actor, definitions: Definitions) -> None:
    """Two clinicians who press at once both go; who was first is kept."""
    visit_id = arrive(store, desk, definitions)
    made = call(store, desk, visit_id=visit_id)
    answer_call(store, clinician, made.id, now=LATER)
    answer_call(store, other, made.id, now=LATER + timedelta(minutes=1))
    row = store._connection.execute("SELECT answered_by FROM call").fetchone()
    assert row == (clinician.staff.id,)
    assert actions(store, visit_id).count("answer_call") == 1


def test_a_call_while_the_chart_is_open_ends_with_the_signature(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """No call stays open at a visit that cannot be reviewed any more."""
    visit_id = arrive(store, desk, definitions)
    make_ready(store, clinician, visit_id, definitions)
    call(store, desk, visit_id=visit_id)
    sign(store, clinician, visit_id, definitions)
    assert open_calls(store, desk, location=None, now=LATER) == ()


def test_somebody_who_left_comes_to_the_top_when_called(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Those who left come last, unless the desk asks a clinician to see to it."""
    gone = arrive(store, desk, definitions, NOW_ANSWERS)
    change_status(store, desk, gone, Status.LEFT, now=LATER)
    there = arrive(store, desk, definitions, now=LATER)
    assert order(store, clinician) == [there, gone]
    call(store, desk, visit_id=gone)
    assert order(store, clinician) == [gone, there]


def test_what_cannot_be_called_to(store: Store, desk: Actor, clinician: Actor, admin: Actor, definitions: Definitions) -> None:
    """No visit, a signed one, somebody else's draft, no such call; and one of visit and draft it must be."""
    visit_id = arrive(store, desk, definitions)
    sign(store, clinician, visit_id, definitions)
    draft_id = a_draft(store, desk)
    for about, kind, code in (
        ({"visit_id": 999}, IntakeError, "visit_not_found"),
        ({"visit_id": visit_id}, ConflictError, "visit_signed"),
        ({"draft_id": draft_id}, DeniedError, "not_your_draft"),
        ({"draft_id": 999}, IntakeError, "draft_gone"),
    ):
        with pytest.raises(kind) as caught:
            call(store, admin, **about)
        assert caught.value.code == code
    with pytest.raises(IntakeError) as missing:
        answer_call(store, clinician, 999, now=LATER)
    assert missing.value.code == "call_not_found"
    with pytest.raises(ValueError, match="either a visit or a draft"):
        call(store, desk, visit_id=visit_id, draft_id=draft_id)


def test_another_desk_of_the_store_sees_a_call_at_once(
    store: Store, tmp_path: Path, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """Its store tells that something changed, and lists the visit first."""
    arrive(store, desk, definitions, NOW_ANSWERS)
    visit_id = arrive(store, desk, definitions, now=LATER)
    elsewhere = a_store(tmp_path / "data")
    try:
        order(elsewhere, clinician)
        version = elsewhere.data_version()
        made = call(store, desk, visit_id=visit_id)
        assert elsewhere.data_version() != version
        assert open_calls(elsewhere, clinician, location=HERE, now=LATER) == (made,)
        assert order(elsewhere, clinician, HERE)[0] == visit_id
    finally:
        elsewhere.close()


@pytest.mark.parametrize(("typed", "told"), [("Sam\ud83dple, \0Ana\x1b", "Sample, Ana"), ("Sample\u202e, Ana", "Sample, Ana")])
def test_a_call_is_never_refused_for_a_name_as_typed(store: Store, desk: Actor, definitions: Definitions, typed: str, told: str) -> None:
    """What cannot be kept or shown is left out of what the clinician reads; the call is made."""
    visit_id = arrive(store, desk, definitions)
    call_clinician(store, desk, visit_id=visit_id, location=HERE, title=typed, now=LATER)
    assert [each.title for each in open_calls(store, desk, location=HERE, now=LATER)] == [told]


def test_the_desk_learns_who_answered_its_call(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Nobody at first, then the clinician and the instant; the board shows the call exactly as long as it is open."""
    visit_id, other = arrive(store, desk, definitions), arrive(store, desk, definitions, now=LATER)
    made = call(store, desk, visit_id=visit_id)
    assert call_state(store, desk, made.id) == CallState(answered_by=None, answered_at=None)
    assert {line.visit_id: line.called_at for line in store.board.of_day(NOW.date(), location=HERE)} == {visit_id: LATER, other: None}
    then = LATER + timedelta(minutes=2)
    answer_call(store, clinician, made.id, now=then)
    assert call_state(store, desk, made.id) == CallState(answered_by=clinician.staff.name, answered_at=then)
    assert [line.called_at for line in store.board.of_day(NOW.date(), location=HERE)] == [None, None]


def test_a_call_that_never_was_has_no_state(store: Store, desk: Actor) -> None:
    """It is refused by name."""
    with pytest.raises(IntakeError) as caught:
        call_state(store, desk, 99)
    assert caught.value.code == "call_not_found"


def test_the_board_finds_open_calls_by_their_index(store: Store) -> None:
    """A day's board never reads the answered calls of years."""
    plan = [str(row) for row in store._connection.execute("EXPLAIN QUERY PLAN " + OF_DAY, ("2026-11-22",))]
    assert any("SEARCH call USING INDEX call_open" in step for step in plan)
