"""Backing up while people work: what is written, where, and what happens when it cannot be."""

from __future__ import annotations

import dataclasses
import errno
import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.backup_targets import add_target, remove_target, state
from intake.actions.backups import back_up
from intake.actions.drafts import Draft, keep_draft
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.errors import DeniedError, InvalidInputError, StoreError
from intake.storage.backup_files import STORE, kept_backup, kept_in, with_proof
from intake.storage.copying import Pace, beside, copy_store
from intake.storage.database import open_file
from intake.storage.store import Store
from tests.factories import KEYS, NOW, save
from tests.intake.backups.vault import Vault, stopped

HOUR = timedelta(hours=1)


def actions(store: Store) -> list[tuple[str, str]]:
    """Return action and outcome of the last entries of the audit."""
    return [(row[0], row[1]) for row in store._connection.execute("SELECT action, outcome FROM audit ORDER BY seq DESC LIMIT 4").fetchall()]


def test_a_backup_holds_everything_and_is_proven(vault: Vault, desk: Actor, definitions: Definitions) -> None:
    """Store, keys and own files lie in a folder named by the instant, and it was opened and read whole."""
    save(vault.store, desk, definitions)
    own = vault.store.paths.overrides / "locations.toml"
    own.write_text("# own", encoding="utf-8")
    row = vault.backed_up()
    assert vault.names() == [row.name] == ["2026-11-22T15-00-00Z"]
    folder = vault.home / row.name
    assert {each.name for each in folder.iterdir()} == {"store.db", "keys.json", "overrides", "manifest.json", "proven.json"}
    manifest = kept_backup(folder).manifest
    assert (manifest.counts["patient"], manifest.counts["visit"]) == (1, 1)
    assert (row.proven_at, row.trouble, with_proof(kept_backup(folder), vault.store.keys.audit).proven_at) == (NOW, "", NOW)
    assert actions(vault.store)[:2] == [("drill_backup", "done"), ("back_up", "done")]
    found = state(vault.store, now=NOW)
    assert (found.last_at, found.proven_at, found.troubled, found.late(NOW), found.late(NOW + 2 * HOUR)) == (NOW, NOW, (), False, True)


def test_a_backup_tells_nothing_to_who_has_no_key(vault: Vault, desk: Actor, definitions: Definitions) -> None:
    """No name, no word and no key lies open in any of its files."""
    save(vault.store, desk, definitions)
    row = vault.backed_up()
    content = b"".join(path.read_bytes() for path in (vault.home / row.name).rglob("*") if path.is_file())
    assert not any(word in content for word in (b"Sample", b"Stiff neck", b"SQLite format", KEYS.store.hex().encode(), KEYS.store))


def test_what_is_written_during_a_copy_does_not_come_in(vault: Vault) -> None:
    """The copy is of one moment, however long it takes, and those who save are not held up by it."""
    store, kept = vault.store, []
    target = vault.stick / "copy.db"

    def save_more(_: float) -> None:
        kept.append(keep_draft(store, vault.admin, Draft(content={"patient": {"legal_last": "x" * 9000}}, caret={}), now=NOW))

    for _ in range(60):
        save_more(0)
    before = len(kept)
    with beside(store.paths.store, KEYS.store) as source:
        picture = copy_store(source, target, KEYS.store, Pace(rest=0, told=save_more))
    copy = open_file(target, KEYS.store)
    found = copy.execute("SELECT count(*) FROM draft").fetchone()
    copy.close()
    assert found == (before,)
    assert picture.counts["draft"] == before < len(kept)


def test_the_store_keeps_its_locks_while_it_is_backed_up(vault: Vault) -> None:
    """Reading the open file past the driver would drop them, and another program could take the store's log away."""
    vault.backed_up()
    tries = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)"
    done = subprocess.run(
        [sys.executable, "-c", tries, str(vault.store.paths.store)], check=False, timeout=60, capture_output=True, text=True
    )
    assert "BlockingIOError" in done.stderr


def test_two_desks_do_not_back_up_the_same_hour(vault: Vault) -> None:
    """Whoever comes second within the hour has nothing to do; after it there is."""
    assert vault.back_up(only_due=True) is not None
    assert vault.back_up(NOW + 59 * timedelta(minutes=1), only_due=True) is None
    assert vault.back_up(NOW + HOUR, only_due=True) is not None


def test_a_target_that_somebody_is_at_is_left_alone_until_they_are_gone(vault: Vault) -> None:
    """A claim without a sign of life for some minutes is of a program that was ended."""
    with vault.store.transaction():
        vault.store.backups.claim(vault.target_id, "another", at=NOW)
    assert vault.back_up() is None
    assert vault.back_up(NOW + timedelta(minutes=4)) is not None


def test_a_clock_that_was_set_back_does_not_stop_the_backups(vault: Vault) -> None:
    """The last one lies in the future then: the next is due."""
    vault.backed_up(NOW + timedelta(days=365))
    assert vault.back_up(NOW, only_due=True) is not None


def test_a_missing_target_is_told_and_tried_again(vault: Vault, stick: Path) -> None:
    """A stick that was pulled out leaves an empty mount: nothing is written there, and the next try waits five minutes."""
    shutil.rmtree(stick)
    stick.mkdir()
    for _ in range(2):
        with pytest.raises(StoreError, match="target_missing"):
            vault.back_up()
    assert list(stick.iterdir()) == []
    assert actions(vault.store)[:2] == [("back_up", "failed"), ("add_backup_target", "done")]  # told once
    assert state(vault.store, now=NOW).troubled == (str(stick),)
    assert [vault.target().due(NOW + timedelta(minutes=wait)) for wait in (4, 5)] == [False, True]
    vault.home.mkdir()
    assert vault.backed_up(NOW + timedelta(minutes=5)).proven_at
    assert vault.target().trouble == ""


def test_a_full_target_keeps_no_half_backup(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written of it is removed, the earlier backups stay, and the reason is told."""
    first = vault.backed_up()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("intake.actions.backups.copy_file", full)
    with pytest.raises(StoreError, match="target_full"):
        vault.back_up(NOW + HOUR)
    assert vault.names() == [first.name]
    assert vault.target().trouble == "target_full"


def test_a_stopped_backup_leaves_nothing(vault: Vault) -> None:
    """Signing out in its middle is no failure: it is due as before."""
    with pytest.raises(StoreError, match="backup_stopped"):
        back_up(lambda work: work(vault.store), vault.target_id, vault.by(), stopped)
    assert (vault.names(), vault.target().trouble, vault.target().due(NOW)) == ([], "", True)


def test_what_an_ended_program_left_is_removed(vault: Vault) -> None:
    """A folder under another name was never a backup: nobody finds it, and the next backup clears it away."""
    left = vault.home / ".unfinished-0123456789abcdef"
    left.mkdir()
    (left / "manifest.json").write_text("{}", encoding="utf-8")
    assert list(kept_in(vault.stick)) == []
    row = vault.backed_up()
    assert vault.names() == [row.name]


def test_old_backups_go_and_the_last_proven_one_stays(vault: Vault) -> None:
    """Of an hour the last one is kept; what somebody removed by hand is forgotten."""
    rows = [vault.backed_up(NOW + timedelta(minutes=minute)) for minute in (0, 10, 20)]
    shutil.rmtree(vault.home / rows[2].name)
    last = vault.backed_up(NOW + timedelta(minutes=30))
    assert vault.names() == [rows[1].name, last.name]
    assert [row.name for row in vault.store.backups.rows(vault.target_id)] == [last.name, rows[1].name]


def test_two_targets_are_independent(vault: Vault, tmp_path: Path) -> None:
    """One that is missing does not keep the other from being written."""
    second = tmp_path / "share"
    second.mkdir()
    other = dataclasses.replace(vault, stick=second, target_id=add_target(vault.store, vault.admin, str(second), now=NOW))
    shutil.rmtree(vault.home)
    with pytest.raises(StoreError):
        vault.back_up()
    assert other.backed_up().proven_at == NOW


@pytest.mark.parametrize(
    ("folder", "code"),
    [("stick", "target_known"), ("data/documents", "target_in_data"), ("nowhere", "target_missing"), ("", "target_relative")],
)
def test_a_folder_that_will_not_do_is_refused(vault: Vault, tmp_path: Path, folder: str, code: str) -> None:
    """One that is known, in the data folder, not there, or not named in full."""
    with pytest.raises(InvalidInputError) as refused:
        add_target(vault.store, vault.admin, str(tmp_path / folder) if folder else "backups", now=NOW)
    assert [(each.field, each.code) for each in refused.value.problems] == [("folder", code)]


def test_a_removed_target_keeps_its_backups_and_can_come_back(vault: Vault) -> None:
    """Nothing is removed by it."""
    row = vault.backed_up()
    remove_target(vault.store, vault.admin, vault.target_id, now=NOW)
    assert vault.store.backups.targets(NOW) == ()
    assert vault.names() == [row.name]
    assert add_target(vault.store, vault.admin, str(vault.stick), now=NOW) != vault.target_id


def test_the_desk_backs_up_on_demand_and_does_not_choose_where(vault: Vault, desk: Actor) -> None:
    """Everybody may press the button; folders are the administrator's."""
    row = back_up(lambda work: work(vault.store), vault.target_id, vault.by(actor=desk), lambda _: Pace(rest=0))
    assert row is not None
    with pytest.raises(DeniedError):
        add_target(vault.store, desk, str(vault.stick), now=NOW)
    with pytest.raises(DeniedError):
        remove_target(vault.store, desk, vault.target_id, now=NOW)


def test_the_copy_is_private_and_whole_by_its_manifest(vault: Vault) -> None:
    """Its files belong to their owner alone, and the manifest knows each by size and SHA-256."""
    row = vault.backed_up()
    folder = vault.home / row.name
    assert (folder / STORE).stat().st_mode & 0o077 == 0
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert content["files"]["store.db"]["size"] == (folder / STORE).stat().st_size
    assert row.size == sum(fact["size"] for fact in content["files"].values())
