"""The program's own arguments: what is not understood opens nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from intake.cli import HANDLERS
from main import COMMANDS, USAGE

ROOT = Path(__file__).resolve().parents[1]


def called(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the program with these arguments."""
    command = [sys.executable, str(ROOT / "main.py"), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("words", [["--data"], ["--data", ""], ["--trainin"], ["tour"], ["nothing"], ["--data=x", "--what"]], ids=" ".join)
def test_arguments_that_are_not_understood_are_told_and_nothing_is_made(words: list[str], tmp_path: Path) -> None:
    """A slip of the finger must not open the real clinic's folder, nor make one."""
    told = called(*words, folder=tmp_path)
    assert (told.returncode, told.stdout) == (2, "")
    assert "usage: main.py" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_is_printed_and_is_no_error(tmp_path: Path) -> None:
    """Who asks gets the answer on standard output."""
    told = called("--help", folder=tmp_path)
    assert told.returncode == 0
    assert "tour OUT" in told.stdout


def test_every_command_without_a_window_is_reached_through_the_program_and_told_in_its_help(tmp_path: Path) -> None:
    """A command the command line knows is not refused as a misspelled one before it is asked."""
    assert set(COMMANDS) == set(HANDLERS)
    assert all(f"  {name} " in USAGE for name in HANDLERS)
    told = called("--data", str(tmp_path), "verify-document", "none.pdf", folder=tmp_path)
    assert "usage: main.py [--data DIR]" not in told.stderr
