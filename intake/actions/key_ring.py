"""The key ring beside the store: kept as the store says who may sign in."""

from __future__ import annotations

from intake.errors import StoreError
from intake.security.ring import Ring, read_ring, ring_of, write_ring
from intake.security.slots import Slot
from intake.storage.faults import told
from intake.storage.store import Store


def project(store: Store) -> None:
    """Write the key ring as the store has its accounts, unless it is so already; call it after the transaction that changed them.

    A program that ends in between leaves the ring as it was; whoever signs in next brings it up to date.
    """
    with store.transaction(), told():  # holds the right to write, so that two desks do not write the ring at once
        slots = store.staff.slots()
        kept = _kept(store)
        current = kept is not None and kept.store_id == store.identity() and all(each.upcoming is None for each in kept.slots)
        if not (kept and current and tuple(each.slot for each in kept.slots) == slots):
            write_ring(store.paths.ring, ring_of(store.identity(), slots, store.keys))


def offer(store: Store, fresh: Slot) -> None:
    """Write a slot that is about to be kept into the ring beside the present ones: call it before the transaction that keeps it.

    So whenever the program ends, the ring has the slot that the store has. What opens the store is not yet let in: the store says who is.
    """
    with store.transaction(), told():
        write_ring(store.paths.ring, ring_of(store.identity(), (*store.staff.slots(), fresh), store.keys))


def _kept(store: Store) -> Ring | None:
    try:
        return read_ring(store.paths.ring)
    except StoreError:
        return None
