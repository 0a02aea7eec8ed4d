"""The long form of the fault suite: ``python -m tests.faults.long --kills 500 --out FILE`` puts a table of figures.

It kills every kind of work so often in all, cuts the power of each as often as ``--cuts`` says, fails every single write of a save, has
two and eight desks save for ``--seconds``, and bends ``--files`` of every kind of file, or with ``--only`` of one. Exit code 1 when
anything was wrong.
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from intake.definitions.bundle import Definitions, load_definitions
from intake.security.cost import use_cost
from tests.factories import CHEAP
from tests.faults.cutting import Cutter
from tests.faults.fuzzing import fuzz
from tests.faults.killing import killed
from tests.faults.kinds import SCENARIOS
from tests.faults.kinds.intake import prepare
from tests.faults.resources import LOADERS, resource
from tests.faults.shim import compiled, compiler, surroundings
from tests.faults.targets import TARGETS
from tests.faults.test_failing_disk import tries
from tests.faults.test_many_desks import faults, worked
from tests.faults.test_power_cut import ACKNOWLEDGED

Line = tuple[str, str, list[str]]
"""What was done, the figures, and what was wrong."""
DEFINITIONS = "definitions"
KINDS_OF_FILES = (*TARGETS, DEFINITIONS)


def kills(folder: Path, count: int, seed: int) -> Iterator[Line]:
    """Kill every kind of work, so often in all."""
    share, rest = divmod(count, len(SCENARIOS))
    for place, kind in enumerate(SCENARIOS):
        found = killed([kind], folder, share + (place < rest), seed)[kind]
        yield f"kill -9: {kind}", f"{found.kills} kills, {found.in_flight} in flight, {found.acknowledged} acknowledged", found.wrong


def cuts(folder: Path, count: int, seed: int, definitions: Definitions, shim: Path) -> Iterator[Line]:
    """Cut the power of every kind of work."""
    for kind, scenario in SCENARIOS.items():
        cutter = Cutter(scenario, folder / kind, definitions, shim=shim, acknowledged=2 * ACKNOWLEDGED.get(kind, 1))
        found = list(cutter.cuts(count, seed))
        wrong = [words for cut in found for words in cut.wrong]
        yield f"power cut: {kind}", f"{len(found)} cuts of a run of {len(cutter.steps)} steps", wrong


def disks(folder: Path, definitions: Definitions, shim: Path) -> Iterator[Line]:
    """Fail every single write of a save, with each error."""
    folder.mkdir()
    for kind in ("ENOSPC", "EDQUOT", "EIO", "EROFS"):
        prepare(folder / kind, definitions)
        found = tries(folder / kind, 1, kind, environment=surroundings(shim, watched=folder))
        wrong = [words for each in found for words in each["wrong"]]
        yield f"disk: {os.strerror(getattr(errno, kind))}", f"{len(found) - 1} writes of a save, each and all after it", wrong


def desks(folder: Path, seconds: float, definitions: Definitions) -> Iterator[Line]:
    """Have two and eight desks save at once."""
    for count in (2, 8):
        prepare(folder / f"{count}", definitions)
        found = worked(folder / f"{count}", count, seconds)
        saves, busy, asked = sum(len(each["saved"]) for each in found), *(sum(each[word] for each in found) for word in ("busy", "asked"))
        said = f"{saves} saves, told to wait {busy} times, asked {asked} times whether it is somebody known"
        yield f"{count} desks, {seconds:g} s", said, faults(folder / f"{count}", found, definitions)


def files(folder: Path, count: int, seed: int, definitions: Definitions, only: str | None = None) -> Iterator[Line]:
    """Bend files of every kind, or of one ``only``."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    for name in [only] if only else KINDS_OF_FILES:
        if name == DEFINITIONS:
            yield bent_definitions(count, seed, definitions)
            continue
        (folder / name).mkdir(parents=True)
        found = fuzz(TARGETS[name](folder / name, definitions), count, seed)
        answers = ", ".join(f"{answer} {times}" for answer, times in found.answers.most_common(4))
        yield f"bent: {name}", f"{found.cases} files, longest {found.longest_s:.2f} s; {answers}", [fault for fault, _ in found.faults]


def bent_definitions(count: int, seed: int, definitions: Definitions) -> Line:
    """Bend the files of definitions, so many in all."""
    found = [fuzz(resource(name, definitions), max(1, count // len(LOADERS)), seed) for name in LOADERS]
    longest = max(each.longest_s for each in found)
    wrong = [f"{each.name}: {fault}" for each in found for fault, _ in each.faults]
    return f"bent: {DEFINITIONS}", f"{sum(each.cases for each in found)} files of {len(LOADERS)}, longest {longest:.2f} s", wrong


def lines(options: argparse.Namespace, folder: Path) -> Iterator[Line]:
    """Yield every line of the table that was asked for."""
    definitions = load_definitions()
    if options.kills:
        yield from kills(folder / "kills", options.kills, options.seed)
    if options.cuts and compiler() is not None:
        shim = compiled(folder)
        yield from cuts(folder / "cuts", options.cuts, options.seed, definitions, shim)
        yield from disks(folder / "disks", definitions, shim)
    elif options.cuts:
        yield "power cut, disk", "left out: no C compiler for the shim", []
    if options.seconds:
        yield from desks(folder / "desks", options.seconds, definitions)
    if options.files:
        yield from files(folder / "files", options.files, options.seed, definitions, options.only)


def main(argv: list[str]) -> int:
    """Do it, say each line as it is known, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.long")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--cuts", type=int, default=300, help="power cuts of each kind of work")
    parser.add_argument("--seconds", type=float, default=60, help="how long two and eight desks save at once")
    parser.add_argument("--files", type=int, default=10_000, help="bent files of each kind")
    parser.add_argument("--only", choices=KINDS_OF_FILES, help="bend files of this kind and of no other")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    use_cost(CHEAP)
    table = ["| what | figures | wrong |", "|---|---|---|"]
    bad, begun = 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="intake-desk-long-") as folder:
        os.environ["XDG_STATE_HOME"] = f"{folder}/state"
        for what, figures, wrong in lines(options, Path(folder)):
            bad += len(wrong)
            table.append(f"| {what} | {figures} | {'; '.join(wrong[:3]) if wrong else 'nothing'} |")
            sys.stdout.write(table[-1] + "\n")
            sys.stdout.flush()
    table.append(f"\nIn {time.monotonic() - begun:.0f} s, seed {options.seed}.")
    if options.out:
        options.out.write_text("\n".join(table) + "\n", encoding="utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
