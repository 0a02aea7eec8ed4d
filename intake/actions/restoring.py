"""Bringing a backup back: what there is, what it holds, whose password opens it, what would be lost, and the exchange itself.

It works with no store open: one that is gone or damaged is the usual reason. The present file is put aside, never removed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from intake.domain.backups import KeptBackup, Loss
from intake.domain.staff import Actor, Staff, Task
from intake.errors import DeniedError, IntakeError, StoreError
from intake.paths import Paths
from intake.security import recovery_key
from intake.security.ring import Ring, RingSlot, read_ring
from intake.security.slots import StoreKeys, secret_of
from intake.security.tries import Tries
from intake.storage.anchor import begin_new_line
from intake.storage.backup_files import KEYS, OVERRIDES, STORE, is_sealed, kept_in, opens, with_proof
from intake.storage.copying import Pace, copy_file
from intake.storage.drill import fault_of_files, fault_of_store
from intake.storage.exchange import finish_restore, give_up_restore, make_ready, place_for_restore, restore_waits, store_made_ready
from intake.storage.faults import told
from intake.storage.store import Store, open_store

__all__ = [
    "Opened", "backups_in", "finish_restore", "give_up_restore", "loss_since", "open_by_password", "open_by_recovery_key", "open_signed_in",
    "prepare_restore", "restore", "restore_waits", "take_up_restore",
]  # fmt: skip

_SCOPE, _RESTORED = "practice", "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A backup that somebody opened: its keys, never shown, and by whose login, "" by the recovery key.

    ``signed_in`` says that the present store let that person do it; otherwise the backup is asked. ``private_half`` is what their
    slot opened, to sign with.
    """

    backup: KeptBackup
    keys: StoreKeys = field(repr=False)
    login: str
    signed_in: bool = False
    private_half: bytes | None = field(default=None, repr=False)


def backups_in(folder: Path) -> tuple[KeptBackup, ...]:
    """Return the backups in a folder, the newest first. Raises IntakeError ``no_backups`` when there are none."""
    found = tuple(kept_in(folder))
    if not found:
        raise IntakeError("no_backups", folder=str(folder))
    return found


def open_by_password(paths: Paths, backup: KeptBackup, *, login: str, password: str, workstation: str, now: datetime) -> Opened:
    """Open a backup by the password that the account had then.

    Raises IntakeError ``wrong_sign_in`` (``wait_s``) or ``sign_in_too_soon`` (``wait_s``), StoreError of its files. Each try that
    fails is told to the audit of whichever store opens next.
    """
    slot = _ring(backup).of(login) if login.strip() else None
    return _open(paths, backup, slot, secret_of(password), "wrong_sign_in", workstation, now)


def open_by_recovery_key(paths: Paths, backup: KeptBackup, *, typed: str, workstation: str, now: datetime) -> Opened:
    """Open a backup by the recovery key that was good then. Raises IntakeError ``recovery_key_mistyped`` or ``recovery_key_other``."""
    secret = recovery_key.read(typed)
    return _open(paths, backup, _ring(backup).recovery(), secret, "recovery_key_other", workstation, now)


def open_signed_in(store: Store, actor: Actor, backup: KeptBackup) -> Opened | None:
    """Open a backup with the keys of the open store, None when it was written with other ones."""
    actor.must(Task.RESTORE)
    same = opens(backup.manifest, store.keys.store) and is_sealed(backup.manifest, store.keys.audit)
    if not same:
        return None
    known = with_proof(backup, store.keys.audit)
    return Opened(backup=known, keys=store.keys, login=actor.staff.login, signed_in=True, private_half=store.held)


def loss_since(store: Store, actor: Actor, backup: KeptBackup) -> Loss:
    """Return what was recorded in the open store after a backup; unknown when the backup is not of this store's past."""
    actor.must(Task.RESTORE)
    manifest = backup.manifest
    with store.reading():
        last = store.backups.entry_hash(manifest.audit_seq)
        known = manifest.store_id == store.identity() and last is not None and last.hex() == manifest.audit_hash
        return store.backups.since(manifest.audit_seq) if known else Loss()


def prepare_restore(paths: Paths, opened: Opened, *, workstation: str, now: datetime, pace: Pace | None = None) -> None:
    """Bring a backup beside the store, check all of it, and make it ready; :func:`finish_restore` exchanges the two.

    Who opened it must be one who may restore, by what the backup itself says. Raises DeniedError, StoreError ``wrong_realm``,
    ``backup_altered`` and the other codes of a drill, ``disk_full``.
    """
    manifest = opened.backup.manifest
    if manifest.realm != paths.realm:
        raise StoreError("wrong_realm", realm=paths.realm)
    if not (is_sealed(manifest, opened.keys.audit) and opens(manifest, opened.keys.store)):
        raise StoreError("backup_altered")
    place = place_for_restore(paths)
    try:
        _bring(opened, place, pace or Pace(rest=0))
        _record(paths, opened, workstation=workstation, now=now)
    except BaseException:
        give_up_restore(paths)
        raise
    make_ready(paths, now)


def _bring(opened: Opened, place: Path, pace: Pace) -> None:
    """Copy a backup to the place beside the store, and check all of it. Raises StoreError with the code of a fault."""
    manifest, folder = opened.backup.manifest, Path(opened.backup.folder)
    fault = fault_of_files(folder, manifest, place, pace) or fault_of_store(place / STORE, manifest, opened.keys, pace)
    if fault:
        raise StoreError(fault)
    with told():
        for name in (each for each in manifest.files if each != STORE):
            (place / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy_file(folder / name, place / name, pace)
        (place / OVERRIDES).mkdir(mode=0o700, exist_ok=True)


def take_up_restore(store: Store, *, workstation: str, now: datetime) -> bool:
    """Begin a new line of the anchor in a store that was just restored, and tell whether it was; call it when a store was opened."""
    with store.reading():
        name = store.settings.get(_SCOPE, _RESTORED)
    if not name:
        return False
    begin_new_line(store, None, why="restore", now=now, workstation=workstation)
    with store.transaction():
        store.settings.put(_SCOPE, _RESTORED, "")
    return True


def restore(paths: Paths, opened: Opened, *, workstation: str, now: datetime, told: Callable[[float], None] | None = None) -> None:
    """Bring a backup back at once: make it ready, exchange it for the store, begin a new line. No store may be open.

    Raises as :func:`prepare_restore` and :func:`finish_restore`; when somebody has the store open, nothing was changed.
    """
    prepare_restore(paths, opened, workstation=workstation, now=now, pace=Pace(rest=0, told=told))
    try:
        finish_restore(paths)
    except StoreError:
        give_up_restore(paths)
        raise
    store = open_store(paths, opened.keys)
    try:
        take_up_restore(store, workstation=workstation, now=now)
    finally:
        store.close()


def _ring(backup: KeptBackup) -> Ring:
    """Return the key ring of a backup; a stick has no file modes, and its slots are each wrapped."""
    try:
        return read_ring(Path(backup.folder) / KEYS, private=False)
    except StoreError as error:
        raise StoreError("backup_keys") from error


def _open(paths: Paths, backup: KeptBackup, slot: RingSlot | None, secret: bytes, code: str, workstation: str, now: datetime) -> Opened:
    """Open a backup by a slot; the try is counted before the secret is looked at."""
    tries, name = Tries(paths.tries), slot.slot.login if slot else ""
    _refuse_too_soon(tries, name, workstation, now)
    opened = slot.open(secret) if slot else None
    keys = next((each for each in (opened.keys if opened else ()) if opens(backup.manifest, each.store)), None)
    if keys is None:
        with contextlib.suppress(OSError, StoreError):
            tries.keep(name, at=now, workstation=workstation, action="open_backup", outcome="refused")
        raise IntakeError(code, wait_s=tries.wait_s(name, now))
    with contextlib.suppress(OSError, StoreError):
        tries.forget(name)
    return Opened(backup=with_proof(backup, keys.audit), keys=keys, login=name, private_half=opened.private_half if opened else None)


def _refuse_too_soon(tries: Tries, name: str, workstation: str, now: datetime) -> None:
    """Count the try, or refuse it when it comes too soon; where nothing can be counted, nothing is refused."""
    try:
        wait_s = tries.begin(name, at=now)
    except StoreError as error:
        if error.code == "store_busy":
            raise
        return  # the folder of a store that is gone may be gone with it: that is no reason not to bring it back
    if wait_s:
        with contextlib.suppress(OSError, StoreError):
            tries.keep(name, at=now, workstation=workstation, action="open_backup", outcome="too_soon")
        raise IntakeError("sign_in_too_soon", wait_s=wait_s)


def _record(paths: Paths, opened: Opened, *, workstation: str, now: datetime) -> None:
    """Tell the audit of the store that was made ready that it was restored, and by whom; refuse who may not."""
    backup = opened.backup
    with store_made_ready(paths, opened.keys) as store:
        staff = _who(store, opened)
        changes = {"backup": (None, backup.name), "taken_at": (None, backup.manifest.taken_at.isoformat()), "by": (None, opened.login)}
        actor = Actor(staff=staff, workstation=workstation) if staff and _signs(store, staff, opened) else None
        reason = None if opened.login else "recovery_key"
        with store.transaction():
            store.settings.put(_SCOPE, _RESTORED, backup.name)
            store.audit.add(actor, "restore_store", at=now, workstation=workstation, changes=changes, reason=reason)


def _signs(store: Store, staff: Staff, opened: Opened) -> bool:
    """Tell whether who restores can sign for it in the restored store, or nobody signs in one of its age.

    A key that is younger than the backup cannot: then the entry is nobody's, and names the login.
    """
    with store.reading():
        if not store.audit.signatures.begun():
            return True
        return opened.private_half is not None and store.audit.signatures.add(staff.id, opened.private_half)


def _who(store: Store, opened: Opened) -> Staff | None:
    """Return who restores, None by the recovery key or when the account is younger. Raises DeniedError when that account may not."""
    if not opened.login:
        return None
    with store.reading():
        kept = store.staff.by_login(opened.login)
    if opened.signed_in:
        return kept.staff if kept else None
    if kept is None or not kept.staff.active or not Actor(staff=kept.staff, workstation="").may(Task.RESTORE):
        raise DeniedError("not_permitted", task=Task.RESTORE.value)
    return kept.staff
