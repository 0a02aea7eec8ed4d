"""Labels, envelopes and the accounting of disclosures of one patient: made, and recorded as they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from intake.actions.disclosing import OPERATIONS, PRINT_DESK, SAVED, TO_PATIENT, accounted_since, accounting, disclose
from intake.actions.issuing import EVENTS
from intake.definitions.bundle import Definitions
from intake.domain.documents import How
from intake.domain.labels import Envelope, Label, LabelSheet, postal_lines
from intake.domain.numbers import RECORD_PREFIX, read_number
from intake.domain.records import PatientRecord
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.storage.disclosures import About
from intake.storage.rows import Change
from intake.storage.store import Store

MOST_LABELS: Final = 300
Content = Literal["identity", "address"]
Left = Literal["labels", "envelope", "accounting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Which labels are wanted: on which sheet (its key), how many, beginning at which label of the first sheet, counted from 1.

    ``content`` is who the patient is, for a folder, or where post goes; an address label carries nothing else.
    """

    sheet: str
    first: int = 1
    count: int = 1
    content: Content = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a paper leaves: ``target`` is the printer or the kind of place, ``location`` the key of the clinic that gives it out."""

    how: How
    target: str
    location: str
    training: bool


def make_labels(store: Store, actor: Actor, patient_id: int, wanted: Labels, way: Way, *, definitions: Definitions, now: datetime) -> bytes:
    """Return a patient's labels as PDF, recorded as leaving that way.

    Raises InvalidInputError for a sheet, a place or a count there is not; IntakeError ``patient_not_found``,
    ``no_postal_address``, ``label_too_small``.
    """
    from intake.documents.labels import identity_label, label_sheet  # noqa: PLC0415 - reading a record needs no paper

    actor.must(Task.SEE_PATIENTS)
    sheet = sheet_of(wanted, definitions)
    record = _record(store, patient_id)
    label = identity_label(record) if wanted.content == "identity" else Label(lines=post_of(record))
    content = label_sheet(label, sheet, first=wanted.first, count=wanted.count, training=way.training)
    changes: dict[str, Change] = {"sheet": (None, sheet.key), "count": (None, str(wanted.count)), "content": (None, wanted.content)}
    with store.transaction():
        note_left(store, actor, "labels", record, way, changes, definitions=definitions, now=now)
    return content


def make_envelope(store: Store, actor: Actor, patient_id: int, size: str, way: Way, *, definitions: Definitions, now: datetime) -> bytes:
    """Return an envelope to a patient as PDF, from the clinic of ``way``, recorded as leaving that way.

    Raises InvalidInputError for an envelope there is not; IntakeError as ``make_labels``.
    """
    from intake.documents.envelopes import envelope  # noqa: PLC0415 - as above

    actor.must(Task.SEE_PATIENTS)
    wanted = envelope_of(size, definitions)
    record = _record(store, patient_id)
    practice = definitions.practice
    content = envelope(
        post_of(record), wanted, practice=practice, location=practice.location(way.location), training=way.training
    )  # fmt: skip
    with store.transaction():
        note_left(store, actor, "envelope", record, way, {"envelope": (None, wanted.key)}, definitions=definitions, now=now)
    return content


def make_accounting(store: Store, actor: Actor, patient_id: int, way: Way, *, definitions: Definitions, now: datetime) -> bytes:
    """Return the accounting of a patient's disclosures of six years as PDF; asking for it and taking it out are recorded.

    Raises IntakeError ``patient_not_found``.
    """
    from intake.documents.accounting_report import accounting_report  # noqa: PLC0415 - as above

    told = accounting(store, actor, patient_id, definitions=definitions, now=now)
    practice = definitions.practice
    record = _record(store, patient_id)
    content = accounting_report(
        told,
        patient=record,
        first=accounted_since(now, definitions).date(),
        last=now.astimezone(practice.zone()).date(),
        practice=practice,
        location=practice.location(way.location),
        kinds=definitions.document_kinds,
        training=way.training,
        printed_at=now,
    )
    with store.transaction():
        note_left(store, actor, "accounting", record, way, {"disclosures": (None, str(len(told)))}, definitions=definitions, now=now)
    return content


def patient_numbered(number: str) -> int:
    """Return the id of a patient by the record number as typed. Raises IntakeError ``wrong_check_digit``, ``patient_not_found``."""
    read = read_number(number)
    if read is None:
        raise IntakeError("wrong_check_digit")
    if read[0] != RECORD_PREFIX:
        raise IntakeError("patient_not_found")
    return read[1]


def sheet_of(wanted: Labels, definitions: Definitions) -> LabelSheet:
    """Return the sheet that labels are wanted on. Raises InvalidInputError ``unknown_sheet``, ``not_on_sheet``, ``labels_out_of_range``."""
    sheet = definitions.label_sheets.get(wanted.sheet)
    if sheet is None:
        raise InvalidInputError((Problem(field="labels.sheet", code="unknown_sheet"),))
    problems: list[Problem] = []
    if not 1 <= wanted.first <= sheet.places:
        problems.append(Problem(field="labels.first", code="not_on_sheet"))
    if not 1 <= wanted.count <= MOST_LABELS:
        problems.append(Problem(field="labels.count", code="labels_out_of_range"))
    if problems:
        raise InvalidInputError(tuple(problems))
    return sheet


def envelope_of(size: str, definitions: Definitions) -> Envelope:
    """Return an envelope by its key. Raises InvalidInputError ``unknown_envelope``."""
    found = definitions.envelopes.get(size)
    if found is None:
        raise InvalidInputError((Problem(field="envelope", code="unknown_envelope"),))
    return found


def _record(store: Store, patient_id: int) -> PatientRecord:
    with store.reading():
        record = store.patients.get(patient_id)
    if record is None:
        raise IntakeError("patient_not_found")
    return record


def post_of(record: PatientRecord) -> tuple[str, ...]:
    """Return where a patient's post goes. Raises IntakeError ``no_postal_address``."""
    lines = postal_lines(record.patient)
    if not lines:
        raise IntakeError("no_postal_address")
    return lines


def note_left(
    store: Store,
    actor: Actor,
    what: Left,
    record: PatientRecord,
    way: Way,
    changes: dict[str, Change],
    *,
    definitions: Definitions,
    now: datetime,
) -> None:
    """Record, inside the caller's transaction, that a paper of this kind left that way, and that it was told."""
    clinic = definitions.practice.location(way.location).name
    disclose(
        store,
        actor,
        about=About(patient_id=record.id, request_id=None, document_id=None),
        event=EVENTS[way.how],
        recipient=f"{PRINT_DESK if way.how == 'print' else SAVED}, {clinic}",
        what=f"{what} {record.number}",
        purpose=TO_PATIENT if what == "accounting" else OPERATIONS,
        now=now,
    )
    action = f"{'print' if way.how == 'print' else 'export'}_{what}"
    store.audit.add(actor, action, at=now, patient_id=record.id, changes={"target": (None, way.target), **changes})
