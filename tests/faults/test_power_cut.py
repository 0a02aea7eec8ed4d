"""The power is cut: what was acknowledged had been on the disk, and what was not is there wholly or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from intake.definitions.bundle import Definitions
from tests.faults.cutting import Cutter
from tests.faults.kinds import SCENARIOS
from tests.faults.power_cut import Disk, Step

ACKNOWLEDGED = {"intake": 2, "sign": 2, "print run": 2, "backup": 2}
"""How many things are done in the run that is recorded; of other kinds one."""
LONG_ONLY = ("sign", "print run", "removal")
"""They reach the disk by the same transactions as an intake: the long form cuts them too."""
CUTS = 6
SEED = 20261122


@pytest.mark.parametrize("kind", [kind for kind in SCENARIOS if kind not in LONG_ONLY])
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, shim: Path, definitions: Definitions, kind: str) -> None:
    """One run is recorded and cut at many points, each with another choice of what the disk had not kept yet."""
    cutter = Cutter(SCENARIOS[kind], tmp_path / "run", definitions, shim=shim, acknowledged=ACKNOWLEDGED.get(kind, 1))
    cuts = list(cutter.cuts(CUTS, SEED))
    assert [cut for cut in cuts if cut.wrong] == []
    assert any(cut.done for cut in cuts)
    assert len(cutter.steps) > CUTS


def left(folder: Path, *steps: Step) -> set[str]:
    """Return everything that a file may hold after these steps and a power cut; "" when it is not there."""
    found = set()
    for seed in range(60):
        target = folder.parent / f"cut-{seed}"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        Disk(folder).cut(steps, target, Random(seed))
        found.add("".join(f"{path.name}={path.read_text()}" for path in sorted(target.iterdir())))
    return found


def test_the_model_of_the_disk_loses_what_was_not_synced_and_keeps_what_was(tmp_path: Path) -> None:
    """A new file needs an fsync of itself and of its folder; a rename without the latter is there or not."""
    folder = tmp_path / "disk"
    folder.mkdir()
    one, two = str(folder / "one"), str(folder / "two")
    made = Step(what="C", inode=7, place=0, first=one.encode(), second="")
    written = Step(what="W", inode=7, place=0, first=b"text", second="")
    synced = Step(what="S", inode=7, place=0, first=b"", second="")
    named = Step(what="D", inode=1, place=0, first=str(folder).encode(), second="")
    renamed = Step(what="R", inode=0, place=0, first=one.encode(), second=two)
    assert left(folder, made, written) == {"", "one=", "one=text"}
    assert left(folder, made, written, synced, named) == {"one=text"}
    assert left(folder, made, written, synced, named, renamed) == {"one=text", "two=text"}
    assert left(folder, made, written, synced, named, renamed, named) == {"two=text"}
