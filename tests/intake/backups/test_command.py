"""``backup``, ``drill`` and ``restore`` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.cli_desk import Run
from tests.intake.conftest import run

__all__ = ["run"]


def test_backing_up_proving_and_bringing_back(run: Run, stick: Path, tmp_path: Path) -> None:
    """From the choice of a folder to a store that was lost: each step says what it did."""
    assert run("backup")[0] == 2
    code, lines, _ = run("backup", "--add", str(stick))
    assert (code, [line["folder"] for line in lines]) == (0, [str(stick)])
    code, lines, _ = run("backup")
    assert (code, lines[0]["trouble"]) == (0, "")
    assert lines[0]["proven_at"]
    name = lines[0]["backup"]
    assert run("drill")[1][0]["backup"] == name
    assert run("backup", "--list")[1][0]["backups"][0]["backup"] == name
    code, lines, told = run("restore", str(stick))
    assert (code, lines[0]["backup"], lines[0]["lost_visits"]) == (0, name, 0)
    assert "--yes" in told
    assert not list((tmp_path / "data").glob("before-restore-*"))
    (tmp_path / "data" / "store.db").unlink()
    assert run("check")[0] == 1
    code, lines, _ = run("restore", str(stick), "--yes")
    assert (code, lines[-1]) == (0, {"restored": name})
    assert run("check")[0] == 0


def test_a_folder_without_backups_is_said(run: Run, stick: Path) -> None:
    """As bad input: nothing was touched."""
    code, _, told = run("restore", str(stick), "--yes")
    assert (code, "no backups" in told) == (2, True)


def test_the_present_store_decides_who_brings_a_backup_back(run: Run, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as it opens, a password that it does not know brings nothing back, whatever the backup says."""
    run("backup", "--add", str(stick))
    run("backup")
    monkeypatch.setenv("INTAKE_PASSWORD", "not the password at all")
    code, lines, told = run("restore", str(stick), "--yes")
    assert (code, lines) == (1, [])
    assert "password" in told


def test_a_folder_that_is_gone_fails_the_command(run: Run, stick: Path) -> None:
    """With the folder and what to do about it."""
    run("backup", "--add", str(stick))
    for each in stick.iterdir():
        each.rmdir()
    code, _, told = run("backup")
    assert code == 1
    assert str(stick) in told
    assert run("backup", "--remove", str(stick))[1] == []
    assert run("backup", "--remove", str(stick))[0] == 2
