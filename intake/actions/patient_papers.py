"""Papers that are made for a patient on the spot: looked at first, and recorded when they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from intake.actions.disclosing import accounted_since, accounting
from intake.actions.forms import FormWanted, note_form
from intake.actions.labels import Labels, Way, envelope_of, note_left, post_of, sheet_of
from intake.actions.patients import open_patient
from intake.definitions.bundle import Definitions
from intake.domain.documents import Disclosure
from intake.domain.labels import Label
from intake.domain.records import PatientRecord
from intake.domain.staff import Actor, Task
from intake.entry.day_words import Language
from intake.storage.store import Store

Kind = Literal["labels", "addresses", "envelope", "blank", "fillable", "accounting"]
TASKS: Final[dict[Kind, Task]] = {
    "labels": Task.SEE_PATIENTS, "addresses": Task.SEE_PATIENTS, "envelope": Task.SEE_PATIENTS, "blank": Task.PRINT_INTAKE,
    "fillable": Task.PRINT_INTAKE, "accounting": Task.ACCOUNT_DISCLOSURES,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which paper is wanted. ``sheet`` is the key of a label sheet or an envelope; ``first`` and ``count`` are of labels."""

    kind: Kind
    language: Language = "en"
    sheet: str = ""
    first: int = 1
    count: int = 1

    def labels(self) -> Labels:
        """Return it as labels."""
        return Labels(
            sheet=self.sheet, first=self.first, count=self.count, content="identity" if self.kind == "labels" else "address"
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a paper is made from: the patient's record, None for a form that is nobody's yet, and what was told of the patient."""

    record: PatientRecord | None = None
    told: tuple[Disclosure, ...] = ()


def source_of(
    store: Store, actor: Actor, patient_id: int | None, kind: Kind, *, definitions: Definitions, now: datetime
) -> Source:  # fmt: skip
    """Read what a paper is made from; that the patient was looked at, and that disclosures were asked for, is recorded.

    Raises IntakeError ``patient_not_found``.
    """
    actor.must(TASKS[kind])
    if patient_id is None:
        return Source()
    told = accounting(store, actor, patient_id, definitions=definitions, now=now) if kind == "accounting" else ()
    return Source(record=open_patient(store, actor, patient_id, now=now).record, told=told)


def make_paper(
    source: Source, wanted: Wanted, *, definitions: Definitions, location: str, training: bool, printed_at: datetime
) -> bytes:  # fmt: skip
    """Return the paper as PDF: for any thread, it needs no store. Nothing is recorded: it has not left.

    Raises InvalidInputError for a sheet, a place or a count there is not; IntakeError ``no_postal_address``, ``label_too_small``.
    """
    from intake.documents import accounting_report, envelopes, labels  # noqa: PLC0415 - reading a record needs no paper
    from intake.documents.forms.form import blank_form, fillable_form  # noqa: PLC0415 - as above

    practice, record = definitions.practice, source.record
    clinic = practice.location(location)
    if wanted.kind in ("blank", "fillable"):
        make = blank_form if wanted.kind == "blank" else fillable_form
        return make(
            definitions, language=wanted.language, record=record, location=clinic, training=training, printed_at=printed_at
        )  # fmt: skip
    if record is None:
        raise ValueError(wanted.kind)
    if wanted.kind == "envelope":
        return envelopes.envelope(
            post_of(record), envelope_of(wanted.sheet, definitions), practice=practice, location=clinic, training=training
        )  # fmt: skip
    if wanted.kind == "accounting":
        return accounting_report.accounting_report(
            source.told, patient=record, first=accounted_since(printed_at, definitions).date(),
            last=printed_at.astimezone(practice.zone()).date(), practice=practice, location=clinic,
            kinds=definitions.document_kinds, training=training, printed_at=printed_at,
        )  # fmt: skip
    label = labels.identity_label(record) if wanted.kind == "labels" else Label(lines=post_of(record))
    sheet = sheet_of(wanted.labels(), definitions)
    return labels.label_sheet(label, sheet, first=wanted.first, count=wanted.count, training=training)


def note_paper(
    store: Store, actor: Actor, source: Source, wanted: Wanted, way: Way, *, definitions: Definitions, now: datetime
) -> None:  # fmt: skip
    """Record that a paper with a patient's data left that way; a form that is nobody's yet leaves no trace."""
    actor.must(TASKS[wanted.kind])
    record = source.record
    if record is None:
        return
    with store.transaction():
        if wanted.kind in ("blank", "fillable"):
            form = FormWanted(form="blank" if wanted.kind == "blank" else "fillable", language=wanted.language, patient_id=record.id)
            note_form(store, actor, form, record, way, definitions, now)
        elif wanted.kind == "envelope":
            note_left(store, actor, "envelope", record, way, {"envelope": (None, wanted.sheet)}, definitions=definitions, now=now)
        elif wanted.kind == "accounting":
            note_left(
                store, actor, "accounting", record, way, {"disclosures": (None, str(len(source.told)))}, definitions=definitions, now=now
            )
        else:
            labels = wanted.labels()
            count = str(labels.count)
            changes = {"sheet": (None, labels.sheet), "count": (None, count), "content": (None, labels.content)}
            note_left(store, actor, "labels", record, way, dict(changes), definitions=definitions, now=now)
