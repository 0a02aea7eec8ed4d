"""The store's keys: one small file beside the store that only its owner may read."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from intake.errors import StoreError
from intake.placing import unfinished_file
from intake.storage.faults import told

KEY_BYTES = 32
OWNER_ONLY = 0o600
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreKeys:
    """``store`` encrypts the file, ``audit`` keys the chain of the audit; 32 bytes each, in no text this prints."""

    store: bytes = field(repr=False)
    audit: bytes = field(repr=False)


def make_keys(path: Path) -> StoreKeys:
    """Write a new key file and return its keys, or those of another process that was quicker."""
    keys = StoreKeys(store=secrets.token_bytes(KEY_BYTES), audit=secrets.token_bytes(KEY_BYTES))
    with told(), unfinished_file(path) as unfinished:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{keys.store.hex()}\n{keys.audit.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
    return read_keys(path)


def read_keys(path: Path) -> StoreKeys:
    """Return the keys.

    Raises StoreError ``key_file_missing``, ``key_file_open_to_others`` (its mode lets others read it) or ``key_file_damaged``.
    """
    try:
        with told():
            mode = path.stat().st_mode
            text = path.read_text(encoding="ascii", errors="replace")
    except StoreError as error:
        raise StoreError("key_file_missing") from error
    if os.name == "posix" and mode & OTHERS:
        raise StoreError("key_file_open_to_others")
    try:
        store, audit = (bytes.fromhex(line) for line in text.split())
    except ValueError as error:
        raise StoreError("key_file_damaged") from error
    if {len(store), len(audit)} != {KEY_BYTES}:
        raise StoreError("key_file_damaged")
    return StoreKeys(store=store, audit=audit)
