"""What left the program on paper or as a file, for the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from intake.domain.staff import Actor, Task
from intake.errors import IntakeError
from intake.storage.audit import PaperEntry
from intake.storage.store import Store


def note_document(
    store: Store, actor: Actor, *, visit_id: int, how: Literal["print", "pdf", "preview"], target: str, now: datetime
) -> None:
    """Record that the intake form of a visit was printed, saved as a PDF, or looked at.

    ``target`` is the printer or the kind of place, never a file name: that may hold a patient's name.
    """
    actor.must(Task.PRINT_INTAKE)
    with store.transaction():
        patient_id = store.visits.patient_of(visit_id)
        if patient_id is None:
            raise IntakeError("visit_not_found")
        store.audit.add(actor, f"{how}_intake", at=now, patient_id=patient_id, visit_id=visit_id, changes={"target": (None, target)})


def papers_of(store: Store, actor: Actor, patient_id: int) -> tuple[PaperEntry, ...]:
    """Return what was printed or saved of a patient's intake forms, the latest first; opening the patient is what is recorded."""
    actor.must(Task.SEE_PATIENTS)
    return store.audit.papers_of(patient_id)
