"""Backups that lie in a folder and that the store does not know: after a restore all that came after the one that was brought back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from intake.domain.backups import BackupRow, KeptBackup
from intake.domain.staff import Actor
from intake.errors import StoreError
from intake.storage.backup_files import is_sealed, kept_backup, with_proof
from intake.storage.store import Store

__all__ = ["remember", "unknown_at"]


def unknown_at(home: Path, known: Collection[str]) -> tuple[KeptBackup, ...]:
    """Return what lies in the folder of a store's backups under other names than these; it reads files and asks no store."""
    try:
        names = sorted(each.name for each in home.iterdir() if not each.name.startswith(".") and each.name not in known)
    except OSError:
        return ()
    found = []
    for name in names:
        with suppress(StoreError):
            found.append(kept_backup(home / name))
    return tuple(found)


def remember(
    store: Store, actor: Actor | None, target_id: int, found: Sequence[KeptBackup], *, now: datetime, workstation: str
) -> tuple[BackupRow, ...]:
    """Remember those of these backups of a folder that were written with the store's own keys, and return the others of this store.

    From then on they are rotated as all are. Those under other keys are not: anybody can write one that says so of itself. What the
    store knows by now is left as it is. Call it inside a transaction.
    """
    own = [each for each in found if each.manifest.store_id == store.identity()]
    known = {row.name for row in store.backups.rows(target_id)}
    fresh = [each for each in own if each.name not in known and is_sealed(each.manifest, store.keys.audit)]
    for each in fresh:
        manifest = each.manifest
        number = store.backups.add(target_id, name=each.name, taken_at=manifest.taken_at, size=each.size, audit_seq=manifest.audit_seq)
        store.backups.drilled(number, proven_at=with_proof(each, store.keys.audit).proven_at, trouble="")
    if fresh:
        folder = str(Path(fresh[0].folder).parents[1])
        changes = {"folder": (None, folder), "found": (None, str(len(fresh)))}
        store.audit.add(actor, "find_backups", at=now, workstation=workstation, changes=changes)
    others = [each for each in own if each.name not in known and each not in fresh]
    return tuple(_other(-number, target_id, each) for number, each in enumerate(others, start=1))


def _other(number: int, target_id: int, backup: KeptBackup) -> BackupRow:
    manifest = backup.manifest
    return BackupRow(
        id=number, target_id=target_id, name=backup.name, taken_at=manifest.taken_at, size=backup.size, audit_seq=manifest.audit_seq,
        other_keys=True,
    )  # fmt: skip
