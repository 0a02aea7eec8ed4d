"""A print run: everything ready for a clinic, in order, as one list of jobs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

COVER_LIST: Final = "cover_list"
"""The kind of the job that is no document of a patient: the list of all that the run prints."""


class RunState(StrEnum):
    """Where one job of a run stands.

    ``CLAIMED``: this run's, no page has left. ``SENDING``: the pages are kept and about to go to a queue; after a crash nobody knows
    whether they did. ``SENT``: with a queue. ``LOST``: a person must say whether it came out. The others have ended.
    """

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    LOST = "lost"
    PRINTED = "printed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """Whether its document is bound to this job; no other run takes it then."""
        return self in (RunState.CLAIMED, RunState.SENDING, RunState.SENT, RunState.LOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSetting:
    """How one desk prints one kind of document. ``tray`` is the printer's own word, empty for its usual one."""

    printer: str = ""
    tray: str = ""
    duplex: bool = False
    copies: int = 1

    def on(self, printer: str) -> PrintSetting:
        """Return this setting for a printer: another one has other trays, so its usual one is taken there."""
        return self if printer == self.printer else replace(self, printer=printer, tray="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunJob:
    """One document of a run, or its cover list, of which ``request_id`` is None. ``queue_id`` is the job's id in the print system.

    ``recipient`` and ``purpose`` are of a copy for somebody else than the document was for, else empty; ``accountable`` whether
    telling that person stands in the accounting.
    """

    id: int
    run_id: int
    place: int
    request_id: int | None
    kind: str
    reprint: bool
    reason: str
    document_id: int | None
    setting: PrintSetting
    queue_id: str
    state: RunState
    words: str
    at: datetime
    recipient: str = ""
    purpose: str = ""
    accountable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """A run with its jobs in their order."""

    id: int
    location: str
    workstation: str
    by: str
    begun_at: datetime
    ended_at: datetime | None
    jobs: tuple[RunJob, ...]
