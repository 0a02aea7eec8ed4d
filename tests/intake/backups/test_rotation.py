"""Which backups are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.backups import BackupRow, Keep, to_remove
from tests.intake.backups.vault import ZONE

BEGIN = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def rows(moments: list[datetime], proven: set[int] | None = None) -> list[BackupRow]:
    """Return backups of these moments; those whose place is in ``proven`` are."""
    return [
        BackupRow(
            id=place, target_id=1, name=str(place), taken_at=at, size=1, audit_seq=1, proven_at=at if place in (proven or ()) else None
        )
        for place, at in enumerate(moments)
    ]


def kept(found: list[BackupRow], keep: Keep) -> list[int]:
    """Return the places of those that stay."""
    gone = {row.id for row in to_remove(found, keep, ZONE)}
    return [row.id for row in found if row.id not in gone]


def test_every_hour_of_the_last_day_then_days_then_months() -> None:
    """Three years of hourly backups leave 24 hours, 31 days and 24 months: the last of each."""
    moments = [BEGIN + timedelta(hours=hour) for hour in range(3 * 365 * 24)]
    stay = kept(rows(moments), Keep())
    last = moments[-1]
    ages = [(last - moments[place]).total_seconds() / 3600 for place in stay]
    assert [age for age in ages if age < 24] == [float(age) for age in range(23, -1, -1)]
    local = [moments[place].astimezone(ZONE) for place in stay]
    assert len({at.date() for at in local if last - at < timedelta(days=30)}) == 31
    assert len({(at.year, at.month) for at in local}) == 24
    assert len(stay) < 24 + 31 + 24


def test_the_last_proven_one_is_kept_whatever_its_age() -> None:
    """A hundred that were never proven do not push it out."""
    moments = [BEGIN + timedelta(minutes=minute) for minute in range(100)]
    assert kept(rows(moments, {3}), Keep(hours=1, days=1, months=1)) == [3, 99]


def test_a_clock_that_jumps_a_year_ahead_takes_nothing_away() -> None:
    """What is kept is counted by the backups themselves, never by the clock."""
    moments = [BEGIN + timedelta(hours=hour) for hour in range(12)]
    assert kept(rows([*moments, BEGIN + timedelta(days=3650)]), Keep()) == list(range(13))


@given(st.lists(st.integers(0, 200_000), max_size=60), st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_what_is_kept_once_is_kept_when_asked_again(minutes: list[int], hours: int, days: int, months: int) -> None:
    """Rotating twice removes no more, and the newest always stays."""
    keep = Keep(hours=hours, days=days, months=months)
    found = rows([BEGIN + timedelta(minutes=minute) for minute in minutes])
    stay = kept(found, keep)
    assert to_remove([row for row in found if row.id in stay], keep, ZONE) == ()
    assert not found or max(found, key=lambda row: (row.taken_at, row.id)).id in stay
