"""How many promised documents were handed over in time: counted, shown, and taken out as a paper or a table."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, Literal

from intake.definitions.bundle import Definitions
from intake.domain.on_time import OnTime, begin_of, on_time_of
from intake.domain.staff import Actor, Task
from intake.errors import InvalidInputError, Problem
from intake.storage.store import Store

LONGEST_DAYS: Final = 3660
"""Ten years: more than that on one sheet tells nobody anything."""
_EARLIEST: Final = date(2000, 1, 1)
_LATEST: Final = date(2199, 12, 31)


def on_time(
    store: Store, actor: Actor, *, first: date, last: date, location: str | None, definitions: Definitions, now: datetime
) -> OnTime:
    """Return the report on documents due from ``first`` to ``last``, whole days at the clinics, of one clinic or of all.

    Raises InvalidInputError for a period or a clinic there is not. Looking at the same report is recorded once per sign-in, for
    a report on screen is counted anew whenever anything changes.
    """
    actor.must(Task.HANDLE_REQUESTS)
    practice, zone = definitions.practice, definitions.practice.zone()
    clinics = [each.key for each in practice.locations]
    _refuse(first, last, location, clinics)
    with store.reading():
        promises = store.promises.due(begin_of(first, zone), begin_of(last + timedelta(days=1), zone), location=location)
        report = on_time_of(
            promises,
            first=first,
            last=last,
            zone=zone,
            location=location,
            now=now,
            clinics=clinics,
            kinds=[kind.key for kind in definitions.document_kinds.kinds],
        )
    if store.audit.tells(actor, f"on_time {first.isoformat()} {last.isoformat()} {location}"):
        _note(store, actor, "see_on_time", report, now)
    return report


def note_on_time(store: Store, actor: Actor, report: OnTime, *, form: Literal["pdf", "csv"], now: datetime) -> None:
    """Record that a report left the program as a file."""
    actor.must(Task.HANDLE_REQUESTS)
    _note(store, actor, "export_on_time", report, now, form=form)


def _refuse(first: date, last: date, location: str | None, clinics: list[str]) -> None:
    problems: list[Problem] = []
    if not (_EARLIEST <= first <= _LATEST and _EARLIEST <= last <= _LATEST):
        problems.append(Problem(field="period", code="period_out_of_range"))
    elif last < first:
        problems.append(Problem(field="period", code="period_backwards"))
    elif (last - first).days >= LONGEST_DAYS:
        problems.append(Problem(field="period", code="period_too_long"))
    if location is not None and location not in clinics:
        problems.append(Problem(field="location", code="unknown_location"))
    if problems:
        raise InvalidInputError(tuple(problems))


def _note(store: Store, actor: Actor, action: str, report: OnTime, now: datetime, form: str = "") -> None:
    changes: dict[str, tuple[str | None, str | None]] = {
        "period": (None, f"{report.first.isoformat()}/{report.last.isoformat()}"),
        "clinic": (None, report.location or "all"),
    }
    if form:
        changes["form"] = (None, form)
    with store.transaction(lasting=False):
        store.audit.add(actor, action, at=now, changes=changes)
