"""Dates as a front desk types them: ``3485``, ``030485``, ``3/4/85``, ``4 mar 1985``, ``4 de marzo de 1985``, ``1985-03-04``.

Numbers are read month, day, year, as on every form of the country; only a year in front turns the order. Nothing here knows a
time zone: a date is a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from intake.entry.tidy import plain_digits
from intake.matching.search_text import fold

MONTHS: Final = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
SHORT_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST: Final = 40
_FILLERS = frozenset({"de", "del", "of", "the", "st", "nd", "rd", "th"})
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_NUMERIC = re.compile(r"[0-9]+([-/.]| +|, ?)[0-9]+([-/.]| +|, ?)[0-9]+")
_SEPARATORS = re.compile(r"[-/., ]*")
_SHORT_YEAR: Final = 2
_FULL_YEAR: Final = 4
_MONTH_LETTERS: Final = 3
_PLACES: Final = {4: ((1, 1, 2),), 5: ((1, 2, 2), (2, 1, 2)), 6: ((2, 2, 2),), 7: ((1, 2, 4), (2, 1, 4)), 8: ((2, 2, 4),)}
"""How many digits of a run are month, day and year, by its length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRead:
    """A date, or the code of why there is none."""

    value: date | None = None
    code: str | None = None


def read_date(text: str, on: date) -> date | None:
    """Return the birth date that was typed, None when it is none; two digits of a year mean the latest year not after ``on``."""
    return understand_date(text, on, birth=True).value


def understand_date(text: str, on: date, *, birth: bool) -> DateRead:
    """Return the date that was typed, or ``not_a_date`` / ``ambiguous_date``.

    Two digits of a year mean, for a birth, the latest year that is not after ``on``; for anything else the same unless the
    date would then be more than half a century ago.
    """
    plain = plain_digits(text).strip(" .,")
    if not plain or len(plain) > LONGEST:
        return DateRead(code="not_a_date")
    readings = {found for found in _readings(plain, on, birth=birth) if found is not None}
    if not readings:
        return DateRead(code="not_a_date")
    if len(readings) > 1:
        return DateRead(code="ambiguous_date")
    return DateRead(value=readings.pop())


def show_date(day: date) -> str:
    """Return a date in words that are never misread: ``Mar 4, 1985``."""
    return f"{SHORT_MONTHS[day.month - 1]} {day.day}, {day.year:04d}"


def month_named(word: str) -> int | None:
    """Return the number of a month from three or more of its first letters, in English or Spanish."""
    plain = fold(word)
    if len(plain) < _MONTH_LETTERS:
        return None
    return next((place for place, names in enumerate(MONTHS, 1) if any(name.startswith(plain) for name in names)), None)


def _readings(plain: str, on: date, *, birth: bool) -> Iterator[date | None]:
    if plain.isdigit():
        yield from _digits(plain, on, birth=birth)
        return
    if _NUMERIC.fullmatch(plain):
        first, second, third = re.findall(r"[0-9]+", plain)
        if len(first) == _FULL_YEAR:
            yield _day(first, second, third, on, birth=birth)
        else:
            yield _day(third, first, second, on, birth=birth)
        return
    yield _with_month_name(plain, on, birth=birth)


def _digits(run: str, on: date, *, birth: bool) -> Iterator[date | None]:
    found = [_cut(run, places, on, birth=birth) for places in _PLACES.get(len(run), ())]
    if not any(found) and len(run) == 6:  # noqa: PLR2004 - 341985, where 34 is no month
        found = [_cut(run, (1, 1, 4), on, birth=birth)]
    if not any(found) and len(run) == 8:  # noqa: PLR2004 - 19850304, where 19 is no month
        found = [_day(run[:4], run[4:6], run[6:], on, birth=birth)]
    yield from found


def _cut(run: str, places: tuple[int, int, int], on: date, *, birth: bool) -> date | None:
    month, day = places[0], places[0] + places[1]
    return _day(run[day:], run[:month], run[month:day], on, birth=birth)


def _with_month_name(plain: str, on: date, *, birth: bool) -> date | None:
    if _SEPARATORS.fullmatch(_TOKEN.sub("", plain)) is None:
        return None
    tokens = [token for token in _TOKEN.findall(plain) if token.casefold() not in _FILLERS]
    named = [place for place, token in enumerate(tokens) if not token.isdigit()]
    if len(tokens) != 3 or len(named) != 1:  # noqa: PLR2004 - day, month, year
        return None
    month = month_named(tokens.pop(named[0]))
    year_first = len(tokens[0]) == _FULL_YEAR
    year, day = tokens if year_first else reversed(tokens)
    return _day(year, str(month), day, on, birth=birth) if month else None


def _day(year: str, month: str, day: str, on: date, *, birth: bool) -> date | None:
    if len(year) not in (_SHORT_YEAR, _FULL_YEAR) or len(month) > 2 or len(day) > 2:  # noqa: PLR2004 - digits of a month, of a day
        return None
    try:
        if len(year) == _FULL_YEAR:
            return date(int(year), int(month), int(day))
        return _century(int(year), int(month), int(day), on, birth=birth)
    except ValueError:
        return None


def _century(year: int, month: int, day: int, on: date, *, birth: bool) -> date:
    """Return the date in the century it is meant in; ValueError if there is no such day."""
    this = on.year - on.year % 100 + year
    if (this, month, day) <= (on.year, on.month, on.day):
        return date(this, month, day)
    if not birth and this - on.year <= 50:  # noqa: PLR2004 - half a century
        return date(this, month, day)
    return date(this - 100, month, day)
