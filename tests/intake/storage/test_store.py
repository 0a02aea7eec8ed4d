"""Transactions, and telling that something changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.staff import Actor
from intake.errors import StoreError
from intake.storage.check import examine
from intake.storage.store import Store
from tests.factories import NOW, a_patient, a_store


@pytest.fixture
def other(store: Store, tmp_path: Path) -> Iterator[Store]:
    """Open the same store a second time."""
    opened = a_store(tmp_path / "data")
    yield opened
    opened.close()


def fail_after_adding(store: Store) -> None:
    """Add a patient, then fail in the same transaction."""
    with store.transaction():
        store.patients.add(a_patient(), at=NOW)
        raise ZeroDivisionError


def test_a_transaction_takes_everything_back_after_an_error(store: Store) -> None:
    """Nothing is half-saved, and the next transaction works."""
    with pytest.raises(ZeroDivisionError):
        fail_after_adding(store)
    assert store.patients.count() == 0
    with store.transaction():
        store.patients.add(a_patient(), at=NOW)
    assert store.patients.count() == 1


def test_a_commit_changes_the_data_version_here_and_elsewhere(store: Store, other: Store) -> None:
    """What either writes is news to both; reading is not."""
    here, there = store.data_version(), other.data_version()
    assert (store.data_version(), other.data_version()) == (here, there)
    with store.transaction():
        store.patients.add(a_patient(), at=NOW)
    assert store.data_version() != here
    assert other.data_version() != there
    assert other.patients.count() == 1
    there = other.data_version()
    assert other.data_version() == there


def test_a_busy_store_is_told_and_nothing_is_lost(store: Store, other: Store) -> None:
    """Two never write at once; the second is told after waiting."""
    other._connection.execute("PRAGMA busy_timeout = 50")
    with store.transaction():
        store.patients.add(a_patient(), at=NOW)
        with pytest.raises(StoreError) as caught, other.transaction():
            other.patients.add(a_patient(), at=NOW)
    assert caught.value.code == "store_busy"
    assert store.patients.count() == 1


def test_every_commit_waits_for_the_disk_again_after_one_that_did_not(store: Store, admin: Actor) -> None:
    """A search's entry does not weaken the next save."""
    with store.transaction(lasting=False):
        store.audit.add(admin, "search", at=NOW)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_connection_guards_references_and_keeps_a_log(store: Store) -> None:
    """The settings that everything else stands on."""
    settings = {name: store._connection.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "foreign_keys", "synchronous")}
    assert settings == {"journal_mode": ("wal",), "foreign_keys": (1,), "synchronous": (2,)}


def test_a_whole_store_passes_its_check(store: Store, admin: Actor) -> None:
    """Nothing is wrong with what the program itself wrote."""
    report = examine(store)
    assert (report.integrity, report.foreign_keys, report.audit_broken_at, report.entries) == ((), 0, None, 1)
    assert report.good


def test_the_check_counts_loose_references(store: Store, admin: Actor) -> None:
    """A row whose other half is gone is found."""
    store._connection.execute("PRAGMA foreign_keys = OFF")
    store._connection.execute("DELETE FROM staff")
    assert examine(store).foreign_keys == 1


def test_the_check_finds_a_damaged_page(store: Store, admin: Actor, tmp_path: Path) -> None:
    """One byte on the disk is enough."""
    with store.transaction():
        for _ in range(200):
            store.patients.add(a_patient(), at=NOW)
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "data" / "store.db"
    content = bytearray(path.read_bytes())
    content[-6000] ^= 1
    path.write_bytes(content)
    assert not examine(a_store(tmp_path / "data")).good
