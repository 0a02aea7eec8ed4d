"""Dates as people type them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.entry.answers import partial_date
from intake.entry.dates import read_date, show_date, understand_date
from intake.entry.times import read_time, show_time

TODAY = date(2026, 11, 22)
MARCH_4 = date(1985, 3, 4)


@pytest.mark.parametrize(
    "typed",
    [
        "3485", "030485", "03041985", "3041985", "341985", "3/4/85", "03/04/1985", "3-4-1985", "3.4.1985", "3 4 85", "3, 4, 1985",
        "1985-03-04", "19850304", "1985/3/4", "4 mar 1985", "mar 4 1985", "March 4th, 1985", "4mar85", "4-Mar-85", "MAR. 4, 1985",
        "4 de marzo de 1985", "marzo 4 1985", "1985 mar 4", "  3/4/85  ", "３/４/８５", "٣/٤/١٩٨٥",
    ],
)  # fmt: skip
def test_each_way_to_type_the_same_birthday_is_understood(typed: str) -> None:
    """Nobody has to learn a format."""
    assert read_date(typed, TODAY) == MARCH_4


@pytest.mark.parametrize(
    "typed",
    ["", "13/13/1985", "2/30/1985", "02301985", "30 feb 1985", "3/4", "3/4/985", "3/4/1", "25/12/1985", "march", "0/0/0000", "85", "none",
     "3/4/85/1", "1985-03-04T00:00:00Z", "1/1/10000", "mar 4 mar", "3" * 5000, "-3/4/85", "½/4/85", "4 maroon 1985"],
)  # fmt: skip
def test_what_is_no_date_is_never_guessed(typed: str) -> None:
    """No day is made up, and no day is put before the month."""
    assert understand_date(typed, TODAY, birth=True).code == "not_a_date"


def test_digits_that_can_be_two_dates_are_asked_again() -> None:
    """12385 is January 23 or December 3."""
    assert understand_date("12385", TODAY, birth=True).code == "ambiguous_date"
    assert understand_date("1231985", TODAY, birth=True).code == "ambiguous_date"


def test_two_digits_of_a_birth_year_are_the_latest_year_that_is_past() -> None:
    """Nobody is born tomorrow."""
    assert read_date("11/22/26", TODAY) == date(2026, 11, 22)
    assert read_date("11/23/26", TODAY) == date(1926, 11, 23)
    assert read_date("2/29/00", TODAY) == date(2000, 2, 29)


def test_two_digits_of_any_other_year_stay_near_today() -> None:
    """An accident typed a week ahead is a slip, not an accident of a hundred years ago."""
    assert understand_date("11/30/26", TODAY, birth=False).value == date(2026, 11, 30)
    assert understand_date("11/30/85", TODAY, birth=False).value == date(1985, 11, 30)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Whatever a cat types on the keyboard."""
    found = understand_date(text, TODAY, birth=True)
    assert (found.value is None) != (found.code is None)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_a_date_as_shown_reads_as_itself(day: date) -> None:
    """What is understood can be typed again."""
    assert read_date(show_date(day), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day


@given(st.dates(date(1927, 1, 1), TODAY))
def test_every_usual_format_reads_the_same_day(day: date) -> None:
    """Formats never disagree on a day."""
    short = f"{day.month:02d}{day.day:02d}{day.year % 100:02d}"
    typed = [short, f"{day.month}/{day.day}/{day.year}", f"{day:%m%d%Y}", f"{day.month}/{day.day}/{day.year % 100:02d}"]
    assert {read_date(text, TODAY) for text in typed} == {day}


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati", "America/New_York"])
def test_a_birth_date_never_shifts_by_time_zone(zone: str) -> None:
    """From twelve hours behind to fourteen ahead, and on the day the clocks change."""
    program = (
        "from datetime import date; from intake.entry.dates import read_date, show_date\n"
        "print([show_date(read_date(t, date(2026, 11, 22))) for t in ('3/4/85', '3/9/2025', '11/2/2025')])"
    )
    environment = {**os.environ, "TZ": zone}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['Mar 4, 1985', 'Mar 9, 2025', 'Nov 2, 2025']"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2026", "2026"), ("3/2026", "2026-03"), ("2026-3", "2026-03"), ("mar 2026", "2026-03"), ("marzo de 2026", "2026-03"),
     ("3/4/26", "2026-03-04"), ("2026-03-04", "2026-03-04"), ("13/2026", None), ("soon", None), ("", None)],
)  # fmt: skip
def test_the_begin_of_a_complaint_may_be_known_by_month_or_year(typed: str, kept: str | None) -> None:
    """Nobody has to make up a day."""
    assert partial_date(typed, TODAY) == kept


@given(st.text(max_size=40))
def test_a_partial_date_reads_as_itself(text: str) -> None:
    """Reading is total and comes to rest at once."""
    kept = partial_date(text, TODAY)
    assert kept is None or partial_date(kept, TODAY) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("9", "09:00"), ("930", "09:30"), ("9:30a", "09:30"), ("2:15 pm", "14:15"), ("2:15", "14:15"), ("02:15", "02:15"),
     ("14:15", "14:15"), ("1415", "14:15"), ("12", "12:00"), ("12 am", "00:00"), ("noon", "12:00"), ("7", "07:00"),
     ("25:00", None), ("9:75", None), ("13 pm", None), ("soon", None), ("9:3", None)],
)  # fmt: skip
def test_a_time_of_day_is_read_as_on_a_clinics_clock(typed: str, kept: str | None) -> None:
    """Without am or pm, a clinic means its own hours."""
    assert read_time(typed) == kept


@given(st.times())
def test_a_time_as_shown_reads_as_itself(moment: object) -> None:
    """What is understood can be typed again."""
    kept = f"{moment:%H:%M}"
    assert read_time(show_time(kept)) == kept
    assert read_time(kept) == kept


def test_reading_a_date_is_quick() -> None:
    """A thousand readings take less than a second, so that one is never felt."""
    start = time.perf_counter()
    for days in range(1000):
        read_date((TODAY - timedelta(days=days)).isoformat(), TODAY)
    assert time.perf_counter() - start < 1
