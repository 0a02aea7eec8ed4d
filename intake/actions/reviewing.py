"""The lists of the review: what awaits a clinician, what is signed, and which chart comes next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from intake.domain.reviews import ReviewLine, SignedLine
from intake.domain.staff import Actor, Task
from intake.storage.store import Store

MOST_COUNTED: Final = 1000
"""A count goes no further: one that large says "many"."""


def awaiting(store: Store, actor: Actor, *, location: str | None, limit: int = 200, now: datetime | None = None) -> tuple[ReviewLine, ...]:
    """Return the visits that await review, at one clinic or at all.

    First those a clinician is called to, then by the most pressing prompt without a word, then by arrival; those who left come
    last, in the same order. Looking is recorded once per sign-in; ``now`` is this moment unless told.
    """
    actor.must(Task.REVIEW)
    with store.reading():
        lines = store.awaiting.lines(location, limit=limit)
    _note(store, actor, "see_awaiting", location, now)
    return lines


def awaiting_count(store: Store, actor: Actor, *, location: str | None) -> int:
    """Return how many visits await review, at most MOST_COUNTED."""
    actor.must(Task.REVIEW)
    with store.reading():
        return store.awaiting.count(location, most=MOST_COUNTED)


def next_to_review(store: Store, actor: Actor, *, location: str | None, after: int | None) -> int | None:
    """Return the visit after this one in the list of ``awaiting``, passing over charts that somebody else has in hand.

    The first of the list when ``after`` is None or signed meanwhile; None after the last one.
    """
    actor.must(Task.REVIEW)
    with store.reading():
        return store.awaiting.next_free(location, after=after, staff_id=actor.staff.id)


def signed(store: Store, actor: Actor, *, location: str | None, limit: int = 200, now: datetime | None = None) -> tuple[SignedLine, ...]:
    """Return the signed visits, the latest signature first, at one clinic or at all. Looking is recorded as in ``awaiting``."""
    actor.must(Task.READ_NOTE)
    with store.reading():
        lines = store.awaiting.signed(location, limit=limit)
    _note(store, actor, "see_signed", location, now)
    return lines


def _note(store: Store, actor: Actor, action: str, location: str | None, now: datetime | None) -> None:
    if store.audit.tells(actor, f"{action} {location}"):
        with store.transaction(lasting=False):
            store.audit.add(actor, action, at=now or datetime.now(UTC), changes={"list": (None, location or "all")})
