"""Dates and times as the clinic says them."""

from __future__ import annotations

from datetime import date, datetime

from intake.entry.dates import show_date
from intake.entry.times import show_time


def time_words(instant: datetime) -> str:
    """Return a local time as "9:42 AM"."""
    return show_time(f"{instant:%H:%M}")


def moment_words(instant: datetime) -> str:
    """Return a local instant as "Mar 4, 2026, 9:42 AM"."""
    return f"{show_date(instant.date())}, {time_words(instant)}"


def day_words(text: str) -> str:
    """Return a whole or partial ISO date as words: "Mar 4, 1985", "Mar 1985", "1985"."""
    year, *rest = (int(part) for part in text.split("-"))
    match rest:
        case [month, day]:
            return show_date(date(year, month, day))
        case [month]:
            return show_date(date(year, month, 1)).replace(" 1,", "")
        case _:
            return str(year)
