"""First start: the practice's administrator and this desk's clinic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from intake.actions.accounts import refuse_password
from intake.actions.key_ring import project
from intake.actions.sealing import ALL_SEALED
from intake.domain.staff import Actor, Role, Staff, Task
from intake.errors import IntakeError
from intake.paths import Paths
from intake.security import recovery_key
from intake.security.slots import Slot, new_keys, opened_slot, recovery_slot
from intake.storage.faults import told
from intake.storage.notes_key import id_bytes
from intake.storage.presence import gate
from intake.storage.store import Store, make_store, open_store_inside

LOCATION = "location"
TRAINING_CLINIC = "loc.edison"
"""Where a desk of the training clinic stands that nobody gave a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """A store that was just made, its administrator, and the recovery key in words: it is shown and printed now or never."""

    store: Store
    admin: Staff
    recovery_key: str = field(repr=False)


def is_set_up(paths: Paths) -> bool:
    """Tell whether the data folder has a store: one is made together with its first account."""
    return paths.store.exists()


def set_up(
    paths: Paths, *, admin_name: str, login: str, password: str, location: str, workstation: str, now: datetime,
    fill: Callable[[Store, Staff], object] | None = None,
) -> SetUp:  # fmt: skip
    """Make the store, its keys, the administrator's account and this desk's clinic: all of it, or nothing.

    ``fill`` may put more into the store before it is there. Raises InvalidInputError for a login or password that will not do,
    IntakeError ``already_set_up``.
    """
    refuse_password(password, login=login, name=admin_name)
    secret = recovery_key.new_secret()

    def begin(store: Store) -> None:
        first = first_account(
            store, admin_name=admin_name, login=login, password=password, location=location, workstation=workstation, now=now,
            recovery=recovery_slot(secret, notes=store.notes_key.named()), opened=opened,
        )  # fmt: skip
        if fill is not None:
            fill(store, first)
        project(store)
        made.append(first)

    made: list[Staff] = []
    keys = new_keys()
    opened = opened_slot(login.strip(), password, notes=id_bytes(keys.notes) if keys.notes else b"")
    with gate(paths.desks):
        if paths.store.exists():
            raise IntakeError("already_set_up")
        _put_aside(paths, now)
        make_store(paths, keys, begin)
        store = open_store_inside(paths, keys)
    store.hold(*opened)
    return SetUp(store=store, admin=made[0], recovery_key=recovery_key.spoken(secret))


def _put_aside(paths: Paths, now: datetime) -> None:
    """Keep the keys of a store that is elsewhere, or lost, under another name: they may be the only ones."""
    with told():
        for former in (paths.ring, paths.open_keys):
            if former.exists():
                former.replace(former.with_name(f"{former.stem}-until-{now:%Y%m%dT%H%M%SZ}{former.suffix}"))


def first_account(  # noqa: PLR0913 - keywords only, each of them is typed at the first start
    store: Store, *, admin_name: str, login: str, password: str, location: str, workstation: str, now: datetime,
    recovery: Slot | None = None, opened: tuple[Slot, bytes] | None = None,
) -> Staff:  # fmt: skip
    """Put the administrator's account, the recovery key's slot and the desk's clinic into a new store, signed by the administrator.

    ``opened`` is the account's slot with its private half when it was made before. Raises IntakeError ``already_set_up``.
    """
    slot, half = opened or opened_slot(login.strip(), password, notes=store.notes_key.named())
    with store.transaction():
        if store.staff.any():
            raise IntakeError("already_set_up")
        admin = store.staff.add(login=login.strip(), name=admin_name.strip(), role=Role.ADMINISTRATOR, slot=slot, at=now)
        store.audit.signatures.add(admin.id, half)
        if recovery is not None:
            store.staff.put_recovery(recovery, at=now)
        store.settings.put(workstation, LOCATION, location)
        changes = {"location": (None, location), **ALL_SEALED, **store.notes_key.told()}
        store.audit.add(Actor(staff=admin, workstation=workstation), "set_up", at=now, changes=changes)
    return admin


def desk_location(store: Store, workstation: str) -> str | None:
    """Return the clinic this desk stands in, None when it was never chosen."""
    with store.reading():
        return store.settings.get(workstation, LOCATION)


def choose_desk_location(store: Store, actor: Actor, key: str, *, now: datetime | None = None) -> None:
    """Choose the clinic this desk stands in; ``now`` is this moment unless told.

    A new desk is placed by whoever signs in first; one that has its place is moved by who manages the practice.
    """
    with store.transaction():
        before = store.settings.get(actor.workstation, LOCATION)
        if before not in (None, key):
            actor.must(Task.MANAGE_PRACTICE)
        store.settings.put(actor.workstation, LOCATION, key)
        store.audit.add(actor, "choose_desk_location", at=now or datetime.now(UTC), changes={"location": (before, key)})
