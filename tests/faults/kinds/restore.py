"""Bringing a backup back and saving somebody after it, again and again: the one store or the other, whole, and none is lost."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from intake.actions.access import sign_in
from intake.actions.backup_targets import add_target
from intake.actions.backups import By, back_up
from intake.actions.restoring import backups_in, open_by_password, restore, restore_waits
from intake.definitions.bundle import Definitions
from intake.paths import Paths
from intake.storage.copying import Pace
from intake.storage.exchange import ASIDE
from tests.factories import PASSWORD, WORKSTATION, an_admin, save
from tests.faults.kinds.intake import newcomer, saved
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, clock, not_whole, opened, the_actor

PEOPLE = 2
"""In the backup; in the store there is one more each time it is brought back."""
SAVE, RESTORE = "save", "restore"


def prepare(data: Path, definitions: Definitions) -> None:
    """Make a practice with two visits, back it up, and save a third."""
    stick = data.parent / "stick"
    stick.mkdir(parents=True)
    with opened(data) as store:
        admin = an_admin(store)
        for number in range(1, PEOPLE + 1):
            save(store, admin, definitions, intake=newcomer(definitions, number))
        target = add_target(store, admin, str(stick), now=clock())
        by = By(actor=None, workstation=WORKSTATION, clock=clock, zone=ZoneInfo(definitions.practice.time_zone))
        back_up(lambda work: work(store), target, by, lambda beat: Pace(rest=0, beat=beat))
    _save(data, definitions)


def act(data: Path, definitions: Definitions, say: Say) -> None:
    """Bring the backup back, save somebody, and again."""
    paths, backup = Paths(data=data, training=False), backups_in(data.parent / "stick")[0]
    say(READY)
    for turn in itertools.count(1):
        now = _at(turn)
        say(f"{BEGUN}{RESTORE}")
        found = open_by_password(paths, backup, login="alex", password=PASSWORD, workstation=WORKSTATION, now=now)
        restore(paths, found, workstation=WORKSTATION, now=now)
        say(f"{DONE}{RESTORE}")
        say(f"{BEGUN}{SAVE}")
        _save(data, definitions)
        say(f"{DONE}{SAVE}")


def wrong(data: Path, definitions: Definitions, said: Said) -> list[str]:
    """Find the store that was acknowledged last or the one that was begun, whole; each one before lies aside, and nothing waits."""
    paths = Paths(data=data, training=False)
    store = sign_in(paths, login="alex", password=PASSWORD, workstation=WORKSTATION, now=_at(len(said.begun) + 1)).store
    try:
        found, there = not_whole(store), list(saved(store, definitions).values())
    finally:
        store.close()
    people = [newcomer(definitions, number) for number in range(1, PEOPLE + 2)]
    last = [*(said.done[-1:] or (SAVE,)), *((said.begun[-1],) if said.in_flight else ())]
    if there not in [people[: PEOPLE + (each == SAVE)] for each in last]:
        found.append(f"after {' and '.join(last)} there are {len(there)} visits")
    aside, begun, done = len(list(data.glob(f"{ASIDE}*/store.db"))), said.begun.count(RESTORE), said.done.count(RESTORE)
    if not done <= aside <= begun:
        found.append(f"{aside} stores were put aside, {done} of {begun} restores acknowledged")
    return [*found, "a restore still waits"] if restore_waits(paths) else found


def _save(data: Path, definitions: Definitions) -> None:
    with opened(data) as store:
        save(store, the_actor(store, "alex"), definitions, intake=newcomer(definitions, PEOPLE + 1))


def _at(turn: int) -> datetime:
    """Return a moment of this turn: what is put aside is named by its second."""
    return clock() + timedelta(seconds=2 * turn)


RESTORING = Scenario(name="restore", prepare=prepare, act=act, wrong=wrong, window_ms=500, lives=1)
