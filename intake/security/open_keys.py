"""The key file of a store from before its keys were wrapped: read once, when such a store is upgraded."""

from __future__ import annotations

from pathlib import Path

from intake.errors import StoreError
from intake.reading import read_whole
from intake.security.cost import KEY_BYTES
from intake.security.slots import StoreKeys

MOST_BYTES = 1_000


def read_open_keys(path: Path) -> StoreKeys:
    """Return the keys. Raises StoreError ``keys_missing`` or ``keys_damaged``."""
    try:
        text = read_whole(path, MOST_BYTES).decode("ascii", "replace")
        store, audit = (bytes.fromhex(line) for line in text.split())
    except OSError as error:
        raise StoreError("keys_missing") from error
    except ValueError as error:
        raise StoreError("keys_damaged") from error
    if {len(store), len(audit)} != {KEY_BYTES}:
        raise StoreError("keys_damaged")
    return StoreKeys(store=store, audit=audit)
