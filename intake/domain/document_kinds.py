"""The kinds of document the practice promises: what each is, what it waits for, and when it is due. Their rules are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from intake.domain.staff import Task
from intake.domain.text import Text


class Paper(StrEnum):
    """Which paper a kind is printed as."""

    VISIT_NOTE = "visit_note"
    INTAKE_FORM = "intake_form"
    HOME_CARE = "home_care"
    RECORDS_COPY = "records_copy"
    LETTER = "letter"


class WaitsFor(StrEnum):
    """What must be there before a document may leave: nothing more, the signed review of the visit, or a signature on the letter."""

    NOTHING = "nothing"
    VISIT = "visit"
    LETTER = "letter"


TASK_OF: Final[Mapping[Paper, Task]] = {
    Paper.VISIT_NOTE: Task.PRINT_NOTE,
    Paper.INTAKE_FORM: Task.PRINT_INTAKE,
    Paper.HOME_CARE: Task.PRINT_NOTE,
    Paper.RECORDS_COPY: Task.PRINT_NOTE,
    Paper.LETTER: Task.WRITE_LETTER,
}
"""What the actor's role must permit to see or print each paper; a letter that tells of a review is for those who may print notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """When a document is due: ``hours`` elapsed after it was asked for, or the end of a day some ``days`` after treatment began."""

    hours: int | None = None
    days: int | None = None

    def due_at(self, start: datetime, *, treated_on: date | None, zone: ZoneInfo) -> datetime:
        """Return the instant a document is due, in UTC.

        Hours are elapsed hours, so a change of the clocks moves nothing. Days end with the calendar day at the clinic; without a
        first day of treatment they are counted from the day of ``start``.
        """
        if self.days is None:
            return start.astimezone(UTC) + timedelta(hours=self.hours or 0)
        first = treated_on or start.astimezone(zone).date()
        after = datetime.combine(first + timedelta(days=self.days + 1), time(0), zone)
        return after.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """One kind of document. ``template`` names the letter it is written from, empty for a paper that the record alone makes.

    ``languages`` are those it can be printed in, the usual one first; ``patient_reads`` says whether the patient's own language is
    to be chosen where there is one. ``leaves_by`` and ``purpose`` are what a new request begins with. ``duplex`` is how it is
    printed unless a desk says otherwise. ``tells_review`` is true of a letter that tells what a clinician wrote in the review.
    """

    key: str
    name: Text
    paper: Paper
    waits_for: WaitsFor
    due: DueRule
    template: str = ""
    languages: tuple[str, ...] = ("en",)
    patient_reads: bool = False
    leaves_by: str = "hand"
    purpose: str = "to_patient"
    visit_types: tuple[str, ...] = ()
    duplex: bool = False
    tells_review: bool = False

    @property
    def task(self) -> Task:
        """What the actor's role must permit to see, write or print it."""
        return Task.PRINT_NOTE if self.tells_review else TASK_OF[self.paper]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why something is disclosed. ``accountable`` ones stand in the accounting that a patient may ask for (45 CFR 164.528)."""

    key: str
    name: Text
    accountable: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKinds:
    """Every kind of document of one version of the file, in its order, with the purposes of disclosure."""

    version: str
    kinds: tuple[DocumentKind, ...]
    purposes: tuple[Purpose, ...]

    def kind(self, key: str) -> DocumentKind:
        """Return the kind with this key. Raises KeyError."""
        for kind in self.kinds:
            if kind.key == key:
                return kind
        raise KeyError(key)

    def find(self, key: str) -> DocumentKind | None:
        """Return the kind with this key, None when the practice no longer has it."""
        return next((kind for kind in self.kinds if kind.key == key), None)

    def accountable(self, key: str) -> bool:
        """Tell whether what is disclosed for this purpose stands in the accounting; one that nobody knows any more does."""
        return next((purpose.accountable for purpose in self.purposes if purpose.key == key), True)

    def purpose(self, key: str) -> Purpose:
        """Return the purpose with this key. Raises KeyError."""
        for purpose in self.purposes:
            if purpose.key == key:
                return purpose
        raise KeyError(key)
