"""Recording one run of a kind of work, and cutting its power at many points."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from intake.definitions.bundle import Definitions
from tests.faults.power_cut import SAID, Disk, read_journal, said_by
from tests.faults.processes import ROOT
from tests.faults.scenario import DONE, Said, Scenario, judged
from tests.faults.shim import surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One power cut after ``at`` of ``steps`` steps: how much had been acknowledged, and what was wrong afterwards."""

    at: int
    steps: int
    done: int
    wrong: list[str]


class Cutter:
    """A run that was recorded."""

    def __init__(self, scenario: Scenario, folder: Path, definitions: Definitions, *, shim: Path, acknowledged: int) -> None:
        """Make the folder, and do the work in it until so much is acknowledged."""
        self._scenario, self._folder, self._definitions = scenario, folder, definitions
        work = folder / "work"
        work.mkdir(parents=True)
        scenario.prepare(work / "data", definitions)
        self._disk = Disk(work)
        journal = folder / "journal"
        words = [sys.executable, "-m", "tests.faults.powered", scenario.name, str(work / "data"), str(acknowledged)]
        environment = {**surroundings(shim, watched=work, journal=journal), "XDG_STATE_HOME": str(work / "state")}
        subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        self.steps = read_journal(journal)

    def cuts(self, count: int, seed: int) -> Iterator[Cut]:
        """Cut the power so often: every second time right after something was acknowledged, otherwise anywhere."""
        chance = random.Random(seed)
        spoken = [place + 1 for place, step in enumerate(self.steps) if step.what == SAID and step.first.startswith(DONE.encode())]
        for number in range(count):
            yield self._cut(chance.choice(spoken) if number % 2 else chance.randrange(len(self.steps) + 1), chance)

    def _cut(self, at: int, chance: random.Random) -> Cut:
        target = self._folder / "cut"
        shutil.rmtree(target, ignore_errors=True)
        self._disk.cut(self.steps[:at], target, chance)
        said = Said.of(said_by(self.steps[:at]))
        os.environ["XDG_STATE_HOME"] = str(target / "state")
        return Cut(
            at=at, steps=len(self.steps), done=len(said.done), wrong=judged(self._scenario, target / "data", self._definitions, said)
        )
