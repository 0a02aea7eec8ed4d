"""From the chosen backup to one that is ready to take the store's place: what the screen asks, and what is done with the answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from intake.actions.access import confirm
from intake.actions.restoring import (
    Opened,
    loss_since,
    open_by_password,
    open_by_recovery_key,
    open_signed_in,
    prepare_restore,
)
from intake.domain.backups import BackupRow, KeptBackup, Loss, Target
from intake.errors import IntakeError, InvalidInputError, Problem, StoreError
from intake.storage.backup_files import home_of, is_sealed, kept_backup, with_proof
from ui.desk import Desk
from ui.failures import words_of
from ui.models.requests import whole_moment
from ui.pages.backup.restore_overlay import RestoreOverlay
from ui.preview.worker import Worker
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.storage.store import Store


class Restoring(QObject):
    """One backup at a time. When it is ready everybody signs out, and the next sign-in finds it in the store's place."""

    def __init__(self, desk: Desk, routes: Routes, page: QWidget) -> None:
        """Build the overlay over the page."""
        super().__init__(page)
        self._desk = desk
        self._routes = routes
        self._worker = Worker(self)
        self._backup: KeptBackup | None = None
        self.overlay = RestoreOverlay(desk, page)
        self.overlay.confirmed.connect(self._confirm)

    def begin(self, target: Target, row: BackupRow) -> None:
        """Read what the backup says of itself, and open the screen."""
        desk = self._desk

        def look(store: Store) -> tuple[KeptBackup, Loss, bool]:
            backup = _as_proven(kept_backup(home_of(Path(target.folder), store.identity()) / row.name), row, store.keys.audit)
            return backup, loss_since(store, desk.actor, backup), open_signed_in(store, desk.actor, backup) is None

        desk.store.ask(look, owner=self, done=self._show, failed=self._refused, newest="restore")

    def _show(self, found: tuple[KeptBackup, Loss, bool]) -> None:
        self._backup, loss, other_keys = found
        self.overlay.begin(self._backup, loss, other_keys=other_keys)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._routes.refused.emit(words_of(error))

    def _confirm(self, password: str, earlier: str, recovery: str) -> None:
        desk, backup = self._desk, self._backup
        if backup is not None:
            self.overlay.show_working(working=True)
            work = partial(_prepared, desk, backup, password=password, earlier=earlier, recovery=recovery)
            self._worker.ask(work, done=self._ready, failed=self._failed)

    def _ready(self, _nothing: None) -> None:
        self.overlay.close_over()
        taken = whole_moment(self._backup.manifest.taken_at, self._desk.zone) if self._backup else ""
        words = self.tr("The backup of %1 has taken the store's place. Sign in with the password of that time.")
        self._routes.restored.emit(words.replace("%1", taken))

    def _failed(self, error: Exception) -> None:
        self.overlay.show_working(working=False)
        self.overlay.refuse(error)


def _as_proven(backup: KeptBackup, row: BackupRow, audit_key: bytes) -> KeptBackup:
    """Return a backup as proven when it is: by what lies beside it, under another key by what the store remembers.

    A drill that found a fault counts before both.
    """
    if row.trouble:
        return replace(backup, proven_at=None)
    return with_proof(backup, audit_key) if is_sealed(backup.manifest, audit_key) else replace(backup, proven_at=row.proven_at)


def _prepared(desk: Desk, backup: KeptBackup, *, password: str, earlier: str, recovery: str) -> None:
    """Make the backup ready to take the store's place; on a thread of its own, which keys never leave."""
    opened = desk.store.call(partial(_opened, desk=desk, backup=backup, password=password, earlier=earlier, recovery=recovery))
    prepare_restore(desk.paths, opened, workstation=desk.workstation, now=desk.now())


def _opened(store: Store, *, desk: Desk, backup: KeptBackup, password: str, earlier: str, recovery: str) -> Opened:
    """Open the backup for a person who confirmed. Raises InvalidInputError at the field, IntakeError ``sign_in_too_soon``, StoreError."""
    now = desk.now()
    try:
        codes = ("not_your_password", "sign_in_too_soon")
        confirm(store, desk.actor, password=password, now=now, action="confirm_restore", purpose=backup.name, codes=codes)
    except IntakeError as error:
        if error.code == "not_your_password":
            raise InvalidInputError((Problem(field="password", code=error.code),)) from error
        raise
    opened = open_signed_in(store, desk.actor, backup)
    if opened is not None:
        return opened
    try:
        if recovery.strip():
            return open_by_recovery_key(desk.paths, backup, typed=recovery, workstation=desk.workstation, now=now)
        login = desk.actor.staff.login
        return open_by_password(desk.paths, backup, login=login, password=earlier or password, workstation=desk.workstation, now=now)
    except StoreError:
        raise
    except IntakeError as error:
        field = "recovery_key" if recovery.strip() else "earlier_password"
        code = "wrong_earlier_password" if error.code == "wrong_sign_in" else error.code
        raise InvalidInputError((Problem(field=field, code=code),)) from error
