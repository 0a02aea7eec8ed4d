"""Saving and backing up in turn: a backup that has its name is whole, and the last one that was acknowledged is there."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from intake.actions.backup_targets import add_target
from intake.actions.backups import By, back_up
from intake.definitions.bundle import Definitions
from intake.errors import IntakeError
from intake.storage.backup_files import STORE, home_of, is_sealed, kept_backup
from intake.storage.copying import Pace
from intake.storage.database import open_file
from tests.factories import KEYS, WORKSTATION, an_admin, save
from tests.faults.kinds.intake import newcomer, saved
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, clock, not_whole, opened, the_actor

BEGIN = time.monotonic()
FASTER = 2_000
"""A backup whose program was ended is given up on after minutes: here they pass in a moment."""


def prepare(data: Path, _definitions: Definitions) -> None:
    """Make a practice and the folder that its backups go to."""
    (data.parent / "stick").mkdir(parents=True)
    with opened(data) as store:
        an_admin(store)


def act(data: Path, definitions: Definitions, say: Say) -> None:
    """Save somebody, back up, and again."""
    stick = data.parent / "stick"
    with opened(data) as store:
        alex = the_actor(store, "alex")
        target = next((each.id for each in store.backups.targets(_soon())), None) or add_target(store, alex, str(stick), now=_soon())
        by = By(actor=None, workstation=WORKSTATION, clock=_soon, zone=ZoneInfo(definitions.practice.time_zone))
        say(READY)
        for number in itertools.count(len(saved(store, definitions)) + 1):
            save(store, alex, definitions, intake=newcomer(definitions, number), now=clock())
            say(f"{BEGUN}backup")
            row = back_up(lambda work: work(store), target, by, _unpaced)
            say(f"{DONE}{row.name if row else ''}")


def wrong(data: Path, _definitions: Definitions, said: Said) -> list[str]:
    """Every backup that has its name opens and holds what its manifest says; none older than the last acknowledged is the newest."""
    with opened(data) as store:
        home = home_of(data.parent / "stick", store.identity())
        found = not_whole(store)
    folders = sorted(path for path in home.glob("*") if not path.name.startswith(".")) if home.exists() else []
    found += [f"{folder.name}: {fault}" for folder in folders for fault in _faults(folder)]
    last = max((name for name in said.done if name), default="")
    return found if last <= max((folder.name for folder in folders), default="") else [*found, f"acknowledged and lost: {last}"]


def _faults(folder: Path) -> list[str]:
    try:
        manifest = kept_backup(folder).manifest
    except IntakeError as error:
        return [error.code]
    found = [] if is_sealed(manifest, KEYS.audit) else ["not sealed"]
    for name, fact in manifest.files.items():
        content = (folder / name).read_bytes() if (folder / name).exists() else b""
        if (len(content), hashlib.sha256(content).hexdigest()) != (fact.size, fact.sha256):
            found.append(f"{name} is not as the manifest says")
    return found or _opened(folder)


def _opened(folder: Path) -> list[str]:
    with TemporaryDirectory() as scratch:
        copy = Path(shutil.copy(folder / STORE, scratch))
        connection = open_file(copy, KEYS.store)
        try:
            rows = connection.execute("PRAGMA integrity_check").fetchall()
        finally:
            connection.close()
    return [] if rows == [("ok",)] else ["its store is damaged"]


def _soon() -> datetime:
    return clock() + timedelta(seconds=(time.monotonic() - BEGIN) * FASTER)


def _unpaced(beat: Callable[[], None]) -> Pace:
    return Pace(rest=0, beat=beat)


BACKUP = Scenario(name="backup", prepare=prepare, act=act, wrong=wrong, window_ms=700, lives=4)
