"""A data folder from before the keys were wrapped."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from intake.actions.access import OF_HASH, UPGRADE
from intake.actions.check import check_store
from intake.actions.setup import is_set_up
from intake.actions.upgrading import upgrade_keys
from intake.errors import StoreError
from intake.paths import Paths
from intake.security.cost import Cost
from intake.security.ring import read_ring
from intake.storage.migrations import stamp
from intake.storage.store import open_store
from tests.factories import CHEAP, KEYS, NOW, PASSWORD
from tests.intake.access.desk import enter, refused, signed_in, told
from tests.intake.storage.older import a_store_before


def hashed(password: str, cost: Cost = CHEAP) -> str:
    """Return a password as it was kept then."""
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes).hash(password)


@pytest.fixture
def old(tmp_path: Path) -> Paths:
    """Return a data folder with its keys in the open and two accounts, one switched off."""
    connection, path, _ = a_store_before(tmp_path, "0007")
    stamp(connection, "real")
    sql = "INSERT INTO staff (login, name, role, password, active, created_at) VALUES (?, ?, ?, ?, ?, '2026-11-01T12:00:00+00:00')"
    connection.execute(sql, ("alex", "Alex Sample", "administrator", hashed(PASSWORD), 1))
    connection.execute(sql, ("casey", "Casey Example", "clinician", hashed(PASSWORD), 0))
    connection.close()
    return Paths(data=path.parent, training=False)


def opens_with_the_open_key(paths: Paths) -> bool:
    """Tell whether the key that lay in the open still opens the store."""
    try:
        open_store(paths, KEYS).close()
    except StoreError as error:
        return error.code != "damaged_store"
    return True


def test_everybody_signs_in_with_the_password_they_had(old: Paths) -> None:
    """The open keys are gone, and what they opened has another key; who was switched off stays out."""
    upgrade_keys(old, now=NOW)
    assert not old.open_keys.exists()
    assert not opens_with_the_open_key(old)
    assert not list(old.data.glob("store.db.before-*"))
    with signed_in(old) as alex:
        assert told(alex.store, "wrap_keys") == told(alex.store, "rotate_key") == [(None, "upgrade", "done")]
        assert alex.store.staff.recovery() is None
        assert check_store(alex.store, alex.actor, now=NOW).good
    assert refused(old, "casey").code == "wrong_sign_in"
    assert refused(old, password="wrong").code == "wrong_sign_in"


def test_the_first_sign_in_makes_a_slot_that_no_copy_of_the_old_store_opens(old: Paths) -> None:
    """The hash that the old store kept is what wraps the slot until then."""
    upgrade_keys(old, now=NOW)
    made_of_hash = read_ring(old.ring).of("alex")
    with signed_in(old) as alex:
        assert alex.store.settings.get(UPGRADE, OF_HASH) == "2", "casey did not sign in yet"
    renewed = read_ring(old.ring).of("alex")
    assert made_of_hash
    assert renewed
    assert made_of_hash.slot.public != renewed.slot.public
    enter(old).store.close()
    assert read_ring(old.ring).of("alex") == renewed, "once is enough"


@pytest.mark.parametrize("moment", ["slots", "ring", "both keys", "before the open key goes"])
def test_it_can_be_stopped_anywhere_and_done_again(old: Paths, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """The open key goes once it opens nothing any more, not before."""
    raw = old.open_keys.read_bytes()
    names = {"slots": "project", "ring": "exchange_key"}
    if moment in names:
        monkeypatch.setattr(f"intake.actions.upgrading.{names[moment]}", _ends)
    elif moment == "both keys":
        monkeypatch.setattr("intake.storage.rewriting._put_in_place", _ends)
    if moment == "before the open key goes":
        monkeypatch.undo()
        upgrade_keys(old, now=NOW)
        old.open_keys.write_bytes(raw)
    else:
        with pytest.raises(KeyboardInterrupt):
            upgrade_keys(old, now=NOW)
        assert old.open_keys.exists()
        monkeypatch.undo()
    upgrade_keys(old, now=NOW)
    assert not old.open_keys.exists()
    assert not opens_with_the_open_key(old)
    with signed_in(old) as alex:
        assert told(alex.store, "wrap_keys") == [(None, "upgrade", "done")]


def test_the_keys_of_a_store_that_is_elsewhere_are_left_alone(old: Paths) -> None:
    """Somebody moved the store away, perhaps to copy it: without its keys it would be lost."""
    away = old.store.rename(old.data / "away.db")
    upgrade_keys(old, now=NOW)
    assert old.open_keys.exists()
    assert not is_set_up(old)
    away.rename(old.store)
    upgrade_keys(old, now=NOW)
    enter(old).store.close()


def test_a_folder_of_today_is_left_as_it_is(paths: Paths) -> None:
    """Every start asks."""
    before = {path: path.read_bytes() for path in (paths.store, paths.ring)}
    upgrade_keys(paths, now=NOW)
    assert {path: path.read_bytes() for path in before} == before


def _ends(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
