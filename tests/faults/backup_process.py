"""A program of its own that backs up, or restores, without end: ``python -m tests.faults.backup_process back_up|restore FOLDER``.

It says ``begun`` on stdout, and a line for each time it was done.
"""

from __future__ import annotations

import itertools
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from intake.actions.backups import By, back_up
from intake.actions.restoring import backups_in, open_by_password, restore
from intake.paths import Paths
from intake.security.cost import use_cost
from intake.storage.copying import Pace
from intake.storage.store import Store, open_store
from tests.factories import CHEAP, KEYS, NOW, PASSWORD, WORKSTATION


def say(text: str) -> None:
    """Say a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def back_up_once(store: Store, hour: int) -> None:
    """Back up to the one folder, each time an hour later."""
    by = By(actor=None, workstation=WORKSTATION, clock=lambda: NOW + timedelta(hours=hour), zone=ZoneInfo("America/New_York"))
    if back_up(lambda work: work(store), 1, by, lambda beat: Pace(rest=0, beat=beat)) is None:
        raise RuntimeError("somebody else backs up")


def restore_on_and_on(paths: Paths, store: Store, stick: Path) -> None:
    """Back up once, then bring that backup back without end."""
    back_up_once(store, 0)
    store.close()
    opened = open_by_password(paths, backups_in(stick)[0], login="alex", password=PASSWORD, workstation=WORKSTATION, now=NOW)
    say("begun")
    for second in itertools.count(1):
        restore(paths, opened, workstation=WORKSTATION, now=NOW + timedelta(seconds=second))
        say("done")


def main(what: str, folder: str) -> int:
    """Do it until the end."""
    use_cost(CHEAP)
    paths = Paths(data=Path(folder) / "data", training=False)
    store = open_store(paths, KEYS)
    if what == "restore":
        restore_on_and_on(paths, store, Path(folder) / "stick")
    say("begun")
    for hour in itertools.count(1):
        back_up_once(store, hour)
        say("done")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
