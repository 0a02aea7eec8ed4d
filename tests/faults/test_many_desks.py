"""Two and eight programs that save into one store at the same time: everybody is there, nobody twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intake.definitions.bundle import Definitions
from tests.faults.kinds.intake import prepare, wrong
from tests.faults.processes import ROOT
from tests.faults.scenario import Said

SHORT_S = 0.8


def worked(data: Path, count: int, seconds: float) -> list[dict[str, Any]]:
    """Return what each of so many desks came to."""
    words = [sys.executable, "-m", "tests.faults.desks", str(data), str(count), str(seconds)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def faults(data: Path, found: list[dict[str, Any]], definitions: Definitions) -> list[str]:
    """Return what is wrong in the store that they left."""
    saved = tuple(each for desk in found for each in desk["saved"])
    return [*wrong(data, definitions, Said(begun=saved, done=saved)), *(each for desk in found for each in desk["told"])]


@pytest.mark.parametrize("count", [2, 8])
def test_desks_that_save_at_the_same_time_lose_nothing_and_save_nothing_twice(tmp_path: Path, definitions: Definitions, count: int) -> None:
    """Each is told at most to wait, and everyone it was told to have saved is in the store once."""
    prepare(tmp_path / "data", definitions)
    found = worked(tmp_path / "data", count, SHORT_S)
    assert faults(tmp_path / "data", found, definitions) == []
    assert len(found) == count
    assert sum(len(desk["saved"]) for desk in found) >= count
