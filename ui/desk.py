"""What every page is given: the store, the definitions, who acts, and at which clinic's desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intake.domain.staff import Actor, Task

if TYPE_CHECKING:
    from intake.definitions.bundle import Definitions
    from intake.paths import Paths
    from ui.tasks import StoreThread


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One signed-in person at one desk. ``location`` is the key of this desk's clinic; ``clock`` tells aware UTC."""

    paths: Paths
    definitions: Definitions
    store: StoreThread
    actor: Actor
    location: str
    workstation: str
    clock: Callable[[], datetime]
    zone: ZoneInfo

    def take(self, definitions: Definitions) -> None:
        """Work with these definitions from now on: an administrator changed the practice at this desk.

        Everybody here shares this one desk and asks it each time; only name, letterhead and clinics may be others.
        """
        object.__setattr__(self, "definitions", definitions)  # frozen for everybody else

    def now(self) -> datetime:
        """Return the instant, in UTC."""
        return self.clock()

    def today(self) -> date:
        """Return the calendar day at the clinic."""
        return self.clock().astimezone(self.zone).date()

    def may(self, task: Task) -> bool:
        """Say whether the signed-in role permits a task, so that only what works is on screen."""
        return self.actor.may(task)
