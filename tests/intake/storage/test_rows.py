"""Records come back from the store exactly as they went in."""

from __future__ import annotations

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.fields import Kind, described
from intake.domain.patients import Patient
from intake.domain.records import Intake
from intake.domain.staff import Actor
from intake.domain.visits import PARTS, Visit
from intake.storage.rows import CLAIM, COVERAGE, NOTICES, PATIENT, SAFETY, VISIT, Shape
from intake.storage.store import Store
from intake.storage.visits import Arrival
from tests.factories import NOW, TODAY, a_visit, an_intake, every_field

TABLES = {"patient": PATIENT, "visit": VISIT, "coverage": COVERAGE, "claim": CLAIM, "safety": SAFETY, "notices": NOTICES}
OWN = {
    "patient": {"id", "version", "last_key", "first_key", "created_at", "changed_at"},
    "visit": {
        "id", "patient_id", "status", "status_at", "before_status", "before_status_at", "arrived_at", "visit_day", "recorded_by",
        "recorded_at", "checklist_version", "regions_version",
    },
    "coverage": {"visit_id", "place"},
}  # fmt: skip


def an_arrival(actor: Actor) -> Arrival:
    """Return what the program knows of a visit."""
    return Arrival(at=NOW, day=TODAY, recorded_by=actor.staff.id, checklist_version="neck-1", regions_version="neck-regions-1")


@pytest.mark.parametrize(("table", "shape"), TABLES.items())
def test_columns_are_named_as_the_fields(store: Store, table: str, shape: Shape[object]) -> None:
    """A field without a column would be lost, a column without a field would never be read."""
    found = {row[1] for row in store._connection.execute(f"PRAGMA table_info({table})")}
    assert found - OWN.get(table, {"visit_id"}) == set(shape.names)


def test_every_field_of_an_intake_comes_back(store: Store, admin: Actor, definitions: Definitions) -> None:
    """No field is swapped with its neighbour, shortened or turned into another type."""
    patient, visit = every_field()
    whole = an_intake(definitions)
    intake = Intake(patient=patient, visit=visit, answers=whole.answers, marks=whole.marks)
    with store.transaction():
        record = store.patients.add(patient, at=NOW)
        visit_id = store.visits.add(record.id, intake, an_arrival(admin))
    kept = store.visits.get(visit_id, definitions)
    assert kept is not None
    assert (kept.patient.patient, kept.visit, kept.answers, kept.marks) == (patient, visit, whole.answers, whole.marks)


def test_what_was_not_asked_comes_back_as_not_asked(store: Store, admin: Actor, definitions: Definitions) -> None:
    """None never becomes an empty text, and a part of which nothing was asked has no row."""
    patient = Patient(legal_last="Mononym", dob=TODAY)
    visit = Visit(location="loc.edison", visit_type="none", reason="-")
    with store.transaction():
        record = store.patients.add(patient, at=NOW)
        visit_id = store.visits.add(record.id, Intake(patient=patient, visit=visit), an_arrival(admin))
    kept = store.visits.get(visit_id, definitions)
    assert kept is not None
    assert (kept.patient.patient, kept.visit, kept.answers, kept.marks) == (patient, visit, {}, ())
    for table in ("coverage", "claim", "safety", "notices"):
        assert store._connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.parametrize("text", ["'; DROP TABLE patient; --", "{{ 7 * 7 }}", "<b>Bob</b>", "👩‍⚕️🧣", "ليلى مثال", "Zoe\u0301", "x" * 300])
def test_any_text_comes_back_letter_by_letter(store: Store, text: str) -> None:
    """A name is data, whatever it looks like."""
    patient = Patient(legal_last=text, legal_first=text, dob=TODAY)
    with store.transaction():
        record = store.patients.add(patient, at=NOW)
    kept = store.patients.get(record.id)
    assert kept is not None
    assert kept.patient == patient


def test_every_choice_of_every_field_can_be_kept(store: Store, admin: Actor) -> None:
    """The checks of the tables know the same codes as the fields."""
    chosen = [(prefix, entry) for prefix, kind in PARTS for entry in described(kind, "") if entry.about.kind is Kind.CHOICE]
    tables = {"visit.primary": "coverage", "visit.secondary": "coverage"}
    patient, visit = every_field()
    with store.transaction():
        record = store.patients.add(patient, at=NOW)
        store.visits.add(record.id, Intake(patient=patient, visit=visit), an_arrival(admin))
        for prefix, entry in chosen:
            table = tables.get(prefix, prefix.rpartition(".")[-1])
            for choice in entry.about.choices:
                assert store._connection.execute(f"UPDATE {table} SET {entry.name} = ?", (choice.code,)).rowcount > 0


def test_a_long_reason_is_kept_whole(store: Store, admin: Actor, definitions: Definitions) -> None:
    """40,000 characters are the most a field takes, and it takes them."""
    visit = a_visit(reason="é" * 40_000)
    with store.transaction():
        record = store.patients.add(Patient(legal_last="Sample", dob=TODAY), at=NOW)
        visit_id = store.visits.add(record.id, Intake(patient=record.patient, visit=visit), an_arrival(admin))
    kept = store.visits.get(visit_id, definitions)
    assert kept is not None
    assert kept.visit.reason == "é" * 40_000
