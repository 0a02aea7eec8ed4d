"""The key ring: the file beside the store that holds the store's keys, each copy of them sealed in a slot.

It is a picture of what the store says about its accounts, plus the sealed keys; it tells nothing but the accounts' logins.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intake.errors import IntakeError, StoreError
from intake.placing import replace_file
from intake.reading import read_whole
from intake.security.slots import RECOVERY, Slot, StoreKeys, sealed_from_hex, slot_from_json

FORMAT = "intake-desk-keys-1"
OWNER_ONLY = 0o600
MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSlot:
    """A slot that its secret opened: the private half, and the store's keys, those that are being changed to second."""

    slot: Slot
    private_half: bytes = field(repr=False)
    keys: tuple[StoreKeys, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RingSlot:
    """One slot and the keys sealed in it. ``upcoming`` are the keys that are being changed to, None at rest."""

    slot: Slot
    sealed: bytes = field(repr=False)
    upcoming: bytes | None = field(default=None, repr=False)

    def open(self, secret: bytes) -> OpenedSlot | None:
        """Return the slot opened, None when this is not the secret."""
        private_half = self.slot.private_half(secret)
        if private_half is None:
            return None
        keys = tuple(self.slot.unseal(private_half, each) for each in (self.sealed, self.upcoming) if each is not None)
        return OpenedSlot(slot=self.slot, private_half=private_half, keys=keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """All slots of one store; ``store_id`` names the store."""

    store_id: str
    slots: tuple[RingSlot, ...]

    def of(self, login: str) -> RingSlot | None:
        """Return the slot of a login typed in any case, None when there is none."""
        name = login.strip().casefold()
        return next((each for each in self.slots if each.slot.login.casefold() == name), None)

    def recovery(self) -> RingSlot | None:
        """Return the slot that the recovery key opens, None when there is none yet."""
        return self.of(RECOVERY)

    def opened(self, login: str, secret: bytes) -> OpenedSlot | None:
        """Return the slot of a login that the secret opens, None when there is none.

        A login has two slots while its password is changed: whichever the store keeps in the end, its password opens one.
        """
        name = login.strip().casefold()
        for each in self.slots:
            if each.slot.login.casefold() == name and (opened := each.open(secret)):
                return opened
        return None


def ring_of(store_id: str, slots: tuple[Slot, ...], keys: StoreKeys, upcoming: StoreKeys | None = None) -> Ring:
    """Return a ring of these slots with the keys sealed in each."""
    return Ring(
        store_id=store_id,
        slots=tuple(RingSlot(slot=each, sealed=each.seal(keys), upcoming=each.seal(upcoming) if upcoming else None) for each in slots),
    )


def write_ring(path: Path, ring: Ring) -> None:
    """Put the ring in its place whole, over the one before. Raises StoreError ``disk_full``, ``read_only_folder``."""
    content: dict[str, Any] = {"format": FORMAT, "store": ring.store_id, "slots": [_written(each) for each in ring.slots]}
    replace_file(path, json.dumps(content, ensure_ascii=False, indent=1).encode(), mode=OWNER_ONLY)


def read_ring(path: Path, *, private: bool = True) -> Ring:
    """Return the ring; with ``private`` only from a file that nobody else can read.

    Raises StoreError ``keys_missing``, ``keys_open_to_others`` or ``keys_damaged``.
    """
    try:
        mode, text = path.stat().st_mode, read_whole(path, MOST_BYTES)
    except OSError as error:
        raise StoreError("keys_missing") from error
    except ValueError as error:
        raise StoreError("keys_damaged") from error
    if private and os.name == "posix" and mode & 0o077:
        raise StoreError("keys_open_to_others")
    try:
        return _read(json.loads(text))
    except (IntakeError, ValueError, RecursionError) as error:
        raise StoreError("keys_damaged") from error


def _read(content: object) -> Ring:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError
    store_id, slots = content.get("store"), content.get("slots")
    if not isinstance(store_id, str) or not isinstance(slots, list) or not all(isinstance(each, dict) for each in slots):
        raise ValueError
    return Ring(store_id=store_id, slots=tuple(_read_slot(each) for each in slots))


def _read_slot(content: dict[str, Any]) -> RingSlot:
    upcoming = content.get("upcoming")
    return RingSlot(
        slot=slot_from_json(content),
        sealed=sealed_from_hex(content.get("sealed")),
        upcoming=None if upcoming is None else sealed_from_hex(upcoming),
    )


def _written(each: RingSlot) -> dict[str, Any]:
    upcoming = {"upcoming": each.upcoming.hex()} if each.upcoming else {}
    return {**each.slot.to_json(), "sealed": each.sealed.hex(), **upcoming}
