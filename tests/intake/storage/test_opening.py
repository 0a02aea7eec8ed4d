"""Opening a store: what is refused, and by which code."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from intake.errors import StoreError
from intake.paths import Paths
from intake.security.slots import new_keys
from intake.storage.database import open_file
from intake.storage.driver import DriverError, connect
from intake.storage.migrations import FILES, bring_up_to_date
from intake.storage.store import open_store
from tests.factories import KEYS, a_store, an_admin


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Return the paths of a store that was made and closed."""
    made = a_store(tmp_path / "data")
    an_admin(made)
    made.close()
    return Paths(data=tmp_path / "data", training=False)


def code_of(paths: Paths) -> str:
    """Return the code with which opening is refused."""
    with pytest.raises(StoreError) as caught:
        open_store(paths, KEYS)
    return caught.value.code


def run(paths: Paths, sql: str) -> None:
    """Change a closed store from outside."""
    connection = connect(str(paths.store), KEYS.store, timeout_s=1)
    connection.execute(sql)
    connection.close()


def test_a_store_opens_again_with_what_was_kept(paths: Paths) -> None:
    """The account made before is there."""
    store = open_store(paths, KEYS)
    assert [staff.name for staff in store.staff.all()] == ["Alex Sample"]
    store.close()


def test_store_and_key_are_their_owners_alone(paths: Paths) -> None:
    """Nobody else on the machine can read either."""
    assert [path.stat().st_mode & 0o777 for path in (paths.store, paths.ring)] == [0o600, 0o600]


def test_making_a_store_leaves_no_unfinished_file(paths: Paths) -> None:
    """What was written beside the place of store and key is gone."""
    assert list(paths.data.glob("*.new*")) == []


def test_a_missing_store_is_named(paths: Paths) -> None:
    """No new store is made in the place of one that is gone."""
    paths.store.unlink()
    assert code_of(paths) == "store_missing"
    assert not paths.store.exists()


def test_a_store_of_a_newer_version_is_refused(paths: Paths) -> None:
    """A step this program does not know was applied to it."""
    run(
        paths,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('intake-desk', '0999_from_next_year', '2027-01-01')",
    )
    assert code_of(paths) == "newer_store"


def test_an_unencrypted_database_is_not_ours(paths: Paths) -> None:
    """Another program's file is left alone."""
    paths.store.unlink()
    with sqlite3.connect(paths.store) as other:
        other.execute("CREATE TABLE song (title TEXT)")
    other.close()
    before = paths.store.read_bytes()
    assert code_of(paths) == "not_our_store"
    assert paths.store.read_bytes() == before


def test_an_encrypted_database_of_another_program_is_not_ours(paths: Paths) -> None:
    """The right key is not enough: the file must be marked as a store."""
    run(paths, "PRAGMA application_id = 1")
    assert code_of(paths) == "not_our_store"


@pytest.mark.parametrize("size", [0, 1, 100, 4095, 4096, 20_000, -4096, -1])
def test_a_truncated_store_is_refused(paths: Paths, size: int) -> None:
    """However much is missing, it is told before anything is shown or written."""
    content = paths.store.read_bytes()
    paths.store.write_bytes(content[:size])
    assert code_of(paths) == "damaged_store"
    assert len(paths.store.read_bytes()) == len(content[:size])


def test_a_store_with_another_key_is_refused(paths: Paths) -> None:
    """Without the key nothing tells it from a damaged file."""
    with pytest.raises(StoreError) as caught:
        open_store(paths, new_keys())
    assert caught.value.code == "damaged_store"


def test_a_text_file_is_refused(paths: Paths) -> None:
    """Something that is no database at all."""
    paths.store.write_text("shopping list\n" * 1000)
    assert code_of(paths) == "damaged_store"


def test_training_and_real_data_never_open_each_other(paths: Paths) -> None:
    """Even when the folder's marker was lost, the store itself says whose it is."""
    assert code_of(Paths(data=paths.data, training=True)) == "wrong_realm"


def apply(paths: Paths, sql: str) -> None:
    """Open a store with a program that has one step more."""
    step = paths.data / "0999_of_a_test.sql"
    step.write_text(sql)
    key = KEYS.store
    connection = open_file(paths.store, key)
    try:
        bring_up_to_date(connection, paths.store, key, files=(*FILES, step))
    finally:
        connection.close()


def test_a_store_is_copied_before_a_step_is_applied(paths: Paths) -> None:
    """The copy opens with the same key and holds everything as it was before the step."""
    apply(paths, "UPDATE staff SET name = 'Somebody Else';")
    copy = paths.store.with_name("store.db.before-0999_of_a_test")
    connection = connect(str(copy), KEYS.store, timeout_s=1)
    assert connection.execute("SELECT name FROM staff").fetchall() == [("Alex Sample",)]
    assert copy.stat().st_mode & 0o777 == 0o600
    connection.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(paths: Paths) -> None:
    """Nothing of it stays, and the store opens with the program that made it."""
    with pytest.raises(DriverError):
        apply(paths, "UPDATE staff SET name = 'Somebody Else';\nUPDATE nothing SET name = 1;")
    store = open_store(paths, KEYS)
    assert [staff.name for staff in store.staff.all()] == ["Alex Sample"]
    store.close()


def test_a_step_that_leaves_loose_references_is_refused(paths: Paths) -> None:
    """An entry of the audit by nobody known would be shown as anybody's."""
    with pytest.raises(StoreError) as caught:
        apply(paths, "DELETE FROM staff;")
    assert caught.value.code == "damaged_store"


def test_two_programs_making_the_same_store_share_it(tmp_path: Path) -> None:
    """Whoever is later takes the store and the key of the one who was quicker."""
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: a_store(tmp_path / "data"), range(4)))
    admin = an_admin(stores[0])
    assert all(store.staff.all() == (admin.staff,) for store in stores)
    for store in stores:
        store.close()
