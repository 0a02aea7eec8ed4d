"""The day of one clinic in numbers, for the sheet that is printed and filed when the day is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from intake.domain.audit import CheckRun, Link
from intake.domain.on_time import Promise
from intake.domain.records import BoardLine
from intake.domain.visits import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """The visits of the day: how many came, and how many stand where."""

    came: int
    waiting: int
    with_clinician: int
    finished: int
    left: int
    signed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """The documents due on the day that were not withdrawn: handed over in time, late, and still owed."""

    due: int
    on_time: int
    late: int
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day at a clinic as it stood at ``asked_at``. ``entries`` and ``refused`` sign-ins are those of all clinics that day."""

    day: date
    location: str
    asked_at: datetime
    visits: Visits
    documents: Documents
    entries: int
    refused: int
    last: Link
    check: CheckRun | None


def visits_of(lines: Iterable[BoardLine]) -> Visits:
    """Count the visits of a day."""
    counted = list(lines)
    standing = {status: sum(line.status is status for line in counted) for status in Status}
    return Visits(
        came=len(counted),
        waiting=standing[Status.WAITING],
        with_clinician=standing[Status.WITH_CLINICIAN],
        finished=standing[Status.FINISHED],
        left=standing[Status.LEFT],
        signed=sum(line.signed_by is not None for line in counted),
    )


def documents_of(promises: Iterable[Promise]) -> Documents:
    """Count what was due on a day."""
    kept = [promise for promise in promises if not promise.withdrawn]
    handed = [promise for promise in kept if promise.delivered_at is not None]
    on_time = sum(promise.delivered_at is not None and promise.delivered_at <= promise.due_at for promise in handed)
    return Documents(due=len(kept), on_time=on_time, late=len(handed) - on_time, owed=len(kept) - len(handed))
