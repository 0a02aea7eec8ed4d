"""A store of the version before the print desk, brought up to date with all that is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.storage.driver import Connection
from intake.storage.migrations import bring_up_to_date
from tests.intake.storage.older import a_store_before
from tests.intake.storage.test_bringing_up_to_date import PATIENT, STAFF, VISIT

CLINICIAN = "INSERT INTO staff VALUES (2, 'casey', 'Casey Clinic', 'clinician', 'hash', 1, '2026-11-22')"
HOLD = "INSERT INTO hold VALUES (7, 2, 'desk-1', '2026-11-22T15:10:00.000+00:00', '')"
SIGNATURE = (
    "INSERT INTO review VALUES (7, '{}', ?, 2, 'Casey Clinic', 'clinician', '2026-11-22T16:00:00.000+00:00', 'loc.edison', 'f', 'r', 'c')"
)
ISSUED = "INSERT INTO issued VALUES (?, 7, ?, ?, 1, ?)"
KINDS = (("intake", 0), ("note", 0), ("note", 2), ("homecare", 1))


@pytest.fixture
def old(tmp_path: Path) -> Iterator[tuple[Connection, Path, bytes]]:
    """Yield a store of the version before, with a visit in hand and documents that left, and its path and key."""
    connection, path, key = a_store_before(tmp_path, "0006")
    for statement in (STAFF, CLINICIAN, PATIENT, VISIT, HOLD):
        connection.execute(statement)
    for place, (kind, version) in enumerate(KINDS):
        connection.execute(ISSUED, (f"{place:064x}", kind, version, f"2026-11-22T15:3{9 - place}:00.000+00:00"))
    yield connection, path, key
    connection.close()


def test_every_document_that_left_before_is_still_known(old: tuple[Connection, Path, bytes]) -> None:
    """By its SHA-256, with its kind, version and day; only its bytes were not kept then."""
    connection, path, key = old
    bring_up_to_date(connection, path, key)
    found = connection.execute(
        "SELECT sha256, kind, version, preliminary, patient_id, visit_id, staff_id, at, content, pages FROM document ORDER BY sha256"
    ).fetchall()
    kinds = (("intake_form", 0, 0), ("visit_note", 0, 1), ("visit_note", 2, 0), ("home_care", 1, 0))
    assert found == [
        (f"{place:064x}", *kind, 1, 7, 1, f"2026-11-22T15:3{9 - place}:00.000+00:00", None, None) for place, kind in enumerate(kinds)
    ]
    assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'issued%'").fetchone() == (0,)


def test_the_note_of_a_visit_that_nobody_signed_is_promised(old: tuple[Connection, Path, bytes]) -> None:
    """From its arrival, by whoever has the chart in hand; nothing that is owed is forgotten by an update."""
    connection, path, key = old
    bring_up_to_date(connection, path, key)
    row = connection.execute(
        "SELECT visit_id, kind, state, clinician_id, opened_at, due_at, location, listed_at = due_at FROM request"
    ).fetchall()
    opened, due = "2026-11-22T15:00:00.000+00:00", "2026-11-23T15:00:00.000+00:00"
    assert row == [(7, "visit_note", "waiting", 2, opened, due, "loc.edison", 1)]
    assert connection.execute("SELECT what, staff_id, at FROM request_step").fetchall() == [("waiting", 1, opened)]


@pytest.mark.parametrize("how", ["UPDATE visit SET status = 'left' WHERE id = 7", "signed"])
def test_nothing_is_promised_to_who_left_or_has_a_signed_note(old: tuple[Connection, Path, bytes], how: str) -> None:
    """What was signed before may have been handed over; nobody knows of a clock then."""
    connection, path, key = old
    connection.execute(*((SIGNATURE, ("ab" * 32,)) if how == "signed" else (how, ())))
    bring_up_to_date(connection, path, key)
    assert connection.execute("SELECT count(*) FROM request").fetchone() == (0,)


def test_a_note_that_was_signed_and_never_left_is_ready(old: tuple[Connection, Path, bytes]) -> None:
    """Its clock began with the arrival; the paper of it that had left was a preliminary one."""
    connection, path, key = old
    connection.execute("DROP TRIGGER issued_never_removed")
    connection.execute("DELETE FROM issued WHERE version > 0")
    connection.execute(SIGNATURE, ("ab" * 32,))
    bring_up_to_date(connection, path, key)
    found = connection.execute("SELECT kind, state, clinician_id, due_at FROM request").fetchall()
    assert found == [("visit_note", "ready", 2, "2026-11-23T15:00:00.000+00:00")]
    assert connection.execute("SELECT number, what, staff_id FROM request_step").fetchall() == [(1, "waiting", 1), (2, "ready", 2)]


def test_a_store_is_copied_before_it_is_brought_up_to_date(old: tuple[Connection, Path, bytes]) -> None:
    """The copy bears the name of the step."""
    connection, path, key = old
    bring_up_to_date(connection, path, key)
    assert path.with_name(f"{path.name}.before-0006_print_desk").exists()
