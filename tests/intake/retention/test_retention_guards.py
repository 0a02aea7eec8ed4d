"""Whoever holds the key and writes SQL by hand removes nothing whose time is not over, short of breaking what a check finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from intake.actions.retention import consent, propose, remove
from intake.definitions.bundle import Definitions
from intake.domain.staff import PERMITTED, Actor, Task
from intake.storage.check import examine
from intake.storage.driver import IntegrityError
from intake.storage.removals import ROWS
from intake.storage.store import Store
from tests.factories import PASSWORD, a_store
from tests.intake.retention.scene import OLD, YOUNG, a_practice, consented, edit, left_of, now, written

WORK = {"draft", "note_draft", "hold", "letter_aside", "awaiting"}
"""What is being worked on, and a list that makes itself: it goes in the day's work, and is no record yet."""
RECORDS = sorted(set(ROWS) - WORK)
NOT_OF_PATIENTS = {
    "audit", "removal", "removal_export", "removal_consent", "removed", "find_key", "match_key", "check_run", "check_finding",
}  # fmt: skip
AGAIN = (
    "INSERT INTO patient (id, version, legal_last, dob, last_key, first_key, created_at, changed_at)"
    " VALUES (1, 1, 'x', '2000-01-01', 'x', 'x', 'x', 'x')"
)
STEPS = (
    "UPDATE removed SET done = 0",
    "DELETE FROM removed",
    "INSERT OR REPLACE INTO removed SELECT patient_id, removal_id, 1, at, 0 FROM removed",
    "DELETE FROM removal",
    "UPDATE removal SET patient_id = 2",
    "DELETE FROM removal_consent",
    "UPDATE removal_consent SET staff_id = 2",
    "DELETE FROM removal_export",
    "UPDATE removal_export SET at = 'x'",
    "DELETE FROM audit",
    "DELETE FROM visit",
    AGAIN,
)
LATE = "'2099-01-01T00:00:00.000+00:00'"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Store]:
    """Open a practice of which the records are only tried to be written."""
    data = tmp_path_factory.mktemp("guarded") / "data"
    a_practice(data, definitions)
    store = a_store(data)
    yield store
    store.close()


@pytest.fixture(params=["ON", "OFF"])
def locked(practice: Store, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return that store, references unguarded and triggers calling triggers or not; whatever a test writes is taken back."""
    practice._connection.execute(f"PRAGMA recursive_triggers = {request.param}")
    practice._connection.execute("PRAGMA foreign_keys = OFF")
    practice._connection.execute("BEGIN")
    yield practice
    if practice._connection.in_transaction:
        practice._connection.execute("ROLLBACK")
    practice._connection.execute("PRAGMA recursive_triggers = ON")
    practice._connection.execute("PRAGMA foreign_keys = ON")


@pytest.mark.parametrize("table", RECORDS)
def test_no_row_of_any_record_is_deleted_by_hand(locked: Store, table: str) -> None:
    """Old or young: what is old goes only as a whole, by a removal."""
    tried = 0
    for patient_id in (OLD, YOUNG):
        row = locked._connection.execute(f"SELECT count(*) FROM {table} WHERE {ROWS[table]}", (patient_id,)).fetchone()
        if row is not None and row[0]:
            with pytest.raises(IntegrityError, match=r"append_only|visit_signed"):
                locked._connection.execute(f"DELETE FROM {table} WHERE {ROWS[table]}", (patient_id,))
            tried += 1
    assert tried


@pytest.mark.parametrize("table", RECORDS)
def test_no_row_is_pushed_out_by_one_put_in_its_place(locked: Store, table: str) -> None:
    """By its own key or by its hidden number."""
    names = [row[1] for row in locked._connection.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
    columns = ", ".join(names)
    before = locked._connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    with pytest.raises(IntegrityError):
        locked._connection.execute(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")
    assert locked._connection.execute(f"SELECT {columns} FROM {table}").fetchall() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visit SET patient_id = 1 WHERE patient_id = 2",
        "UPDATE visit SET patient_id = 1 WHERE id = 2 AND patient_id <> 1 OR id = 3",
        "UPDATE OR REPLACE visit SET id = 1 WHERE id = 2",
        "UPDATE OR REPLACE patient SET id = 1 WHERE id = 2",
        "UPDATE OR REPLACE claim SET visit_id = 1 WHERE visit_id = 2",
        "UPDATE OR REPLACE answer SET visit_id = 3 WHERE visit_id = 2",
        "UPDATE OR REPLACE mark SET place = 0 WHERE visit_id = 2",
        "UPDATE OR REPLACE coverage SET rowid = 1 WHERE visit_id = 2",
        "UPDATE OR REPLACE call SET id = 99",
        "UPDATE document SET patient_id = 1",
        "UPDATE keep SET patient_id = 2",
        "UPDATE former_dob SET dob = '1900-01-01'",
    ],
)
def test_nothing_is_moved_into_a_record_whose_time_is_over(locked: Store, statement: str) -> None:
    """It would go with that record."""
    with pytest.raises(IntegrityError, match=r"append_only|visit_signed|not_permitted"):
        locked._connection.execute(statement)


@pytest.mark.parametrize("at", [LATE, "'2015-01-01T00:00:00.000+00:00'", "'9999'", "''", "'x'"])
def test_a_young_record_is_not_proposed_whatever_day_is_claimed(locked: Store, at: str) -> None:
    """The clock of the machine counts, and the earlier of the two."""
    with pytest.raises(IntegrityError, match="record_not_due"):
        locked._connection.execute(f"INSERT INTO removal (patient_id, years, staff_id, at) VALUES (2, 7, 1, {at})")


@pytest.mark.parametrize("years", [6, 0, -7, "x", None])
def test_no_removal_has_fewer_years_than_the_law(locked: Store, years: object) -> None:
    """Not even of a record that is old enough for all of them."""
    with pytest.raises(IntegrityError):
        locked._connection.execute("INSERT INTO removal (patient_id, years, staff_id, at) VALUES (1, ?, 1, '2026-01-01')", (years,))


def test_dating_the_rows_back_makes_no_record_old(locked: Store) -> None:
    """The audit tells when they were written, and it cannot be dated back."""
    old = "'2001-01-01T00:00:00.000+00:00'"
    locked._connection.execute(f"UPDATE patient SET created_at = {old}, changed_at = {old} WHERE id = 2")
    assert free_year(locked) >= now().year + 7
    with pytest.raises(IntegrityError, match="record_not_due"):
        locked._connection.execute(f"INSERT INTO removal (patient_id, years, staff_id, at) VALUES (2, 7, 1, {LATE})")


def test_an_older_birth_date_put_in_by_hand_does_not_make_a_child_grown_up(store: Store, dana: Actor, definitions: Definitions) -> None:
    """A date that the desk put right counts as it was put right; one that nobody told of changes nothing."""
    child = date(now().year, 1, 1)
    kept_until = []
    for dob in (child, date(1985, 3, 4), child):
        edit(store, dana, YOUNG, definitions, now=now(), dob=dob)
        kept_until.append(free_year(store))
    assert kept_until == [now().year + 25, now().year + 7, now().year + 25]
    with store.transaction():
        store._connection.execute("UPDATE patient SET dob = '1950-01-01' WHERE id = 2")
    assert free_year(store) == now().year + 25


def free_year(store: Store) -> int:
    """Return the year from which on the young record may go."""
    line = store.retention.of_patient(YOUNG, years=7)
    assert line is not None
    return line.free_on.year


def test_no_consent_counts_without_the_password(
    store: Store, alex: Actor, definitions: Definitions, tmp_path: Path
) -> None:  # fmt: skip
    """The store looks for its confirmation in the audit, whose chain nobody forges without the key."""
    removal = propose(store, alex, OLD, definitions=definitions, now=now())
    written(store, removal.id, definitions, tmp_path)
    consent(store, alex, removal.id, login="alex", password=PASSWORD, now=now())
    at = now().isoformat(timespec="milliseconds")
    with pytest.raises(IntegrityError, match="consent_missing"):
        store._connection.execute("INSERT INTO removal_consent VALUES (?, 3, ?)", (removal.id, at))
    with pytest.raises(IntegrityError, match="consent_missing"):
        store._connection.execute("INSERT INTO removed (patient_id, removal_id, staff_id, at) VALUES (1, ?, 1, ?)", (removal.id, at))
    assert left_of(store, OLD)


@pytest.mark.parametrize("row", [(2, 1, 0), (1, 1, 1), (99, 1, 0), (1, 99, 0)])
def test_a_removal_takes_only_the_record_it_was_consented_to(
    store: Store, definitions: Definitions, tmp_path: Path, row: tuple[int, int, int]
) -> None:  # fmt: skip
    """Not another one, and not one that is said to be gone already."""
    consented(store, definitions, tmp_path)
    before = left_of(store, OLD), left_of(store, YOUNG)
    with pytest.raises(IntegrityError):
        store._connection.execute(
            "INSERT INTO removed (patient_id, removal_id, done, staff_id, at) VALUES (?, ?, ?, 1, '2026-11-22T00:00:00.000+00:00')", row
        )
    assert (left_of(store, OLD), left_of(store, YOUNG)) == before


def test_steps_of_a_removal_are_only_added_to(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """Before and after the end; nothing is open for another row to go."""
    removal = consented(store, definitions, tmp_path)
    remove(store, alex, removal.id, definitions=definitions, now=now())
    for statement in STEPS:
        with pytest.raises(IntegrityError, match="append_only"):
            store._connection.execute(statement)


def test_who_gives_and_who_may_give_a_consent_are_the_same_in_the_store_and_in_the_roles(store: Store) -> None:
    """The triggers name the roles that the table of roles permits to."""
    may = {role.value for role, tasks in PERMITTED.items() if Task.REMOVE_RECORDS in tasks}
    for name in ("removal_permitted", "removal_consent_permitted", "removed_permitted", "removed_after_consents", "keep_permitted"):
        row = store._connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        assert row is not None
        told = re.search(r"role IN \(([^)]*)\)", row[0])
        assert told is not None
        assert {word.strip(" '") for word in told.group(1).split(",")} == may


def test_every_table_that_leads_to_a_patient_is_known_to_go_with_one(store: Store) -> None:
    """A table that a later step adds is either a patient's record too, or is named here with what it is."""
    tables = [row[0] for row in store._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    leading = {"patient"}
    while True:
        more = {
            table
            for table in tables
            if any(row[2] in leading for row in store._connection.execute(f"PRAGMA foreign_key_list('{table}')"))
            or {row[1] for row in store._connection.execute(f"PRAGMA table_info('{table}')")} & {"patient_id", "visit_id"}
        }
        if more <= leading:
            break
        leading |= more
    assert leading - NOT_OF_PATIENTS == set(ROWS)


def test_a_record_removed_with_the_guards_broken_is_found(store: Store) -> None:
    """Who drops triggers leaves a store that is not whole, whether they are put back or not."""
    guards = store._connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    store._connection.execute("PRAGMA foreign_keys = OFF")
    for name, _ in guards:
        store._connection.execute(f"DROP TRIGGER {name}")
    assert examine(store).guards
    for table, where in ROWS.items():
        store._connection.execute(f"DELETE FROM {table} WHERE {where} AND ?1 = ?1", (YOUNG,))
    for _, sql in guards:
        store._connection.execute(sql)
    report = examine(store)
    assert report.guards == ()
    assert report.gone == ("RD-000002-1",)


def test_a_reckoning_that_was_altered_is_found(store: Store) -> None:
    """What the triggers ask is guarded like them."""
    store._connection.execute("DROP VIEW reckoning")
    store._connection.execute("CREATE VIEW reckoning (patient_id, last_at, dob) AS SELECT id, '2001-01-01', '1950-01-01' FROM patient")
    assert examine(store).guards == ("reckoning",)


def test_entries_of_the_audit_refer_to_people_who_work_here_and_to_nothing_that_can_go(store: Store) -> None:
    """They outlive the patient and the visit they tell of."""
    referred = {row[2] for row in store._connection.execute("PRAGMA foreign_key_list('audit')")}
    assert referred == {"staff"}
