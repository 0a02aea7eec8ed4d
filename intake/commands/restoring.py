"""``restore``: what is in a folder of backups, and bringing one of them back. It needs no store that opens."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from pathlib import Path

from intake.actions.restore_access import Typed, open_for_restore
from intake.actions.restoring import Opened, backups_in, open_by_recovery_key, restore
from intake.commands.output import put_line, tell
from intake.commands.session import CODE_VARIABLE, now, password, workstation
from intake.domain.backups import KeptBackup, Loss
from intake.errors import IntakeError
from intake.logs import start_log, stop_log
from intake.paths import Paths, default_paths, open_folder
from intake.wording import text_of

RECOVERY_VARIABLE = "INTAKE_RECOVERY_KEY"
EARLIER_VARIABLE = "INTAKE_EARLIER_PASSWORD"
"""Of the password that was good when the backup was taken, when it was another one."""


def restore_backup(options: Namespace) -> int:
    """Put what the backup holds and what would be lost; with ``--yes`` bring it back.

    The folder is a backup, or one that backups went to: then the newest is taken that is said to be proven, or the newest of all;
    whether it was is told once it is open. The
    store that is there decides who may; one that is gone or damaged is not needed, the backup's own accounts decide then.
    """
    paths = default_paths(training=options.training, data=options.data)
    open_folder(paths)
    options.closing.callback(stop_log, start_log(paths.logs))
    found = backups_in(Path(options.folder).absolute())
    if options.list:
        for each in found:
            put_line(_line(each))
        return 0
    backup = next((each for each in found if each.said_proven_at is not None), found[0])
    opened, loss = _open(paths, backup, options)
    put_line({**_line(opened.backup), "lost_entries": loss.entries, "lost_visits": loss.visits, "lost_signatures": loss.signatures})
    if not options.yes:
        tell(text_of("restore_not_confirmed"))
        return 0
    restore(paths, opened, workstation=workstation(), now=now())
    put_line({"restored": backup.name})
    return 0


def _open(paths: Paths, backup: KeptBackup, options: Namespace) -> tuple[Opened, Loss]:
    """Open the backup by the recovery key or by a password. Raises IntakeError."""
    if options.recovery_key:
        return open_by_recovery_key(paths, backup, typed=_typed_key(), workstation=workstation(), now=now()), Loss()
    if not options.user:
        raise IntakeError("no_user")
    code, earlier = os.environ.get(CODE_VARIABLE, ""), os.environ.get(EARLIER_VARIABLE, "")
    typed = Typed(login=options.user, password=password(), code=code, earlier_password=earlier)
    return open_for_restore(paths, backup, typed, workstation=workstation(), now=now())


def _typed_key() -> str:
    """Return the recovery key from the environment, or typed without being shown. Raises IntakeError ``no_password``."""
    given = os.environ.get(RECOVERY_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise IntakeError("no_password")
    return getpass.getpass("Recovery key: ", stream=sys.stderr)


def _line(backup: KeptBackup) -> dict[str, object]:
    manifest = backup.manifest
    return {
        "backup": backup.name,
        "folder": backup.folder,
        "taken_at": manifest.taken_at.isoformat(),
        "proven_at": backup.proven_at.isoformat() if backup.proven_at else None,
        "said_proven_at": backup.said_proven_at.isoformat() if backup.said_proven_at else None,
        "bytes": backup.size,
        "patients": manifest.counts.get("patient"),
        "visits": manifest.counts.get("visit"),
        "audit_entries": manifest.audit_seq,
    }
