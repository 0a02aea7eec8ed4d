"""Whatever is changed, put in or taken out past the actions is found, and named; what the actions do is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.retention import remove
from intake.definitions.bundle import Definitions
from intake.domain.audit import Finding
from intake.domain.numbers import document_number, record_number, visit_number
from intake.domain.review_form import Snippet
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import ConflictError
from intake.storage.check import examine
from intake.storage.rows import instant_text
from intake.storage.sealed_tables import ROWS_SEALED
from intake.storage.seals import SEALED
from intake.storage.store import Store
from tests.factories import a_store
from tests.intake.retention.past_actions import write
from tests.intake.retention.scene import actor, consented, now

OLD_RECORD, FIRST_VISIT = record_number(1), visit_number(1)
CHANGES = [
    ("UPDATE patient SET phone = '+17325550199' WHERE id = 1", "patient_altered", OLD_RECORD),
    ("UPDATE patient SET email = '' WHERE id = 2", "patient_altered", record_number(2)),
    ("UPDATE former_dob SET dob = '1901-01-01'", "patient_altered", OLD_RECORD),
    ("INSERT INTO former_dob (patient_id, dob, became) VALUES (3, '2020-01-01', '1990-06-07')", "patient_altered", record_number(3)),
    ("UPDATE visit SET status = 'left' WHERE id = 1", "visit_altered", FIRST_VISIT),
    ("UPDATE visit SET patient_id = 2 WHERE id = 1", "visit_altered", FIRST_VISIT),
    ("DELETE FROM visit WHERE id = 1", "visit_altered", FIRST_VISIT),
    ("UPDATE coverage SET member_id = 'EX1' WHERE visit_id = 1", "visit_altered", FIRST_VISIT),
    ("INSERT INTO mark (visit_id, place, region, kind) VALUES (2, 99, 'x', 'x')", "visit_altered", visit_number(2)),
    ("UPDATE claim SET employer = '' WHERE visit_id = 1", "visit_altered", FIRST_VISIT),
    ("DELETE FROM claim WHERE visit_id = 1", "visit_altered", FIRST_VISIT),
    ("UPDATE safety SET allergies = 'x' WHERE visit_id = 1", "visit_altered", FIRST_VISIT),
    ("UPDATE notices SET privacy = 'refused' WHERE visit_id = 1", "visit_altered", FIRST_VISIT),
    ("UPDATE answer SET value = json_quote('other') WHERE visit_id = 1", "visit_altered", FIRST_VISIT),
    ("INSERT INTO answer (visit_id, key, value) VALUES (1, 'a.new', '1')", "visit_altered", FIRST_VISIT),
    ("DELETE FROM answer WHERE visit_id = 1 AND key = (SELECT max(key) FROM answer)", "visit_altered", FIRST_VISIT),
    ("UPDATE mark SET region = 'elsewhere' WHERE visit_id = 1 AND place = 0", "visit_altered", FIRST_VISIT),
    ("DELETE FROM mark WHERE visit_id = 1 AND place = 3", "visit_altered", FIRST_VISIT),
    ("UPDATE correction SET after = NULL WHERE id = 1", "visit_altered", FIRST_VISIT),
    ("DELETE FROM correction WHERE id = 1", "visit_altered", FIRST_VISIT),
    ("UPDATE prompt SET level = 'review' WHERE id = 1", "visit_altered", FIRST_VISIT),
    ("UPDATE acknowledgement SET words = 'x'", "visit_altered", FIRST_VISIT),
    ("DELETE FROM acknowledgement", "visit_altered", FIRST_VISIT),
    ("UPDATE review SET content = json_quote('x') WHERE visit_id = 1", "signed_altered", FIRST_VISIT),
    ("UPDATE addendum SET text = 'x' WHERE visit_id = 1", "signed_altered", FIRST_VISIT),
    ("UPDATE letter SET typed = json_object('other', '1')", "letter_altered", None),
    ("DELETE FROM letter", "letter_altered", None),
    ("UPDATE letter_signature SET staff_name = 'x'", "signed_altered", None),
    ("UPDATE amendment SET request = 'x'", "amendment_altered", OLD_RECORD),
    ("UPDATE amendment_step SET step = 'denied'", "amendment_altered", OLD_RECORD),
    ("DELETE FROM amendment_step", "amendment_altered", OLD_RECORD),
    ("UPDATE keep SET reason = 'x' WHERE patient_id = 1", "retention_altered", OLD_RECORD),
    ("DELETE FROM keep WHERE patient_id = 1", "retention_altered", None),
    ("UPDATE removal SET years = 99", "retention_altered", OLD_RECORD),
    ("DELETE FROM removal_consent", "retention_altered", OLD_RECORD),
    ("UPDATE removal_export SET pdf_sha256 = printf('%064d', 7)", "retention_altered", OLD_RECORD),
    ("UPDATE setting SET value = '' WHERE name = 'location'", "setting_altered", "desk-1 location"),
    ("INSERT INTO setting (scope, name, value) VALUES ('practice', 'second_factor', '')", "setting_altered", "practice second_factor"),
    ("DELETE FROM setting", "setting_altered", "desk-1 location"),
    ("UPDATE override SET content = x'00'", "rule_altered", "practice.toml"),
    ("DELETE FROM override", "rule_altered", "practice.toml"),
    ("UPDATE practice_snippet SET text = 'Other'", "snippet_altered", ".sample"),
    ("UPDATE emergency SET until = '2030-01-01'", "emergency_altered", "1"),
    ("DELETE FROM emergency", "emergency_altered", "1"),
    ("UPDATE second_factor SET confirmed_at = NULL", "account_altered", "casey"),
    ("DELETE FROM second_factor", "account_altered", "casey"),
    ("UPDATE spare_code SET used_at = NULL", "account_altered", "casey"),
    ("UPDATE backup_target SET folder = 'elsewhere'", "target_altered", "1"),
    ("INSERT INTO backup_target (folder, added_by, added_at) VALUES ('elsewhere', 1, 'x')", "target_altered", "2"),
]
UNSEALED = {
    "meta", "staff", "find_key", "match_key", "audit", "draft", "note_draft", "hold", "call", "awaiting", "snippet", "issued",
    "request", "request_step", "letter_aside", "document", "print_run", "print_job", "handover", "disclosure", "recovery", "check_run",
    "backup", "removed", "notes_share", "signer", "audit_signature", "_sqlite_migrations", "sqlite_sequence",
}  # fmt: skip
"""Tables without a seal that the store keeps by itself: sealed by who writes them, derived, of the day, or chained otherwise."""


@pytest.fixture(scope="module")
def filled(made: Path, definitions: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the practice with a row in every table that is sealed."""
    folder = tmp_path_factory.mktemp("sealed")
    store = a_store(Path(shutil.copytree(made, folder / "data")))
    alex, casey, at = actor(store, "alex"), actor(store, "casey"), now()
    consented(store, definitions, folder)
    with store.transaction():
        store.overrides.put("practice.toml", b"sample", sha256="0" * 64, staff_id=alex.staff.id, at=at)
        store.practice_snippets.put(Snippet(abbreviation=".sample", text="Words"), staff_id=alex.staff.id, at=at)
        store.emergencies.add(casey.staff.id, workstation="desk-1", reason="Sample", at=at, until=at + timedelta(hours=1))
        store._connection.execute("INSERT INTO second_factor VALUES (?, 'sealed1:x', ?, ?, 0)", (casey.staff.id, *[instant_text(at)] * 2))
        store.factors.put_spare(casey.staff.id, ("0" * 64, "1" * 64))
        store.factors.use_spare(casey.staff.id, "0" * 64, at=at)
        store.staff.seal(casey.staff.id, at=at)
        store.backups.add_target("somewhere", staff_id=alex.staff.id, at=at)
        store.audit.add(alex, "add_backup_target", at=at)
    store.close()
    return folder / "data"


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """Open this test's own copy of it."""
    opened = a_store(Path(shutil.copytree(filled, tmp_path / "full")))
    yield opened
    opened.close()


def test_each_table_that_is_sealed_has_a_row_that_a_change_is_tried_at(full: Store) -> None:
    """Or the tests below would find nothing."""
    for table, sealed in ROWS_SEALED.items():
        assert full.seals.names(table), table
        assert any(part in statement for part in sealed.parts for statement, *_ in CHANGES), table
    assert examine(full).findings() == ()


@pytest.mark.parametrize(("statement", "code", "place"), CHANGES)
def test_what_is_written_past_the_actions_is_found(full: Store, statement: str, code: str, place: str | None) -> None:
    """With its place, as a person can look for it; it stays found whatever is done afterwards."""
    write(full, statement)
    with full.transaction():
        full.audit.add(None, "seal_rows", at=now())
    found = examine(full).findings()
    assert code in {finding.code for finding in found}
    assert place is None or Finding(code=code, place=place) in found


def test_a_letter_is_named_by_its_document(full: Store) -> None:
    """Every letter whose words were changed."""
    ids = [row[0] for row in full._connection.execute("SELECT request_id FROM letter")]
    write(full, "UPDATE letter SET version = version + 1")
    assert {each.place for each in examine(full).rows if each.code == "letter_altered"} == {document_number(each) for each in ids}


def test_a_value_that_no_column_could_have_is_a_finding(full: Store) -> None:
    """The check does not stop at it."""
    execute = full._connection.execute
    execute("PRAGMA writable_schema = ON")
    execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT, WITHOUT ROWID', ') WITHOUT ROWID') WHERE name = 'mark'")
    execute("PRAGMA writable_schema = RESET")
    write(full, "UPDATE mark SET region = x'ff' WHERE visit_id = 1 AND place = 0")
    reopened = a_store(full.paths.data)
    report = examine(reopened)
    reopened.close()
    assert report.guards == ("mark",)
    assert Finding(code="visit_altered", place=FIRST_VISIT) in report.rows


@pytest.mark.parametrize(
    ("former", "later", "name"),
    [(" CHECK (status IN ('waiting', 'with_clinician', 'finished', 'left'))", "", "visit"), ("UNIQUE INDEX", "INDEX", "keep_open")],
)
def test_a_rule_of_a_table_that_was_taken_away_is_found(store: Store, former: str, later: str, name: str) -> None:
    """A constraint that the schema's words lost lets anything be written."""
    execute = store._connection.execute
    execute("PRAGMA writable_schema = ON")
    execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?", (former, later, name))
    execute("PRAGMA writable_schema = RESET")
    assert store.altered_guards() == (name,)


def test_a_removed_record_leaves_no_finding(full: Store, alex: Actor, definitions: Definitions) -> None:
    """What went by the rules is missed by nobody."""
    remove(full, alex, 1, definitions=definitions, now=now())
    assert examine(full).findings() == ()


def test_every_column_of_every_table_is_sealed_or_named_as_not(store: Store) -> None:
    """A column that is added some day is not forgotten."""
    execute = store._connection.execute
    tables = {row[0] for row in execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")}
    words = {table: f"{sealed.columns} {sealed.source}" for table, sealed in ROWS_SEALED.items()}
    sealed = " ".join(words.values())
    passed = UNSEALED | {table for table in tables if table.startswith("patient_fts")}
    volatile = {("second_factor", "last_step"), ("backup_target", "claimed_by"), ("backup_target", "seen_at")} | {
        ("backup_target", "tried_at"), ("backup_target", "trouble"),
    }  # fmt: skip
    for table in tables - passed:
        columns = {row[1] for row in execute(f"PRAGMA table_info({table})")}
        lacking = {each for each in columns if each not in words.get(table, sealed) and (table, each) not in volatile}
        assert not lacking, (table, lacking)


def test_what_is_not_kept_is_not_sealed(store: Store, dana: Actor) -> None:
    """A transaction that fails leaves neither row nor seal for the next entry."""
    with pytest.raises(ConflictError):
        write_and_break_a_rule(store)
    with store.transaction():
        store.audit.add(dana, "search", at=now())
    last = store._connection.execute("SELECT changes FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert last == ("{}",)


def test_seals_tell_nothing_from_an_empty_text(full: Store) -> None:
    """And a number from its digits."""
    before = dict(full.seals.kept("patient"))
    write(full, "UPDATE patient SET line2 = CASE WHEN line2 IS NULL THEN '' ELSE NULL END")
    after = dict(full.seals.kept("patient"))
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in before)
    assert set(ROWS_SEALED) < set(SEALED)


def write_and_break_a_rule(store: Store) -> None:
    """Write a row, then what the store refuses: a signed visit moves no more."""
    with store.transaction():
        store.settings.put("desk-1", "waiting", "20")
        store.visits.move(1, Status.LEFT, at=now())
