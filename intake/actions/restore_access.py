"""Who may bring a backup back when no store is open: the present store is asked first, as far as it can still answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from intake.actions.access import sign_in, sign_out
from intake.actions.restoring import Opened, loss_since, open_by_password, open_signed_in
from intake.domain.backups import KeptBackup, Loss
from intake.errors import IntakeError
from intake.paths import Paths

__all__ = ["Typed", "open_for_restore"]

GONE = frozenset({"store_missing", "keys_missing", "keys_damaged", "damaged_store", "not_our_store", "disk_failed", "newer_store"})
"""Why a store is not asked. One that is only busy, or whose keys others can read, is: no way around it for whom it would refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed: login, password, the second factor's code, and the password of the backup's time when it was another one."""

    login: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    earlier_password: str = field(default="", repr=False)


def open_for_restore(paths: Paths, backup: KeptBackup, typed: Typed, *, workstation: str, now: datetime) -> tuple[Opened, Loss]:
    """Return the opened backup and what would be lost, unknown when the present store cannot tell.

    A store that is there and opens decides who may; only one that is gone or damaged is not asked. Raises DeniedError, and
    IntakeError as a sign-in does: ``wrong_sign_in`` for the present password, ``wrong_earlier_password`` for that of the backup's time.
    """
    try:
        signed_in = sign_in(paths, login=typed.login, password=typed.password, code=typed.code, workstation=workstation, now=now)
    except IntakeError as error:
        if error.code not in GONE:
            raise
        return _by_backup(paths, backup, typed, typed.password, workstation, now), Loss()
    store, actor = signed_in.store, signed_in.actor
    try:
        loss, opened = loss_since(store, actor, backup), open_signed_in(store, actor, backup)
        sign_out(store, actor, now)
    finally:
        store.close()
    return opened or _by_earlier_password(paths, backup, typed, workstation, now), loss


def _by_earlier_password(paths: Paths, backup: KeptBackup, typed: Typed, workstation: str, now: datetime) -> Opened:
    try:
        return _by_backup(paths, backup, typed, typed.earlier_password or typed.password, workstation, now)
    except IntakeError as error:
        if error.code == "wrong_sign_in":
            raise IntakeError("wrong_earlier_password", **error.facts) from error
        raise


def _by_backup(paths: Paths, backup: KeptBackup, typed: Typed, password: str, workstation: str, now: datetime) -> Opened:
    return open_by_password(paths, backup, login=typed.login, password=password, workstation=workstation, now=now)
