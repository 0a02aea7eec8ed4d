"""Giving the screen to a patient, and taking it back: both are recorded, and taking back needs a member of the staff."""

from __future__ import annotations

from datetime import datetime

from intake.actions.access import take_over
from intake.actions.drafts import Draft, must_own, my_drafts
from intake.domain.staff import Actor, Task
from intake.storage.store import Store


def begin_patient_mode(store: Store, actor: Actor, *, draft_id: int | None, now: datetime) -> Draft:
    """Record that a patient answers at this desk from now on, and return the draft that takes the answers.

    It is the actor's draft as it is on disk; without one, an empty one that is kept with the first answer.
    Raises DeniedError ``not_your_draft``, IntakeError ``draft_gone``.
    """
    actor.must(Task.RECORD_INTAKE)
    draft = Draft(content={}, caret={})
    if draft_id is not None:
        with store.reading():
            must_own(store, actor, draft_id)
        draft = next(kept for kept in my_drafts(store, actor) if kept.id == draft_id)
    with store.transaction():
        store.audit.add(actor, "begin_patient_mode", at=now, patient_id=draft.patient_id, changes=_draft(draft_id))
    return draft


def end_patient_mode(
    store: Store, actor: Actor, *, login: str, password: str, draft_id: int | None, patient_id: int | None, now: datetime
) -> Actor:
    """Return who took the screen back: the ``actor`` who gave it away (an empty ``login``), or any other active member of the staff.

    A draft goes to whoever took the screen back, if their role may go on with it; else it stays with the ``actor``.
    Raises IntakeError ``wrong_sign_in`` and ``sign_in_too_soon`` as signing in does, with the same waits.
    """
    name = login.strip() or actor.staff.login
    taker = take_over(store, login=name, password=password, workstation=actor.workstation, now=now, same=actor.staff)
    with store.transaction():
        owner = None if draft_id is None else store.drafts.owner(draft_id)
        if draft_id is not None and owner == actor.staff.id != taker.staff.id and taker.may(Task.RECORD_INTAKE):
            store.drafts.give_to(draft_id, taker.staff.id)
            passed_on = {**_draft(draft_id), "owner": (actor.staff.login, taker.staff.login)}
            store.audit.add(taker, "take_over_draft", at=now, patient_id=patient_id, changes=passed_on)
        store.audit.add(taker, "end_patient_mode", at=now, patient_id=patient_id, changes=_draft(draft_id))
    return taker


def _draft(draft_id: int | None) -> dict[str, tuple[str | None, str | None]]:
    return {"draft": (None, "new" if draft_id is None else str(draft_id))}
