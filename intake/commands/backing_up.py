"""``backup`` and ``drill``: backing up now, where to, and proof that a backup opens."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from intake.actions.backup_targets import add_target, backups_at, remove_target, targets
from intake.actions.backups import By, back_up, drill_backup
from intake.commands.output import put_line, tell
from intake.commands.session import Session, now, session
from intake.domain.backups import BackupRow, Target
from intake.domain.staff import Task
from intake.errors import IntakeError, StoreError
from intake.storage.copying import Pace
from intake.storage.store import Store
from intake.wording import text_of

T = TypeVar("T")


def backup(options: Namespace) -> int:
    """Back up to every folder, or add, remove or list folders; 1 when one of them failed."""
    with session(options) as desk:
        if options.add:
            add_target(desk.store, desk.actor, str(Path(options.add).absolute()), now=now())
        if options.remove:
            _remove(desk, str(Path(options.remove).absolute()))
        if options.add or options.remove or options.list:
            return _list(desk)
        return _each(desk, lambda target: back_up(_asked(desk), target.id, _by(desk), _pace))


def drill(options: Namespace) -> int:
    """Open the newest backup of every folder in a scratch place and read all of it; 1 when one does not hold."""
    with session(options) as desk:
        return _each(desk, lambda target: _drill_newest(desk, target))


def _drill_newest(desk: Session, target: Target) -> BackupRow | None:
    rows = backups_at(desk.store, desk.actor, target.id)
    if not rows:
        raise StoreError("backup_missing")
    return drill_backup(_asked(desk), target.id, rows[0].id, _by(desk), _pace)


def _each(desk: Session, work: Callable[[Target], BackupRow | None]) -> int:
    """Do it for every folder and put what came of it; one that fails does not keep the others."""
    desk.actor.must(Task.BACK_UP)
    found = targets(desk.store, desk.actor, now=now())
    if not found:
        raise IntakeError("no_targets")
    done = [_one(target, work) for target in found]
    return 0 if all(done) else 1


def _one(target: Target, work: Callable[[Target], BackupRow | None]) -> bool:
    try:
        row = work(target)
    except StoreError as error:
        tell(f"{target.folder}: {text_of(error.code, **error.facts)}")
        return False
    if row is None:
        tell(f"{target.folder}: {text_of('backup_running')}")
        return True
    put_line({"folder": target.folder, **_line(row)})
    if row.trouble:
        tell(f"{target.folder}: {text_of(row.trouble)}")
    return not row.trouble


def _list(desk: Session) -> int:
    """Put each folder with its backups, the newest first."""
    for target in targets(desk.store, desk.actor, now=now()):
        rows = [_line(row) for row in backups_at(desk.store, desk.actor, target.id)]
        put_line({"folder": target.folder, "trouble": target.trouble, "backups": rows})
    return 0


def _remove(desk: Session, folder: str) -> None:
    found = next((each for each in targets(desk.store, desk.actor, now=now()) if each.folder == folder), None)
    if found is None:
        raise IntakeError("target_unknown")
    remove_target(desk.store, desk.actor, found.id, now=now())


def _line(row: BackupRow) -> dict[str, object]:
    return {
        "backup": row.name,
        "taken_at": row.taken_at.isoformat(),
        "bytes": row.size,
        "proven_at": row.proven_at.isoformat() if row.proven_at else None,
        "trouble": row.trouble,
    }


def _asked(desk: Session) -> Callable[[Callable[[Store], T]], T]:
    return lambda work: work(desk.store)


def _by(desk: Session) -> By:
    return By(actor=desk.actor, workstation=desk.actor.workstation, clock=now, zone=desk.definitions.practice.zone())


def _pace(beat: Callable[[], None]) -> Pace:
    """Rest as long as was worked: people may be at work in the window meanwhile."""
    return Pace(beat=beat)
