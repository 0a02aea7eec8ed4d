"""Saving an intake: whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.actions.drafts import Draft, keep_draft, my_drafts
from intake.actions.intakes import Decision
from intake.actions.visits import open_visit, today
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import ConflictError, DeniedError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, TODAY, a_patient, a_visit, an_intake, save

TABLES = ("patient", "visit", "coverage", "safety", "notices", "answer", "mark", "match_key", "find_key", "patient_fts", "audit", "draft")


def counts(store: Store) -> dict[str, int]:
    """Return the number of rows of every table that a save touches."""
    found = {table: store._connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES}
    return {table: row[0] for table, row in found.items() if row}


def codes(caught: pytest.ExceptionInfo[InvalidInputError]) -> set[tuple[str, str]]:
    """Return field and code of each problem."""
    return {(problem.field, problem.code) for problem in caught.value.problems}


def test_a_saved_intake_is_on_the_board_and_opens_as_it_was(store: Store, desk: Actor, definitions: Definitions) -> None:
    """What was entered is what a clinician reads."""
    intake = an_intake(definitions)
    saved = save(store, desk, definitions, intake=intake)
    assert (saved.record_number, saved.visit_number) == ("RD-000001-3", "V-000001-3")
    (line,) = today(store, desk, location="loc.edison", day=TODAY)
    assert (line.name, line.status, line.reason) == ("Sample, Ana", Status.WAITING, "Stiff neck since Monday")
    record = open_visit(store, desk, saved.visit_number, definitions=definitions, now=NOW)
    assert (record.patient.patient, record.visit) == (intake.patient, intake.visit)
    assert (record.answers, record.marks) == (intake.answers, intake.marks)
    assert (record.recorded_by, record.recorded_at, record.visit_day) == ("Dana Example", NOW, TODAY)
    assert (record.checklist_version, record.regions_version) == (definitions.checklist.version, definitions.regions.version)


def test_the_day_of_a_visit_is_the_clinics_own(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Three in the morning in UTC is still yesterday evening in New Jersey."""
    save(store, desk, definitions, now=NOW.replace(hour=3))
    (line,) = today(store, desk, location=None, day=TODAY.replace(day=21))
    assert line.arrived_at == NOW.replace(hour=3)


@pytest.mark.parametrize(
    ("patient", "visit", "problem"),
    [
        ({"legal_last": None}, {}, ("patient.legal_last", "required")),
        ({"dob": None}, {}, ("patient.dob", "required")),
        ({"dob": TODAY.replace(year=2027)}, {}, ("patient.dob", "date_in_future")),
        ({"dob": TODAY.replace(year=1850)}, {}, ("patient.dob", "dob_too_early")),
        ({"sex": "dragon"}, {}, ("patient.sex", "not_a_choice")),
        ({"city": "x" * 301}, {}, ("patient.city", "too_long")),
        ({}, {"location": "loc.atlantis"}, ("visit.location", "unknown_location")),
        ({}, {"location": None}, ("visit.location", "required")),
        ({}, {"reason": "x" * 40_001}, ("visit.reason", "too_long")),
        ({}, {"network_disclosed": "yesterday"}, ("visit.network_disclosed", "not_a_date")),
    ],
)
def test_what_cannot_be_kept_is_told_by_field_and_nothing_is_saved(
    store: Store, desk: Actor, definitions: Definitions, patient: dict[str, object], visit: dict[str, object], problem: tuple[str, str]
) -> None:
    """Whatever the screen let through, the action does not."""
    before = counts(store)
    with pytest.raises(InvalidInputError) as caught:
        save(store, desk, definitions, intake=an_intake(definitions, patient=a_patient(**patient), visit=a_visit(**visit)))
    assert problem in codes(caught)
    assert counts(store) == before


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [("sx.unheard_of", "yes", "unknown_answer_key"), ("sx.pain.nprs_now", 11, "not_a_rating"), ("sx.stiff", "maybe", "not_a_choice")],
)
def test_answers_the_checklist_does_not_know_are_refused(
    store: Store, desk: Actor, definitions: Definitions, key: str, answer: str | int, code: str
) -> None:
    """An answer nobody can read later is not kept."""
    with pytest.raises(InvalidInputError) as caught:
        save(store, desk, definitions, intake=replace(an_intake(definitions), answers={**an_intake(definitions).answers, key: answer}))
    assert codes(caught) == {(f"answers.{key}", code)}


def test_a_retired_clinic_takes_no_visit(store: Store, desk: Actor, definitions: Definitions) -> None:
    """It stays in the list for old visits only."""
    locations = tuple(replace(place, active=place.key != "loc.edison") for place in definitions.practice.locations)
    changed = replace(definitions, practice=replace(definitions.practice, locations=locations))
    with pytest.raises(InvalidInputError) as caught:
        save(store, desk, changed)
    assert codes(caught) == {("visit.location", "location_retired")}


def test_a_strong_match_must_be_answered_before_saving(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Escape or silence is never an answer: nothing is saved."""
    save(store, desk, definitions)
    before = counts(store)
    with pytest.raises(InvalidInputError) as caught:
        save(store, desk, definitions)
    assert codes(caught) == {("matches", "strong_match_unanswered")}
    assert counts(store) == before


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_answer_without_a_reason_is_none(store: Store, desk: Actor, definitions: Definitions, reason: str) -> None:
    """A different person, because: the reason is what somebody reads later."""
    first = save(store, desk, definitions)
    with pytest.raises(InvalidInputError):
        save(store, desk, definitions, decisions=(Decision(patient_id=first.patient_id, reason=reason),))


def test_a_different_person_is_saved_with_the_reason_in_the_audit(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Twins exist."""
    first = save(store, desk, definitions)
    second = save(store, desk, definitions, decisions=(Decision(patient_id=first.patient_id, reason="Twin sister"),))
    assert second.patient_id != first.patient_id
    row = store._connection.execute("SELECT patient_id, reason FROM audit WHERE action = 'different_person'").fetchone()
    assert row == (second.patient_id, "Twin sister")


def test_a_returning_patient_gets_a_visit_and_keeps_the_number(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Confirmed demographics are brought up to date in the same step."""
    first = save(store, desk, definitions)
    moved = an_intake(definitions, patient=a_patient(city="Union", zip_code="07083"))
    second = save(store, desk, definitions, intake=moved, patient_id=first.patient_id, patient_version=1)
    assert (second.record_number, second.visit_number) == (first.record_number, "V-000002-1")
    record = open_visit(store, desk, second.visit_id, definitions=definitions, now=NOW).patient
    assert (record.version, record.patient.city) == (2, "Union")


def test_an_unchanged_returning_patient_keeps_the_version(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Nothing changed, so nobody else's edit is turned away."""
    first = save(store, desk, definitions)
    save(store, desk, definitions, patient_id=first.patient_id, patient_version=1)
    kept = store.patients.get(first.patient_id)
    assert kept is not None
    assert kept.version == 1


def test_a_returning_patient_changed_by_another_desk_is_not_overwritten(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The second desk is told, and its visit is not half-saved."""
    first = save(store, desk, definitions)
    save(
        store,
        desk,
        definitions,
        intake=an_intake(definitions, patient=a_patient(city="Union")),
        patient_id=first.patient_id,
        patient_version=1,
    )
    before = counts(store)
    with pytest.raises(ConflictError) as caught:
        save(
            store,
            desk,
            definitions,
            intake=an_intake(definitions, patient=a_patient(city="Iselin")),
            patient_id=first.patient_id,
            patient_version=1,
        )
    assert caught.value.code == "patient_changed"
    assert counts(store) == before


def test_saving_takes_the_draft_away(store: Store, desk: Actor, definitions: Definitions) -> None:
    """What was saved is not offered again; a refused save keeps it."""
    draft_id = keep_draft(store, desk, Draft(content={}, caret={}), now=NOW)
    with pytest.raises(InvalidInputError):
        save(store, desk, definitions, intake=an_intake(definitions, patient=a_patient(dob=None)), draft_id=draft_id)
    assert [draft.id for draft in my_drafts(store, desk)] == [draft_id]
    save(store, desk, definitions, draft_id=draft_id)
    assert my_drafts(store, desk) == ()


def test_nobody_saves_with_anothers_draft(store: Store, desk: Actor, admin: Actor, definitions: Definitions) -> None:
    """A draft is its owner's, also here."""
    draft_id = keep_draft(store, desk, Draft(content={}, caret={}), now=NOW)
    before = counts(store)
    with pytest.raises(DeniedError):
        save(store, admin, definitions, draft_id=draft_id)
    assert counts(store) == before


def test_the_print_desk_records_nothing(store: Store, print_desk: Actor, definitions: Definitions) -> None:
    """What a role may do is decided here."""
    with pytest.raises(DeniedError):
        save(store, print_desk, definitions)


def test_a_save_is_one_entry_of_the_audit(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Who, when, which patient and which visit, in the same transaction."""
    saved = save(store, desk, definitions)
    row = store._connection.execute("SELECT staff_id, patient_id, visit_id FROM audit WHERE action = 'save_intake'").fetchall()
    assert row == [(desk.staff.id, saved.patient_id, saved.visit_id)]
