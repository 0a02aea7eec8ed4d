"""Emergency access: a clinician gets in without the second factor, and may let a colleague in, for an hour and with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intake.domain.staff import Actor, Task
from intake.errors import DeniedError, IntakeError, InvalidInputError, Problem
from intake.storage.emergencies import Emergency
from intake.storage.store import Store

LASTS = timedelta(minutes=60)
MOST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One use of emergency access, and the actions in it with how often each was done, in the order of their first time."""

    emergency: Emergency
    done: tuple[tuple[str, int], ...]


def begin_emergency(store: Store, actor: Actor, *, reason: str, now: datetime) -> Actor:
    """Begin emergency access and return who acts with it.

    Raises DeniedError ``emergency_not_permitted``, which is told to the audit, InvalidInputError for a reason that is missing or too long.
    """
    told = " ".join(reason.split())
    if not told or len(told) > MOST_REASON:
        raise InvalidInputError((Problem(field="emergency_reason", code="too_long" if told else "required"),))
    if not actor.may(Task.USE_EMERGENCY):
        with store.transaction():
            store.audit.add(actor, "emergency_access", at=now, reason=told, outcome="refused")
        raise DeniedError("emergency_not_permitted")
    with store.transaction():
        store.emergencies.add(actor.staff.id, workstation=actor.workstation, reason=told, at=now, until=now + LASTS)
        store.audit.add(actor, "emergency_access", at=now, reason=told)
    return replace(actor, emergency=True)


def refuse_ended(store: Store, actor: Actor, task: Task, *, now: datetime) -> None:
    """Raise IntakeError ``emergency_ended`` when only emergency access permits the task, and its time is over."""
    if replace(actor, emergency=False).may(task):
        return
    with store.reading():
        runs = store.emergencies.runs(actor.staff.id, actor.workstation, now=now)
    if not runs:
        raise IntakeError("emergency_ended")


def unseen_emergencies(store: Store, actor: Actor) -> tuple[Shown, ...]:
    """Return the emergency access that no administrator was shown yet, with what was done in it, as often as it was done."""
    actor.must(Task.MANAGE_STAFF)
    with store.reading():
        return tuple(Shown(emergency=each, done=store.emergencies.done_in(each)) for each in store.emergencies.unseen())


def see_emergencies(store: Store, actor: Actor, shown: tuple[Shown, ...], *, now: datetime) -> None:
    """Record that an administrator was shown these."""
    actor.must(Task.MANAGE_STAFF)
    with store.transaction():
        store.emergencies.see(tuple(each.emergency.id for each in shown), by=actor.staff.id, at=now)
        store.audit.add(actor, "see_emergency", at=now, changes={"uses": (None, " ".join(str(each.emergency.id) for each in shown))})
