"""Where a request stands and how much time is left, in words."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.requests import RequestLine, RequestState
from ui.models.requests import ListDay, Urgency, delivered_words, moment_words, span_words, stand_of, time_left

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
LINE = RequestLine(
    id=1, number="D-000001-2", patient_id=1, visit_id=1, name="Sample, Ana", record_number="RD-000001-2", kind="visit_note",
    location="loc.edison", leaves_by="hand", recipient="", state=RequestState.READY, opened_at=NOW - timedelta(hours=12),
    due_at=NOW + timedelta(hours=12), clinician=None, delivered_at=None, changed=False, printing=False, trouble="", missing=0,
)  # fmt: skip


@pytest.fixture
def day(definitions: Definitions) -> ListDay:
    """Return ten in the morning at the clinics."""
    return ListDay(now=NOW, zone=ZoneInfo("America/New_York"), kinds=definitions.document_kinds, clinics={})


@pytest.mark.parametrize(
    ("changes", "words", "tone"),
    [
        ({}, "Ready to print", "ok"),
        ({"state": RequestState.WAITING, "clinician": "Dr. N. Amadi"}, "Waiting for Dr. N. Amadi’s signature", "warning"),
        ({"state": RequestState.WAITING}, "Waiting for a signature", "warning"),
        ({"state": RequestState.REQUESTED, "missing": 2}, "2 things missing", "warning"),
        ({"state": RequestState.REQUESTED, "missing": 1}, "1 thing missing", "warning"),
        ({"printing": True}, "With the printer", "info"),
        ({"state": RequestState.PRINTED}, "Printed, to hand over", "accent"),
        ({"state": RequestState.PRINTED, "changed": True}, "Changed since printed", "warning"),
        ({"trouble": "Out of paper"}, "Did not print: Out of paper", "danger"),
        ({"state": RequestState.DELIVERED, "changed": True}, "Handed over", "ok"),
        ({"state": RequestState.WITHDRAWN}, "Withdrawn", ""),
    ],
)
def test_a_request_says_where_it_stands(changes: dict[str, object], words: str, tone: str) -> None:
    """What needs attention comes before all else."""
    stand = stand_of(dataclasses.replace(LINE, **changes))  # type: ignore[arg-type]  # fields by name, one at a time
    assert (stand.words, stand.tone) == (words, tone)
    assert stand.icon


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (65, "1 h 05 min"), (24 * 60, "1 day"), (29 * 60, "1 day 5 h"),
     (48 * 60, "2 days"), (9 * 24 * 60 + 5, "9 days")],
)  # fmt: skip
def test_a_span_is_told_as_it_is_read(minutes: int, words: str) -> None:
    """Minutes while they matter, days when they are far."""
    assert span_words(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("left", "words", "urgency", "used"),
    [
        (timedelta(hours=12), "12 h 00 min", Urgency.TODAY, 0.5),
        (timedelta(hours=4), "4 h 00 min", Urgency.SOON, 20 / 24),
        (timedelta(0), "0 min", Urgency.SOON, 1.0),
        (-timedelta(hours=2, minutes=10), "2 h 10 min late", Urgency.OVERDUE, 1.0),
        (timedelta(hours=25), "1 day 1 h", Urgency.LATER, 0.0),
    ],
)
def test_the_time_left_is_told_with_its_urgency(left: timedelta, words: str, urgency: Urgency, used: float, day: ListDay) -> None:
    """The bar shows how much of the time is used up, and never more than all of it."""
    due = NOW + left
    told = time_left(dataclasses.replace(LINE, opened_at=due - timedelta(hours=24), due_at=due), day)
    assert (told.words, told.urgency) == (words, urgency)
    assert told.used == pytest.approx(used)


def test_the_day_the_clocks_change_shortens_no_promise(day: ListDay) -> None:
    """Twenty-four elapsed hours are left, though the clinic's clock shows another hour of the day."""
    opened = datetime(2026, 3, 7, 20, 0, tzinfo=UTC)
    line = dataclasses.replace(LINE, opened_at=opened, due_at=opened + timedelta(hours=24))
    spring = dataclasses.replace(day, now=opened)
    assert time_left(line, spring).words == "1 day"
    assert moment_words(opened, spring) == "3:00 PM"
    assert time_left(line, spring).due == "Sun 4:00 PM"


def test_a_delivered_document_says_whether_it_was_on_time(day: ListDay) -> None:
    """Late by how much, and on time in words."""
    on_time = dataclasses.replace(LINE, state=RequestState.DELIVERED, delivered_at=NOW)
    late = dataclasses.replace(on_time, due_at=NOW - timedelta(minutes=20))
    assert delivered_words(on_time, day) == ("10:00 AM", "on time", "ok")
    assert delivered_words(late, day)[1:] == ("20 min late", "warning")


def test_an_instant_is_told_as_short_as_it_can_be(day: ListDay) -> None:
    """The time today, the weekday this week, the date after that, the year when it is another one."""
    told = [moment_words(NOW + timedelta(days=days), day) for days in (0, 2, 30, 400)]
    assert told == ["10:00 AM", "Tue 10:00 AM", "Dec 22", "Dec 27, 2027"]
