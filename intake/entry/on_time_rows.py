"""The on-time report as rows of words and numbers, the same for paper, table and screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from intake.domain.on_time import OnTime, Tally, Week, percent
from intake.domain.practice import Practice
from intake.entry.dates import SHORT_MONTHS, show_date

PROMISE = "Every document within 24 hours, unless its kind has a time of its own"
NONE_DUE = "No document was due in this period."
PartName = Literal["all", "clinic", "kind", "week"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report: what of, its name, its days, and the count."""

    part: PartName
    name: str
    first: date
    last: date
    tally: Tally


def rows_of(report: OnTime, practice: Practice, kinds: Mapping[str, str]) -> Iterator[Row]:
    """Yield every line of a report; ``kinds`` are the names of the kinds of document by key."""
    clinics = {location.key: location.name for location in practice.locations}
    whole = (report.first, report.last)
    yield _row("all", "All documents", whole, report.total)
    for clinic in report.clinics:
        yield _row("clinic", clinics.get(clinic.key, clinic.key), whole, clinic.tally)
    for kind in report.kinds:
        yield _row("kind", kinds.get(kind.key, kind.key), whole, kind.tally)
    for week in report.weeks:
        yield _row("week", week_name(week), (week.first, week.last), week.tally)


def week_name(week: Week) -> str:
    """Return a week by its number and its first day within the period: "2026-W47, Nov 16"."""
    return f"{week.year}-W{week.number:02d}, {SHORT_MONTHS[week.first.month - 1]} {week.first.day}"


def result_words(tally: Tally) -> str:
    """Return what came of a period in one sentence."""
    if tally.share is None:
        return NONE_DUE
    counted = "1 document" if tally.due == 1 else f"{tally.due:,} documents"
    return f"{tally.on_time:,} of {counted} due were handed over in time: {percent(tally.share)}."


def apart_words(tally: Tally) -> list[str]:
    """Return the sentences on what the share leaves out, and on what is still owed."""
    told: list[str] = []
    if tally.owed and tally.owed_h is not None:
        told.append(f"{tally.owed:,} past due and still owed, open for up to {hours(tally.owed_h)} hours so far.")
    if tally.ahead:
        told.append(f"{tally.ahead:,} in this period not due yet, in no share.")
    if tally.withdrawn:
        told.append(f"{tally.withdrawn:,} withdrawn, in no share.")
    return told


def period_words(report: OnTime) -> str:
    """Return the days of a report in words."""
    return show_date(report.first) if report.first == report.last else f"{show_date(report.first)} to {show_date(report.last)}"


def hours(value: float | None) -> str:
    """Return hours with one decimal, a dash when there is nothing to measure."""
    return "–" if value is None else f"{value:,.1f}"


def _row(part: PartName, name: str, days: tuple[date, date], tally: Tally) -> Row:
    return Row(part=part, name=name, first=days[0], last=days[1], tally=tally)
