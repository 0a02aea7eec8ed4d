"""The chain of the audit: how an entry's hash is made, and the walk over all of them that finds the first that is not as written."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
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
_WALK: Final = f"SELECT seq, json_array({', '.join(CONTENT)}), prev_hash, hash FROM audit ORDER BY seq"  # noqa: S608 - our own words
_ONE: Final = f"SELECT {', '.join(CONTENT)} FROM audit WHERE seq = ?"  # noqa: S608 - our own words
_BLOCK: Final = 64


def entry_hash(key: bytes, link: bytes, content: tuple[Any, ...]) -> bytes:
    """Return the hash of an entry: HMAC-SHA-256 over the hash before it and its content as JSON without spaces."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, link + text.encode(), hashlib.sha256)


def broken_at(connection: Connection, key: bytes, progress: Progress | None = None) -> tuple[int, int | None]:
    """Return how many entries there are, and the first number at which the chain does not hold, None if it holds.

    SQL writes the JSON of an entry three times as fast as Python does. An entry that does not fit is written once more by Python
    before it is called broken: the two may differ in a sign that no entry is meant to hold.
    """
    link, expected = FIRST_LINK, 1
    keyed = _keyed(key)
    total = _count(connection) if progress else 0
    for seq, text, before, found in _rows(connection):
        whole = seq == expected and before == link
        if not (whole and found == keyed(link + text.encode())) and not (whole and found == _by_python(connection, key, link, seq)):
            return expected, expected
        link, expected = found, expected + 1
        if progress and not expected % STEP:
            progress(expected - 1, total)
    if progress:
        progress(expected - 1, expected - 1)
    return expected - 1, None


def _rows(connection: Connection) -> Iterator[tuple[int, str, bytes, bytes]]:
    rows: Iterator[tuple[int, str, bytes, bytes]] = iter(connection.execute(_WALK))
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
