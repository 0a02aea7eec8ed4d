"""The check of the store tells which documents and requests are not as they were, whoever wrote past the guards."""

from __future__ import annotations

import pytest

from intake.actions.check import check_store
from intake.definitions.bundle import Definitions
from intake.domain.numbers import document_number, record_number
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW, save
from tests.intake.requests.promising import ask, complete_letter, delivered, sign_it

UNTOLD = (
    "INSERT INTO document SELECT 99, request_id, patient_id, visit_id, kind, 2, preliminary, printf('%064d', 7), NULL, NULL,"
    " language, copy_of, stamp, how, target, staff_id, at, 0 FROM document"
)


@pytest.fixture
def promised(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> Store:
    """Return a store with a delivered note and a signed letter."""
    save(store, desk, definitions)
    delivered(store, desk, clinician, definitions)
    letter = ask(store, desk, definitions, "work_note")
    complete_letter(store, desk, definitions, letter)
    sign_it(store, clinician, definitions, letter)
    return store


def write(store: Store, statement: str) -> None:
    """Write past the guards, and put them back."""
    guards = store._connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    store._connection.execute("PRAGMA foreign_keys = OFF")
    for name, _ in guards:
        store._connection.execute(f"DROP TRIGGER {name}")
    store._connection.execute(statement)
    for _, sql in guards:
        store._connection.execute(sql)
    store._connection.execute("PRAGMA foreign_keys = ON")


def test_a_store_that_keeps_its_promises_is_good(promised: Store, admin: Actor) -> None:
    """With documents, a handover and a signed letter in it."""
    report = check_store(promised, admin, now=NOW)
    assert (report.good, report.documents, report.requests, report.altered) == (True, (), (), ())


@pytest.mark.parametrize(
    ("statement", "finds"),
    [
        ("UPDATE document SET content = x'00'", "documents"),
        ("UPDATE document SET sha256 = printf('%064d', 7)", "documents"),
        ("DELETE FROM document", "documents"),
        (UNTOLD, "documents"),
        ("DELETE FROM handover", "requests"),
        ("UPDATE handover SET at = '2026-01-01'", "requests"),
        ("UPDATE request SET state = 'ready', delivered_at = NULL WHERE id = 1", "requests"),
        ("UPDATE request SET due_at = '2026-01-01' WHERE id = 1", "requests"),
        ("UPDATE handover SET recipient = 'Somebody Else'", "requests"),
        ("UPDATE handover SET identity = 'known'", "requests"),
        ("UPDATE handover SET late_reason = 'x'", "requests"),
        ("UPDATE request SET due_at = '2027-01-01' WHERE id = 1", "requests"),
        ("UPDATE request SET opened_at = '2026-01-01' WHERE id = 1", "requests"),
        ("UPDATE request SET purpose = 'payment', recipient = 'x' WHERE id = 2", "requests"),
        ("UPDATE request SET state = 'withdrawn' WHERE id = 2", "requests"),
        ("DELETE FROM request WHERE id = 2", "requests"),
        ("DELETE FROM request_step WHERE request_id = 1 AND number = 1", "requests"),
        ("DELETE FROM request_step WHERE request_id = 2 AND what = 'ready'", "requests"),
        ("UPDATE request_step SET at = '2020-01-01' WHERE what = 'printed'", "requests"),
        ("DELETE FROM disclosure WHERE event = 'handover'", "disclosures"),
        ("UPDATE disclosure SET accountable = 1 - accountable", "disclosures"),
        ("UPDATE document SET preliminary = 1 - preliminary", "documents"),
        ("UPDATE document SET at = '2026-01-01'", "documents"),
        ("UPDATE document SET kind = 'intake_form', target = 'x', how = 'print'", "documents"),
        ("UPDATE document SET content = NULL, pages = NULL", "documents"),
        ("UPDATE letter SET version = version + 1", "altered"),
        ("UPDATE letter SET body = 'Other words'", "altered"),
        ("UPDATE letter_signature SET fingerprint = printf('%064d', 7)", "altered"),
        ("DELETE FROM letter_signature", "altered"),
    ],
)
def test_what_was_altered_is_found(promised: Store, admin: Actor, statement: str, finds: str) -> None:
    """In the part of the report that says what it is; the guards themselves are whole again."""
    write(promised, statement)
    report = check_store(promised, admin, now=NOW)
    assert getattr(report, finds)
    assert (report.good, report.guards) == (False, ())


def test_what_is_put_in_past_the_audit_is_found(promised: Store, admin: Actor) -> None:
    """A disclosure that nobody made is named by the patient's record number."""
    columns = "patient_id, request_id, document_id, event, recipient, address, what, purpose, accountable, staff_id, at"
    write(promised, f"INSERT INTO disclosure ({columns}) SELECT {columns} FROM disclosure LIMIT 1")
    assert check_store(promised, admin, now=NOW).disclosures == (record_number(1),)


def test_a_missing_guard_is_found(promised: Store, admin: Actor) -> None:
    """Without it anything could be written."""
    promised._connection.execute("DROP TRIGGER request_ready_when_signed")
    assert check_store(promised, admin, now=NOW).guards == ("request_ready_when_signed",)


def test_a_request_is_named_by_its_number(promised: Store, admin: Actor) -> None:
    """A person finds it by that."""
    write(promised, "DELETE FROM handover")
    assert check_store(promised, admin, now=NOW).requests == (document_number(1),)
