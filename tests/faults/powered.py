"""A program that does some of one kind of work with the shim under it, and says what it did.

``python -m tests.faults.powered KIND DATA STEPS`` stops after so many things are acknowledged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from intake.definitions.bundle import load_definitions
from intake.security.cost import use_cost
from tests.factories import CHEAP
from tests.faults.kinds import SCENARIOS
from tests.faults.scenario import DONE


class EnoughError(Exception):
    """As much was done as was asked for."""


def main(kind: str, data: str, steps: str) -> int:
    """Work until it is enough; every line is said by one call, so that the journal has it in its place."""
    use_cost(CHEAP)
    left = int(steps)

    def say(line: str) -> None:
        nonlocal left
        os.write(1, f"{line}\n".encode())
        left -= line.startswith(DONE)
        if not left:
            raise EnoughError

    try:
        SCENARIOS[kind].act(Path(data), load_definitions(), say)
    except EnoughError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
