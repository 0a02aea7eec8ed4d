"""``kill -9`` during a backup, and during a restore: a folder that is called a backup is one, and the store is always there."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from intake.actions.access import sign_in
from intake.actions.backup_targets import add_target
from intake.actions.drafts import Draft, keep_draft
from intake.domain.staff import Actor
from intake.paths import Paths
from intake.storage.backup_files import kept_in
from intake.storage.copying import Pace
from intake.storage.drill import drill
from tests.factories import KEYS, NOW, PASSWORD, WORKSTATION, a_store, an_admin

ROOT = Path(__file__).resolve().parent.parent.parent
rng = random.Random(20261122)


def a_practice(tmp_path: Path) -> Actor:
    """Set a practice up whose store is some megabytes large, with a folder for backups."""
    store = a_store(tmp_path / "data")
    admin = an_admin(store)
    for number in range(40):
        keep_draft(store, admin, Draft(content={"patient": {"legal_last": f"{number}" + "x" * 90_000}}, caret={}), now=NOW)
    (tmp_path / "stick").mkdir()
    add_target(store, admin, str(tmp_path / "stick"), now=NOW)
    store.close()
    return admin


def ended(what: str, tmp_path: Path, after_ms: int) -> int:
    """Start a program that backs up or restores without end, kill it, and return how often it had done it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.backup_process", what, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    killer = threading.Timer(after_ms / 1000, process.kill)
    killer.start()
    out, _ = process.communicate(timeout=60)
    killer.cancel()
    assert process.returncode == -9
    return len(out.splitlines())


@pytest.mark.parametrize("after_ms", [rng.randint(1, 500) for _ in range(4)])
def test_what_is_called_a_backup_is_whole(tmp_path: Path, after_ms: int) -> None:
    """Every one that was acknowledged is there, every one that is there opens and holds everything."""
    a_practice(tmp_path)
    acknowledged = ended("back_up", tmp_path, after_ms)
    found = list(kept_in(tmp_path / "stick"))
    assert len(found) in (acknowledged, acknowledged + 1)
    assert [drill(Path(each.folder), tmp_path / "data", KEYS, Pace(rest=0)) for each in found] == [""] * len(found)


@pytest.mark.parametrize("after_ms", [rng.randint(1, 300) for _ in range(4)])
def test_a_restore_that_was_ended_leaves_one_whole_store(tmp_path: Path, after_ms: int) -> None:
    """The present one or the restored one, never a mixture: whoever signs in next finds it whole."""
    a_practice(tmp_path)
    ended("restore", tmp_path, after_ms)
    store = sign_in(Paths(data=tmp_path / "data", training=False), login="alex", password=PASSWORD, workstation=WORKSTATION, now=NOW).store
    found = (list(store.integrity()), store.audit.broken_at()[1], store._connection.execute("SELECT count(*) FROM draft").fetchone())
    store.close()
    assert found == ([], None, (40,))
