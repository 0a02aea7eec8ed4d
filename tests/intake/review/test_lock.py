"""A signed visit is locked in the store itself: raw SQL can only add an addendum."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from intake.actions.correcting import correct
from intake.actions.duplicates import Decision
from intake.actions.signing import add_addendum
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Claim, Coverage
from intake.domain.staff import Role
from intake.errors import ConflictError, DeniedError, IntakeError
from intake.storage.driver import IntegrityError
from intake.storage.store import Store
from tests.factories import PASSWORD, a_colleague, a_patient, a_store, a_visit, an_admin, an_intake, save
from tests.intake.review.charting import LATER, make_ready, sign

OF_VISIT = ("coverage", "claim", "safety", "notices", "answer", "mark", "correction", "prompt", "awaiting", "hold", "review", "addendum")
KEYED = {"visit": "id", **dict.fromkeys(OF_VISIT, "visit_id")}
WORDS = {"visit_signed", "append_only", "not_permitted", "prompt_not_acknowledged"}
SIGNED, OPEN = 1, 2
DECISIONS = {SIGNED: (), OPEN: (Decision(patient_id=1, reason="Invented twins"),)}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Store]:
    """Open a store with a signed visit and one that is not, each with a row in every table that it can have one in."""
    store = a_store(tmp_path_factory.mktemp("signed") / "data")
    admin = an_admin(store)
    desk = a_colleague(store, admin)
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    a_colleague(store, admin, role=Role.PRINT_DESK, login="pat")
    for visit_id, name in ((SIGNED, "Ana"), (OPEN, "Bea")):
        visit = a_visit(visit_type="auto", claim=Claim(accident_place="Example Road"), secondary=Coverage(payer="Example Two"))
        usual = an_intake(definitions, patient=a_patient(legal_first=name, phone="none", email="none"), visit=visit)
        answers = {**usual.answers, "sx.stiff": "no", "safety.walking": "yes", "safety.fever": "yes"}
        saved = save(store, desk, definitions, intake=dataclasses.replace(usual, answers=answers), decisions=DECISIONS[visit_id])
        assert saved.visit_id == visit_id
        correct(store, clinician, visit_id, path="answers.sx.stiff", value="yes", reason="Asked again", definitions=definitions, now=LATER)
        make_ready(store, clinician, visit_id, definitions)
    sign(store, clinician, SIGNED, definitions)
    typed = {"text": "More", "reason": "Called later", "password": PASSWORD}
    add_addendum(store, clinician, SIGNED, **typed, definitions=definitions, now=LATER)
    yield store
    store.close()


@pytest.fixture
def locked(practice: Store) -> Iterator[Store]:
    """Return that store; whatever a test writes is taken back."""
    practice._connection.execute("BEGIN")
    yield practice
    if practice._connection.in_transaction:
        practice._connection.execute("ROLLBACK")
    practice._connection.execute("PRAGMA recursive_triggers = ON")


def rows_of(store: Store, table: str, visit_id: int) -> list[Row]:
    """Return a visit's rows of a table, by column."""
    names = [name for _, name, *_ in store._connection.execute(f"PRAGMA table_info({table})")]
    where = "prompt_id IN (SELECT id FROM prompt WHERE visit_id = ?)" if table == "acknowledgement" else f"{KEYED[table]} = ?"
    return [
        dict(zip(names, row, strict=True))
        for row in store._connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {where}", (visit_id,))
    ]


def everything(store: Store, visit_id: int) -> dict[str, list[Row]]:
    """Return all that is kept of a visit."""
    return {table: rows_of(store, table, visit_id) for table in ("visit", *OF_VISIT, "acknowledgement")}


def match(row: Row) -> tuple[str, list[Any]]:
    """Return the condition that finds just this row."""
    return " AND ".join(f"{name} IS ?" for name in row), list(row.values())


def insert(verb: str, table: str, row: Row) -> tuple[str, list[Any]]:
    """Return a statement that puts a row in."""
    return f"{verb} INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())


def attacks(store: Store, table: str, signed: int, other: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield every way to write a table's rows of the signed visit."""
    own, others = rows_of(store, table, signed), rows_of(store, table, other)
    key = "prompt_id" if table == "acknowledgement" else KEYED[table]
    for row in own:
        where, values = match(row)
        yield f"DELETE FROM {table} WHERE {where}", values
        for name in row:
            for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
                yield f"{verb} {table} SET {name} = {name} WHERE {where}", values
            if name == key:
                yield f"UPDATE OR REPLACE {table} SET {name} = ? WHERE {where}", [other if key != "prompt_id" else 2, *values]
        for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"):
            yield insert(verb, table, row)
        statement, given = insert("INSERT", table, row)
        yield f"{statement} ON CONFLICT DO UPDATE SET {key} = excluded.{key}", given
    for row in others:
        where, values = match(row)
        target = own[0][key] if own else signed
        yield f"UPDATE OR REPLACE {table} SET {key} = ? WHERE {where}", [target, *values]
        for verb in ("INSERT OR REPLACE", "INSERT"):
            yield insert(verb, table, {**row, key: target})
        if own and "id" in row:
            yield f"UPDATE OR REPLACE {table} SET id = ? WHERE {where}", [own[0]["id"], *values]
            yield insert("INSERT OR REPLACE", table, {**row, "id": own[0]["id"]})


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("table", ["visit", *OF_VISIT, "acknowledgement"])
def test_no_statement_writes_a_signed_visit(locked: Store, table: str, recursive: str) -> None:
    """Every table, every column, every verb, from within and from another visit's rows, whatever the connection's settings."""
    signed, other = SIGNED, OPEN
    before = everything(locked, signed)
    locked._connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    tried = 0
    for statement, values in list(attacks(locked, table, signed, other)):
        with pytest.raises(IntegrityError) as caught:
            locked._connection.execute(statement, values)
        assert str(caught.value) in WORDS, statement
        tried += 1
    assert tried
    assert everything(locked, signed) == before


def test_what_is_tried_is_tried_against_rows_that_are_there(locked: Store) -> None:
    """Only a list of who waits, and who has it in hand, has nothing of a signed visit; there the other visit's rows attack."""
    signed, other = SIGNED, OPEN
    assert {table for table, rows in everything(locked, signed).items() if not rows} == {"awaiting", "hold"}
    assert {table for table, rows in everything(locked, other).items() if not rows} == {"review", "addendum"}


def test_another_visit_is_written_as_before(locked: Store) -> None:
    """The lock is of the signed visit alone."""
    locked._connection.execute("UPDATE visit SET reason = 'Changed' WHERE id = ?", (OPEN,))
    locked._connection.execute("UPDATE mark SET kind = 'dull' WHERE visit_id = ?", (OPEN,))


@pytest.mark.parametrize("login", ["alex", "dana", "pat"])
@pytest.mark.parametrize("table", ["review", "addendum", "acknowledgement", "correction"])
def test_nobody_but_a_clinician_signs_even_by_hand(locked: Store, table: str, login: str) -> None:
    """An account of another role is refused by the store whatever name it gives."""
    signed, other = SIGNED, OPEN
    account = locked.staff.by_login(login)
    assert account is not None
    [row, *_] = rows_of(locked, table, signed)
    mine = {**row, "staff_id": account.staff.id}
    if table == "review":
        mine["visit_id"] = other
    elif table == "addendum":
        mine["number"] = 2
    elif table == "correction":
        mine |= {"id": 99, "visit_id": other}
    else:
        locked._connection.execute(
            "INSERT INTO prompt SELECT 99, ?, 'RF-NEW', level, rules_version, answers, unsure, raised_at FROM prompt LIMIT 1", (other,)
        )
        mine["prompt_id"] = 99
    with pytest.raises(IntegrityError, match="not_permitted"):
        locked._connection.execute(*insert("INSERT", table, mine))


def test_a_clinician_who_was_switched_off_signs_no_more(locked: Store) -> None:
    """The store asks who it is now, not who it was at sign-in."""
    locked._connection.execute("UPDATE staff SET active = 0 WHERE login = 'casey'")
    [row] = rows_of(locked, "review", SIGNED)
    with pytest.raises(IntegrityError, match="not_permitted"):
        locked._connection.execute(*insert("INSERT", "review", {**row, "visit_id": OPEN}))


def test_a_prompt_without_a_word_stops_a_signature_in_the_store(locked: Store) -> None:
    """Whoever asks."""
    signed, other = SIGNED, OPEN
    locked._connection.execute(
        "INSERT INTO prompt SELECT 99, ?, 'RF-NEW', level, rules_version, answers, unsure, raised_at FROM prompt LIMIT 1", (other,)
    )
    [row] = rows_of(locked, "review", signed)
    with pytest.raises(IntegrityError, match="prompt_not_acknowledged"):
        locked._connection.execute(*insert("INSERT", "review", {**row, "visit_id": other}))


@pytest.mark.parametrize(
    ("statement", "kind", "code"),
    [
        ("UPDATE visit SET reason = 'x' WHERE id = 1", ConflictError, "visit_signed"),
        ("DELETE FROM addendum", IntakeError, "append_only"),
        ("INSERT INTO addendum SELECT visit_id, 2, text, reason, fingerprint, 1, 'x', 'x', at FROM addendum", DeniedError, "not_permitted"),
    ],
)
def test_what_the_store_refuses_is_told_in_words(practice: Store, statement: str, kind: type[IntakeError], code: str) -> None:
    """An action that meets a lock tells a person what it is, and nothing of it stays."""
    with pytest.raises(kind) as caught, practice.transaction():
        practice._connection.execute(statement)
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert not practice._connection.in_transaction


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE OR REPLACE coverage SET rowid = 1 WHERE visit_id = 2 AND place = 'primary'",
        "INSERT OR REPLACE INTO coverage (rowid, visit_id, place) SELECT min(rowid), 3, 'primary' FROM coverage WHERE visit_id = 1",
    ],
)
def test_no_row_is_pushed_out_by_its_hidden_number(locked: Store, statement: str, recursive: str) -> None:
    """A row of another visit does not take the place of one of the signed visit."""
    before = everything(locked, SIGNED)
    locked._connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(IntegrityError, match="visit_signed"):
        locked._connection.execute(statement)
    assert everything(locked, SIGNED) == before


@pytest.mark.parametrize("login", ["alex", "dana", "pat"])
def test_nobody_but_a_clinician_decides_about_a_request_even_by_hand(locked: Store, login: str) -> None:
    """A role that was taken away after sign-in counts at once."""
    locked._connection.execute(
        "INSERT INTO amendment (id, patient_id, request, received_on, staff_id, at) VALUES (1, 1, 'June', '2026-11-22', 1, 'x')"
    )
    account = locked.staff.by_login(login)
    assert account is not None
    with pytest.raises(IntegrityError, match="not_permitted"):
        locked._connection.execute("INSERT INTO amendment_step VALUES (1, 1, 'denied', 'No', ?, 'x')", (account.staff.id,))
