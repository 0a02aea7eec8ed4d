"""Drafts belong to one person, and what is acknowledged is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.actions.drafts import Draft, drop_draft, keep_draft, my_drafts, my_edits
from intake.actions.intakes import SaveRequest, save_intake
from intake.actions.patients import edit_patient, open_patient
from intake.definitions.bundle import Definitions
from intake.domain.patients import Patient
from intake.domain.staff import Actor
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.storage.driver import IntegrityError
from intake.storage.store import Store
from tests.factories import NOW, a_patient, an_intake

DRAFT = Draft(
    content={"patient": {"legal_last": "Sam", "dob": "34"}, "answers": {"sx.pain.pattern": ["constant"], "sx.pain.nprs_now": 7}},
    caret={"field": "patient.dob", "position": 2},
    title="Sam",
)


def test_a_draft_comes_back_as_typed_with_its_caret(store: Store, desk: Actor) -> None:
    """Half a birth date is half a birth date."""
    draft_id = keep_draft(store, desk, DRAFT, now=NOW)
    assert my_drafts(store, desk) == (replace(DRAFT, id=draft_id, updated_at=NOW),)


def test_a_draft_is_kept_in_place_and_the_latest_comes_first(store: Store, desk: Actor) -> None:
    """Several can be open."""
    first = keep_draft(store, desk, DRAFT, now=NOW)
    second = keep_draft(store, desk, replace(DRAFT, title="Other"), now=NOW + timedelta(seconds=1))
    assert [draft.id for draft in my_drafts(store, desk)] == [second, first]
    again = keep_draft(store, desk, replace(DRAFT, id=first, title="Samp"), now=NOW + timedelta(seconds=2))
    assert again == first
    assert [draft.title for draft in my_drafts(store, desk)] == ["Samp", "Other"]


def test_nobody_sees_changes_or_drops_anothers_draft(store: Store, desk: Actor, admin: Actor) -> None:
    """Not even the administrator."""
    draft_id = keep_draft(store, desk, DRAFT, now=NOW)
    assert my_drafts(store, admin) == ()
    with pytest.raises(DeniedError) as kept:
        keep_draft(store, admin, replace(DRAFT, id=draft_id, title="mine"), now=NOW)
    with pytest.raises(DeniedError) as dropped:
        drop_draft(store, admin, draft_id, now=NOW)
    assert [kept.value.code, dropped.value.code] == ["not_your_draft", "not_your_draft"]
    assert [draft.title for draft in my_drafts(store, desk)] == ["Sam"]


def test_a_dropped_draft_is_gone_and_its_id_is_not_given_again(store: Store, desk: Actor) -> None:
    """A late keystroke of a closed form never lands in another draft."""
    draft_id = keep_draft(store, desk, DRAFT, now=NOW)
    drop_draft(store, desk, draft_id, now=NOW)
    assert keep_draft(store, desk, DRAFT, now=NOW) != draft_id
    with pytest.raises(IntakeError) as caught:
        keep_draft(store, desk, replace(DRAFT, id=draft_id), now=NOW)
    assert caught.value.code == "draft_gone"


def test_the_print_desk_types_no_intake(store: Store, print_desk: Actor) -> None:
    """It has no drafts to keep."""
    with pytest.raises(DeniedError):
        keep_draft(store, print_desk, DRAFT, now=NOW)


EDIT = Draft(
    kind="edit",
    content={"patient": {"legal_last": "Sample", "city": "Elsew"}, "begun": {"legal_last": "Sample", "city": "Edison"}},
    caret={"field": "patient.city", "position": 5},
    patient_id=1,
    patient_version=1,
    title="Sample, Ana",
)


@pytest.fixture
def ana(store: Store, desk: Actor, definitions: Definitions) -> int:
    """Return the id of Ana Sample, patient number one."""
    return save_intake(store, desk, SaveRequest(intake=an_intake(definitions)), definitions=definitions, now=NOW).patient_id


def test_an_edit_comes_back_apart_from_the_intakes(store: Store, desk: Actor, ana: int) -> None:
    """Neither is ever offered as the other."""
    intake_id = keep_draft(store, desk, DRAFT, now=NOW)
    edit_id = keep_draft(store, desk, replace(EDIT, patient_id=ana), now=NOW)
    assert my_edits(store, desk) == (replace(EDIT, id=edit_id, updated_at=NOW),)
    assert [draft.id for draft in my_drafts(store, desk)] == [intake_id]


def test_an_edit_is_its_owners_too(store: Store, desk: Actor, admin: Actor, ana: int) -> None:
    """Nobody else sees it or types in it."""
    edit_id = keep_draft(store, desk, EDIT, now=NOW)
    assert my_edits(store, admin) == ()
    with pytest.raises(DeniedError):
        keep_draft(store, admin, replace(EDIT, id=edit_id), now=NOW)


def test_the_print_desk_keeps_no_edit(store: Store, print_desk: Actor, ana: int) -> None:
    """It may not edit patients."""
    with pytest.raises(DeniedError):
        keep_draft(store, print_desk, EDIT, now=NOW)


@pytest.mark.parametrize("draft", [replace(EDIT, patient_id=None), replace(EDIT, patient_version=None)], ids=["whose", "version"])
def test_an_edit_says_whose_record_and_which_version(store: Store, desk: Actor, ana: int, draft: Draft) -> None:
    """Without them nothing is kept."""
    with pytest.raises(IntegrityError):
        keep_draft(store, desk, draft, now=NOW)
    assert my_edits(store, desk) == ()


def test_saving_an_edit_takes_its_draft_away_and_a_refused_save_does_not(
    store: Store, desk: Actor, definitions: Definitions, ana: int
) -> None:
    """Both in one transaction."""
    draft_id = keep_draft(store, desk, EDIT, now=NOW)

    def save(patient: Patient) -> None:
        edit_patient(store, desk, patient_id=ana, version=1, patient=patient, draft_id=draft_id, definitions=definitions, now=NOW)

    with pytest.raises(InvalidInputError):
        save(a_patient(legal_last=None))
    assert [draft.id for draft in my_edits(store, desk)] == [draft_id]
    save(a_patient(city="Elsewhere"))
    assert my_edits(store, desk) == ()
    assert open_patient(store, desk, ana, now=NOW).record.patient.city == "Elsewhere"


def test_nobody_saves_an_edit_with_anothers_draft(store: Store, desk: Actor, admin: Actor, definitions: Definitions, ana: int) -> None:
    """The record stays as it was."""
    draft_id = keep_draft(store, desk, EDIT, now=NOW)
    with pytest.raises(DeniedError):
        edit_patient(
            store, admin, patient_id=ana, version=1, patient=a_patient(city="X"), draft_id=draft_id, definitions=definitions, now=NOW
        )
    assert open_patient(store, desk, ana, now=NOW).record.version == 1
    assert len(my_edits(store, desk)) == 1
