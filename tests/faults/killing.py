"""Starting the killer and adding up what it found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.processes import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What so many kills of one kind of work came to."""

    kills: int
    in_flight: int
    acknowledged: int
    wrong: list[str]


def killed(kinds: Sequence[str], folder: Path, kills: int, seed: int) -> dict[str, Killed]:
    """Kill every one of these kinds of work so often; work that had ended by itself counts as no kill."""
    found = list(_tries(kinds, folder, kills, seed))
    return {kind: _added_up([each for each in found if each["kind"] == kind]) for kind in kinds}


def _added_up(found: list[dict[str, Any]]) -> Killed:
    return Killed(
        kills=sum(not each["ended"] for each in found),
        in_flight=sum(each["in_flight"] for each in found),
        acknowledged=sum(each["done"] for each in found),
        wrong=[words for each in found for words in each["wrong"]],
    )


def _tries(kinds: Sequence[str], folder: Path, kills: int, seed: int) -> Iterator[dict[str, Any]]:
    words = [sys.executable, "-m", "tests.faults.killer", str(folder), str(kills), str(seed), *kinds]
    with subprocess.Popen(words, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True) as killer:
        assert killer.stdout is not None
        yield from map(json.loads, killer.stdout)
    if killer.returncode:
        raise RuntimeError(kinds)
