"""A store of before, whose notes stand in the open: it gets the key of its notes, and nothing readable stays behind."""

from __future__ import annotations

import contextlib
from datetime import datetime

from intake.domain.staff import HOLD_NOTES, Actor
from intake.errors import StoreError
from intake.storage.rewriting import remove_copies
from intake.storage.signed import altered
from intake.storage.store import Store


def begin_notes(store: Store, actor: Actor, *, now: datetime) -> None:
    """Give a store of before the key of its notes and encrypt what stands in the open; any other is left as it is.

    Only who may hold that key chooses it: call it when their signature is held, for the audit tells which key it is.
    """
    if actor.staff.role not in HOLD_NOTES:
        return
    with store.reading():
        if store.notes_key.made():
            return
    try:
        with store.transaction():
            if not store.notes_key.made():  # else another desk was quicker
                _close(store, actor, now)
    except BaseException:
        store.notes_key.key = None
        raise


def clear_open(store: Store) -> None:
    """Take away what a store whose notes were just encrypted still holds of them in the open: free pages, its log, copies of before.

    Only once every page and every signature was found whole. What cannot be done now, for want of room or because somebody else is
    at work, is done at the next sign-in of one who holds the key: that is looked at before the pages and signatures, which take long.
    """
    with store.reading():
        if not (store.notes_key.held and store.notes_key.left_open()):
            return
    with contextlib.suppress(StoreError):
        if not store.can_write_anew() or any(store.integrity()):
            return
        with store.steady():
            found = altered(store)
        if not found and store.write_anew():
            remove_copies(store.paths.store)
            with store.transaction():
                store.notes_key.none_left_open()


def _close(store: Store, actor: Actor, now: datetime) -> None:
    store.notes_key.choose_anew()
    slots = store.staff.may_share(_as_told(store))
    store.texts.close_all()
    store.letters.encrypt_open()
    store.documents.encrypt_open()
    store.notes_key.make()
    store.notes_key.some_left_open()
    for slot in slots:
        store.notes_key.give(slot)
    store.audit.add(actor, "begin_notes_key", at=now, changes=store.notes_key.told())


def _as_told(store: Store) -> frozenset[int]:
    """Return the accounts that are as the audit told them last, before anything is written."""
    kept = dict(store.seals.kept("staff"))
    return frozenset(staff.id for staff in store.staff.all() if kept.get(str(staff.id)) == store.seals.told_of(f"staff:{staff.id}"))
