"""Opening the data folder and signing in, for one command."""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
import sys
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from intake.actions.access import sign_in, sign_out
from intake.actions.setup import is_set_up
from intake.actions.training import make_training
from intake.actions.upgrading import upgrade_keys
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Actor
from intake.errors import IntakeError, StoreError
from intake.logs import start_log, stop_log
from intake.paths import RESOURCES, Paths, default_paths, open_folder
from intake.storage.store import Store

PASSWORD_VARIABLE = "INTAKE_PASSWORD"  # noqa: S105 - the name of a variable, not a password
CODE_VARIABLE = "INTAKE_CODE"
NEW_PASSWORD_VARIABLE = "INTAKE_NEW_PASSWORD"  # noqa: S105 - as above


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A data folder that is ready; nobody is signed in."""

    paths: Paths
    definitions: Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An open data folder and the person who acts in it."""

    paths: Paths
    definitions: Definitions
    store: Store
    actor: Actor

    def today(self) -> date:
        """Return today's date at the clinics."""
        return now().astimezone(self.definitions.practice.zone()).date()


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def workstation() -> str:
    """Return the name of this desk: the machine's."""
    return platform.node() or "desk"


@contextmanager
def folder(options: Namespace, *, new: bool = False) -> Generator[Folder]:
    """Make the data folder ready; the training clinic is filled when it is new.

    Raises IntakeError; ``not_set_up``, before anything is made, when nobody set up the folder and it is not to be a ``new`` one.
    """
    paths = default_paths(training=options.training, data=options.data)
    if not (new or paths.training or paths.store.exists()):
        raise IntakeError("not_set_up")
    open_folder(paths)
    options.closing.callback(stop_log, start_log(paths.logs))
    definitions = load_definitions(RESOURCES, paths.overrides)
    if paths.training and not is_set_up(paths):
        make_training(paths, definitions=definitions, now=now())
    upgrade_keys(paths, now=now())
    yield Folder(paths=paths, definitions=definitions)


@contextmanager
def session(options: Namespace) -> Generator[Session]:
    """Open the data folder and sign in who acts. Raises IntakeError ``no_user``, ``no_password``, ``wrong_sign_in`` …."""
    if not options.user:
        raise IntakeError("no_user")
    with folder(options) as place:
        code = os.environ.get(CODE_VARIABLE, "")
        signed_in = sign_in(place.paths, login=options.user, password=password(), workstation=workstation(), now=now(), code=code)
        store, actor = signed_in.store, signed_in.actor
        try:
            if signed_in.enrol:
                raise IntakeError("second_factor_missing")
            yield Session(paths=place.paths, definitions=place.definitions, store=store, actor=actor)
        finally:
            # The command's own error, such as a full disk, is the one to tell.
            with contextlib.suppress(StoreError):
                sign_out(store, actor, now())
            store.close()


def password(*, twice: bool = False) -> str:
    """Return the password from the environment, or typed without being shown. Raises IntakeError ``no_password``."""
    return secret(PASSWORD_VARIABLE, "Password: ", missing="no_password", twice=twice)


def new_password() -> str:
    """Return the password that somebody is to have. Raises IntakeError ``no_new_password`` or ``passwords_differ``."""
    return secret(NEW_PASSWORD_VARIABLE, "New password: ", missing="no_new_password", twice=True)


def secret(variable: str, prompt: str, *, missing: str, twice: bool = False) -> str:
    """Return what only one person may know, from the environment or typed without being shown. Raises IntakeError ``missing``."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise IntakeError(missing)
    try:
        typed = getpass.getpass(prompt, stream=sys.stderr)
        if twice and typed != getpass.getpass("Once more: ", stream=sys.stderr):
            raise IntakeError("passwords_differ")
    except EOFError as error:
        raise IntakeError(missing) from error
    return typed
