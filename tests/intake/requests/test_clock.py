"""The clock counts elapsed hours in UTC: a change of the clinics' clocks moves nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from intake.actions.handing_over import hand_over
from intake.actions.requests import count_requests, list_requests, note_delay, withdraw
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import DueRule
from intake.domain.on_time import Promise, on_time_of
from intake.domain.requests import Filter
from intake.domain.staff import Actor
from intake.errors import IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.intake.requests.promising import HANDED, ask, print_it
from tests.intake.review_actions.arrivals import arrive

SPRING = datetime(2026, 3, 8, 3, 30, tzinfo=UTC)
"""Half past ten in the evening before the clocks go forward."""
AUTUMN = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
"""Half past ten in the evening before the clocks go back."""


@pytest.mark.parametrize(
    ("start", "shown_start", "shown_due"),
    [
        (SPRING, "2026-03-07T22:30:00-05:00", "2026-03-08T23:30:00-04:00"),
        (AUTUMN, "2026-10-31T22:30:00-04:00", "2026-11-01T21:30:00-05:00"),
    ],
)
def test_a_day_is_twenty_four_elapsed_hours_across_both_changes(
    store: Store, desk: Actor, definitions: Definitions, start: datetime, shown_start: str, shown_due: str
) -> None:
    """On the wall clock that is an hour more or less; overdue begins with the instant, not with the wall clock."""
    arrive(store, desk, definitions, now=start)
    [line] = list_requests(store, desk, Filter())
    zone = definitions.practice.zone()
    assert line.due_at - line.opened_at == timedelta(hours=24)
    assert line.opened_at.astimezone(zone).isoformat() == shown_start
    assert line.due_at.astimezone(zone).isoformat() == shown_due
    assert count_requests(store, desk, location=None, now=line.due_at).overdue == 0
    assert count_requests(store, desk, location=None, now=line.due_at + timedelta(milliseconds=1)).overdue == 1


def test_the_hour_that_comes_twice_keeps_the_order_of_the_clock(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Two requests at 1:30 of the night, an hour apart, are due an hour apart."""
    arrive(store, desk, definitions, now=AUTUMN)
    first = ask(store, desk, definitions, "intake_form", now=datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
    second = ask(store, desk, definitions, "intake_form", now=datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    zone = definitions.practice.zone()
    walls = {each.opened_at.astimezone(zone).replace(tzinfo=None).isoformat() for each in (first, second)}
    assert walls == {"2026-11-01T01:30:00"}
    assert second.due_at - first.due_at == timedelta(hours=1)
    assert [line.id for line in list_requests(store, desk, Filter(kind="intake_form"))] == [first.id, second.id]
    before = first.due_at + timedelta(minutes=30)
    assert [line.id for line in list_requests(store, desk, Filter(kind="intake_form", due_before=before))] == [first.id]


def test_days_end_with_the_day_at_the_clinic_whatever_the_clocks_do(definitions: Definitions) -> None:
    """Twenty-one days over a change end at midnight, an hour off in UTC."""
    zone = definitions.practice.zone()
    due = DueRule(days=21).due_at(datetime(2026, 10, 20, 15, 0, tzinfo=UTC), treated_on=None, zone=zone)
    assert due.astimezone(zone).isoformat() == "2026-11-11T00:00:00-05:00"
    assert due == datetime(2026, 11, 11, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(("late_ms", "refused"), [(0, False), (1, True)])
def test_a_document_is_late_a_moment_after_it_was_due(
    store: Store, desk: Actor, definitions: Definitions, late_ms: int, *, refused: bool
) -> None:
    """Not on the instant itself; then a reason is asked for, and kept."""
    arrive(store, desk, definitions, now=SPRING - timedelta(hours=1))
    form = ask(store, desk, definitions, "intake_form", now=SPRING)
    print_it(store, desk, form, now=SPRING)
    at = form.due_at + timedelta(milliseconds=late_ms)
    if not refused:
        assert hand_over(store, desk, form.id, HANDED, definitions=definitions, now=at).delivered_at == at
        return
    with pytest.raises(InvalidInputError) as caught:
        hand_over(store, desk, form.id, HANDED, definitions=definitions, now=at)
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [("late_reason", "late_reason_missing")]


def test_a_clock_set_back_hides_no_lateness(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Nothing is kept of a day before what happened already: not printed, handed over, withdrawn or said to be late."""
    arrive(store, desk, definitions, now=SPRING - timedelta(hours=1))
    form = ask(store, desk, definitions, "intake_form", now=SPRING)
    early = SPRING - timedelta(milliseconds=1)
    with pytest.raises(IntakeError, match="clock_behind"):
        print_it(store, desk, form, now=early)
    printed = SPRING + timedelta(hours=30)
    print_it(store, desk, form, now=printed)
    before = printed - timedelta(milliseconds=1)
    with pytest.raises(IntakeError, match="clock_behind"):
        hand_over(store, desk, form.id, HANDED, definitions=definitions, now=before)
    with pytest.raises(IntakeError, match="clock_behind"):
        note_delay(store, desk, form.id, reason="Printer out", now=before)
    with pytest.raises(IntakeError, match="clock_behind"):
        withdraw(store, desk, form.id, reason="Not wanted", now=before)
    with pytest.raises(IntakeError, match="clock_behind"), store.transaction():
        store.requests.hand_over(form.id, (1, "Ana", "known", ""), staff_id=desk.staff.id, at=before)


def test_no_hours_are_negative(definitions: Definitions) -> None:
    """Whatever the clock of a store from before says."""
    promise = Promise("loc.edison", "visit_note", False, SPRING, SPRING + timedelta(hours=24), SPRING - timedelta(hours=3))
    zone = definitions.practice.zone()
    on = SPRING.astimezone(zone).date()
    report = on_time_of([promise], first=on, last=on, zone=zone, location=None, now=SPRING, clinics=[], kinds=[])
    assert (report.total.median_h, report.total.worst_h) == (0.0, 0.0)


def test_elapsed_hours_are_elapsed_hours_from_a_local_start(definitions: Definitions) -> None:
    """A start on the clinic's wall clock before the change is due the same instant as in UTC."""
    zone = definitions.practice.zone()
    due = DueRule(hours=24)
    assert due.due_at(SPRING.astimezone(zone), treated_on=None, zone=zone) == due.due_at(SPRING, treated_on=None, zone=zone)
