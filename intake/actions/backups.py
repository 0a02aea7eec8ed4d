"""Backing up: hourly, at sign-out and on demand, while people work; then the drill of what was written."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from intake.actions.backup_targets import keep_rule
from intake.actions.found_backups import remember, unknown_at
from intake.domain.backups import BackupRow, FileFact, Manifest, Target, to_remove
from intake.domain.staff import Actor, Task
from intake.errors import StoreError
from intake.paths import Paths
from intake.security.slots import StoreKeys
from intake.storage.backup_files import (
    KEYS,
    MANIFEST,
    OVERRIDES,
    STORE,
    home_of,
    key_check,
    new_backup,
    remove_backup,
    remove_unfinished,
    write_manifest,
    write_proof,
)
from intake.storage.copying import Pace, beside, copy_file, copy_store, hash_file
from intake.storage.drill import drill
from intake.storage.store import Store
from intake.storage.targets import told_of_target

__all__ = ["Ask", "By", "back_up", "drill_backup"]

T = TypeVar("T")


class Ask(Protocol):
    """Has work done with the store and returns what it returned: on the store's thread, or right here."""

    def __call__(self, work: Callable[[Store], T], /) -> T:
        """Do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """On whose behalf: a person, or nobody in particular at this desk. ``clock`` tells aware UTC, ``zone`` whose days are counted."""

    actor: Actor | None
    workstation: str
    clock: Callable[[], datetime]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A target that is this one's to write to, and what it takes."""

    target: Target
    word: str
    store_id: str
    paths: Paths
    keys: StoreKeys

    @property
    def home(self) -> Path:
        """The folder of this store's backups."""
        return home_of(Path(self.target.folder), self.store_id)


def back_up(ask: Ask, target_id: int, by: By, pace: Callable[[Callable[[], None]], Pace], *, only_due: bool = False) -> BackupRow | None:
    """Back up to a target, drill what was written, and return it; None when another program is at it, or with ``only_due`` was.

    Call it on a thread of its own: the store is asked only for moments. ``pace`` makes the pace of the copy from what gives a sign
    of life. What is in the way is kept with the target and raised: StoreError ``target_missing``, ``target_full``,
    ``target_read_only``, ``target_failed``, ``backup_stopped``, and those of the store.
    """
    if by.actor is not None:
        by.actor.must(Task.BACK_UP)
    claim = ask(partial(_claim, target_id=target_id, now=by.clock(), only_due=only_due))
    if claim is None:
        return None
    steps = pace(partial(_keep_claim, ask, claim, by))
    try:
        with told_of_target(claim.home):
            remove_unfinished(claim.home)
            _take_up(ask, claim, by)
            _rotate(ask, claim, by)
            manifest, folder = _write(claim, by, steps)
        row = ask(partial(_written, claim=claim, manifest=manifest, name=folder.name, by=by))
        return _drilled(ask, row, folder, claim, by, steps)
    except StoreError as error:
        ask(partial(_failed, claim=claim, code=error.code, by=by))
        raise
    finally:
        ask(partial(_release, claim=claim))


def drill_backup(ask: Ask, target_id: int, backup_id: int, by: By, pace: Callable[[Callable[[], None]], Pace]) -> BackupRow | None:
    """Open a backup in a scratch place and read all of it; return it with what was found, None when another program is at it."""
    if by.actor is not None:
        by.actor.must(Task.BACK_UP)
    claim = ask(partial(_claim, target_id=target_id, now=by.clock(), only_due=False))
    if claim is None:
        return None
    try:
        row = ask(lambda store: next((each for each in store.backups.rows(target_id) if each.id == backup_id), None))
        if row is None:
            raise StoreError("backup_missing")
        return _drilled(ask, row, claim.home / row.name, claim, by, pace(partial(_keep_claim, ask, claim, by)))
    finally:
        ask(partial(_release, claim=claim))


def _write(claim: _Claim, by: By, pace: Pace) -> tuple[Manifest, Path]:
    """Write a backup and return its manifest and its folder."""
    taken_at = by.clock()
    with new_backup(claim.home, taken_at) as made:
        with beside(claim.paths.store, claim.keys.store) as source:
            picture = copy_store(source, made.folder / STORE, claim.keys.store, pace)
        size, sha256 = hash_file(made.folder / STORE, pace)
        files = {STORE: FileFact(size=size, sha256=sha256)}
        for source_path, name in _others(claim.paths):
            (made.folder / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            size, sha256 = copy_file(source_path, made.folder / name, pace)
            files[name] = FileFact(size=size, sha256=sha256)
        manifest = Manifest(
            store_id=claim.store_id, realm=claim.paths.realm, taken_at=taken_at, workstation=by.workstation, schema=picture.schema,
            key_check=key_check(claim.store_id, claim.keys.store), audit_seq=picture.audit_seq, audit_hash=picture.audit_hash.hex(),
            counts=picture.counts, files=files,
        )  # fmt: skip
        sealed = write_manifest(made.folder, manifest, claim.keys.audit)
    return sealed, made.folder


def _others(paths: Paths) -> list[tuple[Path, str]]:
    """Return what belongs to a backup beside the store: its keys, each wrapped, and the practice's own files."""
    own = [each for each in paths.overrides.rglob("*") if each.is_file()] if paths.overrides.is_dir() else []
    return [(paths.ring, KEYS), *((each, f"{OVERRIDES}/{each.relative_to(paths.overrides).as_posix()}") for each in sorted(own))]


def _claim(store: Store, *, target_id: int, now: datetime, only_due: bool) -> _Claim | None:
    word = secrets.token_hex(8)
    with store.transaction():
        target = store.backups.target(target_id, now)
        if target is None or target.running or (only_due and not target.due(now)):
            return None
        store.backups.claim(target_id, word, at=now)
    return _Claim(target=target, word=word, store_id=store.identity(), paths=store.paths, keys=store.keys)


def _keep_claim(ask: Ask, claim: _Claim, by: By) -> None:
    def keep(store: Store) -> bool:
        with store.transaction(lasting=False):
            return store.backups.keep_claim(claim.target.id, claim.word, at=by.clock())

    if not ask(keep):
        raise StoreError("backup_stopped")


def _release(store: Store, *, claim: _Claim) -> None:
    with store.transaction():
        store.backups.release(claim.target.id, claim.word)


def _written(store: Store, *, claim: _Claim, manifest: Manifest, name: str, by: By) -> BackupRow:
    """Remember a backup that lies in its place, and tell the audit."""
    target, now = claim.target, by.clock()
    size = sum(fact.size for fact in manifest.files.values())
    changes = {"folder": (None, target.folder), "backup": (None, name), "last_entry": (None, str(manifest.audit_seq))}
    with store.transaction():
        number = store.backups.add(target.id, name=name, taken_at=manifest.taken_at, size=size, audit_seq=manifest.audit_seq)
        store.backups.tried(target.id, trouble="", at=now)
        store.audit.add(by.actor, "back_up", at=now, workstation=by.workstation, changes=changes)
        return next(row for row in store.backups.rows(target.id) if row.id == number)


def _failed(store: Store, *, claim: _Claim, code: str, by: By) -> None:
    """Keep what was in the way; the audit is told once, not at each try."""
    target, now = claim.target, by.clock()
    if code == "backup_stopped":
        return
    with store.transaction():
        store.backups.tried(target.id, trouble=code, at=now)
        if code != target.trouble:
            changes = {"folder": (None, target.folder)}
            store.audit.add(by.actor, "back_up", at=now, workstation=by.workstation, changes=changes, reason=code, outcome="failed")


def _drilled(ask: Ask, row: BackupRow, folder: Path, claim: _Claim, by: By, pace: Pace) -> BackupRow:
    """Drill a backup and keep what was found, beside it too."""
    trouble = drill(folder, claim.paths.data, claim.keys, pace)
    now = by.clock()

    def keep(store: Store) -> BackupRow:
        changes = {"folder": (None, claim.target.folder), "backup": (None, row.name)}
        outcome = "not_whole" if trouble else "done"
        with store.transaction():
            store.backups.drilled(row.id, proven_at=None if trouble else now, trouble=trouble)
            store.audit.add(
                by.actor, "drill_backup", at=now, workstation=by.workstation, changes=changes, reason=trouble or None, outcome=outcome
            )
            return next(each for each in store.backups.rows(row.target_id) if each.id == row.id)

    if not trouble:
        with told_of_target(claim.home):
            write_proof(folder, now, claim.keys.audit)
    return ask(keep)


def _take_up(ask: Ask, claim: _Claim, by: By) -> None:
    """Remember what lies there and is not known, as after a restore: what nobody remembers, nobody would ever remove."""
    target_id = claim.target.id
    found = unknown_at(claim.home, ask(lambda store: {row.name for row in store.backups.rows(target_id)}))

    def keep(store: Store) -> None:
        with store.transaction():
            remember(store, by.actor, target_id, found, now=by.clock(), workstation=by.workstation)

    if found:
        ask(keep)


def _rotate(ask: Ask, claim: _Claim, by: By) -> None:
    """Remove the backups that need not be kept, and forget those that somebody else removed."""
    rows, keep = ask(lambda store: (store.backups.rows(claim.target.id), keep_rule(store)))
    lost = [row for row in rows if not (claim.home / row.name / MANIFEST).is_file()]
    old = to_remove([row for row in rows if row not in lost], keep, by.zone)
    for row in old:
        remove_backup(claim.home / row.name)

    def forget(store: Store) -> None:
        now = by.clock()
        with store.transaction():
            for row in (*lost, *old):
                store.backups.gone(row.id, at=now)
            changes = {"folder": (None, claim.target.folder), "removed": (None, str(len(old))), "lost": (None, str(len(lost)))}
            store.audit.add(by.actor, "rotate_backups", at=now, workstation=by.workstation, changes=changes)

    if lost or old:
        ask(forget)
