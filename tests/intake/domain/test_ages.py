"""Ages on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.coverage import Claim, Treatment, notice_due, treatment_began
from intake.domain.patients import Patient, age_on


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2025, 2, 27), 16),
        (date(2026, 2, 28), 17),
        (date(2026, 3, 1), 18),
        (date(2028, 2, 28), 19),
        (date(2028, 2, 29), 20),
    ],
)
def test_someone_born_on_29_february_turns_older_on_1_march_of_other_years(day: date, age: int) -> None:
    """A leap day's child is under age until February is over."""
    assert age_on(date(2008, 2, 29), day) == age


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(min_value=0, max_value=40_000))
def test_age_never_falls_and_rises_by_one_at_most(dob: date, days: int) -> None:
    """From one day to the next nobody gets younger."""
    day = dob + timedelta(days=days)
    assert age_on(dob, day + timedelta(days=1)) - age_on(dob, day) in (0, 1)


def test_the_day_of_birth_is_age_0() -> None:
    """A newborn is nobody's adult."""
    assert age_on(date(2026, 11, 22), date(2026, 11, 22)) == 0


def test_a_list_shows_last_name_then_the_given_ones() -> None:
    """Parts that are not known leave no gap."""
    assert Patient(legal_last="Sample", legal_first="Ana", suffix="Jr").full_name() == "Sample, Ana Jr"
    assert Patient(legal_last="Sukarno").full_name() == "Sukarno"


def test_the_notice_is_due_21_days_after_the_first_treatment() -> None:
    """The clock starts with the first treatment that is recorded, or else with this visit."""
    assert notice_due(Claim(), date(2026, 11, 22)) == date(2026, 12, 13)
    assert notice_due(Claim(first_treatment=date(2026, 11, 2)), date(2026, 11, 22)) == date(2026, 11, 23)
    assert notice_due(Claim(first_treatment=date(2026, 11, 25)), date(2026, 11, 22)) == date(2026, 12, 13)


def test_treatment_began_with_the_earliest_visit_for_the_same_accident() -> None:
    """Of another accident nothing counts, and one of no known day is nobody's."""
    hurt, today = date(2026, 11, 10), date(2026, 11, 22)
    before = Treatment(visit_day=date(2026, 11, 12), accident_date=hurt)
    elsewhere = Treatment(visit_day=date(2026, 11, 20), accident_date=hurt, first_treatment=date(2026, 11, 11))
    unknown = Treatment(visit_day=date(2026, 10, 1), accident_date=None)
    assert treatment_began(Claim(accident_date=hurt), today, [before]) == date(2026, 11, 12)
    assert treatment_began(Claim(accident_date=hurt), today, [before, elsewhere]) == date(2026, 11, 11)
    assert treatment_began(Claim(accident_date=date(2026, 11, 9)), today, [before, elsewhere]) == today
    assert treatment_began(Claim(), today, [unknown, before]) == today
