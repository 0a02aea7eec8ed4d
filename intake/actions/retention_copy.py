"""The copy of a record that is written out of the store before the record goes: read, made, written, and noted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from intake.actions.charts import chart_of
from intake.actions.retention import a_removal, reckoned, refuse_staying
from intake.definitions.bundle import Definitions
from intake.domain.documents import IssuedDocument
from intake.domain.records import PatientRecord
from intake.domain.retention import Removal
from intake.domain.reviews import Chart
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError
from intake.placing import replace_file
from intake.storage.store import Store

FORMAT: Final = "intake-desk-record-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySource:
    """All that a copy is made of: every visit's chart, the documents whose bytes are kept, and all rows as the store holds them."""

    removal: Removal
    record: PatientRecord
    charts: tuple[Chart, ...]
    documents: tuple[tuple[IssuedDocument, bytes], ...]
    rows: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCopy:
    """The two files of a copy: what a person reads, and every row for a program."""

    name: str
    pdf: bytes
    rows: bytes

    def digests(self) -> tuple[str, str]:
        """Return the SHA-256 of both."""
        return hashlib.sha256(self.pdf).hexdigest(), hashlib.sha256(self.rows).hexdigest()


def copy_source(store: Store, actor: Actor, removal_id: int, *, definitions: Definitions, now: datetime) -> CopySource:
    """Read all of a record that was proposed to go. It holds notes: only who may read them writes a copy.

    The visits' rules are not asked anew: what they would find is no part of a record whose time is over. Raises IntakeError
    ``removal_not_found``, ``patient_not_found``, and those of ``propose``.
    """
    actor.must(Task.REMOVE_RECORDS)
    actor.must(Task.READ_NOTE)
    with store.steady():
        removal = a_removal(store, removal_id)
        refuse_staying(reckoned(store, removal.patient_id, definitions), now)
        record = store.patients.get(removal.patient_id)
        if record is None:
            raise IntakeError("patient_not_found")
        visits = [store.visits.get(visit_id, definitions) for visit_id in store.visits.of_patient(removal.patient_id)]
        kept = [(document, store.documents.content(document.id)) for document in reversed(store.documents.of_patient(record.id))]
        return CopySource(
            removal=removal,
            record=record,
            charts=tuple(chart_of(store, actor, visit, definitions) for visit in visits if visit is not None),
            documents=tuple((document, content) for document, content in kept if content is not None),
            rows=store.removals.rows_of(record.id),
        )


def make_copy(source: CopySource, *, definitions: Definitions, location: str, training: bool, printed_at: datetime) -> MadeCopy:
    """Return both files; for any thread, it needs no store."""
    from intake.documents.removal_copy import removal_copy  # noqa: PLC0415 - reading a record needs no paper

    charts = tuple(replace(chart, draft={}, caret={}) for chart in source.charts)
    pdf = removal_copy(
        source.record, charts, source.documents, definitions, location=definitions.practice.location(location), training=training,
        printed_at=printed_at,
    )  # fmt: skip
    told = {"format": FORMAT, "record": source.record.number, "written_at": printed_at.isoformat(), "rows": source.rows}
    rows = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return MadeCopy(name=f"{source.record.number}-{printed_at:%Y%m%d-%H%M%S}", pdf=pdf, rows=rows)


def write_copy(made: MadeCopy, folder: Path) -> tuple[Path, Path]:
    """Write both files into a folder, readable by their owner alone, and read them back; return where they are.

    They are not encrypted. Raises IntakeError ``cannot_write_file``.
    """
    paths = (folder / f"{made.name}.pdf", folder / f"{made.name}.json")
    for path, content in zip(paths, (made.pdf, made.rows), strict=True):
        try:
            replace_file(path, content)
            whole = path.read_bytes() == content
        except (OSError, ValueError) as error:
            raise IntakeError("cannot_write_file") from error
        if not whole:
            raise IntakeError("cannot_write_file")
    return paths


def note_copy(store: Store, actor: Actor, removal_id: int, made: MadeCopy, *, now: datetime) -> Removal:
    """Record that the copy is written, by the SHA-256 of its files. Raises IntakeError ``removal_not_found``."""
    actor.must(Task.REMOVE_RECORDS)
    actor.must(Task.READ_NOTE)
    pdf, rows = made.digests()
    with store.transaction():
        removal = a_removal(store, removal_id)
        store.removals.note_copy(removal_id, (pdf, rows), staff_id=actor.staff.id, at=now)
        changes = {"removal": (None, str(removal_id)), "pdf_sha256": (None, pdf), "rows_sha256": (None, rows)}
        store.audit.add(actor, "export_removal", at=now, patient_id=removal.patient_id, changes=changes)
        return a_removal(store, removal_id)
