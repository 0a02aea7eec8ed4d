"""Backups: what one holds, where they go, and which of them are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
RETRY = timedelta(minutes=5)
"""How long after a failed try the next one is due."""
STALE = timedelta(minutes=3)
"""After how long without a sign of life a backup that was begun is given up on: its program has ended."""
LATE = timedelta(hours=2)
"""From when on the time since the last backup is a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFact:
    """One file of a backup: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What stands beside a backup and says what it holds.

    ``schema`` is the last step its store was brought up to, ``audit_seq`` and ``audit_hash`` are the last entry of its audit,
    ``counts`` the rows of each table, ``files`` what belongs to it by relative name. ``key_check`` tells whether a key is the one
    of its store. ``seal`` is keyed: who has no key of the store cannot write another one.
    """

    store_id: str
    realm: str
    taken_at: datetime
    workstation: str
    schema: str
    key_check: str
    audit_seq: int
    audit_hash: str
    counts: Mapping[str, int]
    files: Mapping[str, FileFact]
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What was recorded after a backup and is not in it: audit entries, intakes, signatures. None: the store cannot tell."""

    entries: int | None = None
    visits: int | None = None
    signatures: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBackup:
    """A backup as it lies in a folder. ``proven_at`` is when it last opened and held everything, None when it never did.

    Without a key only what a file beside it says of that is known: ``said_proven_at``, and the ``proof_seal`` that a key confirms.
    """

    folder: str
    name: str
    manifest: Manifest
    proven_at: datetime | None = None
    said_proven_at: datetime | None = None
    proof_seal: str = ""

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return sum(fact.size for fact in self.manifest.files.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A folder that backups go to. ``trouble`` is the code of why the last try failed at ``tried_at``, "" when it did not."""

    id: int
    folder: str
    trouble: str = ""
    tried_at: datetime | None = None
    running: bool = False
    last_at: datetime | None = None
    proven_at: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Tell whether the hourly backup is due here; a clock that was set back makes it due too."""
        if self.running:
            return False
        if self.trouble and self.tried_at is not None and timedelta(0) <= now - self.tried_at < RETRY:
            return False
        return self.last_at is None or not timedelta(0) <= now - self.last_at < HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """A backup as the store remembers it. ``trouble`` is the code of what the drill found, "" when nothing or not yet drilled.

    ``other_keys`` is one that lies there and that the store does not remember: it was written with other keys than it has.
    """

    id: int
    target_id: int
    name: str
    taken_at: datetime
    size: int
    audit_seq: int
    proven_at: datetime | None = None
    trouble: str = ""
    other_keys: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How many hours, days and months a backup is kept of: the last one of each."""

    hours: int = 24
    days: int = 31
    months: int = 24

    def fits(self) -> bool:
        """Tell whether the numbers make sense."""
        return 1 <= self.hours <= 1000 and 1 <= self.days <= 1000 and 1 <= self.months <= 1000  # noqa: PLR2004 - a bound for typing errors


def to_remove(rows: Iterable[BackupRow], keep: Keep, zone: ZoneInfo) -> tuple[BackupRow, ...]:
    """Return the backups of one target that need not be kept, the oldest first.

    Kept are the last of each of the latest hours, days and months that have one, counted from the newest backup back and never
    from the clock, which may be wrong; and, whatever its age, the newest one and the last proven one.
    """
    newest_first = sorted(rows, key=lambda row: (row.taken_at, row.id), reverse=True)
    kept = {row.id for row in newest_first[:1]}
    kept |= {row.id for row in [row for row in newest_first if row.proven_at is not None][:1]}
    for most, period in _periods(keep):
        last: dict[str, int] = {}
        for row in newest_first:
            last.setdefault(period(row.taken_at.astimezone(zone)), row.id)
        kept |= set(list(last.values())[:most])
    return tuple(row for row in reversed(newest_first) if row.id not in kept)


def _periods(keep: Keep) -> tuple[tuple[int, Callable[[datetime], str]], ...]:
    return (
        (keep.hours, lambda at: at.isoformat()[:13] + str(at.utcoffset())),
        (keep.days, lambda at: at.date().isoformat()),
        (keep.months, lambda at: at.date().isoformat()[:7]),
    )
