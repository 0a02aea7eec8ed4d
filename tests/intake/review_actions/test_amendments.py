"""A patient's request to amend the record: received, due in 60 days, decided once, appended and never overwritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from intake.actions.amendments import amendments_of, open_amendments, receive_amendment, take_step
from intake.actions.charts import open_chart
from intake.definitions.bundle import Definitions
from intake.domain.amendments import Amendment, Step
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError, InvalidInputError
from intake.security.tries import Tries
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, TODAY
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import LATER, actions, arrive

ASKED = "My pain began in June, not in May."


def received(store: Store, desk: Actor, visit_id: int, *, request: str = ASKED, on: date = TODAY, whole_record: bool = False) -> Amendment:
    """Receive a request about a visit, or about the patient's record."""
    patient_id = store.visits.patient_of(visit_id)
    assert patient_id is not None
    about = None if whole_record else visit_id
    return receive_amendment(store, desk, patient_id=patient_id, visit_id=about, request=request, received_on=on, now=LATER)


def step(
    store: Store,
    clinician: Actor,
    amendment: Amendment,
    definitions: Definitions,
    kind: Step,
    *,
    words: str = "Told",
    now: datetime = LATER,
) -> Amendment:
    """Take a step with the right password."""
    return take_step(store, clinician, amendment.id, step=kind, words=words, password=PASSWORD, definitions=definitions, now=now)


def test_a_request_is_due_in_sixty_days_and_once_in_thirty_more(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """The extension has a reason, and there is one."""
    visit_id = arrive(store, desk, definitions)
    amendment = received(store, desk, visit_id, on=TODAY - timedelta(days=10))
    assert (amendment.request, amendment.by, amendment.steps) == (ASKED, desk.staff.name, ())
    assert amendment.due_on == TODAY + timedelta(days=50)
    amendment = step(store, clinician, amendment, definitions, Step.EXTENDED, words="The record is with the lawyer")
    assert amendment.due_on == TODAY + timedelta(days=80)
    assert [(each.step, each.words, each.by, each.at) for each in amendment.steps] == [
        (Step.EXTENDED, "The record is with the lawyer", clinician.staff.name, LATER)
    ]
    assert actions(store, visit_id)[-2:] == ["receive_amendment", "amendment_step"]


def test_open_requests_are_listed_by_the_day_they_are_due(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """A decided one is not open; a patient's own list has all, the latest first."""
    visit_id = arrive(store, desk, definitions)
    late, soon = received(store, desk, visit_id), received(store, desk, visit_id, on=TODAY - timedelta(days=20), whole_record=True)
    decided = received(store, desk, visit_id)
    step(store, clinician, decided, definitions, Step.ACCEPTED)
    assert [each.id for each in open_amendments(store, desk)] == [soon.id, late.id]
    step(store, clinician, soon, definitions, Step.EXTENDED)
    assert [each.id for each in open_amendments(store, desk)] == [late.id, soon.id]
    patient_id = store.visits.patient_of(visit_id)
    assert patient_id is not None
    assert [each.id for each in amendments_of(store, desk, patient_id)] == [decided.id, soon.id, late.id]


@pytest.mark.parametrize(
    ("before", "kind", "code"),
    [
        ((Step.ACCEPTED,), Step.DENIED, "amendment_decided"),
        ((Step.DENIED,), Step.ACCEPTED, "amendment_decided"),
        ((Step.DENIED,), Step.EXTENDED, "amendment_decided"),
        ((Step.EXTENDED,), Step.EXTENDED, "already_extended"),
        ((), Step.DISAGREED, "not_denied"),
        ((Step.ACCEPTED,), Step.DISAGREED, "not_denied"),
        ((Step.DENIED, Step.DISAGREED), Step.DISAGREED, "already_disagreed"),
        ((Step.DENIED, Step.DISAGREED), Step.ACCEPTED, "amendment_decided"),
    ],
)
def test_after_an_end_only_a_disagreement_follows_and_only_a_denial(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, before: tuple[Step, ...], kind: Step, code: str
) -> None:
    """Nothing that was decided is decided again."""
    amendment = received(store, desk, arrive(store, desk, definitions))
    for each in before:
        amendment = step(store, clinician, amendment, definitions, each)
    with pytest.raises(ConflictError) as caught:
        step(store, clinician, amendment, definitions, kind)
    assert caught.value.code == code
    assert open_amendments(store, desk) == (() if {Step.ACCEPTED, Step.DENIED} & set(before) else (amendment,))


def test_the_extension_is_told_before_the_sixty_days_are_over(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """On the last day it still can be; the day after only a decision can."""
    for days, code in ((60, None), (61, "extension_too_late")):
        amendment = received(store, desk, arrive(store, desk, definitions), on=TODAY - timedelta(days=days))
        if code is None:
            step(store, clinician, amendment, definitions, Step.EXTENDED)
            continue
        with pytest.raises(ConflictError) as caught:
            step(store, clinician, amendment, definitions, Step.EXTENDED)
        assert caught.value.code == code
        step(store, clinician, amendment, definitions, Step.DENIED)


def test_a_decision_on_a_signed_visit_is_appended_to_its_note(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """With the request and the reason; a disagreement follows it, an extension does not."""
    visit_id = arrive(store, desk, definitions)
    sign(store, clinician, visit_id, definitions)
    amendment = received(store, desk, visit_id)
    for kind, words in ((Step.EXTENDED, "Asked the insurer"), (Step.DENIED, "The record is accurate"), (Step.DISAGREED, "It was June")):
        step(store, clinician, amendment, definitions, kind, words=words, now=LATER + timedelta(minutes=1))
    found = open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    assert [each.text for each in found.addenda] == [
        f"The patient asked: {ASKED}\n\nDenied: The record is accurate",
        f"The patient asked: {ASKED}\n\nStatement of disagreement: It was June",
    ]
    assert found.addenda[0].reason == f"Request {amendment.id} of the patient to amend the record, received 2026-11-22: denied"
    assert found.signature is not None
    assert found.fingerprint != found.signature.fingerprint


def test_a_request_and_a_decision_of_forty_thousand_characters_each_are_kept(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """Too long together for one addendum, the decision stands in it and names the request by its number."""
    visit_id = arrive(store, desk, definitions)
    sign(store, clinician, visit_id, definitions)
    amendment = received(store, desk, visit_id, request="जून " * 10_000)
    words = "x" * 40_000
    amendment = step(store, clinician, amendment, definitions, Step.DENIED, words=words, now=LATER + timedelta(minutes=1))
    assert (len(amendment.request), amendment.steps[0].words) == (39_999, words)
    found = open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    assert found.addenda[0].text == words
    assert f"Request {amendment.id} " in found.addenda[0].reason


def test_before_the_signature_nothing_is_appended(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """The clinician writes it into the note."""
    visit_id = arrive(store, desk, definitions)
    step(store, clinician, received(store, desk, visit_id), definitions, Step.ACCEPTED)
    assert store.reviews.addenda(visit_id) == ()


def test_a_wrong_password_decides_nothing(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """And is counted as at a signature."""
    amendment = received(store, desk, arrive(store, desk, definitions))
    with pytest.raises(IntakeError) as caught:
        take_step(
            store, clinician, amendment.id, step=Step.DENIED, words="No", password="not this one at all", definitions=definitions, now=LATER
        )
    assert caught.value.code == "wrong_signature"
    assert open_amendments(store, desk) == (amendment,)
    assert Tries(store.paths.tries).failures(clinician.staff.login).count == 1


def test_a_decision_before_the_signature_of_a_clock_set_back_is_not_half_kept(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """Neither the step nor the addendum is there."""
    visit_id = arrive(store, desk, definitions)
    sign(store, clinician, visit_id, definitions)
    amendment = received(store, desk, visit_id)
    with pytest.raises(IntakeError) as caught:
        step(store, clinician, amendment, definitions, Step.DENIED, now=NOW - timedelta(hours=1))
    assert caught.value.code == "clock_behind"
    assert open_amendments(store, desk) == (amendment,)


def test_what_is_no_request_is_refused(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """No words, a day to come, nobody's visit, another patient's visit."""
    visit_id, another = arrive(store, desk, definitions), arrive(store, desk, definitions)
    patient_id = store.visits.patient_of(visit_id)
    for request, on, told in (
        (" ", TODAY, ("amendment.request", "required")),
        (ASKED, TODAY + timedelta(days=1), ("amendment.received_on", "date_in_future")),
    ):
        with pytest.raises(InvalidInputError) as caught:
            received(store, desk, visit_id, request=request, on=on)
        assert [(problem.field, problem.code) for problem in caught.value.problems] == [told]
    for who, what, code in (
        (999, None, "patient_not_found"),
        (patient_id, 999, "visit_not_found"),
        (patient_id, another, "visit_not_found"),
    ):
        with pytest.raises(IntakeError) as refused:
            receive_amendment(store, desk, patient_id=who or 0, visit_id=what, request=ASKED, received_on=TODAY, now=LATER)
        assert refused.value.code == code
    with pytest.raises(InvalidInputError):
        step(store, clinician, received(store, desk, visit_id), definitions, Step.DENIED, words=" ")
    with pytest.raises(IntakeError) as missing:
        take_step(store, clinician, 999, step=Step.DENIED, words="No", password=PASSWORD, definitions=definitions, now=LATER)
    assert missing.value.code == "amendment_not_found"
