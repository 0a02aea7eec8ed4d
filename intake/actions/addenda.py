"""What is added to a signed review: each addendum signed by its author, and bound to all that stood before it."""

from __future__ import annotations

from datetime import datetime

from intake.actions.charts import chart_of
from intake.actions.confirming import confirm_password
from intake.actions.notes import ADDENDUM_PARTS
from intake.actions.typed import typed_line, typed_text
from intake.definitions.bundle import Definitions
from intake.domain.addenda import sealed
from intake.domain.note_merging import is_typed
from intake.domain.reviews import Addendum, Chart
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError
from intake.storage.reviews import KeptAddendum
from intake.storage.store import Store


def add_addendum(
    store: Store, actor: Actor, visit_id: int, *, text: str, reason: str, password: str, definitions: Definitions, now: datetime
) -> Chart:
    """Add to a signed review and return the chart; what the actor had typed for it is gone from the draft.

    Raises as ``append_addendum``, and IntakeError ``wrong_signature`` and ``signature_too_soon`` (``wait_s``).
    """
    actor.must(Task.REVIEW)
    typed_text(text, field="addendum")
    typed_line(reason, field="addendum_reason")
    confirm_password(store, actor, password=password, purpose="add_addendum", now=now)
    with store.transaction():
        append_addendum(store, actor, visit_id, text=text, reason=reason, now=now)
        _forget_typed(store, actor, visit_id, now)
        record = store.visits.get(visit_id, definitions)
        if record is None:
            raise LookupError
        return chart_of(store, actor, record, definitions)


def append_addendum(store: Store, actor: Actor, visit_id: int, *, text: str, reason: str, now: datetime) -> Addendum:
    """Append an addendum inside the caller's transaction, after its author's password was confirmed, and return it.

    Raises InvalidInputError for ``addendum`` or ``addendum_reason``, IntakeError ``not_signed_yet``, ``clock_behind``.
    """
    kept = store.reviews.get(visit_id)
    if kept is None:
        raise IntakeError("not_signed_yet")
    before = store.reviews.addenda(visit_id)
    if now < (before[-1].addendum.at if before else kept.at):
        raise IntakeError("clock_behind")
    unsealed = Addendum(
        number=len(before) + 1,
        text=typed_text(text, field="addendum"),
        reason=typed_line(reason, field="addendum_reason"),
        by=actor.staff.name,
        role=actor.staff.role.value,
        at=now,
        fingerprint="",
    )
    former = before[-1].addendum.fingerprint if before else kept.fingerprint
    addendum = sealed(unsealed, former=former, visit_id=visit_id, account=actor.staff.id)
    store.reviews.add_addendum(visit_id, KeptAddendum(addendum=addendum, staff_id=actor.staff.id))
    changes = {"fingerprint": (former, addendum.fingerprint)}
    patient_id = store.visits.patient_of(visit_id)
    store.audit.add(
        actor, "add_addendum", at=now, patient_id=patient_id, visit_id=visit_id, object_version=addendum.number + 1, changes=changes
    )
    return addendum


def _forget_typed(store: Store, actor: Actor, visit_id: int, now: datetime) -> None:
    """Take the words of the addendum out of the actor's draft, and the draft away when nothing is left in it."""
    draft = store.notes.get(visit_id, actor.staff.id)
    if draft is None:
        return
    rest = {name: part for name, part in draft.content.items() if name not in ADDENDUM_PARTS}
    if is_typed(rest):
        store.notes.put(visit_id, actor.staff.id, content=rest, caret=draft.caret, at=now)
    else:
        store.notes.remove(visit_id, actor.staff.id)
