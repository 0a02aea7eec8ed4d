"""A program that starts one kind of work again and again and ends it with ``kill -9`` at a random moment.

``python -m tests.faults.killer FOLDER KILLS SEED KIND...`` puts one line of JSON for each try, until so many of each were killed: when, how
much had been acknowledged, whether it came in the middle of something, and what was wrong afterwards. It loads everything once and forks,
so that a kill costs little more than the work it ends.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from intake.definitions.bundle import Definitions, load_definitions
from intake.security.cost import use_cost
from tests.factories import CHEAP
from tests.faults.kinds import SCENARIOS
from tests.faults.scenario import READY, Said, Scenario, judged

EARLY = 0.25
"""The share of kills whose time runs from the very start, so that opening a store that was killed is killed too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """One kill and what was found after it. ``ended`` tells that the work was done before its time was up."""

    after_ms: int
    done: int
    in_flight: bool
    ended: bool
    wrong: list[str]


class Killer:
    """Works over one folder after another."""

    def __init__(self, scenario: Scenario, folder: Path, definitions: Definitions, seed: int) -> None:
        """Make the folder that all others are copies of."""
        self._scenario = scenario
        self._definitions = definitions
        self._chance = random.Random(seed)
        self._begin = folder / "begin"
        self._work = folder / "work"
        os.environ["XDG_STATE_HOME"] = str(self._begin / "state")
        self._begin.mkdir(parents=True)
        self._lines: list[str] = []
        self._lives = 0
        scenario.prepare(self._begin / "data", definitions)

    def kill(self) -> Kill:
        """Start the work, kill it, and judge what it left."""
        if not self._lives:
            shutil.rmtree(self._work, ignore_errors=True)
            shutil.copytree(self._begin, self._work)
            os.environ["XDG_STATE_HOME"] = str(self._work / "state")
            self._lines, self._lives = [], self._scenario.lives
        self._lives -= 1
        after_ms = self._chance.randrange(self._scenario.window_ms)
        code, lines = self._run(after_ms, early=self._chance.random() < EARLY)
        now = Said.of(lines)
        self._lines += lines
        wrong = judged(self._scenario, self._work / "data", self._definitions, Said.of(self._lines))
        if code not in (0, -signal.SIGKILL):
            wrong.append(f"it ended by itself with {code}")
        if wrong:
            shutil.copytree(self._work, self._work.with_name(f"wrong-{os.urandom(3).hex()}"))
        if wrong or not code:
            self._lives = 0
        return Kill(after_ms=after_ms, done=len(now.done), in_flight=now.in_flight, ended=not code, wrong=wrong)

    def _run(self, after_ms: int, *, early: bool) -> tuple[int, list[str]]:
        """Return how the work ended, killed after so many milliseconds, and the whole lines it said."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            os._exit(self._work_in_child(writing))
        os.close(writing)
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            said = b"" if early else pipe.read(len(READY) + 1) or b""
            time.sleep(after_ms / 1000)
            os.kill(child, signal.SIGKILL)
            said += b"".join(iter(lambda: pipe.read(65_536), b""))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, said.decode().split("\n")[:-1]

    def _work_in_child(self, writing: int) -> int:
        try:
            self._scenario.act(self._work / "data", self._definitions, partial(say, writing))
        except Exception as error:  # noqa: BLE001 - the child's outer edge: its parent tells what it ended with
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            return 3
        return 0


def say(writing: int, line: str) -> None:
    """Say a line by one call, so that it is said whole or not at all."""
    os.write(writing, f"{line}\n".encode())


def main(folder: str, kills: str, seed: str, *kinds: str) -> int:
    """Kill, and say what was found."""
    use_cost(CHEAP)
    definitions = load_definitions()
    for kind in kinds:
        killer = Killer(SCENARIOS[kind], Path(folder) / kind, definitions, int(seed))
        left = int(kills)
        while left:
            kill = killer.kill()
            left -= not kill.ended
            sys.stdout.write(json.dumps({"kind": kind, **asdict(kill)}) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
