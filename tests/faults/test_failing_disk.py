"""The disk fails at any write of a save, or has room for part of it: a clear code, nothing half saved, and it goes on when it can."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from intake.definitions.bundle import Definitions
from tests.faults.kinds.intake import prepare
from tests.faults.processes import ROOT
from tests.faults.shim import surroundings
from tests.faults.test_disk import mounted, unmount

FEWEST = 4
"""Tries that must fail, so that a test in which nothing does is seen."""
DISK_KIB = 16_384


def tries(data: Path, every: int, *kinds: str, environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return every try of saves in a data folder."""
    words = [sys.executable, "-m", "tests.faults.full_disk", str(data), str(every), *kinds]
    done = subprocess.run(words, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


TOLD = {"ENOSPC": "disk_full", "EIO": "disk_failed", "EROFS": "disk_failed"}


def test_a_disk_that_fails_at_any_write_is_told_and_keeps_nothing_by_half(tmp_path: Path, shim: Path, definitions: Definitions) -> None:
    """Full, broken, or read-only from one moment on; then the same open store takes the same save."""
    prepare(tmp_path / "data", definitions)
    found = tries(tmp_path / "data", 17, *TOLD, environment=surroundings(shim, watched=tmp_path))
    assert [each for each in found if each["wrong"]] == []
    for kind, code in TOLD.items():
        told = [each["told"] for each in found if each["kind"] == kind]
        assert told == [code] * (len(told) - 1) + [""]
        assert len(told) > FEWEST


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Return a folder on a small file system where one may be mounted, else any, and what limits it."""
    folder = tmp_path / "small"
    folder.mkdir()
    real = mounted(folder, f"size={DISK_KIB}k")
    yield folder, "room" if real else "limit"
    if real:
        unmount(folder)


def test_a_disk_with_room_for_part_of_a_save_is_told_and_keeps_nothing_by_half(small: tuple[Path, str], definitions: Definitions) -> None:
    """From no room at all to room enough."""
    folder, kind = small
    prepare(folder / "data", definitions)
    found = tries(folder / "data", 24, kind, environment=os.environ)
    assert [each for each in found if each["wrong"]] == []
    assert {each["told"] for each in found[:-1]} <= {"disk_full", "disk_failed"}
    assert len(found) > FEWEST
