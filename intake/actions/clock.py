"""A clock that was changed while somebody worked. One that was set back is told by the audit itself, before its next entry."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from intake.domain.staff import Actor
from intake.storage.store import Store

JUMP: Final = timedelta(minutes=2)
"""By how much a clock must go ahead of the time that passed for it to be told."""


def note_clock_jump(store: Store, actor: Actor, *, expected: datetime, now: datetime) -> None:
    """Record that the clock shows ``now`` where it was ``expected`` to show another time; less than two minutes are no jump."""
    if now - expected <= JUMP:
        return
    changes = {"clock": (expected.isoformat(timespec="seconds"), now.isoformat(timespec="seconds"))}
    with store.transaction():
        store.audit.add(actor, "clock_jumped", at=now, changes=changes)
