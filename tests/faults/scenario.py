"""One kind of work that is killed or loses its power: how to get ready for it, how to do it, and what must be true afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.storage.check import examine
from intake.storage.store import Store
from tests.factories import WORKSTATION, a_store

READY = "ready"
BEGUN = "begun "
DONE = "done "
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a program said before it ended: the things it had begun, and those of them that it acknowledged, in order."""

    begun: tuple[str, ...]
    done: tuple[str, ...]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Said:
        """Return what these lines say; a line that was cut off says nothing."""
        lines = list(lines)
        return cls(
            begun=tuple(line.removeprefix(BEGUN) for line in lines if line.startswith(BEGUN)),
            done=tuple(line.removeprefix(DONE) for line in lines if line.startswith(DONE)),
        )

    @property
    def in_flight(self) -> bool:
        """Whether it ended in the middle of something."""
        return len(self.begun) > len(self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A kind of work.

    ``prepare`` makes the data folder. ``act`` opens it, says ``READY``, then does one thing after another, each announced with
    ``BEGUN`` and acknowledged with ``DONE``, until there is nothing left to do. ``wrong`` opens the folder that a killed ``act`` left
    and returns what is not as it must be. ``window_ms`` is the time within which it is killed; ``lives`` how many times in a row
    over one folder.
    """

    name: str
    prepare: Callable[[Path, Definitions], None]
    act: Callable[[Path, Definitions, Say], None]
    wrong: Callable[[Path, Definitions, Said], list[str]]
    window_ms: int
    lives: int = 6


def clock() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def the_actor(store: Store, login: str) -> Actor:
    """Return who has this login, at the usual desk."""
    staff = next(each for each in store.staff.all() if each.login == login)
    return Actor(staff=staff, workstation=WORKSTATION)


@contextmanager
def opened(data: Path) -> Iterator[Store]:
    """Open the store of a folder and close it again."""
    store = a_store(data)
    try:
        yield store
    finally:
        store.close()


def not_whole(store: Store) -> list[str]:
    """Return what the full check of the store finds."""
    report = examine(store)
    return [] if report.good else [f"the check finds: {report}"]


def lost(acknowledged: Sequence[str], there: Iterable[str]) -> list[str]:
    """Return what was acknowledged and is not there, and what is there twice."""
    found = list(there)
    return [
        *(f"acknowledged and lost: {each}" for each in acknowledged if each not in found),
        *(f"there {found.count(each)} times: {each}" for each in sorted(set(found)) if found.count(each) > 1),
    ]


def judged(scenario: Scenario, data: Path, definitions: Definitions, said: Said) -> list[str]:
    """Return what is wrong with a folder, be it that it does not open."""
    try:
        return scenario.wrong(data, definitions, said)
    except IntakeError as error:
        return [f"it is refused: {error.code}"]
