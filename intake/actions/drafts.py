"""Drafts: what is being typed, kept for the person who types it and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from intake.domain.staff import Actor, Task
from intake.errors import DeniedError, IntakeError
from intake.storage.drafts import KeptDraft, Kind
from intake.storage.store import Store

_TASKS: Final[Mapping[Kind, Task]] = {
    "intake": Task.RECORD_INTAKE,
    "edit": Task.EDIT_PATIENT,
    "amendment": Task.RECORD_AMENDMENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An intake, the edit of a patient, or a patient's request to amend the record, as typed so far.

    ``content`` is the raw intake, ``caret`` where the cursor stood (``{"field": path, "position": int}``), ``patient_id`` the
    returning patient it is for, ``title`` what a list calls it. ``id`` and ``updated_at`` are None until it is kept. Of an edit
    ``content`` holds the part ``patient`` as typed and as ``begun``, the record of ``patient_id`` at ``patient_version``.
    """

    id: int | None = None
    kind: Kind = "intake"
    content: Mapping[str, Any]
    caret: Mapping[str, Any]
    patient_id: int | None = None
    patient_version: int | None = None
    title: str = ""
    updated_at: datetime | None = None


def keep_draft(store: Store, actor: Actor, draft: Draft, *, now: datetime) -> int:
    """Keep what is typed so far and return the draft's id; when this returns, it is on disk.

    Raises DeniedError ``not_your_draft``, IntakeError ``draft_gone`` when it was saved or dropped meanwhile.
    """
    actor.must(_TASKS[draft.kind])
    with store.transaction(parting=True):  # what was typed is kept even when the account was switched off meanwhile
        if draft.id is None:
            draft_id = store.drafts.add(actor.staff.id, _kept(draft, now))
            store.audit.add(actor, "start_draft", at=now, patient_id=draft.patient_id)
            return draft_id
        must_own(store, actor, draft.id)
        store.drafts.replace(draft.id, _kept(draft, now))
        return draft.id


def my_drafts(store: Store, actor: Actor) -> tuple[Draft, ...]:
    """Return the intakes that the actor has not finished, the latest first."""
    return _drafts(store, actor, "intake")


def my_edits(store: Store, actor: Actor) -> tuple[Draft, ...]:
    """Return the edits of patients that the actor has not finished, the latest first."""
    return _drafts(store, actor, "edit")


def my_amendments(store: Store, actor: Actor) -> tuple[Draft, ...]:
    """Return the requests to amend a record that the actor has not finished taking down, the latest first."""
    return _drafts(store, actor, "amendment")


def _drafts(store: Store, actor: Actor, kind: Kind) -> tuple[Draft, ...]:
    with store.reading():
        kept_drafts = store.drafts.of(actor.staff.id, kind)
    return tuple(
        Draft(
            id=kept.id,
            kind=kept.kind,
            content=kept.content,
            caret=kept.caret,
            patient_id=kept.patient_id,
            patient_version=kept.patient_version,
            title=kept.title,
            updated_at=kept.updated_at,
        )
        for kept in kept_drafts
    )


def drop_draft(store: Store, actor: Actor, draft_id: int, *, now: datetime) -> None:
    """Throw a draft away because its owner says so. Raises as ``keep_draft``."""
    with store.transaction():
        must_own(store, actor, draft_id)
        store.drafts.remove(draft_id)
        store.audit.add(actor, "drop_draft", at=now)


def finish_draft(store: Store, actor: Actor, draft_id: int) -> None:
    """Take a draft away inside the transaction that saves what was typed. Raises as ``keep_draft``."""
    must_own(store, actor, draft_id)
    store.drafts.remove(draft_id)


def must_own(store: Store, actor: Actor, draft_id: int) -> None:
    """Raise DeniedError unless the draft is the actor's, IntakeError ``draft_gone`` if there is none."""
    owner = store.drafts.owner(draft_id)
    if owner is None:
        raise IntakeError("draft_gone")
    if owner != actor.staff.id:
        raise DeniedError("not_your_draft")


def _kept(draft: Draft, now: datetime) -> KeptDraft:
    return KeptDraft(
        id=draft.id,
        kind=draft.kind,
        content=draft.content,
        caret=draft.caret,
        patient_id=draft.patient_id,
        patient_version=draft.patient_version,
        title=draft.title,
        updated_at=now,
    )
