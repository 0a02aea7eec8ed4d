"""What the audit tells: entries, what is asked of them, its links as they are printed, and what a check of the store found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from intake.domain.staff import Role

Progress = Callable[[int, int], None]
"""Is told how much of how much is done; what it raises ends the work."""

DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is read as a digit. Source: https://www.crockford.com/base32.html."""
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES: Final = 10
_GROUP: Final = 4
_GROUPS: Final = 4
_TYPED: Final = re.compile(r"(\d{1,12})((?:[0-9A-Z]{4}){4})([0-9A-Z]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The number of an entry and its hash of 32 bytes, or of a link that was typed back the hash's first 10."""

    seq: int
    hash: bytes

    def text(self) -> str:
        """Return the link as it is printed: the number, four groups of the hash, and two signs that find a typing error."""
        shown = _in_base_32(self.hash[:_BYTES], _GROUP * _GROUPS)
        groups = [shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP)]
        return "-".join((str(self.seq), *groups, _proof(str(self.seq), shown)))

    def fits(self, found: bytes | None) -> bool:
        """Tell whether the entry's hash begins as this one's."""
        return found is not None and found.startswith(self.hash)


def link_of(text: str) -> Link | None:
    """Return the link that was typed back from paper, None when it was not typed as it is printed. Case and spaces do not matter."""
    number, _, rest = text.strip().upper().translate(_MISREAD).partition("-")
    plain = re.sub(r"[\s-]", "", number) + re.sub(r"[\s-]", "", rest)
    found = _TYPED.fullmatch(plain)
    if found is None or not rest or set(found[2]) - set(DIGITS) or found[3] != _proof(str(int(found[1])), found[2]):
        return None
    value = 0
    for digit in found[2]:
        value = value * 32 + DIGITS.index(digit)
    return Link(seq=int(found[1]), hash=value.to_bytes(_BYTES, "big"))


def _in_base_32(content: bytes, length: int) -> str:
    value, shown = int.from_bytes(content, "big"), ""
    for _ in range(length):
        value, digit = divmod(value, 32)
        shown = DIGITS[digit] + shown
    return shown


def _proof(number: str, shown: str) -> str:
    return _in_base_32(hashlib.sha256(f"{number} {shown}".encode()).digest()[:5], 8)[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as it is read. ``changes`` holds old and new by field; names are those of today, None where there is nobody."""

    seq: int
    at: datetime
    action: str
    outcome: str
    workstation: str
    staff_id: int | None = None
    staff_name: str | None = None
    staff_login: str | None = None
    role: Role | None = None
    patient_id: int | None = None
    record_number: str | None = None
    patient_name: str | None = None
    visit_id: int | None = None
    visit_number: str | None = None
    object_version: int | None = None
    reason: str | None = None
    changes: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which entries are asked for: every one that fits all that is given. ``first`` is the first instant, ``before`` the one after."""

    first: datetime | None = None
    before: datetime | None = None
    staff_id: int | None = None
    nobody: bool = False
    action: str | None = None
    patient_id: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """Some entries, the latest first; ``more`` tells whether older ones follow."""

    entries: tuple[Entry, ...]
    more: bool

    def after(self) -> tuple[datetime, int] | None:
        """Return where the next page begins, None after the last."""
        return (self.entries[-1].at, self.entries[-1].seq) if self.more else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """One person in an access report: how often, first and last. ``name`` is None of what nobody signed in did."""

    name: str | None
    role: Role | None
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReport:
    """Who did what with one patient's record on these days, the latest first, and the same counted by person."""

    patient_id: int
    first: date
    last: date
    asked_at: datetime
    entries: tuple[Entry, ...]
    viewers: tuple[Viewer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong: its code, and where: the number of an entry, a record number, the name of a trigger, as text."""

    code: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """A check of the store that was made: when, by whom (None: by itself), how long it took, and what it found."""

    at: datetime
    by: str | None
    workstation: str
    took_ms: int
    entries: int
    last: str
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings
