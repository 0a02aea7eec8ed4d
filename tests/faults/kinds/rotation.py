"""Giving the store a new key, again and again."""

from __future__ import annotations

from pathlib import Path

from intake.actions.access import sign_in
from intake.actions.new_key import Typed, rotate_key
from intake.definitions.bundle import Definitions
from intake.paths import Paths
from intake.security.ring import read_ring
from intake.storage.store import Store
from tests.factories import PASSWORD, WORKSTATION, an_admin, save
from tests.faults.kinds.intake import newcomer, saved
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, clock, not_whole, opened

PEOPLE = 2


def prepare(data: Path, definitions: Definitions) -> None:
    """Make a practice whose administrator has a password, with two visits."""
    with opened(data) as store:
        admin = an_admin(store)
        for number in range(1, PEOPLE + 1):
            save(store, admin, definitions, intake=newcomer(definitions, number))


def act(data: Path, _definitions: Definitions, say: Say) -> None:
    """Give it a new key, and another."""
    paths = Paths(data=data, training=False)
    say(READY)
    while True:
        say(f"{BEGUN}key")
        typed = Typed(login="alex", password=PASSWORD)
        rotate_key(paths, typed, workstation=WORKSTATION, now=clock(), progress=lambda _done, _all: None)
        say(f"{DONE}key")


def wrong(data: Path, definitions: Definitions, said: Said) -> list[str]:
    """Find out that the password opens whatever lies there, all is in it, one key is left, and nothing half written lies about."""
    paths = Paths(data=data, training=False)
    store = sign_in(paths, login="alex", password=PASSWORD, workstation=WORKSTATION, now=clock()).store
    try:
        return [*not_whole(store), *_altered(store, definitions, said), *_left_behind(paths)]
    finally:
        store.close()


def _altered(store: Store, definitions: Definitions, said: Said) -> list[str]:
    people = [newcomer(definitions, number) for number in range(1, PEOPLE + 1)]
    found = [] if list(saved(store, definitions).values()) == people else ["the visits are not as they were"]
    (changed,) = store._connection.execute("SELECT count(*) FROM audit WHERE action = 'rotate_key'").fetchone() or (0,)
    return found if len(said.done) <= changed <= len(said.begun) else [*found, f"{changed} changes of key, {len(said.done)} acknowledged"]


def _left_behind(paths: Paths) -> list[str]:
    ring = read_ring(paths.ring)
    found = ["the ring still holds two keys"] if any(each.upcoming for each in ring.slots) else []
    return [*found, *(f"left behind: {path.name}" for path in paths.data.glob("*rewritten*"))]


ROTATION = Scenario(name="key rotation", prepare=prepare, act=act, wrong=wrong, window_ms=700)
