"""What left the program on paper or as a file, for the audit and for the check of a file that comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from intake.actions.verifying import note_issued
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError
from intake.storage.audit import PaperEntry
from intake.storage.store import Store

How = Literal["print", "pdf", "preview"]
Kind = Literal["intake", "note", "homecare"]
TASKS: Final[dict[Kind, Task]] = {"intake": Task.PRINT_INTAKE, "note": Task.PRINT_NOTE, "homecare": Task.PRINT_NOTE}
"""What the actor's role must permit for each kind of document."""


def note_document(  # noqa: PLR0913 - keywords only, each of them is recorded by itself
    store: Store,
    actor: Actor,
    *,
    visit_id: int,
    how: How,
    target: str,
    now: datetime,
    kind: Kind = "intake",
    sha256: str | None = None,
    version: int = 0,
) -> None:
    """Record that a document of a visit was printed, saved as a PDF, or looked at.

    ``target`` is the printer or the kind of place, never a file name: that may hold a patient's name. ``sha256`` is that of the
    file's bytes, by which the file is known again once it left; ``version`` that of a note, 0 while it is preliminary.
    """
    actor.must(TASKS[kind])
    with store.transaction():
        patient_id = store.visits.patient_of(visit_id)
        if patient_id is None:
            raise IntakeError("visit_not_found")
        if sha256 is not None and how != "preview":
            note_issued(store, actor, sha256=sha256, visit_id=visit_id, kind=kind, version=version, now=now)
        changes = {"target": (None, target)} | ({} if sha256 is None else {"sha256": (None, sha256)})
        store.audit.add(actor, f"{how}_{kind}", at=now, patient_id=patient_id, visit_id=visit_id, changes=changes)


def papers_of(store: Store, actor: Actor, patient_id: int) -> tuple[PaperEntry, ...]:
    """Return what was printed or saved of a patient's documents, the latest first; opening the patient is what is recorded."""
    actor.must(Task.SEE_PATIENTS)
    return store.audit.papers_of(patient_id)
