"""``recover`` and ``new-key``: getting in again, and shutting out what an old key opened."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from intake.actions.new_key import Typed, rotate_key
from intake.actions.recovery import recover
from intake.commands.output import put_line, tell
from intake.commands.session import CODE_VARIABLE, folder, new_password, now, password, secret, workstation
from intake.errors import IntakeError

RECOVERY_VARIABLE = "INTAKE_RECOVERY_KEY"
_TENTHS = 10


def recover_access(options: Namespace) -> int:
    """Give an administrator a new password by the recovery key."""
    if not options.user:
        raise IntakeError("no_user")
    with folder(options) as place:
        typed = secret(RECOVERY_VARIABLE, "Recovery key: ", missing="no_recovery_key")
        recover(place.paths, typed=typed, login=options.user, password=new_password(), workstation=workstation(), now=now())
    put_line({"recovered": options.user})
    return 0


def new_key(options: Namespace) -> int:
    """Give the store a new key, and say every tenth of it on standard error."""
    if not options.user:
        raise IntakeError("no_user")
    with folder(options) as place:
        typed = Typed(login=options.user, password=password(), code=os.environ.get(CODE_VARIABLE, ""))
        rotate_key(place.paths, typed, workstation=workstation(), now=now(), progress=_Tenths())
    put_line({"new_key": True})
    tell("The store has a new key. Take a backup now; older ones keep the key they have.")
    return 0


class _Tenths:
    """Says how far it is, once for each tenth."""

    def __init__(self) -> None:
        self._told = -1

    def __call__(self, done: int, whole: int) -> None:
        tenth = _TENTHS * done // max(1, whole)
        if tenth > self._told:
            self._told = tenth
            sys.stderr.write(f"{tenth * 100 // _TENTHS} %\n")
