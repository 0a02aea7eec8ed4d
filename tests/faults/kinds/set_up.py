"""The first start: store, keys and administrator are made, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from intake.actions.access import sign_in
from intake.actions.setup import is_set_up, set_up
from intake.definitions.bundle import Definitions
from intake.paths import Paths, open_folder
from tests.factories import PASSWORD, WORKSTATION
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, clock, not_whole


def prepare(data: Path, _definitions: Definitions) -> None:
    """Make the folder above: nobody was ever here."""
    data.parent.mkdir(parents=True, exist_ok=True)


def act(data: Path, _definitions: Definitions, say: Say) -> None:
    """Set the practice up."""
    paths = Paths(data=data, training=False)
    say(READY)
    if not is_set_up(paths):
        say(f"{BEGUN}set up")
        _set_up(paths)
        say(f"{DONE}set up")


def wrong(data: Path, _definitions: Definitions, said: Said) -> list[str]:
    """Either the administrator signs in to a whole store, or it can be set up now; once acknowledged it is the first."""
    paths = Paths(data=data, training=False)
    found = []
    if not is_set_up(paths):
        found = ["acknowledged and lost: the practice"] if said.done else []
        _set_up(paths)
    store = sign_in(paths, login="alex", password=PASSWORD, workstation=WORKSTATION, now=clock()).store
    try:
        return [*found, *not_whole(store)]
    finally:
        store.close()


def _set_up(paths: Paths) -> None:
    open_folder(paths)
    made = set_up(
        paths, admin_name="Alex Sample", login="alex", password=PASSWORD, location="loc.edison", workstation=WORKSTATION, now=clock()
    )
    made.store.close()


SET_UP = Scenario(name="set-up", prepare=prepare, act=act, wrong=wrong, window_ms=250, lives=1)
