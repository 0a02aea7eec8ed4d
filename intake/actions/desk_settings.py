"""What one desk sets for itself: after how many minutes of waiting Today turns to a warning."""

from __future__ import annotations

from datetime import datetime

from intake.domain.numbers import whole_number
from intake.domain.staff import Actor, Task
from intake.errors import InvalidInputError, Problem
from intake.storage.store import Store

WAITING = "waiting_warning_min"
LEAST_MIN = 1
MOST_MIN = 240


def waiting_warning_min(store: Store, workstation: str, *, usual: int) -> int:
    """Return this desk's limit in minutes, the practice's ``usual`` one when the desk never set its own, or no number stands there."""
    kept = whole_number(store.settings.get(workstation, WAITING) or "")
    return usual if kept is None else min(MOST_MIN, max(LEAST_MIN, kept))


def choose_waiting_warning(store: Store, actor: Actor, minutes: int, *, now: datetime) -> None:
    """Set this desk's limit. Raises InvalidInputError for one outside LEAST_MIN to MOST_MIN."""
    actor.must(Task.SEE_PATIENTS)
    if not LEAST_MIN <= minutes <= MOST_MIN:
        raise InvalidInputError((Problem(field=WAITING, code="waiting_limit_out_of_range"),))
    with store.transaction():
        before = store.settings.get(actor.workstation, WAITING)
        store.settings.put(actor.workstation, WAITING, str(minutes))
        store.audit.add(actor, "choose_waiting_warning", at=now, changes={WAITING: (before, str(minutes))})
