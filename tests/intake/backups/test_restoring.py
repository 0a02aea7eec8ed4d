"""Bringing a backup back: from a whole store, from one that is gone, and by whom."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from intake.actions.access import sign_in
from intake.actions.accounts import change_password
from intake.actions.check import check_store
from intake.actions.recovery import new_recovery_key
from intake.actions.restore_access import Typed, open_for_restore
from intake.actions.restoring import (
    backups_in,
    finish_restore,
    loss_since,
    open_by_password,
    open_by_recovery_key,
    open_signed_in,
    prepare_restore,
    restore,
    restore_waits,
)
from intake.definitions.bundle import Definitions
from intake.domain.backups import KeptBackup, Loss
from intake.domain.coverage import Coverage
from intake.domain.staff import Actor
from intake.errors import DeniedError, IntakeError, StoreError
from intake.paths import Paths
from intake.storage import exchange
from intake.storage.store import open_store
from tests.factories import KEYS, NOW, PASSWORD, WORKSTATION, a_patient, a_visit, an_intake, save
from tests.intake.backups.vault import LATER, Vault, opened


def with_one_more(vault: Vault, desk: Actor, definitions: Definitions) -> KeptBackup:
    """Save a patient, back up, save another one, close the store, and return the backup."""
    save(vault.store, desk, definitions)
    vault.backed_up()
    other = a_patient(legal_last="Example", legal_first="Otto", dob=date(1950, 1, 2), phone="+17325550101", email=None)
    visit = a_visit(primary=Coverage(payer="Example Health Plan", member_id="EX2", subscriber="self"))
    save(vault.store, desk, definitions, intake=an_intake(definitions, patient=other, visit=visit, seed=2), now=LATER)
    return backups_in(vault.stick)[0]


def names_of(paths: Paths) -> list[str]:
    """Return the last names in the store that is there, which must be whole in every part."""
    store = open_store(paths, KEYS)
    try:
        actor = Actor(staff=next(each for each in store.staff.all() if each.login == "alex"), workstation=WORKSTATION)
        assert check_store(store, actor, now=LATER).good
        return [row[0] for row in store._connection.execute("SELECT legal_last FROM patient ORDER BY id")]
    finally:
        store.close()


def test_a_restore_brings_back_what_was_and_keeps_what_is(vault: Vault, desk: Actor, definitions: Definitions) -> None:
    """The store is as it was when backed up, whole by every check, and the one before lies beside it."""
    backup, paths = with_one_more(vault, desk, definitions), vault.store.paths
    own = paths.overrides / "locations.toml"
    own.write_text("# written later", encoding="utf-8")
    vault.store.close()
    restore(paths, opened(paths, backup), workstation=WORKSTATION, now=LATER)
    assert names_of(paths) == ["Sample"]
    aside = next(paths.data.glob("before-restore-*"))
    assert {each.name for each in aside.iterdir()} >= {"store.db", "keys.json", "overrides"}
    assert not own.exists()
    shutil.copy(aside / "store.db", paths.store)
    (paths.data / "audit-anchor.txt").unlink()
    store = open_store(paths, KEYS)
    assert store._connection.execute("SELECT count(*) FROM patient").fetchone() == (2,)
    store.close()


def test_a_restore_is_in_the_audit_of_what_was_restored(vault: Vault, desk: Actor, definitions: Definitions) -> None:
    """By whom, which backup, and the line of the anchor that ended."""
    backup, paths = with_one_more(vault, desk, definitions), vault.store.paths
    vault.store.close()
    restore(paths, opened(paths, backup), workstation=WORKSTATION, now=LATER)
    store = open_store(paths, KEYS)
    told = store._connection.execute("SELECT action, staff_id, changes FROM audit ORDER BY seq DESC LIMIT 3").fetchall()
    store.close()
    assert [row[0] for row in told] == ["seal_rows", "begin_anchor_line", "restore_store"]
    assert told[2][1] == vault.admin.staff.id
    assert backup.name in told[2][2]


def test_what_would_be_lost_is_counted(vault: Vault, desk: Actor, definitions: Definitions) -> None:
    """Entries and intakes since; of a backup of another store's past nothing can be told."""
    backup = with_one_more(vault, desk, definitions)
    loss = loss_since(vault.store, vault.admin, backup)
    assert (loss.visits, loss.signatures) == (1, 0)
    assert loss.entries is not None
    assert loss.entries >= 3
    with pytest.raises(DeniedError):
        loss_since(vault.store, desk, backup)
    with vault.store.transaction():
        vault.store._connection.execute("UPDATE meta SET value = 'another' WHERE name = 'store_id'")
    assert loss_since(vault.store, vault.admin, backup) == Loss()


@pytest.mark.parametrize("fault", ["gone", "damaged", "folder"])
def test_a_store_that_is_gone_or_damaged_is_brought_back(vault: Vault, desk: Actor, definitions: Definitions, fault: str) -> None:
    """Without any store open: the file away, its pages garbage, or the whole folder away."""
    backup, paths = with_one_more(vault, desk, definitions), vault.store.paths
    vault.store.close()
    if fault == "folder":
        shutil.rmtree(paths.data)
        paths.data.mkdir()
    elif fault == "gone":
        paths.store.unlink()
    else:
        paths.store.write_bytes(b"garbage" * 4096)
    restore(paths, opened(paths, backup), workstation=WORKSTATION, now=LATER)
    assert names_of(paths) == ["Sample"]


def test_a_backup_of_an_earlier_password_opens_by_that_password(vault: Vault, admin: Actor) -> None:
    """Each backup has its own keys, wrapped as they were then."""
    vault.backed_up()
    change_password(vault.store, admin, admin.staff.id, password="another sample sentence", now=NOW)
    backup, paths = backups_in(vault.stick)[0], vault.store.paths
    with pytest.raises(IntakeError, match="wrong_sign_in"):
        opened(paths, backup, password="another sample sentence")
    assert (
        open_by_password(paths, backup, login="alex", password=PASSWORD, workstation=WORKSTATION, now=LATER + timedelta(hours=1)).keys.store
        == KEYS.store
    )


def test_the_recovery_key_opens_a_backup(vault: Vault, admin: Actor) -> None:
    """The one that was good when the backup was taken, and a mistyped one is told from another one."""
    spoken = new_recovery_key(vault.store, admin, now=NOW)
    vault.backed_up()
    backup, paths = backups_in(vault.stick)[0], vault.store.paths
    other = new_recovery_key(vault.store, admin, now=NOW)
    vault.store.close()
    for typed, code in ((spoken[:-1], "recovery_key_mistyped"), (other, "recovery_key_other")):
        with pytest.raises(IntakeError, match=code):
            open_by_recovery_key(paths, backup, typed=typed, workstation=WORKSTATION, now=LATER)
    found = open_by_recovery_key(paths, backup, typed=spoken, workstation=WORKSTATION, now=LATER + timedelta(hours=1))
    restore(paths, found, workstation=WORKSTATION, now=LATER)
    assert names_of(paths) == []


def test_only_who_may_restores(vault: Vault, desk: Actor) -> None:
    """A receptionist's password opens the backup's keys, and nothing is exchanged for it."""
    vault.backed_up()
    backup, paths = backups_in(vault.stick)[0], vault.store.paths
    with pytest.raises(DeniedError):
        open_signed_in(vault.store, desk, backup)
    vault.store.close()
    before = paths.store.read_bytes()
    assert desk.staff.login == "dana"
    with pytest.raises(DeniedError):
        restore(paths, opened(paths, backup, login="dana"), workstation=WORKSTATION, now=LATER)
    assert (paths.store.read_bytes(), restore_waits(paths)) == (before, False)


def test_no_fault_but_a_lost_store_lets_the_backup_decide(vault: Vault, desk: Actor) -> None:
    """Who was let out since may not come back by a backup: keys that others can read are no reason not to ask the store."""
    vault.backed_up()
    backup, paths = backups_in(vault.stick)[0], vault.store.paths
    vault.store.close()
    paths.ring.chmod(0o644)
    with pytest.raises(StoreError, match="keys_open_to_others"):
        open_for_restore(paths, backup, Typed(login=desk.staff.login, password=PASSWORD), workstation=WORKSTATION, now=LATER)
    paths.ring.unlink()
    found, _ = open_for_restore(paths, backup, Typed(login="alex", password=PASSWORD), workstation=WORKSTATION, now=LATER)
    assert not found.signed_in


def test_a_spoiled_backup_changes_nothing(vault: Vault) -> None:
    """It is checked whole before anything is moved."""
    row = vault.backed_up()
    backup, paths = backups_in(vault.stick)[0], vault.store.paths
    path = vault.home / row.name / "store.db"
    path.write_bytes(path.read_bytes()[:-4096])
    vault.store.close()
    before = paths.store.read_bytes()
    with pytest.raises(StoreError, match="backup_damaged"):
        restore(paths, opened(paths, backup), workstation=WORKSTATION, now=LATER)
    assert (paths.store.read_bytes(), list(paths.data.glob("before-restore-*")), restore_waits(paths)) == (before, [], False)


def test_nothing_is_exchanged_under_somebody_who_works(vault: Vault) -> None:
    """Whoever has the store open has to close it first; until then all stays as it is."""
    vault.backed_up()
    backup, paths = backups_in(vault.stick)[0], vault.store.paths
    with pytest.raises(StoreError, match="others_at_work"):
        restore(paths, opened(paths, backup), workstation=WORKSTATION, now=LATER)
    assert not restore_waits(paths)


def test_what_was_made_ready_comes_in_at_the_next_sign_in(vault: Vault, desk: Actor, definitions: Definitions) -> None:
    """From the window the store is open until everybody signed out; whoever signs in next has the restored one."""
    backup, paths = with_one_more(vault, desk, definitions), vault.store.paths
    found = open_signed_in(vault.store, vault.admin, backup)
    assert found is not None
    prepare_restore(paths, found, workstation=WORKSTATION, now=LATER)
    with pytest.raises(StoreError, match="others_at_work"):
        sign_in(paths, login="alex", password=PASSWORD, workstation=WORKSTATION, now=LATER)
    vault.store.close()
    sign_in(paths, login="alex", password=PASSWORD, workstation=WORKSTATION, now=LATER).store.close()
    assert names_of(paths) == ["Sample"]
    assert not (paths.data / exchange.READY).exists()


class StoppedError(Exception):
    """The program ends here."""


def counted(move: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """Return a move that is done so many times, and then ends the program instead."""

    def moved(*arguments: Any) -> Any:
        if not left[0]:
            raise StoppedError
        left[0] -= 1
        return move(*arguments)

    return moved


@pytest.mark.parametrize("steps", range(9))
def test_an_exchange_that_was_ended_anywhere_is_taken_up(
    vault: Vault, desk: Actor, definitions: Definitions, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """After each single move, the next one who comes finishes it; old and new are never mixed."""
    backup, paths = with_one_more(vault, desk, definitions), vault.store.paths
    vault.store.close()
    (paths.data / "store.db-wal").write_bytes(b"left behind")
    prepare_restore(paths, opened(paths, backup), workstation=WORKSTATION, now=LATER)
    left = [steps]

    for owner, name in ((os, "replace"), (os, "link"), (Path, "rename")):
        monkeypatch.setattr(owner, name, counted(getattr(owner, name), left))
    try:
        finish_restore(paths)
    except StoppedError:
        monkeypatch.undo()
        finish_restore(paths)
    monkeypatch.undo()
    sign_in(paths, login="alex", password=PASSWORD, workstation=WORKSTATION, now=LATER).store.close()
    assert names_of(paths) == ["Sample"]
    assert (next(paths.data.glob("before-restore-*")) / "store.db").exists()
