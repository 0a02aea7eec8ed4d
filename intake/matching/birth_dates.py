"""Two birth dates that may be one person's: the same, day and month swapped, or one digit off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

SAME = "same_dob"
SWAPPED = "day_month_swapped"
ONE_OFF = "one_digit_off"


def relation(one: date | None, other: date | None) -> str | None:
    """Return how two birth dates relate, None when they do not or one is not known."""
    if one is None or other is None:
        return None
    if one == other:
        return SAME
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return SWAPPED
    different = sum(left != right for left, right in zip(_digits(one), _digits(other), strict=True))
    return ONE_OFF if different == 1 else None


def swapped(dob: date) -> date | None:
    """Return the date with day and month swapped, None when that is no other date."""
    if dob.day == dob.month:
        return None
    try:
        return dob.replace(month=dob.day, day=dob.month)
    except ValueError:
        return None


def one_digit_off(dob: date, earliest: int = 1900, latest: int = 2100) -> Iterator[date]:
    """Yield every date whose eight digits differ from this one's in exactly one."""
    digits = _digits(dob)
    for place, old in enumerate(digits):
        for new in "0123456789":
            if new == old:
                continue
            changed = digits[:place] + new + digits[place + 1 :]
            try:
                found = date(int(changed[:4]), int(changed[4:6]), int(changed[6:]))
            except ValueError:
                continue
            if earliest <= found.year <= latest:
                yield found


def _digits(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"
