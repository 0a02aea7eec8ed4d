"""Importing a form: a draft with a mark at every value, and never a visit."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from intake.actions.drafts import Draft, drop_draft, keep_draft, my_drafts
from intake.actions.form_import import Imported, import_form
from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import Definitions
from intake.domain.records import Intake
from intake.domain.staff import Actor
from intake.entry.from_form import FORM, OddField, from_form
from intake.entry.reading import read_intake
from intake.errors import DeniedError, InvalidInputError, Problem
from intake.storage.store import Store
from tests.factories import NOW, TODAY, a_colleague, a_patient, an_intake, save
from tests.intake.form_import.forms import a_form

ANA = {"patient.legal_last": "Sample", "patient.legal_first": "Ana", "patient.dob": "March 4, 1985", "patient.phone": "732 555 0148"}


def take(store: Store, actor: Actor, definitions: Definitions, filled: dict[str, str], **more: Any) -> Imported:
    """Import a form that was filled in so."""
    location = more.pop("location", None)
    return import_form(store, actor, a_form(definitions, filled, **more).pdf(), definitions=definitions, location=location, now=NOW)


def visits(store: Store) -> int:
    """Return how many visits there are."""
    row = store._connection.execute("SELECT count(*) FROM visit").fetchone()
    assert row is not None
    return int(row[0])


def test_a_form_becomes_a_draft_of_the_importing_person_and_no_visit(store: Store, desk: Actor, definitions: Definitions) -> None:
    """It has the texts as written, and a mark at each."""
    imported = take(store, desk, definitions, ANA, location="loc.union")
    (draft,) = my_drafts(store, desk)
    assert draft.id == imported.draft_id
    assert draft.title == "Sample, Ana"
    assert draft.content["patient"] == {path.removeprefix("patient."): text for path, text in ANA.items()}
    assert draft.content["visit"] == {"location": "loc.union"}
    assert imported.to_confirm == tuple(ANA)
    assert from_form(draft.content) == imported.marks
    assert visits(store) == 0


def test_without_a_clinic_the_desk_that_opens_it_proposes_its_own(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The form does not know where it will be opened."""
    take(store, desk, definitions, ANA)
    assert my_drafts(store, desk)[0].content["visit"] == {}


def test_bad_values_are_problems_at_their_fields(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The same as in a typed intake."""
    imported = take(store, desk, definitions, {**ANA, "patient.dob": "31/31/1985", "patient.email": "at home"})
    assert {Problem(field="patient.dob", code="not_a_date"), Problem(field="patient.email", code="not_an_email")} <= set(imported.problems)
    assert my_drafts(store, desk)[0].content["patient"]["dob"] == "31/31/1985"


def test_look_alikes_are_told(store: Store, desk: Actor, definitions: Definitions) -> None:
    """As in a typed intake."""
    kept = save(store, desk, definitions)
    imported = take(store, desk, definitions, ANA)
    assert [match.kept.number for match in imported.look_alikes] == [kept.record_number]
    assert imported.look_alikes[0].strong
    assert imported.patient_id is None


def test_the_same_form_twice_opens_the_draft_of_the_first_time(store: Store, desk: Actor, definitions: Definitions) -> None:
    """As long as that draft is there; what was confirmed in it stays."""
    pdf = a_form(definitions, ANA).pdf()
    first = import_form(store, desk, pdf, definitions=definitions, location=None, now=NOW)
    marks = dataclasses.replace(first.marks, unconfirmed=())
    content = {**my_drafts(store, desk)[0].content, FORM: marks.content()}
    keep_draft(store, desk, Draft(id=first.draft_id, content=content, caret={}), now=NOW)
    again = import_form(store, desk, pdf, definitions=definitions, location=None, now=NOW)
    assert (again.draft_id, again.already, again.to_confirm) == (first.draft_id, True, ())
    drop_draft(store, desk, first.draft_id, now=NOW)
    third = import_form(store, desk, pdf, definitions=definitions, location=None, now=NOW)
    assert (third.already, third.to_confirm, third.marks.notes) == (False, tuple(ANA), ("form_taken_before",))


def test_a_form_that_a_colleague_has_is_told(store: Store, admin: Actor, desk: Actor, definitions: Definitions) -> None:
    """Drafts are private: the second person gets one of their own, and knows."""
    pdf = a_form(definitions, ANA).pdf()
    import_form(store, a_colleague(store, admin, login="robin"), pdf, definitions=definitions, location=None, now=NOW)
    imported = import_form(store, desk, pdf, definitions=definitions, location=None, now=NOW)
    assert not imported.already
    assert imported.marks.notes == ("form_with_colleague",)


def test_a_pre_filled_form_leads_to_its_patient(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Name and birth date agree, whatever the case and the accents; what the form leaves empty stands as on record."""
    kept = save(store, desk, definitions)
    filled = {"patient.legal_last": "SAMPLE", "patient.legal_first": "Aña", "patient.dob": "3/4/1985", "patient.city": "Metuchen"}
    imported = take(store, desk, definitions, filled, patient=kept.record_number)
    (draft,) = my_drafts(store, desk)
    assert (imported.patient_id, draft.patient_id) == (kept.patient_id, kept.patient_id)
    assert imported.look_alikes == ()
    assert draft.content["patient"]["city"] == "Metuchen"
    assert draft.content["patient"]["line1"] == "12 Example Street"


def test_what_a_patient_emptied_on_a_pre_filled_form_is_to_be_confirmed(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The value on record stands in the draft, but nobody saves it without having looked; what was never on record is not asked."""
    kept = save(store, desk, definitions)
    imported = take(store, desk, definitions, {**ANA, "patient.phone": ""}, patient=kept.record_number)
    (draft,) = my_drafts(store, desk)
    assert draft.content["patient"]["phone"] == "(732) 555-0148"
    assert OddField(name="patient.phone", code="field_emptied") in imported.marks.odd
    assert "patient.phone" in imported.to_confirm
    assert "patient.middle_name" not in imported.to_confirm
    raw = {key: part for key, part in draft.content.items() if key != FORM}
    whole = save_ready(definitions, read_intake(raw, definitions=definitions, on=TODAY).intake)
    with pytest.raises(InvalidInputError) as refused:
        save_intake(store, desk, SaveRequest(intake=whole, draft_id=imported.draft_id), definitions=definitions, now=NOW)
    assert Problem(field="patient.phone", code="not_confirmed") in refused.value.problems


@pytest.mark.parametrize(
    "change", [{"patient.legal_last": "Other"}, {"patient.legal_first": "Bob"}, {"patient.dob": "3/5/1985"}, {"patient.dob": ""}]
)
def test_a_record_number_is_not_believed_alone(store: Store, desk: Actor, definitions: Definitions, change: dict[str, str]) -> None:
    """Someone may have filled in the form of someone else."""
    kept = save(store, desk, definitions)
    imported = take(store, desk, definitions, {**ANA, **change}, patient=kept.record_number)
    assert imported.patient_id is None
    assert imported.marks.notes == ("form_patient_differs",)
    assert my_drafts(store, desk)[0].patient_id is None


@pytest.mark.parametrize(
    "number", ["RD-000001-9", "V-000001-5", "RD-000999-0", "nonsense", "RD-999999999999999999-1", "RD-9223372036854775808-9"]
)
def test_a_record_number_nobody_has_is_told(store: Store, desk: Actor, definitions: Definitions, number: str) -> None:
    """And the form is read all the same."""
    imported = take(store, desk, definitions, ANA, patient=number)
    assert imported.marks.notes == ("form_patient_unknown",)
    assert imported.to_confirm == tuple(ANA)


def test_who_records_no_intakes_imports_none(store: Store, print_desk: Actor, definitions: Definitions) -> None:
    """The print desk has no drafts."""
    with pytest.raises(DeniedError):
        take(store, print_desk, definitions, ANA)


def test_a_save_is_refused_while_anything_is_unconfirmed(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Whoever asks for the save: a problem for each value, and the draft is still there."""
    imported = take(store, desk, definitions, {**ANA, "patient.email": "at home"})
    content = {key: part for key, part in my_drafts(store, desk)[0].content.items() if key != FORM}
    reading = read_intake(content, definitions=definitions, on=TODAY)
    whole = save_ready(definitions, reading.intake)
    with pytest.raises(InvalidInputError) as refused:
        save_intake(store, desk, SaveRequest(intake=whole, draft_id=imported.draft_id), definitions=definitions, now=NOW)
    assert refused.value.problems == tuple(Problem(field=path, code="not_confirmed") for path in ANA)
    assert my_drafts(store, desk)
    assert visits(store) == 0


def save_ready(definitions: Definitions, intake: Intake) -> Intake:
    """Return an intake with everything a save needs, and this patient's identity."""
    named = {name: getattr(intake.patient, name) for name in ("legal_last", "legal_first", "dob", "phone")}
    return an_intake(definitions, patient=a_patient(**named, email=None))


def test_an_import_is_in_the_audit_without_a_word_of_the_patient(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Who, when, and which file."""
    imported = take(store, desk, definitions, ANA)
    row = store._connection.execute("SELECT changes FROM audit WHERE action = 'import_form'").fetchone()
    assert row is not None
    assert imported.marks.sha256 in row[0]
    assert "Sample" not in row[0]
