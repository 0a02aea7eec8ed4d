"""Where backups go, how many are kept, and how it stands with them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake.actions.found_backups import remember
from intake.domain.backups import LATE, BackupRow, Keep, KeptBackup, Target
from intake.domain.staff import Actor, Task
from intake.errors import InvalidInputError, Problem
from intake.placing import sync_folder
from intake.storage.backup_files import home_of
from intake.storage.store import Store

__all__ = [
    "BackupState", "add_target", "backups_at", "homes", "keep_rule", "remove_target", "set_keep_rule", "state", "take_up_found", "targets",
]  # fmt: skip

_SCOPE, _KEEP = "practice", "backup_keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """How it stands: when the last backup was taken and the last one proven anywhere, None for never.

    ``targets`` is how many folders there are; ``troubled`` are the folders where the last try or the last drill failed.
    """

    targets: int
    last_at: datetime | None
    proven_at: datetime | None
    troubled: tuple[str, ...]

    def late(self, now: datetime) -> bool:
        """Tell whether more would be lost with the disk than should be."""
        return self.last_at is None or self.proven_at is None or now - self.last_at >= LATE


def state(store: Store, *, now: datetime) -> BackupState:
    """Return how it stands with the backups; everybody may know."""
    with store.reading():
        found = store.backups.targets(now)
        failed = {each.id for each in found if any(row.trouble for row in store.backups.rows(each.id)[:1])}
    return BackupState(
        targets=len(found),
        last_at=max((each.last_at for each in found if each.last_at is not None), default=None),
        proven_at=max((each.proven_at for each in found if each.proven_at is not None), default=None),
        troubled=tuple(each.folder for each in found if each.trouble or each.id in failed),
    )


def targets(store: Store, actor: Actor, *, now: datetime) -> tuple[Target, ...]:
    """Return the folders that backups go to."""
    actor.must(Task.BACK_UP)
    with store.reading():
        return store.backups.targets(now)


def backups_at(store: Store, actor: Actor, target_id: int) -> tuple[BackupRow, ...]:
    """Return the backups of one folder, the newest first."""
    actor.must(Task.BACK_UP)
    with store.reading():
        return store.backups.rows(target_id)


def homes(store: Store, found: Sequence[Target]) -> dict[int, Path]:
    """Return where this store's backups lie in each of these folders."""
    return {each.id: home_of(Path(each.folder), store.identity()) for each in found}


def take_up_found(
    store: Store, actor: Actor, found: Mapping[int, Sequence[KeptBackup]], *, now: datetime, workstation: str
) -> tuple[int, dict[int, tuple[BackupRow, ...]]]:
    """Remember what was found in folders, by their number; return how many backups that is, and those under other keys.

    A folder that somebody is at work on is left alone: what lies there is told by who wrote it.
    """
    actor.must(Task.BACK_UP)
    others = {}
    with store.transaction():
        idle = {each.id for each in store.backups.targets(now) if not each.running}
        before = sum(len(store.backups.rows(target_id)) for target_id in found)
        for target_id in sorted(idle & set(found)):
            others[target_id] = remember(store, actor, target_id, found[target_id], now=now, workstation=workstation)
        after = sum(len(store.backups.rows(target_id)) for target_id in found)
    return after - before, {target_id: rows for target_id, rows in others.items() if rows}


def add_target(store: Store, actor: Actor, folder: str, *, now: datetime) -> int:
    """Back up to one more folder from now on, and return its number.

    It must be there; a folder of this store's own is made in it, by which it is known again when it comes and goes. Raises
    InvalidInputError at ``folder``.
    """
    actor.must(Task.MANAGE_PRACTICE)
    path = Path(folder.strip()).expanduser()
    code = _unfit(path, store)
    if not code:
        code = _made(path, store.identity())
    if code:
        raise InvalidInputError((Problem(field="folder", code=code),))
    with store.transaction():
        if any(each.folder == str(path) for each in store.backups.targets(now)):
            raise InvalidInputError((Problem(field="folder", code="target_known"),))
        target_id = store.backups.add_target(str(path), staff_id=actor.staff.id, at=now)
        store.audit.add(actor, "add_backup_target", at=now, changes={"folder": (None, str(path))})
    return target_id


def remove_target(store: Store, actor: Actor, target_id: int, *, now: datetime) -> None:
    """Back up to a folder no longer; the backups in it stay where they are."""
    actor.must(Task.MANAGE_PRACTICE)
    with store.transaction():
        target = store.backups.target(target_id, now)
        if target is not None:
            store.backups.remove_target(target_id, at=now)
            store.audit.add(actor, "remove_backup_target", at=now, changes={"folder": (target.folder, None)})


def keep_rule(store: Store) -> Keep:
    """Return how many hours, days and months backups are kept of."""
    with store.reading():
        kept = store.settings.get(_SCOPE, _KEEP)
    if kept is None:
        return Keep()
    hours, days, months = (int(part) for part in kept.split(" "))
    return Keep(hours=hours, days=days, months=months)


def set_keep_rule(store: Store, actor: Actor, keep: Keep, *, now: datetime) -> None:
    """Keep backups of so many hours, days and months from now on. Raises InvalidInputError."""
    actor.must(Task.MANAGE_PRACTICE)
    if not keep.fits():
        raise InvalidInputError((Problem(field="keep", code="keep_range"),))
    before, after = _written(keep_rule(store)), _written(keep)
    if before != after:
        with store.transaction():
            store.settings.put(_SCOPE, _KEEP, after)
            store.audit.add(actor, "set_backup_keep", at=now, changes={"keep": (before, after)})


def _written(keep: Keep) -> str:
    return f"{keep.hours} {keep.days} {keep.months}"


def _unfit(path: Path, store: Store) -> str:
    """Return why backups cannot go to a folder, "" when they can."""
    if not path.is_absolute():
        return "target_relative"
    if not path.is_dir():
        return "target_missing"
    real, data = Path(os.path.realpath(path)), Path(os.path.realpath(store.paths.data))
    return "target_in_data" if real.is_relative_to(data) else ""


def _made(path: Path, store_id: str) -> str:
    """Make the folder of this store's backups; return why that cannot be, "" when it is there."""
    try:
        home_of(path, store_id).mkdir(mode=0o700, exist_ok=True)
        sync_folder(path)
    except OSError:
        return "target_read_only"
    return ""
