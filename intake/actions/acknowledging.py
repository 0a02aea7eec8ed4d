"""A clinician says what was done about a prompt."""

from __future__ import annotations

from datetime import datetime

from intake.actions.charts import chart_of, refuse_taken
from intake.actions.typed import typed_text
from intake.definitions.bundle import Definitions
from intake.domain.reviews import Chart
from intake.domain.staff import Actor, Task
from intake.errors import ConflictError, IntakeError
from intake.storage.store import Store


def acknowledge(store: Store, actor: Actor, prompt_id: int, *, words: str, definitions: Definitions, now: datetime) -> Chart:
    """Keep a clinician's word on a prompt, once and for good, and return the chart.

    Raises InvalidInputError (of ``prompts.<id>``) for words that are missing or cannot be kept, IntakeError ``prompt_not_found``,
    ConflictError ``prompt_acknowledged``, ``chart_taken`` and ``visit_signed``.
    """
    actor.must(Task.REVIEW)
    done = typed_text(words, field=f"prompts.{prompt_id}")
    with store.transaction():
        visit_id = store.prompts.visit_of(prompt_id)
        if visit_id is None:
            raise IntakeError("prompt_not_found")
        if not store.awaiting.has(visit_id):
            raise ConflictError("visit_signed")
        refuse_taken(store, actor, visit_id)
        if store.prompts.is_acknowledged(prompt_id):
            raise ConflictError("prompt_acknowledged")
        store.prompts.acknowledge(visit_id, prompt_id, actor.staff.id, words=done, at=now)
        store.awaiting.set_urgency(visit_id)
        record = store.visits.get(visit_id, definitions)
        if record is None:
            raise LookupError
        changes = {"prompt": (None, str(prompt_id))}
        store.audit.add(actor, "acknowledge_prompt", at=now, patient_id=record.patient.id, visit_id=visit_id, changes=changes)
        return chart_of(store, actor, record, definitions)
