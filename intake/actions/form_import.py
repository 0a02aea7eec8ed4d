"""Taking in a form that a patient filled in on a screen: it becomes a draft of whoever imports it, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from intake.actions.duplicates import possible_duplicates
from intake.definitions.bundle import Definitions
from intake.domain.numbers import RECORD_PREFIX, read_number
from intake.domain.patients import Patient
from intake.domain.records import Intake, PatientRecord
from intake.domain.staff import Actor, Task
from intake.entry.from_form import FORM, FromForm, OddField, from_form
from intake.entry.reading import read_intake
from intake.entry.retyping import typed_patient
from intake.errors import IntakeError, Problem
from intake.interop.filled_form import FilledForm, read_form
from intake.matching.name_relation import DIACRITICS, SAME, first_relation, last_relation
from intake.matching.score import Match
from intake.storage.drafts import KeptDraft
from intake.storage.store import Store

FIRST: Final = "patient.legal_last"
"""Where the cursor stands when nothing of a form could be read."""
_PATIENT: Final = "patient."


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a form.

    ``already`` says that it was imported before and ``draft_id`` is the draft of then; ``marks`` is what that draft keeps of
    the form. ``patient_id`` is the returning patient whose pre-filled form it is, ``look_alikes`` who else it may be.
    ``problems`` are those of the intake as it stands, without what a person still has to confirm.
    """

    draft_id: int
    already: bool
    marks: FromForm
    patient_id: int | None
    problems: tuple[Problem, ...]
    look_alikes: tuple[Match, ...]

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """The fields, answers and the drawing that nobody has confirmed."""
        return self.marks.unconfirmed


def import_form(store: Store, actor: Actor, pdf: bytes, *, definitions: Definitions, location: str | None, now: datetime) -> Imported:
    """Read a filled form and keep it as a draft of the actor; ``location`` is the clinic of the visit, if it is known.

    Raises DeniedError, and the IntakeErrors of ``read_form``: then there is no draft.
    """
    actor.must(Task.RECORD_INTAKE)
    return keep_form(store, actor, read_form(pdf, definitions), definitions=definitions, location=location, now=now)


def keep_form(store: Store, actor: Actor, form: FilledForm, *, definitions: Definitions, location: str | None, now: datetime) -> Imported:
    """Keep a form that was read as a draft of the actor; one whose draft is still there is kept once."""
    actor.must(Task.RECORD_INTAKE)
    with store.transaction():
        drafts = store.drafts.of_form(form.sha256)
        mine = next((draft_id for draft_id, owner in drafts if owner == actor.staff.id), None)
        if mine is None:
            draft = _draft(store, form, definitions=definitions, location=location, now=now, of_before=_before(store, form, len(drafts)))
            draft_id = store.drafts.add(actor.staff.id, draft)
            changes = {"sha256": (None, form.sha256), "form": (None, form.version)}
            store.audit.add(actor, "import_form", at=now, patient_id=draft.patient_id, changes=changes)
        else:
            draft_id = mine
    return _imported(store, actor, draft_id, definitions=definitions, now=now, already=mine is not None)


def _before(store: Store, form: FilledForm, drafts: int) -> tuple[str, ...]:
    """Return what is to be told of earlier imports of the same file, of which so many are drafts still."""
    had = store.audit.forms_taken(form.sha256) if form.sha256 else 0
    return (*(("form_with_colleague",) if drafts else ()), *(("form_taken_before",) if had > drafts else ()))


def _draft(
    store: Store, form: FilledForm, *, definitions: Definitions, location: str | None, now: datetime, of_before: tuple[str, ...]
) -> KeptDraft:
    """Return the draft a form becomes: what the record of a known patient has, over it what the form says.

    What the record has and the form has no more stays, to be confirmed like what stands on the form: whoever looks decides.
    """
    raw: dict[str, Any] = {**form.raw}
    emptied: tuple[str, ...] = ()
    patient = read_intake(raw, definitions=definitions, on=_day(now, definitions)).intake.patient
    record, notes = _whose(store, form, patient)
    if record is not None:
        kept = typed_patient(record.patient)
        emptied = tuple(path for path in form.empty if path.startswith(_PATIENT) and path.removeprefix(_PATIENT) in kept)
        raw["patient"] = {**kept, **raw["patient"]}
    if location is not None:
        raw["visit"] = {**raw["visit"], "location": location}
    raw[FORM] = _marks(form, (*notes, *of_before, *form.notes), emptied).content()
    return KeptDraft(
        id=None,
        kind="intake",
        content=raw,
        caret={"field": next(iter(form.paths), FIRST), "position": 0},
        patient_id=record.id if record else None,
        patient_version=None,
        title=", ".join(part for part in (patient.legal_last, patient.legal_first) if part),
        updated_at=now,
    )


def _imported(store: Store, actor: Actor, draft_id: int, *, definitions: Definitions, now: datetime, already: bool) -> Imported:
    """Return what stands in a draft that was read from a form. Raises IntakeError ``draft_gone``."""
    with store.reading():
        kept = store.drafts.get(draft_id)
    marks = None if kept is None else from_form(kept[0])
    if kept is None or marks is None:
        raise IntakeError("draft_gone")
    content, patient_id = kept
    raw = {key: part for key, part in content.items() if key != FORM}
    reading = read_intake(raw, definitions=definitions, on=_day(now, definitions))
    return Imported(
        draft_id=draft_id,
        already=already,
        marks=marks,
        patient_id=patient_id,
        problems=reading.problems,
        look_alikes=() if patient_id is not None else _look_alikes(store, actor, reading.intake),
    )


def _day(now: datetime, definitions: Definitions) -> date:
    return now.astimezone(definitions.practice.zone()).date()


def _look_alikes(store: Store, actor: Actor, intake: Intake) -> tuple[Match, ...]:
    policies = (intake.visit.primary, intake.visit.secondary)
    return possible_duplicates(store, actor, intake.patient, [policy.member_id for policy in policies if policy.member_id])


def _whose(store: Store, form: FilledForm, patient: Patient) -> tuple[PatientRecord | None, tuple[str, ...]]:
    """Return the record a pre-filled form is of, if name and birth date on the form say so too, and what is to be told."""
    if form.patient is None:
        return None, ()
    number = read_number(form.patient)
    record = store.patients.get(number[1]) if number is not None and number[0] == RECORD_PREFIX else None
    if record is None:
        return None, ("form_patient_unknown",)
    return (record, ()) if _same_person(patient, record.patient) else (None, ("form_patient_differs",))


def _same_person(one: Patient, other: Patient) -> bool:
    """Tell whether names are the same but for case and accents, and birth dates are the same."""
    same = (SAME, DIACRITICS)
    first = (one.legal_first or other.legal_first) is None or first_relation(one.legal_first, other.legal_first) in same
    return first and last_relation(one.legal_last, other.legal_last) in same and one.dob is not None and one.dob == other.dob


def _marks(form: FilledForm, notes: tuple[str, ...], emptied: tuple[str, ...]) -> FromForm:
    paths = (*form.paths, *emptied)
    return FromForm(
        sha256=form.sha256,
        version=form.version,
        language=form.language,
        paths=paths,
        unconfirmed=paths,
        notes=notes,
        odd=(*(OddField(name=path, code="field_emptied") for path in emptied), *form.oddities),
    )
