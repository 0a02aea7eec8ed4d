"""Possible duplicates while typing, against everybody in the store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intake.actions.duplicates import MAX_SHOWN, possible_duplicates
from intake.actions.intakes import Decision, SaveRequest, save_intake
from intake.actions.patients import edit_patient
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Coverage
from intake.domain.patients import Patient
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW, a_patient, a_visit, an_intake, save

DOB = date(1985, 3, 4)


@pytest.fixture
def ana(store: Store, desk: Actor, definitions: Definitions) -> int:
    """Save Ana Sample and return her id."""
    return save(store, desk, definitions).patient_id


@pytest.mark.parametrize(
    "typed",
    [
        Patient(legal_last="Sample", dob=DOB),
        Patient(legal_last="  SÁMPLE ", legal_first="ana", dob=DOB),
        Patient(legal_last="Ana", legal_first="Sample", dob=DOB),
        Patient(legal_last="Sample-Pretend", legal_first="Ana", dob=DOB),
        Patient(legal_last="Sample", legal_first="Ana", dob=date(1985, 4, 3)),
        Patient(legal_last="Sample", legal_first="Ana", dob=date(1985, 3, 14)),
        Patient(legal_last="Sample", legal_first="Ana", dob=DOB, phone="none", zip_code="90001"),
        Patient(legal_last="Other", legal_first="Ana", phone="+17325550148"),
    ],
)
def test_whoever_was_here_before_is_found_however_typed(store: Store, desk: Actor, ana: int, typed: Patient) -> None:
    """Each variant finds her and says why."""
    matches = possible_duplicates(store, desk, typed, ())
    assert [match.kept.patient_id for match in matches] == [ana]
    assert matches[0].reasons


def test_a_member_id_finds_its_patient(store: Store, desk: Actor, ana: int) -> None:
    """With spaces and signs or without."""
    (match,) = possible_duplicates(store, desk, Patient(legal_last="Unlike", dob=DOB), ("ex 100-200",))
    assert "same_member_id" in {reason.code for reason in match.reasons}


def test_a_stranger_matches_nobody(store: Store, desk: Actor, ana: int) -> None:
    """Nothing in common, nothing shown."""
    assert possible_duplicates(store, desk, Patient(legal_last="Unlike", legal_first="Zed", dob=date(1950, 1, 2)), ()) == ()


def test_a_patient_is_no_duplicate_of_itself(store: Store, desk: Actor, ana: int) -> None:
    """While a record is edited it is left out."""
    assert possible_duplicates(store, desk, a_patient(), (), excluding=ana) == ()


def test_an_edit_moves_a_patient_to_its_new_keys(store: Store, desk: Actor, ana: int, definitions: Definitions) -> None:
    """By the old birth date, phone and name nobody is found any more."""
    changed = a_patient(legal_last="Changed", legal_first="Zoe", dob=date(1960, 6, 7), phone="+12015550111")
    edit_patient(store, desk, patient_id=ana, version=1, patient=changed, definitions=definitions, now=NOW)
    assert possible_duplicates(store, desk, a_patient(), ()) == ()
    assert [match.kept.patient_id for match in possible_duplicates(store, desk, changed, ())] == [ana]


def test_the_likeliest_come_first_and_no_more_than_eight(store: Store, desk: Actor, ana: int, definitions: Definitions) -> None:
    """A household of ten at one phone: Ana herself is on top."""
    for number in range(10):
        other = a_patient(legal_last=f"Housemate{number}", legal_first="Zed", dob=date(1950 + number, 1, 2))
        visit = a_visit(primary=Coverage())
        decisions = tuple(Decision(patient_id=place, reason="Household") for place in range(1, number + 2))
        save(store, desk, definitions, intake=an_intake(definitions, patient=other, visit=visit), decisions=decisions)
    matches = possible_duplicates(store, desk, a_patient(), ())
    assert len(matches) == MAX_SHOWN
    assert (matches[0].kept.patient_id, matches[0].strong) == (ana, True)


def test_a_match_says_where_and_when_the_person_was_last_here(store: Store, desk: Actor, definitions: Definitions, ana: int) -> None:
    """Of several visits the latest one counts, with its own clinic."""
    later = SaveRequest(intake=an_intake(definitions, visit=a_visit(location="loc.union")), patient_id=ana, patient_version=1)
    save_intake(store, desk, later, definitions=definitions, now=NOW + timedelta(days=9))
    (match,) = possible_duplicates(store, desk, Patient(legal_last="Sample", dob=DOB), ())
    assert (match.kept.last_location, match.kept.last_here) == ("loc.union", (NOW + timedelta(days=9)).date())
