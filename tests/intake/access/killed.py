"""A program that ends, as by ``kill -9``, at each step of the file system that giving the store a new key takes.

Run as ``python -m tests.intake.access.killed FOLDER``: it copies ``FOLDER/clinic`` for each step, ends there, and prints the steps.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from intake.actions.new_key import Typed, rotate_key
from intake.paths import Paths
from intake.security.cost import use_cost
from tests.factories import CHEAP, NOW, PASSWORD, WORKSTATION

STEPS = frozenset({"open", "os.rename", "os.remove", "os.link"})
KILLED = 9


def main(folder: Path) -> None:
    """End at the first step, at the second … until one program reaches its own end."""
    use_cost(CHEAP)
    step = 0
    while True:
        step += 1
        data = folder / f"{step:03d}"
        shutil.copytree(folder / "clinic", data)
        child = os.fork()
        if not child:
            _rotate(data, step)
        if not os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            break
    sys.stdout.write(str(step))


def _rotate(data: Path, last: int) -> None:
    """Give a new key, and end before the step of this number."""
    left = last

    def count(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS and str(args[0]).startswith(str(data)):
            left -= 1
            if not left:
                os._exit(KILLED)

    sys.addaudithook(count)
    rotate_key(
        Paths(data=data, training=False), Typed(login="alex", password=PASSWORD), workstation=WORKSTATION, now=NOW,
        progress=lambda _done, _all: None,
    )  # fmt: skip
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
