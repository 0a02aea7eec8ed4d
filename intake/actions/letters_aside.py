"""What was typed into a letter and could not be kept in it: kept beside it, for the person who typed it and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from intake.domain.staff import Actor, Task
from intake.storage.letters import KeptAside
from intake.storage.store import Store


def put_aside(store: Store, actor: Actor, request_id: int, *, typed: Mapping[str, str], body: str | None, now: datetime) -> None:
    """Keep what the actor typed exactly as typed; when this returns, it is on disk."""
    actor.must(Task.WRITE_LETTER)
    with store.transaction():
        store.letters.put_aside(request_id, actor.staff.id, KeptAside(typed=typed, body=body, at=now))


def aside_of(store: Store, actor: Actor, request_id: int) -> KeptAside | None:
    """Return what the actor typed and is not in the letter, None when nothing was kept beside it."""
    actor.must(Task.WRITE_LETTER)
    with store.reading():
        return store.letters.aside(request_id, actor.staff.id)


def let_go(store: Store, actor: Actor, request_id: int) -> None:
    """Let go of what the actor typed beside the letter: it is in the letter now."""
    actor.must(Task.WRITE_LETTER)
    with store.transaction():
        store.letters.drop_aside(request_id, actor.staff.id)
