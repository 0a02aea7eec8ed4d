"""The chain of the audit: how an entry's hash is made, and the walk over all of them that finds the first that is not as written."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake.domain.audit import Progress
from intake.storage.driver import Connection

CONTENT: Final = (
    "seq", "at", "staff_id", "staff_role", "workstation", "action", "patient_id", "visit_id", "object_version", "changes",
    "reason", "outcome",
)  # fmt: skip
FIRST_LINK: Final = bytes(32)
STEP: Final = 8_192
"""How many entries are walked over between two words of progress."""
_WALK: Final = (
    f"SELECT seq, json_array({', '.join(CONTENT)}), prev_hash, hash, staff_id, staff_role, action, outcome"  # noqa: S608 - our own words
    " FROM audit ORDER BY seq"
)
_ONE: Final = f"SELECT {', '.join(CONTENT)} FROM audit WHERE seq = ?"  # noqa: S608 - our own words
_BLOCK: Final = 64
_HIDDEN: Final = r"\\u"
_OF_ACCOUNT: Final = re.compile(r"staff:|signer:|recovery:|\\\\u").search
"""A word may be hidden behind signs written as numbers, which an entry of ours has for control characters only."""
_SEALED, _SEALED_END = '\\"sealed\\": [null, \\"', '\\"]'
_TOLD_SEALED: Final = "SELECT json_extract(changes, '$.sealed[1]') FROM audit WHERE seq = ?"
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
    numbers of entries that may tell the seal of an account, a key that signs or the recovery key: rather too many than too few;
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
    link, expected = FIRST_LINK, 1
    keyed = _keyed(key)
    total = _count(connection) if progress else 0
    first: dict[Kind, int] = {}
    last: dict[Kind, int] = {}
    accounts: list[int] = []
    rows: dict[Rows, int] = {}
    for seq, text, before, found, *kind in _rows(connection):
        whole = seq == expected and before == link
        if not (whole and found == keyed(link + text.encode())) and not (whole and found == _by_python(connection, key, link, seq)):
            return Walked(entries=expected, broken_at=expected, first=first, last=last, accounts=tuple(accounts), rows=rows)
        link, expected = found, expected + 1
        named = tuple(kind)
        if named not in last:
            first[named] = seq
        last[named] = seq
        if "sealed" in text or _HIDDEN in text:
            if _OF_ACCOUNT(text):
                accounts.append(seq)
            for table in _tables(connection, seq, text):
                rows[named, table] = seq
        if progress and not expected % STEP:
            progress(expected - 1, total)
    if progress:
        progress(expected - 1, expected - 1)
    return Walked(entries=expected - 1, broken_at=None, first=first, last=last, accounts=tuple(accounts), rows=rows)


def _tables(connection: Connection, seq: int, text: str) -> set[str]:
    """Return of which tables an entry tells seals; one that is not written as ours are is read by who reads seals."""
    told, _, ended = text.partition(_SEALED)[2].partition(_SEALED_END)
    if not ended or "\\" in told or _HIDDEN in text or text.count("sealed") > 1:
        told = str((connection.execute(_TOLD_SEALED, (seq,)).fetchone() or ("",))[0] or "")
    seals = told.split(" ") if told else []
    tables = {seal.partition(":")[0] for seal in seals}
    if "setting" in tables:
        tables.remove("setting")
        tables.update(seal.partition("=")[0] for seal in seals if seal.startswith("setting:"))
    return tables


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
