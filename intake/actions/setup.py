"""First start: the practice's administrator and this desk's clinic."""

from __future__ import annotations

from datetime import UTC, datetime

from intake.actions.accounts import refuse_password
from intake.domain.staff import Actor, Role, Staff
from intake.errors import IntakeError
from intake.security.passwords import hash_password
from intake.storage.store import Store

LOCATION = "location"
TRAINING_CLINIC = "loc.edison"
"""Where a desk of the training clinic stands that nobody gave a place."""


def is_set_up(store: Store) -> bool:
    """Tell whether the practice has its first account."""
    with store.reading():
        return store.staff.any()


def set_up(store: Store, *, admin_name: str, login: str, password: str, location: str, workstation: str, now: datetime) -> Staff:
    """Make the administrator's account and choose this desk's clinic.

    Raises InvalidInputError for a login or password that will not do, IntakeError ``already_set_up``.
    """
    refuse_password(password, login=login, name=admin_name)
    hashed = hash_password(password)
    with store.transaction():
        if store.staff.any():
            raise IntakeError("already_set_up")
        admin = store.staff.add(login=login.strip(), name=admin_name.strip(), role=Role.ADMINISTRATOR, password=hashed, at=now)
        store.settings.put(workstation, LOCATION, location)
        store.audit.add(Actor(staff=admin, workstation=workstation), "set_up", at=now, changes={"location": (None, location)})
    return admin


def desk_location(store: Store, workstation: str) -> str | None:
    """Return the clinic this desk stands in, None when it was never chosen."""
    with store.reading():
        return store.settings.get(workstation, LOCATION)


def choose_desk_location(store: Store, actor: Actor, key: str, *, now: datetime | None = None) -> None:
    """Choose the clinic this desk stands in; ``now`` is this moment unless told."""
    with store.transaction():
        before = store.settings.get(actor.workstation, LOCATION)
        store.settings.put(actor.workstation, LOCATION, key)
        store.audit.add(actor, "choose_desk_location", at=now or datetime.now(UTC), changes={"location": (before, key)})
