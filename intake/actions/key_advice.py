"""When a new key for the store is worth its minutes: somebody who knew the present one no longer signs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.domain.staff import Actor, Task
from intake.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAdvice:
    """When the store got its key, None when never since it was made, and who was switched off since then, by name."""

    changed_at: datetime | None
    left: tuple[str, ...]


def key_advice(store: Store, actor: Actor) -> KeyAdvice:
    """Return what speaks for a new key now."""
    actor.must(Task.MANAGE_KEYS)
    with store.reading():
        return KeyAdvice(changed_at=store.staff.new_key_at(), left=store.staff.left_since_new_key())
