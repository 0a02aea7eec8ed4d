"""A new key for the store: the file is written anew under it, and every slot gets it sealed. What an old key opened, opens nothing new.

Whenever the program ends in between, either key opens what lies there: first the ring takes the new key beside the old one, then the
file is exchanged whole, then the old key goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from intake.actions.access import sign_in
from intake.actions.key_ring import project
from intake.domain.staff import Actor, Task
from intake.paths import Paths
from intake.security.ring import ring_of, write_ring
from intake.security.slots import StoreKeys, new_keys
from intake.storage.faults import told
from intake.storage.presence import gate, refuse_others
from intake.storage.rewriting import Progress, remove_copies, rewritten
from intake.storage.store import Store, open_store_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the person typed who asks for a new key."""

    login: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


def rotate_key(paths: Paths, typed: Typed, *, workstation: str, now: datetime, progress: Progress) -> None:
    """Give the store a new key; it is closed at every desk meanwhile, also at this one.

    ``progress`` is told pages done and pages in all. Raises DeniedError, StoreError ``others_at_work``, ``disk_full`` …, and what
    ``sign_in`` raises.
    """
    signed_in = sign_in(paths, login=typed.login, password=typed.password, code=typed.code, workstation=workstation, now=now)
    try:
        signed_in.actor.must(Task.MANAGE_KEYS)
    finally:
        signed_in.store.close()
    exchange_key(paths, signed_in.store.keys, signed_in.actor, now=now, progress=progress, half=signed_in.store.held)


def exchange_key(
    paths: Paths, keys: StoreKeys, actor: Actor | None, *, now: datetime, progress: Progress, half: bytes | None = None
) -> None:
    """Write the store anew under a new key. Who calls has it closed; ``half`` is what the actor's slot opened, to sign with."""
    fresh = new_keys(keys)
    with gate(paths.desks):
        refuse_others(paths.desks)
        with rewritten(paths, keys.store, fresh.store, progress) as put_in_place:
            _offer_both(paths, keys, fresh)
            put_in_place()
        store = open_store_inside(paths, fresh)
        remove_copies(paths.store)
    if actor is not None and half is not None:
        store.audit.signatures.add(actor.staff.id, half)
    _settle(store, actor, now)


def _offer_both(paths: Paths, keys: StoreKeys, fresh: StoreKeys) -> None:
    store = open_store_inside(paths, keys)
    try:
        with told():
            write_ring(paths.ring, ring_of(store.identity(), store.staff.slots(), keys, fresh))
    finally:
        store.close()


def _settle(store: Store, actor: Actor | None, now: datetime) -> None:
    try:
        with store.transaction():
            store.audit.add(actor, "rotate_key", at=now, workstation="" if actor else "upgrade")
        project(store)
    finally:
        store.close()
