"""Several programs that save at the same time into one store.

``python -m tests.faults.desks DATA COUNT SECONDS`` starts so many, each a process and a desk of its own, and puts one line of JSON for
each: whom it saved, how often it was told that the store is busy and tried again, how often it was asked whether somebody who came by
chance much like another one is that other one, and any other word a person would have been told.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import Definitions, load_definitions
from intake.errors import IntakeError, InvalidInputError
from intake.security.cost import use_cost
from tests.factories import CHEAP
from tests.faults.kinds.intake import newcomer
from tests.faults.scenario import clock, opened, the_actor

APART = 10_000
"""The people of one desk are numbered from here, twice here, ..."""


def work(data: Path, desk: int, until: float, definitions: Definitions) -> dict[str, object]:
    """Save one person after another until it is time."""
    saved: list[str] = []
    busy, asked, told = 0, 0, []
    with opened(data) as store:
        actor = the_actor(store, "dana")
        number = desk * APART
        while time.monotonic() < until:
            request = SaveRequest(intake=newcomer(definitions, number))
            try:
                save_intake(store, actor, request, definitions=definitions, now=clock())
            except InvalidInputError as error:
                if [problem.code for problem in error.problems] != ["strong_match_unanswered"]:
                    told.append(f"{error}")
                    break
                asked += 1
                number += 1
            except IntakeError as error:
                if error.code != "store_busy":
                    told.append(error.code)
                    break
                busy += 1
            else:
                saved.append(str(number))
                number += 1
    return {"saved": saved, "busy": busy, "asked": asked, "told": told}


def main(data: str, count: str, seconds: str) -> int:
    """Start them, and put what each came to."""
    use_cost(CHEAP)
    definitions = load_definitions()
    until = time.monotonic() + float(seconds)
    pipes = []
    for desk in range(1, int(count) + 1):
        reading, writing = os.pipe()
        if not os.fork():
            os.close(reading)
            with os.fdopen(writing, "w") as pipe:
                json.dump(work(Path(data), desk, until, definitions), pipe)
            os._exit(0)
        os.close(writing)
        pipes.append(reading)
    for reading in pipes:
        with os.fdopen(reading) as pipe:
            sys.stdout.write(pipe.read() + "\n")
    while pipes:
        if os.wait()[1]:
            return 1
        pipes.pop()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
