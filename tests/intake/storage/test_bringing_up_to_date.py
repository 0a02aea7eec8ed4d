"""A store of the version before reviews, brought up to date with all that is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.storage.driver import Connection
from intake.storage.migrations import bring_up_to_date
from tests.intake.storage.older import a_store_before

STAFF = "INSERT INTO staff VALUES (1, 'dana', 'Dana Desk', 'receptionist', 'hash', 1, '2026-11-22')"
PATIENT = (
    "INSERT INTO patient (id, version, legal_last, dob, last_key, first_key, created_at, changed_at)"
    " VALUES (1, 1, 'Sample', '1985-03-04', 's', 'a', '2026-11-22', '2026-11-22')"
)
VISIT = (
    "INSERT INTO visit (id, patient_id, status, status_at, arrived_at, visit_day, recorded_by, recorded_at, checklist_version,"
    " regions_version, location, visit_type, reason) VALUES (7, 1, 'waiting', 'x', '2026-11-22T15:00:00.000+00:00', '2026-11-22', 1,"
    " 'x', 'neck-1', 'neck-regions-1', 'loc.edison', 'none', 'Stiff neck')"
)
DRAFT = "INSERT INTO draft (staff_id, kind, content, caret, title, updated_at) VALUES (1, 'intake', '{}', '{}', ?, 'x')"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[tuple[Connection, Path, bytes]]:
    """Yield a store of the version before, with a visit, and its path and key."""
    connection, path, key = a_store_before(tmp_path, "0005")
    for statement in (STAFF, PATIENT, VISIT):
        connection.execute(statement)
    yield connection, path, key
    connection.close()


def test_a_visit_of_before_awaits_review(old: tuple[Connection, Path, bytes]) -> None:
    """Nothing that was recorded before is missing on the clinician's list."""
    connection, path, key = old
    bring_up_to_date(connection, path, key)
    assert connection.execute("SELECT visit_id, location, urgency FROM awaiting").fetchall() == [(7, "loc.edison", 4)]


@pytest.mark.parametrize("kept", [0, 1])
def test_the_id_of_a_draft_is_never_given_twice(old: tuple[Connection, Path, bytes], kept: int) -> None:
    """Also when the latest draft was dropped before the store was brought up to date."""
    connection, path, key = old
    for title in ("first", "second", "third")[: kept + 2]:
        connection.execute(DRAFT, (title,))
    (last,) = connection.execute("SELECT max(id) FROM draft").fetchall()[0]
    connection.execute("DELETE FROM draft WHERE id > ?", (kept,))
    bring_up_to_date(connection, path, key)
    assert connection.execute("SELECT title FROM draft").fetchall() == [("first",)][:kept]
    connection.execute(DRAFT, ("next",))
    assert connection.execute("SELECT max(id) FROM draft").fetchall() == [(last + 1,)]
