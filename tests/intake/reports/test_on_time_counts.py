"""The on-time count: what is on time, late, owed, apart, and how each share and each week comes about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.on_time import OnTime, Promise, Tally, begin_of, on_time_of, percent
from tests.intake.reports.promises import CLINICS, NAMES, NOW, ZONE

FIRST, LAST = date(2026, 10, 26), date(2026, 11, 8)
BEGIN, END = datetime(2026, 10, 26, 4, tzinfo=UTC), datetime(2026, 11, 9, 5, tzinfo=UTC)
"""The period in UTC: the clocks go back on November 1."""
HOUR = timedelta(hours=1)


def one(**fields: Any) -> Promise:
    """Return a request due and delivered in time within the period."""
    usual = {
        "location": "loc.edison",
        "kind": "visit_note",
        "withdrawn": False,
        "opened_at": datetime(2026, 10, 27, 14, tzinfo=UTC),
        "due_at": datetime(2026, 10, 28, 14, tzinfo=UTC),
        "delivered_at": datetime(2026, 10, 27, 20, tzinfo=UTC),
    }
    return Promise(**{**usual, **fields})


def counted(*promises: Promise, now: datetime = NOW) -> OnTime:
    """Return the report on these requests."""
    return on_time_of(promises, first=FIRST, last=LAST, zone=ZONE, location=None, now=now, clinics=CLINICS, kinds=tuple(NAMES))


def test_delivered_at_the_due_instant_is_on_time_and_a_moment_later_is_late() -> None:
    """The promise is kept up to and with its last instant."""
    due = one().due_at
    report = counted(one(delivered_at=due), one(delivered_at=due + timedelta(milliseconds=1)))
    assert (report.total.on_time, report.total.late, report.total.share) == (1, 1, 0.5)


def test_what_is_still_owed_past_due_counts_against_the_share_with_its_hours_so_far() -> None:
    """A document nobody delivered is no success of nobody's; its hours are not those of a delivered one."""
    owed = one(delivered_at=None)
    total = counted(one(), owed).total
    assert (total.on_time, total.owed, total.share) == (1, 1, 0.5)
    assert (total.median_h, total.worst_h, total.owed_h) == (6.0, 6.0, (NOW - owed.opened_at) / HOUR)


def test_what_is_due_later_or_withdrawn_is_in_no_share() -> None:
    """It is told apart instead."""
    now = datetime(2026, 10, 28, 10, tzinfo=UTC)
    total = counted(one(), one(delivered_at=None), one(delivered_at=None, withdrawn=True), now=now).total
    assert (total.count, total.due, total.ahead, total.withdrawn, total.share) == (3, 1, 1, 1, 1.0)
    assert total.owed_h is None


def test_nothing_due_has_no_share_and_no_hours() -> None:
    """Nothing is divided by nothing; the weeks are there all the same."""
    report = counted()
    assert report.total == Tally()
    assert report.total.share is None
    assert (report.clinics, report.kinds) == ((), ())
    assert [week.tally.share for week in report.weeks] == [None, None]


def test_a_week_begins_on_monday_at_the_clinics_through_a_change_of_the_clocks() -> None:
    """November 2 begins at 05:00 UTC, since the clocks went back the day before."""
    before, after = datetime(2026, 11, 2, 4, 59, tzinfo=UTC), datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
    report = counted(one(due_at=before), one(due_at=after))
    assert [(week.year, week.number, week.first, week.last, week.tally.count) for week in report.weeks] == [
        (2026, 44, date(2026, 10, 26), date(2026, 11, 1), 1),
        (2026, 45, date(2026, 11, 2), date(2026, 11, 8), 1),
    ]


def test_a_week_over_new_year_has_the_number_the_standard_gives_it() -> None:
    """January 1, 2027 is in week 53 of 2026; a period that begins within a week begins there."""
    report = on_time_of(
        (), first=date(2027, 1, 1), last=date(2027, 1, 5), zone=ZONE, location=None, now=NOW, clinics=CLINICS, kinds=tuple(NAMES)
    )  # fmt: skip
    assert [(week.year, week.number, week.first, week.last) for week in report.weeks] == [
        (2026, 53, date(2027, 1, 1), date(2027, 1, 3)),
        (2027, 1, date(2027, 1, 4), date(2027, 1, 5)),
    ]


def test_parts_stand_in_the_order_of_the_practice_and_what_it_does_not_know_comes_last() -> None:
    """A clinic that closed, a kind of an older file: counted, never lost."""
    report = counted(*(one(location=key) for key in ("loc.gone", "loc.paterson", "loc.edison")), one(kind="old_letter"))
    assert [part.key for part in report.clinics] == ["loc.edison", "loc.paterson", "loc.gone"]
    assert [part.key for part in report.kinds] == ["visit_note", "old_letter"]
    assert sum(part.tally.count for part in report.clinics) == 4


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.96, "96 %"), (0.9999, "99.9 %"), (0.2935, "29.3 %"), (0.29, "29 %"), (2 / 3, "66.6 %")],
)
def test_a_share_is_rounded_down_so_that_a_hundred_means_all(share: float, words: str) -> None:
    """999 of 1,000 are not 100 %."""
    assert percent(share) == words


SECONDS = int((END - BEGIN).total_seconds())
REQUESTS = st.lists(
    st.builds(
        lambda place, kind, fate, due_s, late_s: Promise(
            place,
            kind,
            fate == "withdrawn",
            BEGIN + timedelta(seconds=due_s) - timedelta(hours=24),
            BEGIN + timedelta(seconds=due_s),
            BEGIN + timedelta(seconds=due_s + late_s) if fate == "delivered" else None,
        ),
        st.sampled_from(CLINICS),
        st.sampled_from(list(NAMES)),
        st.sampled_from(("delivered", "delivered", "owed", "withdrawn")),
        st.integers(0, SECONDS - 1),
        st.integers(-86400, 86400),
    ),
    max_size=60,
)


def plain(rows: list[Promise], now: datetime) -> Tally:
    """Count the rows one after the other, as the words of the report say."""
    judged = [row for row in rows if not row.withdrawn and (row.delivered_at or row.due_at < now)]
    hours = [(row.delivered_at - row.opened_at) / HOUR for row in judged if row.delivered_at]
    owed = [(now - row.opened_at) / HOUR for row in judged if row.delivered_at is None]
    return Tally(
        on_time=len([row for row in judged if row.delivered_at and row.delivered_at <= row.due_at]),
        late=len([row for row in judged if row.delivered_at and row.delivered_at > row.due_at]),
        owed=len(owed),
        ahead=len([row for row in rows if not row.withdrawn and row not in judged]),
        withdrawn=len([row for row in rows if row.withdrawn]),
        median_h=median(hours) if hours else None,
        worst_h=max(hours, default=None),
        owed_h=max(owed, default=None),
    )


@given(REQUESTS, st.integers(0, SECONDS))
def test_the_report_equals_a_plain_count_over_all_rows(rows: list[Promise], now_s: int) -> None:
    """As a whole, for each clinic, each kind and each week."""
    now = BEGIN + timedelta(seconds=now_s)
    report = counted(*rows, now=now)
    assert report.total == plain(rows, now)
    assert {part.key: part.tally for part in report.clinics} == {
        key: plain([row for row in rows if row.location == key], now) for key in {row.location for row in rows}
    }
    assert {part.key: part.tally for part in report.kinds} == {
        key: plain([row for row in rows if row.kind == key], now) for key in {row.kind for row in rows}
    }
    for week in report.weeks:
        begin, end = begin_of(week.first, ZONE), begin_of(week.last + timedelta(days=1), ZONE)
        assert week.tally == plain([row for row in rows if begin <= row.due_at < end], now)
