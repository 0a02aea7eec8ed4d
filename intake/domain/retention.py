"""How long a record is kept, and the steps by which one goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

LEGAL_YEARS: Final = 7
"""From the most recent entry (N.J.A.C. 13:35-6.5). A practice may keep records longer, never shorter; the store refuses it too."""
ADULT_YEARS: Final = 18
"""Of somebody who was a child the years count from this birthday at the earliest: a rule of the practice, longer than the law's."""
CONSENTS: Final = 2


class Stays(StrEnum):
    """Why a record cannot go now."""

    NOT_DUE = "not_due"
    KEPT = "kept"
    LAST_NUMBER = "last_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A record that somebody said is to be kept whatever its age: why, who (name) and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A patient's record and how long it is kept.

    ``last_at`` is its newest entry of any kind, ``dob`` the latest birth date that counts; it may go from ``free_on`` on.
    ``last_number`` says that it holds the last number of its kind, which must not be given twice.
    """

    patient_id: int
    number: str
    name: str
    dob: date
    last_at: datetime
    free_on: date
    keep: Keep | None = None
    last_number: bool = False
    removal_id: int | None = None

    def stays(self, today: date) -> Stays | None:
        """Return why it cannot go on that day, None when it can."""
        if self.free_on > today:
            return Stays.NOT_DUE
        if self.keep is not None:
            return Stays.KEPT
        return Stays.LAST_NUMBER if self.last_number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who (name) did one step, and when."""

    staff_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The copy that was written before a removal: the SHA-256 of its PDF and of its file of rows."""

    pdf_sha256: str
    rows_sha256: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A removal from its proposal on. ``ended`` is the day's work itself: who took the record away, and when."""

    id: int
    patient_id: int
    number: str
    years: int
    proposed: Deed
    copy: Copy | None
    consents: tuple[Deed, ...]
    ended: Deed | None = None

    @property
    def complete(self) -> bool:
        """Tell whether the copy is written and enough people gave their consent."""
        return self.copy is not None and len(self.consents) >= CONSENTS


def free_on(last_at: datetime, dob: date, *, years: int) -> date:
    """Return the first day on which a record may go: the day after the years are over, counted in UTC.

    They begin with the newest entry, and at the earliest with the 18th birthday. A 29 February that a year does not have is
    1 March.
    """
    entry = later(last_at.astimezone(UTC).date(), years)
    return max(entry, later(dob, ADULT_YEARS + years)) + timedelta(days=1)


def later(day: date, years: int) -> date:
    """Return the same day so many years later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
