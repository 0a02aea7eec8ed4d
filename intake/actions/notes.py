"""What a clinician types: kept at every stroke, for its owner; and snippets of one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from intake.actions.typed import typed_text
from intake.domain.note_merging import is_typed, together
from intake.domain.review_form import Snippet
from intake.domain.reviews import Raw
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError, InvalidInputError, Problem
from intake.storage.store import Store

ADDENDUM_PARTS = ("addendum", "addendum_reason")
"""What a raw note may go on holding once the review is signed."""
_ABBREVIATION = re.compile(r"\.\w{1,30}")


def keep_note(store: Store, actor: Actor, visit_id: int, *, content: Raw, caret: Raw, now: datetime) -> None:
    """Keep what the actor typed so far; when this returns or says that it is in vain, it is on disk.

    A chart that nobody has comes into the actor's hands. Raises ConflictError ``chart_taken`` when somebody else has it, or the
    actor at another desk (what only this desk has is then put after what was typed there), ``visit_signed`` when it is signed and
    more than an addendum is typed, IntakeError ``visit_not_found``.
    """
    actor.must(Task.REVIEW)
    with store.transaction(parting=True):  # a draft of one's own, as that of an intake
        patient_id = store.visits.patient_of(visit_id)
        if patient_id is None:
            raise IntakeError("visit_not_found")
        kept = store.notes.get(visit_id, actor.staff.id)
        if kept is None:
            store.audit.add(actor, "start_note", at=now, patient_id=patient_id, visit_id=visit_id)
        conflict = _conflict(store, actor, visit_id, content, now)
        hold = store.holds.of(visit_id)
        if kept is not None and hold is not None and hold.staff_id == actor.staff.id and conflict is not None:
            content = together(kept.content, content)
        store.notes.put(visit_id, actor.staff.id, content=content, caret=caret, at=now)
    if conflict is not None:
        raise ConflictError(conflict)


def my_snippets(store: Store, actor: Actor) -> tuple[Snippet, ...]:
    """Return the actor's own snippets by abbreviation."""
    actor.must(Task.REVIEW)
    with store.reading():
        return store.snippets.of(actor.staff.id)


def keep_snippet(store: Store, actor: Actor, *, abbreviation: str, text: str, now: datetime) -> Snippet:
    """Keep a snippet of the actor's own, in place of the one of that abbreviation, and return it.

    The point before the abbreviation may be left out. Raises InvalidInputError for ``abbreviation`` or ``text``.
    """
    actor.must(Task.REVIEW)
    snippet = _sound_snippet(abbreviation, text)
    with store.transaction():
        store.snippets.put(actor.staff.id, snippet)
        store.audit.add(actor, "keep_snippet", at=now)
    return snippet


def drop_snippet(store: Store, actor: Actor, abbreviation: str, *, now: datetime) -> None:
    """Throw a snippet of the actor's own away."""
    actor.must(Task.REVIEW)
    with store.transaction():
        store.snippets.remove(actor.staff.id, _dotted(abbreviation))
        store.audit.add(actor, "drop_snippet", at=now)


def practice_snippets(store: Store, actor: Actor) -> tuple[Snippet, ...]:
    """Return the practice's snippets by abbreviation, for who writes notes and for who manages them."""
    if not actor.may(Task.MANAGE_PRACTICE):
        actor.must(Task.REVIEW)
    with store.reading():
        return store.practice_snippets.all()


def keep_practice_snippet(store: Store, actor: Actor, *, abbreviation: str, text: str, now: datetime) -> Snippet:
    """Keep a snippet for every clinician, in place of the one of that abbreviation. Raises as ``keep_snippet``."""
    actor.must(Task.MANAGE_PRACTICE)
    snippet = _sound_snippet(abbreviation, text)
    with store.transaction():
        before = store.practice_snippets.text(snippet.abbreviation)
        store.practice_snippets.put(snippet, staff_id=actor.staff.id, at=now)
        store.audit.add(actor, "keep_practice_snippet", at=now, changes={snippet.abbreviation: (before, snippet.text)})
    return snippet


def drop_practice_snippet(store: Store, actor: Actor, abbreviation: str, *, now: datetime) -> None:
    """Throw a snippet of the practice away."""
    actor.must(Task.MANAGE_PRACTICE)
    name = _dotted(abbreviation)
    with store.transaction():
        before = store.practice_snippets.text(name)
        store.practice_snippets.remove(name)
        store.audit.add(actor, "drop_practice_snippet", at=now, changes={name: (before, None)})


def _sound_snippet(abbreviation: str, text: str) -> Snippet:
    name = _dotted(abbreviation)
    if not _ABBREVIATION.fullmatch(name):
        raise InvalidInputError((Problem(field="abbreviation", code="not_an_abbreviation"),))
    return Snippet(abbreviation=name, text=typed_text(text, field="text"))


def _conflict(store: Store, actor: Actor, visit_id: int, content: Raw, now: datetime) -> str | None:
    """Return why the text cannot become the note as things stand, None when it can."""
    if store.reviews.signed(visit_id):
        return "visit_signed" if is_typed(_without_addendum(content)) else None
    hold = store.holds.of(visit_id)
    if hold is None:
        store.holds.put(visit_id, actor.staff.id, workstation=actor.workstation, reason="", at=now)
        return None
    return None if (hold.staff_id, hold.workstation) == (actor.staff.id, actor.workstation) else "chart_taken"


def _without_addendum(content: Raw) -> Mapping[str, object]:
    return {name: part for name, part in content.items() if name not in ADDENDUM_PARTS}


def _dotted(abbreviation: str) -> str:
    """Return an abbreviation as kept: with its point and in small letters."""
    return "." + abbreviation.strip().removeprefix(".").lower()
