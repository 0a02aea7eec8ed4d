"""What the tests of backups do with a store and its target."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from intake.actions.backups import By, back_up
from intake.actions.restoring import Opened, open_by_password
from intake.domain.backups import BackupRow, KeptBackup, Target
from intake.domain.staff import Actor
from intake.paths import Paths
from intake.storage.backup_files import home_of
from intake.storage.copying import Pace
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, WORKSTATION

ZONE = ZoneInfo("America/New_York")
LATER = NOW + timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """A store, its administrator, and the folder that backups go to."""

    store: Store
    admin: Actor
    stick: Path
    target_id: int

    def by(self, now: datetime = NOW, actor: Actor | None = None) -> By:
        """Return on whose behalf and when."""
        return By(actor=actor, workstation=WORKSTATION, clock=lambda: now, zone=ZONE)

    def back_up(self, now: datetime = NOW, *, only_due: bool = False) -> BackupRow | None:
        """Back up at a moment."""
        return back_up(lambda work: work(self.store), self.target_id, self.by(now), unpaced, only_due=only_due)

    def backed_up(self, now: datetime = NOW) -> BackupRow:
        """Back up at a moment, and return what must have come of it."""
        row = self.back_up(now)
        assert row is not None
        return row

    def target(self, now: datetime = NOW) -> Target:
        """Return how the store knows the folder."""
        return self.store.backups.targets(now)[0]

    @property
    def home(self) -> Path:
        """Return the folder of this store's backups."""
        return home_of(self.stick, self.store.identity())

    def names(self) -> list[str]:
        """Return what lies there."""
        return sorted(each.name for each in self.home.iterdir())


def unpaced(beat: Callable[[], None]) -> Pace:
    """Copy without a rest."""
    return Pace(rest=0, beat=beat)


def stopped(beat: Callable[[], None]) -> Pace:
    """Copy until the first rest."""
    stop = threading.Event()
    stop.set()
    return Pace(rest=0, beat=beat, stop=stop)


def opened(paths: Paths, backup: KeptBackup, login: str = "alex", password: str = PASSWORD) -> Opened:
    """Open a backup by a password."""
    return open_by_password(paths, backup, login=login, password=password, workstation=WORKSTATION, now=LATER)
