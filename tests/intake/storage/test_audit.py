"""The audit only grows, and every alteration shows."""

from __future__ import annotations

import json

import pytest

from intake.domain.staff import Actor
from intake.storage.audit import _ANCHOR_LINE
from intake.storage.chain import entry_hash
from intake.storage.driver import IntegrityError
from intake.storage.staff import _LAST_KEY, _LEFT
from intake.storage.store import Store
from tests.factories import NOW

TRIGGERS = ("audit_never_changed", "audit_never_removed", "audit_only_appended")


@pytest.fixture
def told(store: Store, admin: Actor) -> Store:
    """Return a store with a few entries."""
    with store.transaction():
        for number in range(8):
            store.audit.add(admin, "search", at=NOW, reason=f"number {number}")
    return store


def unlocked(store: Store) -> Store:
    """Take the guards away, as somebody with the key could."""
    for trigger in TRIGGERS:
        store._connection.execute(f"DROP TRIGGER {trigger}")
    return store


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET action = 'nothing' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 3",
        "UPDATE OR IGNORE audit SET seq = 100 WHERE seq = 3",
    ],
)
def test_entries_are_neither_changed_nor_removed(told: Store, sql: str) -> None:
    """The store itself refuses, whoever asks."""
    with pytest.raises(IntegrityError):
        told._connection.execute(sql)
    assert told.audit.broken_at() == (9, None)


def test_a_whole_chain_holds(told: Store) -> None:
    """Nothing was altered, and nothing is reported."""
    assert told.audit.broken_at() == (9, None)


@pytest.mark.parametrize("column", ["at", "staff_id", "workstation", "action", "reason", "outcome", "changes"])
def test_an_altered_entry_breaks_the_chain_at_its_number(told: Store, column: str) -> None:
    """Every part of an entry is under its hash."""
    value = "null" if column in ("staff_id", "reason") else "'{\"a\": 1}'"
    unlocked(told)._connection.execute(f"UPDATE audit SET {column} = {value} WHERE seq = 5")
    assert told.audit.broken_at()[1] == 5


def test_a_removed_entry_breaks_the_chain(told: Store) -> None:
    """A gap shows even when all that is left is genuine."""
    unlocked(told)._connection.execute("DELETE FROM audit WHERE seq = 5")
    assert told.audit.broken_at()[1] == 5


def test_entries_that_change_places_break_the_chain(told: Store) -> None:
    """Order is a part of what happened."""
    connection = unlocked(told)._connection
    for before, after in ((5, 99), (6, 5), (99, 6)):
        connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (after, before))
    assert told.audit.broken_at()[1] == 5


def test_a_recomputed_hash_without_the_key_breaks_the_chain(told: Store) -> None:
    """The chain is keyed: knowing how it is made is not enough to forge it."""
    forged = type(told.audit)(told._connection, bytes(32))
    row = told._connection.execute(f"SELECT {', '.join(_columns(told))}, prev_hash FROM audit WHERE seq = 5").fetchone()
    assert row is not None
    content = (*row[:5], "forged", *row[6:-1])
    link = entry_hash(forged._key, row[-1], content)
    unlocked(told)._connection.execute("UPDATE audit SET action = 'forged', hash = ? WHERE seq = 5", (link,))
    assert told.audit.broken_at()[1] == 5


def test_an_entry_says_who_when_where_and_what(store: Store, admin: Actor) -> None:
    """Old and new stand beside each other, by field."""
    with store.transaction():
        store.audit.add(admin, "edit_patient", at=NOW, changes={"patient.city": ("Edison", None)}, object_version=2)
    row = store._connection.execute(
        "SELECT at, staff_id, staff_role, workstation, action, object_version, changes, outcome FROM audit ORDER BY seq DESC"
    ).fetchone()
    assert row is not None
    assert row[:6] == ("2026-11-22T15:00:00.000+00:00", admin.staff.id, "administrator", "desk-1", "edit_patient", 2)
    assert (json.loads(row[6]), row[7]) == ({"patient.city": ["Edison", None]}, "done")


def _columns(store: Store) -> list[str]:
    return [row[1] for row in store._connection.execute("PRAGMA table_info(audit)")][:-2]


@pytest.mark.parametrize(("sql", "index"), [(_LAST_KEY, "audit_new_key"), (_LEFT, "audit_switched"), (_ANCHOR_LINE, "audit_anchor_line")])
def test_what_is_looked_up_while_somebody_waits_does_not_read_the_whole_audit(told: Store, sql: str, index: str) -> None:
    """Few entries are of these kinds, and they have an index of their own."""
    plan = told._connection.execute(f"EXPLAIN QUERY PLAN {sql}", (0,) if "?" in sql else ()).fetchall()
    assert f"USING INDEX {index}" in plan[0][3]
