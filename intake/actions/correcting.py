"""A clinician puts an answer right. What the desk recorded stays readable: a correction is a row of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from intake.actions.charts import chart_of, refuse_taken
from intake.actions.prompting import recompute
from intake.actions.typed import typed_text
from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.corrections import answers_as_corrected, visit_as_corrected
from intake.domain.records import VisitRecord
from intake.domain.reviews import Chart, Correction
from intake.domain.staff import Actor, Task
from intake.entry.corrections import follow, read_correction, recorded, refusal
from intake.errors import ConflictError, IntakeError
from intake.storage.rows import Change
from intake.storage.store import Store

REASON: Final = "correction.reason"


def correct(
    store: Store,
    actor: Actor,
    visit_id: int,
    *,
    path: str,
    value: object | None,
    reason: str,
    definitions: Definitions,
    now: datetime,
) -> Chart:
    """Put right ``answers.<key>`` or ``visit.safety.<name>`` and return the chart; a ``value`` of None means not asked.

    The value is read as at the visit: by its version of the checklist, on its day. A detail that was asked only because of the
    old answer becomes "not asked" with the same reason. The prompts are raised anew; those raised before stay.
    The audit tells what was put right, not why: the reason is a clinician's words, for those who read notes. Raises
    InvalidInputError for the reason, the path or the value, IntakeError ``visit_not_found``, ConflictError ``visit_signed``,
    ``chart_taken``.
    """
    actor.must(Task.REVIEW)
    words = typed_text(reason, field=REASON)
    with store.transaction():
        record = _unsigned(store, visit_id, definitions)
        refuse_taken(store, actor, visit_id)
        checklist = definitions.checklists[record.checklist_version]
        made = store.corrections.answers_of(visit_id)
        before = recorded(answers_as_corrected(record.answers, made), visit_as_corrected(record.visit, made).safety)
        after = read_correction(path, value, checklist=checklist, definitions=definitions, on=record.visit_day)
        if before.get(path) == after:
            raise refusal(path, "nothing_changed")
        changes = follow(before, path, after, checklist=checklist)
        new = [
            Correction(path=each, before=before.get(each), after=to, reason=words, by=actor.staff.name, at=now)
            for each, to in changes.items()
        ]
        store.corrections.add(visit_id, actor.staff.id, new)
        recompute(store, visit_id, definitions, now)
        store.audit.add(
            actor,
            "correct",
            at=now,
            patient_id=record.patient.id,
            visit_id=visit_id,
            changes={each.path: _change(each) for each in new},
        )
        return chart_of(store, actor, record, definitions)


def _unsigned(store: Store, visit_id: int, definitions: Definitions) -> VisitRecord:
    record = store.visits.get(visit_id, definitions)
    if record is None:
        raise IntakeError("visit_not_found")
    if not store.awaiting.has(visit_id):
        raise ConflictError("visit_signed")
    return record


def _change(correction: Correction) -> Change:
    return _shown(correction.before), _shown(correction.after)


def _shown(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    return " ".join(answer) if isinstance(answer, tuple) else str(answer)
