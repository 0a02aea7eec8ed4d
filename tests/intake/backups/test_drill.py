"""The drill: what it proves, and what it finds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.actions.backup_targets import state
from intake.actions.backups import drill_backup
from intake.actions.drafts import Draft, keep_draft
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.storage.backup_files import STORE, read_manifest, write_manifest
from intake.storage.copying import Pace
from intake.storage.database import open_file
from intake.storage.drill import drill, fault_of_store
from tests.factories import KEYS, NOW, save
from tests.intake.backups.vault import Vault, unpaced

LARGE = 40
"""Drafts of 90,000 signs: a thousand pages."""


def flipped(folder: Path) -> None:
    """Change one bit in the middle of the store."""
    content = bytearray((folder / STORE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / STORE).write_bytes(content)


def cut(folder: Path) -> None:
    """Lose the last page."""
    content = (folder / STORE).read_bytes()
    (folder / STORE).write_bytes(content[:-4096])


def without_keys(folder: Path) -> None:
    """Lose the keys."""
    (folder / "keys.json").unlink()


def other_keys(folder: Path) -> None:
    """Exchange the keys."""
    (folder / "keys.json").write_text("{}", encoding="utf-8")


def younger(folder: Path) -> None:
    """Say that it is of another day."""
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    content["taken_at"] = "2027-01-01T00:00:00+00:00"
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")


def garbage(folder: Path) -> None:
    """Write anything in place of the manifest."""
    (folder / "manifest.json").write_text("[1, 2", encoding="utf-8")


def outside(folder: Path) -> None:
    """Have the manifest name a file outside."""
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    content["files"]["../../etc/passwd"] = content["files"]["keys.json"]
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")


SPOILED: list[tuple[Callable[[Path], None], str]] = [
    (flipped, "backup_damaged"),
    (cut, "backup_damaged"),
    (without_keys, "backup_incomplete"),
    (other_keys, "backup_damaged"),
    (younger, "backup_altered"),
    (garbage, "backup_damaged"),
    (outside, "backup_damaged"),
]


@pytest.mark.parametrize(("spoil", "code"), SPOILED)
def test_a_spoiled_backup_is_found_and_told(vault: Vault, spoil: Callable[[Path], None], code: str) -> None:
    """An earlier proof is taken back, and nothing is left of the scratch place."""
    row = vault.backed_up()
    spoil(vault.home / row.name)
    again = drill_backup(lambda work: work(vault.store), vault.target_id, row.id, vault.by(), unpaced)
    assert again is not None
    assert (again.proven_at, again.trouble) == (None, code)
    assert state(vault.store, now=NOW).troubled == (str(vault.stick),)
    assert not list(vault.store.paths.data.glob(".drill-*"))


def test_a_row_more_or_less_than_counted_is_found(vault: Vault, desk: Actor, definitions: Definitions) -> None:
    """Also by somebody who could write the encrypted file: rows are counted, and the audit is followed link by link."""
    save(vault.store, desk, definitions)
    row = vault.backed_up()
    folder = vault.home / row.name
    connection = open_file(folder / STORE, KEYS.store)
    connection.execute("DELETE FROM find_key")
    connection.close()
    manifest = read_manifest(folder)
    assert fault_of_store(folder / STORE, manifest, KEYS, Pace(rest=0)) == "backup_rows"


def test_a_manifest_cannot_be_written_anew_without_the_key(vault: Vault) -> None:
    """Whoever only has the folder cannot make a changed backup pass."""
    row = vault.backed_up()
    folder = vault.home / row.name
    write_manifest(folder, read_manifest(folder), bytes(32))
    assert drill(folder, vault.store.paths.data, KEYS, Pace(rest=0)) == "backup_altered"


class Counted(Pace):
    """Rests for no time, and counts how often it was asked to."""

    times = 0

    def breathe(self, part: float | None = None) -> None:
        """Count."""
        self.times += 1
        super().breathe(part)


def test_the_drill_rests_while_it_reads_large_rows(vault: Vault) -> None:
    """A long statement is broken into pieces of about a millisecond: as many more rests as the store has more to read."""

    def rests() -> int:
        row = vault.backed_up()
        pace = Counted(rest=0)
        assert fault_of_store(vault.home / row.name / STORE, read_manifest(vault.home / row.name), KEYS, pace) == ""
        return pace.times

    before = rests()
    for number in range(LARGE):
        keep_draft(vault.store, vault.admin, Draft(content={"patient": {"legal_last": f"{number}" + "x" * 90_000}}, caret={}), now=NOW)
    assert rests() - before >= LARGE
