"""After how many minutes without a key every desk of the practice locks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from intake.domain.numbers import whole_number
from intake.domain.staff import Actor, Task
from intake.errors import InvalidInputError, Problem
from intake.storage.store import Store

IDLE: Final = "idle_lock_min"
LEAST_MIN: Final = 1
MOST_MIN: Final = 15
USUAL_MIN: Final = 10
_PRACTICE: Final = ""
"""The scope of what holds at every desk: no desk is without a name."""


def idle_minutes(store: Store) -> int:
    """Return the practice's minutes, USUAL_MIN when nobody ever chose others, or no number stands there."""
    with store.reading():
        kept = whole_number(store.settings.get(_PRACTICE, IDLE) or "")
    return USUAL_MIN if kept is None else min(MOST_MIN, max(LEAST_MIN, kept))


def choose_idle_minutes(store: Store, actor: Actor, minutes: int, *, now: datetime) -> None:
    """Set the minutes for every desk. Raises InvalidInputError for a number outside LEAST_MIN to MOST_MIN."""
    actor.must(Task.MANAGE_PRACTICE)
    if not LEAST_MIN <= minutes <= MOST_MIN:
        raise InvalidInputError((Problem(field=IDLE, code="idle_minutes_out_of_range"),))
    with store.transaction():
        before = store.settings.get(_PRACTICE, IDLE)
        store.settings.put(_PRACTICE, IDLE, str(minutes))
        store.audit.add(actor, "choose_idle_minutes", at=now, changes={IDLE: (before or str(USUAL_MIN), str(minutes))})
