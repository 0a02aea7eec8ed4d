"""The chain of the audit: how an entry's hash is made, and the walk over all of them that finds the first that is not as written."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake.domain.audit import Progress
from intake.storage.driver import Connection
from intake.storage.entry_parts import TOLD, seals_in

CONTENT: Final = (
    "seq", "at", "staff_id", "staff_role", "workstation", "action", "patient_id", "visit_id", "object_version", "changes",
    "reason", "outcome",
)  # fmt: skip
FIRST_LINK: Final = bytes(32)
STEP: Final = 8_192
"""How many entries are walked over between two words of progress."""
_WALK: Final = (
    f"SELECT seq, CAST(json_array({', '.join(CONTENT)}) AS BLOB), prev_hash, hash,"  # noqa: S608 - our own words
    " CAST(json_array(staff_id, staff_role, action, outcome) AS BLOB),"
    f" CASE WHEN instr(changes, 'sealed') OR instr(changes, '\\u') THEN {TOLD} END FROM audit ORDER BY seq"
)
"""Bytes, as they are hashed. A word in JSON may be written with numbers for its letters; that one is read too."""
_ONE: Final = f"SELECT {', '.join(CONTENT)} FROM audit WHERE seq = ?"  # noqa: S608 - our own words
_BLOCK: Final = 64
_ACCOUNTS: Final = frozenset({"staff", "signer", "recovery"})
Kind = tuple[int | None, str | None, str, str]
"""Whose entry it is, their role then, action and outcome."""
Rows = tuple[Kind, str]
"""Of what kind the entry was that told seals, and of which table; of a setting also its name, as it is sealed."""


def entry_hash(key: bytes, link: bytes, content: tuple[Any, ...]) -> bytes:
    """Return the hash of an entry: HMAC-SHA-256 over the hash before it and its content as JSON without spaces."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, link + text.encode(), hashlib.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What a walk over the chain saw: how many entries, and the first number at which it does not hold, None if it holds.

    ``first`` and ``last`` are the first and last entry of each person (None: nobody), role, action and outcome; ``accounts`` the
    numbers of entries that tell the seal of an account, a key that signs or the recovery key;
    ``rows`` the last entry of each kind that told seals of each table.
    """

    entries: int
    broken_at: int | None
    first: Mapping[Kind, int]
    last: Mapping[Kind, int]
    accounts: tuple[int, ...]
    rows: Mapping[Rows, int]


def walk(connection: Connection, key: bytes, progress: Progress | None = None) -> Walked:
    """Walk over the chain as far as it holds and return what was seen.

    SQL writes the JSON of an entry three times as fast as Python does. An entry that does not fit is written once more by Python
    before it is called broken: the two may differ in a sign that no entry is meant to hold.
    """
    seen = _Seen()
    link, expected, broken_at = FIRST_LINK, 1, None
    keyed, total = _keyed(key), _count(connection) if progress else 0
    for seq, content, before, found, kind, told in _rows(connection):
        whole = seq == expected and before == link
        if not (whole and found == keyed(link + content)) and not (whole and found == _by_python(connection, key, link, seq)):
            broken_at = expected
            break
        link, expected = found, expected + 1
        seen.first.setdefault(kind, seq)
        seen.last[kind] = seq
        if told is not None:
            seen.told(seq, kind, told)
        if progress and not expected % STEP:
            progress(expected - 1, total)
    if progress and broken_at is None:
        progress(expected - 1, expected - 1)
    return seen.walked(broken_at or expected - 1, broken_at)


class _Seen:
    """What a walk saw so far; kinds stay the JSON that they come in, which costs less than taking each apart."""

    def __init__(self) -> None:
        """Have seen nothing."""
        self.first: dict[bytes, int] = {}
        self.last: dict[bytes, int] = {}
        self._accounts: list[int] = []
        self._rows: dict[tuple[bytes, str], int] = {}

    def told(self, seq: int, kind: bytes, told: bytes) -> None:
        """Take in the seals that an entry tells."""
        tables = {name if name.startswith("setting:") else name.partition(":")[0] for name, _ in seals_in(told)}
        if not tables.isdisjoint(_ACCOUNTS):
            self._accounts.append(seq)
        for table in tables:
            self._rows[kind, table] = seq

    def walked(self, entries: int, broken_at: int | None) -> Walked:
        """Return all of it."""
        kinds: dict[bytes, Kind] = {kind: tuple(json.loads(kind.decode("utf-8", "replace"))) for kind in self.last}
        return Walked(
            entries=entries, broken_at=broken_at, accounts=tuple(self._accounts),
            first={kinds[kind]: seq for kind, seq in self.first.items()},
            last={kinds[kind]: seq for kind, seq in self.last.items()},
            rows={(kinds[kind], table): seq for (kind, table), seq in self._rows.items()},
        )  # fmt: skip


def _rows(connection: Connection) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = iter(connection.execute(_WALK))
    return rows


def _by_python(connection: Connection, key: bytes, link: bytes, seq: int) -> bytes | None:
    content = connection.execute(_ONE, (seq,)).fetchone()
    return entry_hash(key, link, content) if content else None


def _keyed(key: bytes) -> Callable[[bytes], bytes]:
    """Return HMAC-SHA-256 under one key with the key's own two blocks hashed beforehand. Source: RFC 2104, section 4."""
    padded = key.ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def digest(message: bytes) -> bytes:
        begun, ended = inner.copy(), outer.copy()
        begun.update(message)
        ended.update(begun.digest())
        return ended.digest()

    return digest


def _count(connection: Connection) -> int:
    row = connection.execute("SELECT max(seq) FROM audit").fetchone()
    return int(row[0] or 0) if row else 0
