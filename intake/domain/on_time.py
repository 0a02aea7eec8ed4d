"""How many promised documents were handed over in time, by clinic, by kind and by week."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

_WEEK_DAYS = 7
_HOUR = timedelta(hours=1)


class Promise(NamedTuple):
    """One request as the report reads it. Instants are UTC; ``delivered_at`` is None while it is owed or when it was withdrawn."""

    location: str
    kind: str
    withdrawn: bool
    opened_at: datetime
    due_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of some requests. Hours run from the opening of a request; None when there is nothing to measure.

    ``owed`` are past due and not delivered; ``ahead`` come due only later and are judged in no share; ``withdrawn`` are counted
    apart. ``median_h`` and ``worst_h`` are of what was delivered, ``owed_h`` is the longest so far among the owed.
    """

    on_time: int = 0
    late: int = 0
    owed: int = 0
    ahead: int = 0
    withdrawn: int = 0
    median_h: float | None = None
    worst_h: float | None = None
    owed_h: float | None = None

    @property
    def due(self) -> int:
        """How many are judged: all that were delivered or are past due, without the withdrawn."""
        return self.on_time + self.late + self.owed

    @property
    def count(self) -> int:
        """How many requests there are at all."""
        return self.due + self.ahead + self.withdrawn

    @property
    def share(self) -> float | None:
        """Which part of those due was on time, from 0 to 1; None when none was due."""
        return self.on_time / self.due if self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The requests of one clinic or of one kind, by its key."""

    key: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The requests due in one week by ISO 8601; ``first`` and ``last`` are its days within the period."""

    year: int
    number: int
    first: date
    last: date
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTime:
    """The report on a period of whole days at the clinics, as it stood at ``asked_at``; ``location`` is None for all clinics.

    Clinics and kinds are those with a request; weeks are all of the period, so that a week without documents shows as one.
    """

    first: date
    last: date
    location: str | None
    asked_at: datetime
    total: Tally
    clinics: tuple[Part, ...]
    kinds: tuple[Part, ...]
    weeks: tuple[Week, ...]


@dataclass(slots=True, kw_only=True)
class _Cell:
    """What is counted while the requests are read. ``hours`` are of the delivered."""

    on_time: int = 0
    late: int = 0
    owed: int = 0
    ahead: int = 0
    withdrawn: int = 0
    owed_h: float | None = None
    hours: array[float] = field(default_factory=lambda: array("d"))

    def add(self, promise: Promise, now: datetime) -> None:
        """Count one request."""
        if promise.withdrawn:
            self.withdrawn += 1
        elif promise.delivered_at is not None:
            self.hours.append(_hours(promise.opened_at, promise.delivered_at))
            if promise.delivered_at <= promise.due_at:
                self.on_time += 1
            else:
                self.late += 1
        elif promise.due_at < now:
            self.owed += 1
            self.owed_h = max(self.owed_h or 0.0, _hours(promise.opened_at, now))
        else:
            self.ahead += 1

    def take(self, other: _Cell) -> None:
        """Count what another cell has counted."""
        self.on_time += other.on_time
        self.late += other.late
        self.owed += other.owed
        self.ahead += other.ahead
        self.withdrawn += other.withdrawn
        self.owed_h = max((each for each in (self.owed_h, other.owed_h) if each is not None), default=None)
        self.hours.extend(other.hours)

    def tally(self) -> Tally:
        """Return what was counted."""
        return Tally(
            on_time=self.on_time,
            late=self.late,
            owed=self.owed,
            ahead=self.ahead,
            withdrawn=self.withdrawn,
            median_h=median(self.hours) if self.hours else None,
            worst_h=max(self.hours, default=None),
            owed_h=self.owed_h,
        )


_Key = tuple[str, str, int]
"""Clinic, kind, and the place of the week."""


def begin_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day begins at the clinics, in UTC."""
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def on_time_of(
    promises: Iterable[Promise],
    *,
    first: date,
    last: date,
    zone: ZoneInfo,
    location: str | None,
    now: datetime,
    clinics: Sequence[str],
    kinds: Sequence[str],
) -> OnTime:
    """Return the report on requests that are due from ``first`` to ``last``; parts stand in the order of ``clinics`` and ``kinds``."""
    spans = list(_spans(first, last))
    begins = [begin_of(begin, zone) for begin, _ in spans]
    cells: dict[_Key, _Cell] = {}
    for promise in promises:
        key = (promise.location, promise.kind, bisect_right(begins, promise.due_at) - 1)
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = _Cell()
        cell.add(promise, now)
    return OnTime(
        first=first,
        last=last,
        location=location,
        asked_at=now,
        total=_sum(cells.values()),
        clinics=_parts(cells, lambda key: key[0], clinics),
        kinds=_parts(cells, lambda key: key[1], kinds),
        weeks=tuple(_week(span, _sum(cell for key, cell in cells.items() if key[2] == place)) for place, span in enumerate(spans)),
    )


def _hours(begin: datetime, end: datetime) -> float:
    """Return how many hours passed, none for instants that a clock set back put in no possible order."""
    return max(0.0, (end - begin) / _HOUR)


def percent(share: float) -> str:
    """Return a share as "96.4 %"; it is rounded down, so that 100 % means all of them."""
    tenths = math.floor(share * 1000 + 1e-9)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10:.1f} %"


def _spans(first: date, last: date) -> Iterable[tuple[date, date]]:
    """Yield first and last day of each week of the period; weeks begin on Monday."""
    begin = first
    while begin <= last:
        end = min(begin + timedelta(days=_WEEK_DAYS - begin.isoweekday()), last)
        yield begin, end
        begin = end + timedelta(days=1)


def _week(span: tuple[date, date], tally: Tally) -> Week:
    iso = span[0].isocalendar()
    return Week(year=iso.year, number=iso.week, first=span[0], last=span[1], tally=tally)


def _parts(cells: dict[_Key, _Cell], of: Callable[[_Key], str], order: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts in their order; what the order does not know, such as a clinic that was closed, comes after by its key."""
    found = {of(key) for key in cells}
    known = [key for key in order if key in found]
    return tuple(
        Part(key=part, tally=_sum(cell for key, cell in cells.items() if of(key) == part)) for part in [*known, *sorted(found - set(known))]
    )


def _sum(cells: Iterable[_Cell]) -> Tally:
    whole = _Cell()
    for cell in cells:
        whole.take(cell)
    return whole.tally()
