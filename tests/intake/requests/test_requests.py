"""Requests: opened by a visit or by asking, waiting for what they wait for, listed by the clock."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from intake.actions.charts import open_chart, take_chart
from intake.actions.requests import (
    change_request,
    clinicians_owing,
    count_requests,
    list_requests,
    note_delay,
    renew,
    request_id_of,
    request_line,
    requests_of_patient,
    steps_of,
    withdraw,
)
from intake.actions.signing import add_addendum
from intake.actions.visits import change_status, undo_status
from intake.definitions.bundle import Definitions
from intake.domain.requests import Counts, Filter, Request, RequestState
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import IntakeError, InvalidInputError
from intake.storage.request_lists import walk
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, a_visit, an_intake, save
from tests.intake.requests.promising import DAY, LATER, again, ask, complete_letter, delivered, paper, print_it, sign_it
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import arrive


def shown(store: Store, actor: Actor, **where: object) -> list[int]:
    """Return the ids of a list."""
    return [line.id for line in list_requests(store, actor, Filter(**where))]  # type: ignore[arg-type]


@pytest.fixture
def visit(store: Store, desk: Actor, definitions: Definitions) -> int:
    """Return the visit of Ana Sample."""
    return save(store, desk, definitions).visit_id


def test_a_completed_intake_promises_its_note_within_a_day(store: Store, desk: Actor, visit: int) -> None:
    """In the same transaction, waiting for the signature, under a number of its own."""
    [line] = list_requests(store, desk, Filter())
    assert (line.number, line.kind, line.visit_id, line.state) == ("D-000001-3", "visit_note", visit, RequestState.WAITING)
    assert (line.opened_at, line.due_at, line.location, line.name) == (NOW, NOW + DAY, "loc.edison", "Sample, Ana")
    assert [(step.what, step.at, step.by) for step in steps_of(store, desk, line.id)] == [("waiting", NOW, "Dana Example")]


def test_a_chart_in_hand_names_the_clinician_and_a_signature_makes_it_ready(
    store: Store, desk: Actor, clinician: Actor, other: Actor, definitions: Definitions, visit: int
) -> None:
    """Whoever had the chart last is who is to sign; who signed stays named."""
    open_chart(store, other, visit, definitions=definitions, now=NOW)
    assert request_line(store, desk, 1).clinician == "Robin Example"
    take_chart(store, clinician, visit, reason="Lunch", now=NOW, definitions=definitions)
    assert request_line(store, desk, 1).clinician == "Casey Example"
    assert clinicians_owing(store, desk, location=None) == ((clinician.staff.id, "Casey Example"),)
    assert clinicians_owing(store, desk, location="loc.union") == ()
    sign(store, clinician, visit, definitions)
    line = request_line(store, desk, 1)
    assert (line.state, line.clinician) == (RequestState.READY, "Casey Example")
    assert [step.what for step in steps_of(store, desk, 1)] == ["waiting", "ready"]


def test_each_kind_waits_for_what_it_waits_for(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:  # fmt: skip
    """A form for nothing, a sheet for the signed visit, a letter for its words and then its own signature."""
    form, sheet, note = (ask(store, desk, definitions, kind) for kind in ("intake_form", "home_care", "work_note"))
    copy = ask(store, desk, definitions, "records_copy", visit_id=None)
    assert [each.state.value for each in (form, sheet, copy)] == ["ready", "waiting", "ready"]
    complete_letter(store, desk, definitions, note)
    assert again(store, note).state is RequestState.WAITING
    sign(store, clinician, visit, definitions)
    assert again(store, sheet).state is RequestState.READY
    assert again(store, note).state is RequestState.WAITING
    sign_it(store, clinician, definitions, note)
    assert (again(store, note).state, again(store, note).clinician) == (RequestState.READY, "Casey Example")
    assert ask(store, desk, definitions, "visit_note").state is RequestState.READY


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"kind": "tax_note"}, "kind", "not_a_choice"),
        ({"kind": "work_status"}, "kind", "not_for_this_visit"),
        ({"kind": "visit_note", "visit_id": None}, "visit_id", "visit_needed"),
        ({"kind": "visit_note", "asked_by": "nobody"}, "asked_by", "not_a_choice"),
        ({"kind": "visit_note", "leaves_by": "pigeon"}, "leaves_by", "not_a_choice"),
        ({"kind": "visit_note", "purpose": "gossip"}, "purpose", "not_a_choice"),
        ({"kind": "visit_note", "language": "es"}, "language", "language_not_offered"),
        ({"kind": "visit_note", "recipient": "A\x07B"}, "recipient", "control_characters"),
    ],
)
def test_what_cannot_be_asked_for_is_told_by_field(
    store: Store, desk: Actor, definitions: Definitions, visit: int, asked: dict[str, object], field: str, code: str
) -> None:
    """And nothing is opened."""
    with pytest.raises(InvalidInputError) as caught:
        ask(store, desk, definitions, **asked)  # type: ignore[arg-type]
    assert (field, code) in {(problem.field, problem.code) for problem in caught.value.problems}
    assert shown(store, desk) == [1]


def test_a_visit_of_somebody_else_is_not_found(store: Store, desk: Actor, definitions: Definitions, visit: int) -> None:
    """Nobody gets another one's papers by a wrong number."""
    other = arrive(store, desk, definitions)
    with pytest.raises(IntakeError) as caught:
        ask(store, desk, definitions, "visit_note", visit_id=other)
    assert caught.value.code == "visit_not_found"


def test_lists_are_by_the_clock_and_by_every_filter(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """What is owed the first due first, what was delivered the latest first."""
    for minutes, place in ((-10, "loc.edison"), (-30, "loc.union"), (-20, "loc.edison")):
        arrive(store, desk, definitions, location=place, now=NOW + timedelta(minutes=minutes))
    form = ask(store, desk, definitions, "intake_form", now=NOW - timedelta(hours=1))
    assert shown(store, desk) == [form.id, 2, 3, 1]
    assert shown(store, desk, location="loc.edison") == [form.id, 3, 1]
    assert shown(store, desk, kind="visit_note") == [2, 3, 1]
    assert shown(store, desk, kind="visit_note", location="loc.union") == [2]
    assert shown(store, desk, states=(RequestState.READY,)) == [form.id]
    assert shown(store, desk, due_before=NOW + DAY - timedelta(minutes=20)) == [form.id, 2]
    open_chart(store, clinician, 3, definitions=definitions, now=LATER)
    assert shown(store, desk, clinician_id=clinician.staff.id) == [3]
    assert shown(store, desk, clinician_id=clinician.staff.id, location="loc.union") == []
    assert shown(store, desk, states=(RequestState.DELIVERED,)) == []
    delivered(store, desk, clinician, definitions, now=LATER)
    withdraw(store, desk, 2, reason="Asked twice", now=LATER)
    assert shown(store, desk, states=(RequestState.DELIVERED, RequestState.WITHDRAWN)) == [2, 1]
    assert shown(store, desk, states=(RequestState.WITHDRAWN, RequestState.WAITING)) == [3, 2]
    assert [line.id for line in requests_of_patient(store, desk, 1)] == [form.id, 1]
    assert len(list_requests(store, desk, Filter(), limit=1)) == 1


def test_counts_tell_owed_overdue_and_ready(store: Store, desk: Actor, definitions: Definitions, visit: int) -> None:
    """By clinic and by the moment."""
    ask(store, desk, definitions, "intake_form", now=LATER)
    assert count_requests(store, desk, location=None, now=NOW) == Counts(owed=2, overdue=0, ready=1)
    assert count_requests(store, desk, location="loc.edison", now=NOW + DAY + timedelta(seconds=1)) == Counts(owed=2, overdue=1, ready=1)
    assert count_requests(store, desk, location="loc.union", now=NOW + DAY) == Counts(owed=0, overdue=0, ready=0)


def test_a_patient_who_left_is_promised_no_note_until_that_is_taken_back(store: Store, desk: Actor, visit: int) -> None:
    """The clock is the one that ran: the new request is due when the first was."""
    change_status(store, desk, visit, Status.LEFT, now=LATER)
    assert shown(store, desk) == []
    assert steps_of(store, desk, 1)[-1].words == "left without being seen"
    undo_status(store, desk, visit, now=LATER)
    [line] = list_requests(store, desk, Filter())
    assert (line.id, line.opened_at, line.due_at, line.state) == (2, NOW, NOW + DAY, RequestState.WAITING)
    change_status(store, desk, visit, Status.LEFT, now=LATER)
    change_status(store, desk, visit, Status.WAITING, now=LATER)
    assert [line.due_at for line in list_requests(store, desk, Filter())] == [NOW + DAY]


def test_a_note_that_staff_withdrew_is_not_promised_again(store: Store, desk: Actor, visit: int) -> None:
    """Only what leaving took away comes back."""
    withdraw(store, desk, 1, reason="Not wanted", now=LATER)
    change_status(store, desk, visit, Status.LEFT, now=LATER)
    undo_status(store, desk, visit, now=LATER)
    assert shown(store, desk) == []


def test_withdrawing_needs_a_reason_and_is_for_good(store: Store, desk: Actor, visit: int) -> None:
    """What was withdrawn stays so."""
    with pytest.raises(InvalidInputError):
        withdraw(store, desk, 1, reason=" ", now=LATER)
    withdraw(store, desk, 1, reason="Asked twice", now=LATER)
    assert [(step.what, step.words) for step in steps_of(store, desk, 1)][-1] == ("withdrawn", "Asked twice")
    deeds = (partial(withdraw, reason="Again"), partial(note_delay, reason="Late"))
    for deed in deeds:
        with pytest.raises(IntakeError) as caught:
            deed(store, desk, 1, now=LATER)
        assert caught.value.code == "request_closed"


def test_a_delay_is_noted_and_stops_no_clock(store: Store, desk: Actor, visit: int) -> None:
    """It is told in the history, and the time due stays."""
    note_delay(store, desk, 1, reason="Clinician is away until noon", now=LATER)
    assert [(step.what, step.words) for step in steps_of(store, desk, 1)][-1] == ("delayed", "Clinician is away until noon")
    assert request_line(store, desk, 1).due_at == NOW + DAY


def test_a_record_that_moved_on_shows_and_is_printed_anew(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """Only then; a request that is ready again counts as owed work."""
    sign(store, clinician, visit, definitions)
    print_it(store, clinician, again(store, a_form(store, desk, 1)))
    assert not request_line(store, desk, 1).changed
    with pytest.raises(IntakeError) as caught:
        renew(store, desk, 1, now=LATER)
    assert caught.value.code == "nothing_moved_on"
    at = LATER + timedelta(minutes=1)
    add_addendum(store, clinician, visit, text="More", reason="Recalled", password=PASSWORD, definitions=definitions, now=at)
    assert request_line(store, desk, 1).changed
    renew(store, desk, 1, now=at)
    assert (request_line(store, desk, 1).state, request_line(store, desk, 1).changed) == (RequestState.READY, False)
    print_it(store, clinician, a_form(store, desk, 1), made=paper(version=2), now=at)
    assert not request_line(store, desk, 1).changed


def a_form(store: Store, desk: Actor, request_id: int) -> Request:
    """Return a request as the desk reads it."""
    found = store.requests.get(request_id)
    assert found is not None
    return found


def test_how_a_document_leaves_can_change_while_it_is_owed(store: Store, desk: Actor, definitions: Definitions, visit: int) -> None:
    """The step names what changed, never what it says."""
    sent = {"leaves_by": "mail", "recipient": "Example Insurance", "address": "12 Example Street", "purpose": "payment", "language": "en"}
    changed = change_request(store, desk, 1, **sent, definitions=definitions, now=LATER)
    assert (changed.leaves_by, changed.recipient, changed.purpose) == ("mail", "Example Insurance", "payment")
    assert steps_of(store, desk, 1)[-1].words == "leaves_by, recipient, address, purpose"
    with pytest.raises(InvalidInputError):
        change_request(store, desk, 1, **{**sent, "purpose": ""}, definitions=definitions, now=LATER)
    change_request(store, desk, 1, **sent, definitions=definitions, now=LATER)
    assert len(steps_of(store, desk, 1)) == 2


def test_another_language_of_a_printed_sheet_is_to_be_printed_anew(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """A signed letter keeps the language it was signed in."""
    sheet, note = ask(store, desk, definitions, "home_care"), ask(store, desk, definitions, "work_note")
    sign(store, clinician, visit, definitions)
    print_it(store, clinician, sheet)
    spanish = {"leaves_by": "hand", "recipient": "", "address": "", "purpose": "to_patient", "language": "es"}
    assert change_request(store, desk, sheet.id, **spanish, definitions=definitions, now=LATER).state is RequestState.READY
    complete_letter(store, desk, definitions, note)
    sign_it(store, clinician, definitions, note)
    with pytest.raises(IntakeError) as caught:
        change_request(store, desk, note.id, **spanish, definitions=definitions, now=LATER)
    assert caught.value.code == "letter_signed"


@pytest.mark.parametrize(
    ("typed", "code"), [("D-000001-4", "wrong_check_digit"), ("V-000001-3", "request_not_found"), ("hello", "wrong_check_digit")]
)
def test_a_mistyped_number_opens_no_request(typed: str, code: str) -> None:
    """The check digit catches it, and so does the letter in front."""
    assert request_id_of("d 000001 3") == 1
    with pytest.raises(IntakeError) as caught:
        request_id_of(typed)
    assert caught.value.code == code


def test_the_notice_to_an_auto_insurer_is_counted_from_the_first_treatment(store: Store, desk: Actor, definitions: Definitions) -> None:
    """To the end of the twenty-first day, at the clinic."""
    intake = an_intake(definitions, visit=a_visit(visit_type="auto"))
    visit_id = save(store, desk, definitions, intake=intake).visit_id
    asked = ask(store, desk, definitions, "insurer_notice", visit_id=visit_id, now=NOW + timedelta(days=5))
    assert asked.due_at.astimezone(definitions.practice.zone()).isoformat() == "2026-12-14T00:00:00-05:00"


def test_looking_at_the_list_is_recorded_once_per_sign_in(store: Store, desk: Actor, visit: int) -> None:
    """A list that reads itself anew fills no audit."""
    for _ in range(3):
        list_requests(store, desk, Filter(location="loc.edison"), now=NOW)
    rows = store._connection.execute("SELECT count(*) FROM audit WHERE action = 'see_requests'").fetchone()
    assert rows == (1,)


@pytest.mark.parametrize("location", [None, "loc.edison"])
@pytest.mark.parametrize("kind", [None, "visit_note"])
@pytest.mark.parametrize("clinician_id", [None, 3])
def test_every_filter_is_read_along_an_index_alone(store: Store, location: str | None, kind: str | None, clinician_id: int | None) -> None:
    """No list is sorted: one search, and nothing after it."""
    where = Filter(location=location, kind=kind, clinician_id=clinician_id, due_before=NOW)
    for state in (RequestState.READY, RequestState.WAITING):
        terms, values = walk(where, state)
        plan = store._connection.execute(f"EXPLAIN QUERY PLAN SELECT listed_at, id {terms} ORDER BY listed_at, id LIMIT 200", values)
        told = [row[3] for row in plan]
        assert len(told) == 1
        assert told[0].startswith("SEARCH request USING INDEX request_")
