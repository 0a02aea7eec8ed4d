"""Finding, opening and editing patients."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from intake.actions.intakes import Decision
from intake.actions.patients import edit_patient, find, open_patient
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Coverage
from intake.domain.patients import Patient
from intake.domain.records import PatientRecord
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, a_patient, a_visit, an_intake, save


def edit(store: Store, actor: Actor, definitions: Definitions, patient: Patient, *, version: int = 1, **given: object) -> PatientRecord:
    """Edit the first patient."""
    decisions = given.get("decisions", ())
    assert isinstance(decisions, tuple)
    return edit_patient(store, actor, patient_id=1, version=version, patient=patient, decisions=decisions, definitions=definitions, now=NOW)


def actions(store: Store, name: str) -> int:
    """Count the audit's entries of one action."""
    row = store._connection.execute("SELECT count(*) FROM audit WHERE action = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def test_an_edit_keeps_old_and_new_by_field(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The history names who changed what, from what to what, and nothing else."""
    save(store, desk, definitions)
    record = edit(store, desk, definitions, a_patient(city="Union", line2=None, dob=date(1985, 3, 14)))
    assert record.version == 2
    (entry,) = open_patient(store, desk, 1, now=NOW).edits
    assert entry.by == "Dana Example"
    assert entry.changes == {
        "patient.city": ("Edison", "Union"),
        "patient.line2": ("Apt 3", None),
        "patient.dob": ("1985-03-04", "1985-03-14"),
    }


def test_opening_a_patient_is_recorded(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Looking counts."""
    save(store, desk, definitions)
    file = open_patient(store, desk, 1, now=NOW)
    assert (file.record.patient, len(file.visits)) == (a_patient(), 1)
    row = store._connection.execute("SELECT staff_id, patient_id FROM audit WHERE action = 'open_patient'").fetchall()
    assert row == [(desk.staff.id, 1)]


def test_a_patient_who_is_not_there_is_told(store: Store, desk: Actor) -> None:
    """And nothing is recorded of somebody who does not exist."""
    with pytest.raises(IntakeError) as caught:
        open_patient(store, desk, 7, now=NOW)
    assert (caught.value.code, actions(store, "open_patient")) == ("patient_not_found", 0)


def test_an_edit_over_another_desks_edit_is_a_conflict(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The second desk is told, and the first one's edit stays."""
    save(store, desk, definitions)
    edit(store, desk, definitions, a_patient(city="Union"))
    with pytest.raises(ConflictError) as caught:
        edit(store, desk, definitions, a_patient(city="Iselin"))
    kept = store.patients.get(1)
    assert kept is not None
    assert (caught.value.code, kept.patient.city, kept.version) == ("patient_changed", "Union", 2)


def test_an_edit_that_changes_nothing_writes_nothing(store: Store, desk: Actor, definitions: Definitions) -> None:
    """No version, no history."""
    save(store, desk, definitions)
    assert edit(store, desk, definitions, a_patient()).version == 1
    assert actions(store, "edit_patient") == 0


def test_an_edit_is_matched_against_all_others(store: Store, desk: Actor, definitions: Definitions) -> None:
    """A corrected birth date can turn two people into one."""
    save(store, desk, definitions)
    other = an_intake(
        definitions, patient=a_patient(dob=date(1950, 7, 9), phone="+12015550101", email=None), visit=a_visit(primary=Coverage())
    )
    second = save(store, desk, definitions, intake=other)
    corrected = a_patient(dob=date(1950, 7, 9))
    with pytest.raises(InvalidInputError) as caught:
        edit(store, desk, definitions, corrected)
    assert caught.value.problems[0].code == "strong_match_unanswered"
    decisions = (Decision(patient_id=second.patient_id, reason="Cousins"),)
    assert edit(store, desk, definitions, corrected, decisions=decisions).version == 2


def test_a_match_that_was_answered_is_not_asked_again(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Twins move house without being asked about each other once more."""
    first = save(store, desk, definitions)
    save(store, desk, definitions, decisions=(Decision(patient_id=first.patient_id, reason="Twin sister"),))
    assert edit(store, desk, definitions, a_patient(city="Union")).version == 2


def test_an_edited_name_is_found_and_matched_by_the_new(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Search and matching follow the edit."""
    save(store, desk, definitions)
    edit(store, desk, definitions, a_patient(legal_last="Married"))
    assert [line.legal_last for line in find(store, desk, "married ana", now=NOW)] == ["Married"]
    assert find(store, desk, "sample ana", now=NOW) == ()
    with pytest.raises(InvalidInputError):
        save(store, desk, definitions, intake=an_intake(definitions, patient=a_patient(legal_last="Married", phone="none")))


def test_a_wrong_edit_is_refused_with_its_field(store: Store, desk: Actor, definitions: Definitions) -> None:
    """A birth date in the future changes nothing."""
    save(store, desk, definitions)
    with pytest.raises(InvalidInputError) as caught:
        edit(store, desk, definitions, a_patient(dob=NOW.date() + timedelta(days=2)))
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [("patient.dob", "date_in_future")]


def test_a_wrong_check_digit_finds_nobody_and_says_so(store: Store, desk: Actor, definitions: Definitions) -> None:
    """A typo never opens a neighbour's chart."""
    save(store, desk, definitions)
    assert len(find(store, desk, "RD-000001-3", now=NOW)) == 1
    with pytest.raises(IntakeError) as caught:
        find(store, desk, "RD-000001-4", now=NOW)
    assert caught.value.code == "wrong_check_digit"


def test_a_search_typed_letter_by_letter_is_recorded_once_and_without_its_text(store: Store, desk: Actor, definitions: Definitions) -> None:
    """That somebody searched is kept; for whom is in what they opened."""
    save(store, desk, definitions)
    for length in range(1, 7):
        find(store, desk, "sample"[:length], now=NOW)
    find(store, desk, "bob", now=NOW)
    assert actions(store, "search") == 2
    rows = store._connection.execute("SELECT changes, reason FROM audit WHERE action = 'search'").fetchall()
    assert rows == [("{}", None)] * 2


def test_the_audit_of_a_save_repeats_no_value(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The record itself tells what was entered; the audit does not hold it twice, only the seal over what the save promised."""
    save(store, desk, definitions)
    row = store._connection.execute("SELECT changes FROM audit WHERE action = 'save_intake'").fetchone()
    assert row is not None
    assert json.loads(row[0]).keys() == {"sealed"}
