"""Opening a store of an earlier version, which brings it up to date."""

from __future__ import annotations

from pathlib import Path

from intake.definitions.bundle import Definitions
from intake.storage.check import examine
from intake.storage.migrations import stamp
from intake.storage.store import Store
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, opened
from tests.intake.storage.older import a_store_before

FIRST_OF_REVIEWS = "0005"
ROWS = 300
STAFF = "INSERT INTO staff VALUES (1, 'dana', 'Dana Desk', 'receptionist', 'hash', 1, '2026-11-22')"
PATIENT = (
    "INSERT INTO patient (id, version, legal_last, dob, last_key, first_key, created_at, changed_at)"
    " VALUES (?, 1, 'Sample', '1985-03-04', 's', 'a', '2026-11-22', '2026-11-22')"
)
VISIT = (
    "INSERT INTO visit (id, patient_id, status, status_at, arrived_at, visit_day, recorded_by, recorded_at, checklist_version,"
    " regions_version, location, visit_type, reason) VALUES (?, ?, 'waiting', 'x', '2026-11-22T15:00:00.000+00:00', '2026-11-22', 1,"
    " 'x', 'neck-1', 'neck-regions-1', 'loc.edison', 'none', ?)"
)


def prepare(data: Path, _definitions: Definitions) -> None:
    """Make a store of the version before reviews, with visits."""
    connection, _, _ = a_store_before(data.parent, FIRST_OF_REVIEWS)
    stamp(connection, "real")
    connection.execute("BEGIN")
    connection.execute(STAFF)
    for number in range(1, ROWS + 1):
        connection.execute(PATIENT, (number,))
        connection.execute(VISIT, (number, number, f"Reason {number}"))
    connection.execute("COMMIT")
    connection.close()


def act(data: Path, _definitions: Definitions, say: Say) -> None:
    """Open it."""
    say(READY)
    say(f"{BEGUN}open")
    with opened(data):
        say(f"{DONE}open")


def wrong(data: Path, _definitions: Definitions, _said: Said) -> list[str]:
    """Find out that it opens, every row of before is there, and every visit awaits its review once."""
    with opened(data) as store:
        visits = store._connection.execute("SELECT id, reason FROM visit ORDER BY id").fetchall()
        awaited = store._connection.execute("SELECT visit_id FROM awaiting ORDER BY visit_id").fetchall()
        expected = [(number, f"Reason {number}") for number in range(1, ROWS + 1)]
        found = [] if visits == expected else ["visits were lost or altered"]
        found += [] if awaited == [(number,) for number, _ in expected] else ["visits await no review, or twice"]
        unfinished = [path.name for path in data.glob("*.new*")]
        return [*_damaged(store), *found, *(f"left behind: {name}" for name in unfinished)]


def _damaged(store: Store) -> list[str]:
    """Return what is wrong with the file; its rows were put there past the audit, which therefore tells of none."""
    report = examine(store)
    sound = not (report.integrity or report.foreign_keys or report.guards) and report.audit_broken_at is None
    return [] if sound else [f"the check finds: {report}"]


MIGRATION = Scenario(name="migration", prepare=prepare, act=act, wrong=wrong, window_ms=160, lives=3)
