"""A data folder from before the keys were wrapped: its accounts get slots, the open key file goes, and the store gets a new key."""

from __future__ import annotations

import base64
import logging
from datetime import datetime

from intake.actions.access import OF_HASH, UPGRADE
from intake.actions.key_ring import project
from intake.actions.new_key import exchange_key
from intake.errors import StoreError
from intake.paths import Paths
from intake.security.cost import Cost
from intake.security.open_keys import read_open_keys
from intake.security.slots import Slot, StoreKeys, slot_of_hash
from intake.storage.rewriting import Progress
from intake.storage.store import Store, open_store

log = logging.getLogger(__name__)
_PARTS = 6
"""Of a hash as Argon2 writes it: ``$argon2id$v=19$m=…,t=…,p=…$salt$hash``."""


def upgrade_keys(paths: Paths, *, now: datetime, progress: Progress | None = None) -> None:
    """Wrap the keys of an old data folder; every other one is left as it is. It can be stopped anywhere and done again.

    The open key file goes last, once it opens nothing any more: until then it may be the only way in. It stays when the store is
    elsewhere, and beside a store whose keys were wrapped already: there it was put, and gives nobody anything. ``progress`` is told
    pages done and pages in all.
    """
    if not (paths.open_keys.exists() and paths.store.exists()):
        return
    keys = read_open_keys(paths.open_keys)
    if not paths.ring.exists() or _still_opens(paths, keys):
        if not _give_slots(paths, keys, now):
            return
        exchange_key(paths, keys, None, now=now, progress=progress or _unheard)
    paths.open_keys.unlink(missing_ok=True)


def _still_opens(paths: Paths, keys: StoreKeys) -> bool:
    try:
        open_store(paths, keys).close()
    except StoreError as error:
        if error.code == "damaged_store":  # it has its new key: the program ended just before the old one went
            return False
        raise
    return True


def _give_slots(paths: Paths, keys: StoreKeys, now: datetime) -> bool:
    """Make each account a slot of its password's hash, and the key ring of them; False, and nothing is done, in a store of today."""
    store = open_store(paths, keys)
    try:
        hashes = store.staff.hashes()
        if _is_wrapped(store, paths, hashes=bool(hashes)):
            log.warning("an open key file lies beside a store whose keys are wrapped")
            return False
        if hashes:
            with store.transaction():
                for staff_id, login, hashed in hashes:
                    store.staff.set_slot(staff_id, _slot(login, hashed), role=None, at=now)
                    store.staff.seal(staff_id, at=now)
                store.settings.put(UPGRADE, OF_HASH, " ".join(str(staff_id) for staff_id, _, _ in hashes))
                store.audit.add(None, "wrap_keys", at=now, workstation="upgrade")
        project(store)
    finally:
        store.close()
    return True


def _is_wrapped(store: Store, paths: Paths, *, hashes: bool) -> bool:
    """Tell whether a store's keys were wrapped before: somebody signs in it, or it has a ring, which comes once no hash is left."""
    return store.audit.signatures.begun() is not None or (hashes and paths.ring.exists())


def _unheard(_done: int, _all: int) -> None:
    """Tell nobody how far it is."""


def _slot(login: str, hashed: str) -> Slot:
    parts = hashed.split("$")
    if len(parts) != _PARTS:
        raise StoreError("keys_damaged")
    cost = {name: int(number) for name, _, number in (each.partition("=") for each in parts[3].split(","))}
    return slot_of_hash(
        login, cost=Cost(memory_kib=cost["m"], passes=cost["t"], lanes=cost["p"]), salt=_bytes(parts[4]), derived=_bytes(parts[5])
    )


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
