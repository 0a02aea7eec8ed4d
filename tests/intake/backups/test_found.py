"""Backups that lie in a folder and that the store does not know, as after a restore."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

from intake.actions.backup_targets import homes, set_keep_rule, take_up_found
from intake.actions.found_backups import unknown_at
from intake.domain.backups import BackupRow, Keep
from intake.storage.backup_files import MANIFEST
from tests.factories import NOW, WORKSTATION
from tests.intake.backups.vault import LATER, Vault


def forgotten(vault: Vault, *rows: BackupRow) -> None:
    """Have the store not know of backups, as one that is older than they are."""
    with vault.store.transaction():
        for row in rows:
            vault.store._connection.execute("DELETE FROM backup WHERE id = ?", (row.id,))


def taken_up(vault: Vault) -> tuple[int, dict[int, tuple[BackupRow, ...]]]:
    """Have what lies there taken up."""
    targets = (vault.target(),)
    known = {row.name for row in vault.store.backups.rows(vault.target_id)}
    found = {number: unknown_at(home, known) for number, home in homes(vault.store, targets).items()}
    return take_up_found(vault.store, vault.admin, found, now=LATER, workstation=WORKSTATION)


def test_what_the_store_does_not_know_is_remembered_as_it_lies_there(vault: Vault) -> None:
    """With its moment, its size and its proof; once, and told to the audit."""
    row = vault.backed_up()
    forgotten(vault, row)
    assert taken_up(vault) == (1, {})
    again = vault.store.backups.rows(vault.target_id)[0]
    assert (again.name, again.taken_at, again.size, again.proven_at) == (row.name, row.taken_at, row.size, row.proven_at)
    assert row.proven_at is not None
    assert taken_up(vault) == (0, {})
    told = vault.store._connection.execute("SELECT count(*) FROM audit WHERE action = 'find_backups'").fetchone()
    assert told == (1,)


def test_what_was_taken_for_gone_and_lies_there_again_is_remembered(vault: Vault) -> None:
    """As on a stick that was put in too late."""
    row = vault.backed_up()
    with vault.store.transaction():
        vault.store.backups.gone(row.id, at=NOW)
    assert taken_up(vault) == (1, {})
    assert [each.id for each in vault.store.backups.rows(vault.target_id)] == [row.id]


def test_what_is_not_written_with_these_keys_is_told_and_not_remembered(vault: Vault) -> None:
    """Anybody can write one that says so of itself: it never pushes a backup out. One of another store is not told."""
    row = vault.backed_up()
    for name, change in (("2031-01-01T00-00-00Z", {"counts": {"patient": 9}}), ("2032-01-01T00-00-00Z", {"store_id": "another"})):
        shutil.copytree(vault.home / row.name, vault.home / name)
        content = json.loads((vault.home / name / MANIFEST).read_bytes())
        (vault.home / name / MANIFEST).write_text(json.dumps({**content, **change}), encoding="utf-8")
    count, others = taken_up(vault)
    assert count == 0
    assert [(each.name, each.other_keys, each.proven_at) for each in others[vault.target_id]] == [("2031-01-01T00-00-00Z", True, None)]
    assert [each.name for each in vault.store.backups.rows(vault.target_id)] == [row.name]


def test_a_folder_that_somebody_writes_to_is_left_alone(vault: Vault) -> None:
    """Who writes there tells of it."""
    row = vault.backed_up()
    forgotten(vault, row)
    with vault.store.transaction():
        vault.store.backups.claim(vault.target_id, "word", at=LATER)
    assert taken_up(vault) == (0, {})


def test_rotation_counts_what_the_store_did_not_know(vault: Vault) -> None:
    """It is taken up before each backup: what need not be kept goes, the rest is kept by the rule."""
    rows = [vault.backed_up(NOW + timedelta(minutes=minute)) for minute in (0, 1, 2)]
    set_keep_rule(vault.store, vault.admin, Keep(hours=1, days=1, months=1), now=LATER)
    forgotten(vault, *rows)
    last = vault.backed_up(NOW + timedelta(minutes=3))
    assert vault.names() == [rows[2].name, last.name]
    assert [each.name for each in vault.store.backups.rows(vault.target_id)] == [last.name, rows[2].name]
