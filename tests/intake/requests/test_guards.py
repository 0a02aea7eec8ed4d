"""What was promised, kept and told is locked in the store itself: raw SQL can neither rewrite it nor deliver what is not signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.staff import Role
from intake.errors import DeniedError, IntakeError
from intake.storage.driver import IntegrityError
from intake.storage.faults import told
from intake.storage.store import Store
from tests.factories import a_colleague, a_store, an_admin, save
from tests.intake.requests.promising import ask, complete_letter, delivered, print_it, sign_it

WORDS: Final = {"append_only", "not_signed", "not_printed_yet", "late_reason_missing", "letter_incomplete", "not_permitted", "clock_behind"}
KEYS: Final = {
    "request_step": ("request_id", "number"), "document": ("id",), "disclosure": ("id",), "handover": ("request_id",),
    "letter_signature": ("request_id",),
}  # fmt: skip
DELIVERED, WAITING, FORM, LETTER, UNSIGNED, WITHDRAWN = range(1, 7)
OTHERWISE: Final[dict[str, object]] = {
    "id": 99, "patient_id": 2, "visit_id": None, "kind": "x", "paper": "intake_form", "waits_for": "nothing", "location": "x",
    "opened_at": "x", "opened_by": 1, "due_at": "2099-01-01",
}  # fmt: skip
Row = dict[str, Any]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Store]:
    """Open a store with a request in every state, documents, a signed letter and one that is not, and a job that ended."""
    store = a_store(tmp_path_factory.mktemp("promised") / "data")
    admin = an_admin(store)
    desk, clinician = a_colleague(store, admin), a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    save(store, desk, definitions)
    delivered(store, desk, clinician, definitions)
    requests = [ask(store, desk, definitions, kind) for kind in ("work_note", "intake_form", "work_note", "referral_letter", "intake_form")]
    waiting, form, letter, _, withdrawn = requests
    for each in (waiting, letter):
        complete_letter(store, desk, definitions, each)
    sign_it(store, clinician, definitions, letter)
    print_it(store, desk, form)
    store._connection.execute(
        "INSERT INTO print_run (location, workstation, staff_id, begun_at, seen_at) VALUES ('loc.edison', 'w', 1, 'x', 'x')"
    )
    job = (
        "INSERT INTO print_job (run_id, place, request_id, kind, reprint, reason, setting, state, at)"
        " VALUES (1, ?, ?, 'k', 0, '', '{}', ?, 'x')"
    )
    store._connection.execute(job, (0, FORM, "printed"))
    store._connection.execute(job, (1, LETTER, "claimed"))
    store._connection.execute("UPDATE request SET state = 'withdrawn' WHERE id = ?", (withdrawn.id,))
    yield store
    store.close()


@pytest.fixture(params=["ON", "OFF"])
def locked(practice: Store, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return that store, with triggers that call triggers or not; whatever a test writes is taken back."""
    practice._connection.execute(f"PRAGMA recursive_triggers = {request.param}")
    practice._connection.execute("BEGIN")
    yield practice
    if practice._connection.in_transaction:
        practice._connection.execute("ROLLBACK")
    practice._connection.execute("PRAGMA recursive_triggers = ON")


def rows_of(store: Store, table: str) -> list[Row]:
    """Return the rows of a table by column, without what is computed."""
    names = [row[1] for row in store._connection.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
    return [dict(zip(names, row, strict=True)) for row in store._connection.execute(f"SELECT {', '.join(names)} FROM {table}")]


def insert(verb: str, table: str, row: Row) -> tuple[str, list[Any]]:
    """Return a statement that puts a row in."""
    return f"{verb} INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())


def attacks(table: str, rows: list[Row]) -> Iterator[tuple[str, list[Any]]]:
    """Yield every way to rewrite the rows of a table that is only added to."""
    keys = KEYS[table]
    for row in rows:
        where, values = " AND ".join(f"{key} = ?" for key in keys), [row[key] for key in keys]
        yield f"DELETE FROM {table} WHERE {where}", values
        for name in row:
            for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
                yield f"{verb} {table} SET {name} = {name} WHERE {where}", values
        for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"):
            yield insert(verb, table, row)
        statement, given = insert("INSERT", table, row)
        yield f"{statement} ON CONFLICT DO UPDATE SET {keys[-1]} = excluded.{keys[-1]}", given


def refused(store: Store, statement: str, values: list[Any] | tuple[Any, ...] = ()) -> None:
    """Expect a statement to be refused by a guard or a rule of the table, and to leave nothing behind."""
    before = store._connection.execute("SELECT total_changes()").fetchone()
    with pytest.raises((IntakeError, IntegrityError)) as caught, told():
        store._connection.execute(statement, values)
    if isinstance(caught.value, IntakeError):
        assert caught.value.code in WORDS, statement
    after = store._connection.execute("SELECT total_changes()").fetchone()
    assert before == after, statement


@pytest.mark.parametrize("table", list(KEYS))
def test_what_is_only_added_to_is_never_rewritten(locked: Store, table: str) -> None:
    """Every row, every column, every verb."""
    rows = rows_of(locked, table)
    assert rows
    tried = 0
    for statement, values in attacks(table, rows):
        refused(locked, statement, values)
        tried += 1
    assert tried > 10
    assert rows_of(locked, table) == rows


@pytest.mark.parametrize("request_id", [DELIVERED, WITHDRAWN])
def test_what_was_delivered_or_withdrawn_stays_so(locked: Store, request_id: int) -> None:
    """Whatever column is written; a request is never removed or put in anew."""
    [row] = [row for row in rows_of(locked, "request") if row["id"] == request_id]
    for name in row:
        for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
            refused(locked, f"{verb} request SET {name} = {name} WHERE id = ?", [request_id])
    refused(locked, "UPDATE OR REPLACE request SET state = 'waiting', delivered_at = NULL WHERE id = ?", [request_id])
    refused(locked, "DELETE FROM request WHERE id = ?", [request_id])
    for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"):
        refused(locked, *insert(verb, "request", {**row, "state": "waiting", "delivered_at": None, "printed_at": None}))


@pytest.mark.parametrize(("name", "value"), list(OTHERWISE.items()))
def test_what_a_request_is_never_changes(locked: Store, name: str, value: object) -> None:
    """Nor when it is due: no clock is put back."""
    for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
        refused(locked, f"{verb} request SET {name} = ? WHERE id = ?", [value, WAITING])


@pytest.mark.parametrize("state", ["ready", "printed", "delivered"])
@pytest.mark.parametrize("request_id", [WAITING, UNSIGNED])
def test_nothing_unsigned_goes_on(locked: Store, request_id: int, state: str) -> None:
    """Neither a letter that waits for a signature nor one with something missing, with or without the columns that go with it."""
    refused(locked, "UPDATE request SET state = ? WHERE id = ?", [state, request_id])
    delivered_at = "x" if state == "delivered" else None
    refused(
        locked,
        "UPDATE request SET state = ?, missing = 0, printed_at = 'x', delivered_at = ? WHERE id = ?",
        [state, delivered_at, request_id],
    )


@pytest.mark.parametrize("state", ["ready", "printed", "delivered", "withdrawn"])
def test_no_request_begins_beyond_its_signature(locked: Store, state: str) -> None:
    """A row that is put in ready made is refused."""
    [row] = [row for row in rows_of(locked, "request") if row["id"] == UNSIGNED]
    ready_made = {**row, "id": 99, "state": state, "missing": 0, "printed_at": "x", "delivered_at": "x" if state == "delivered" else None}
    for verb in ("INSERT", "INSERT OR REPLACE"):
        refused(locked, *insert(verb, "request", ready_made))


def test_nothing_is_handed_over_that_was_not_printed_or_of_another_request(locked: Store) -> None:
    """Nor late without a reason."""
    handover = {"document_id": 1, "recipient": "Ana", "identity": "known", "late_reason": "", "staff_id": 1, "at": "2026-11-22T16:00:00"}
    for request_id in (WAITING, LETTER, UNSIGNED, FORM):
        refused(locked, *insert("INSERT", "handover", {"request_id": request_id, **handover}))
    late = {"request_id": FORM, **handover, "document_id": 2, "at": "2027-01-01"}
    refused(locked, *insert("INSERT", "handover", late))
    locked._connection.execute(*insert("INSERT", "handover", {**late, "late_reason": "Nobody came"}))
    assert locked._connection.execute("SELECT state, delivered_at FROM request WHERE id = ?", (FORM,)).fetchall() == [
        ("delivered", "2027-01-01")
    ]


def test_delivered_is_only_what_was_handed_over(locked: Store) -> None:
    """A printed one does not become delivered by itself, nor a ready one printed without kept bytes."""
    refused(locked, "UPDATE request SET state = 'delivered', delivered_at = 'x' WHERE id = ?", [FORM])
    refused(locked, "UPDATE request SET state = 'printed', printed_at = 'x' WHERE id = ?", [LETTER])


def test_a_signed_letter_stays_and_only_a_clinician_signs_a_complete_one(locked: Store) -> None:
    """A letter takes no other's place either."""
    for name in ("typed", "body", "version", "request_id"):
        refused(locked, f"UPDATE OR REPLACE letter SET {name} = {name} WHERE request_id = ?", [LETTER])
    refused(locked, "UPDATE OR REPLACE letter SET request_id = ? WHERE request_id = ?", [LETTER, WAITING])
    refused(locked, "DELETE FROM letter WHERE request_id = ?", [WAITING])
    [letter] = [row for row in rows_of(locked, "letter") if row["request_id"] == LETTER]
    refused(locked, *insert("INSERT OR REPLACE", "letter", letter))
    [signature] = rows_of(locked, "letter_signature")
    refused(locked, *insert("INSERT", "letter_signature", {**signature, "request_id": WAITING, "staff_id": 1}))
    refused(locked, *insert("INSERT", "letter_signature", {**signature, "request_id": UNSIGNED}))
    refused(locked, *insert("INSERT", "letter_signature", {**signature, "request_id": DELIVERED}))


def test_a_job_is_bound_once_and_what_ended_stays(locked: Store) -> None:
    """No second job takes a claimed document, by whatever verb; a printed one is not printed again in silence."""
    ended, claimed = rows_of(locked, "print_job")
    for verb in ("INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
        refused(locked, *insert(verb, "print_job", {**claimed, "id": 99, "place": 9}))
        refused(locked, *insert(verb, "print_job", {**ended, "id": 99}))
        refused(locked, *insert(verb, "print_job", {**ended, "place": 9}))
    for statement in ("UPDATE print_job SET state = 'claimed'", "UPDATE OR REPLACE print_job SET request_id = 4", "DELETE FROM print_job"):
        refused(locked, f"{statement} WHERE id = ?", [ended["id"]])
    refused(locked, "UPDATE OR REPLACE print_job SET request_id = ? WHERE id = ?", [FORM, claimed["id"]])
    refused(locked, "DELETE FROM print_job WHERE id = ?", [claimed["id"]])


def test_what_a_guard_refuses_is_told_in_its_word(practice: Store) -> None:
    """A person who meets one reads what to do."""
    desk = practice.staff.all()[0]
    with pytest.raises(IntakeError) as caught, practice.transaction():
        practice._connection.execute("UPDATE request SET state = 'ready' WHERE id = ?", (WAITING,))
    assert caught.value.code == "not_signed"
    [signature] = rows_of(practice, "letter_signature")
    with pytest.raises(DeniedError), practice.transaction():
        practice._connection.execute(*insert("INSERT", "letter_signature", {**signature, "request_id": WAITING, "staff_id": desk.id}))
