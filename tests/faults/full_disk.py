"""A program that saves while the disk fails: at a chosen call and all after it, or for want of room.

``python -m tests.faults.full_disk DATA EVERY KIND...`` tries each save in a copy of the data folder, in a process of its own: first the
disk fails at once, then ``EVERY`` calls (or KiB of room) later, until a save comes through. A kind is the name of an error that calls
fail with (it needs the shim), ``room`` for a small file system on which the copy lies, or ``limit`` for a limit on the size of files.
For each try it puts a line of JSON: the kind, how much later, the code that a person was told ("" when it was saved), and what was
wrong. Then the disk is whole again, and the same open store must take the same save.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.security.cost import use_cost
from intake.storage.store import Store
from tests.factories import CHEAP
from tests.faults.kinds.intake import newcomer, saved
from tests.faults.scenario import clock, not_whole, opened, the_actor
from tests.faults.shim import loaded

KIB = 1024
FILLER = "filler"
Change = Callable[[], object]


def faults(kind: str, data: Path, after: int) -> tuple[Change, Change]:
    """Return what makes the disk fail, and what makes it whole again."""
    if kind == "limit":
        endless = resource.RLIM_INFINITY
        size = (data / "store.db").stat().st_size
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        return (
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (min(size, after * KIB), endless)),
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (endless, endless)),
        )
    if kind == "room":
        return lambda: fill(data.parent, after * KIB), (data.parent / FILLER).unlink
    shim = loaded()
    return lambda: shim.fault_fail(after, getattr(errno, kind)), lambda: shim.fault_fail(-1, 0)


def fill(folder: Path, left: int) -> None:
    """Fill a small file system but for so many bytes."""
    with (folder / FILLER).open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while (room := shutil.disk_usage(folder).free - left) > 0:
            file.write(bytes(min(room, 1 << 20)))


def attempt(data: Path, kind: str, after: int, definitions: Definitions) -> tuple[str, list[str]]:
    """Save one intake while the disk fails, and once more when it no longer does; return what was told and what is wrong."""
    fail, mend = faults(kind, data, after)
    with contextlib.ExitStack() as closing:
        store = closing.enter_context(opened(data))
        desk = the_actor(store, "dana")
        fail()
        told = save(store, desk, 1, definitions)
        mend()
        kept = saved(store, definitions)
        wrong = not_whole(store)
        if len(kept) != (not told):
            wrong.append(f"told {told or 'nothing'} and {len(kept)} are kept")
        if told and (again := save(store, desk, 1, definitions)):
            wrong.append(f"it can be written again, and {again} is told")
    with opened(data) as store:
        kept = saved(store, definitions)
        wrong += not_whole(store)
        if list(kept.values()) != [newcomer(definitions, 1)]:
            wrong.append("the record is not as it was saved")
    return told, wrong


def save(store: Store, desk: Actor, number: int, definitions: Definitions) -> str:
    """Save somebody and return the code a person is told, "" when it is saved."""
    request = SaveRequest(intake=newcomer(definitions, number))
    try:
        save_intake(store, desk, request, definitions=definitions, now=clock())
    except IntakeError as error:
        return error.code
    return ""


def in_a_process(data: Path, kind: str, after: int, definitions: Definitions) -> bool:
    """Try in a process of its own, put its line, and tell whether it was saved."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            told, wrong = attempt(data, kind, after, definitions)
        except Exception as error:  # noqa: BLE001 - the child's outer edge: every other ending is a finding
            told, wrong = type(error).__name__, [f"{type(error).__name__}: {error}"]
        line = {"kind": kind, "after": after, "told": told, "wrong": wrong}
        os.write(writing, json.dumps(line).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        line = json.loads(pipe.read())
    os.waitpid(child, 0)
    sys.stdout.write(json.dumps(line) + "\n")
    return not line["told"]


def main(data: str, every: str, *kinds: str) -> int:
    """Try them all."""
    use_cost(CHEAP)
    definitions = load_definitions()
    begin = Path(tempfile.mkdtemp(prefix="intake-desk-full-"))
    shutil.move(data, begin / "data")
    for kind in kinds:
        for after in itertools.count(0, int(every)):
            shutil.copytree(begin / "data", data)
            os.environ["XDG_STATE_HOME"] = f"{begin}/state-{kind}-{after}"
            done = in_a_process(Path(data), kind, after, definitions)
            shutil.rmtree(data)
            if done:
                break
    shutil.rmtree(begin)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
