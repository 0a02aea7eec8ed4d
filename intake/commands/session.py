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

from intake.actions.accounts import sign_in, sign_out
from intake.actions.setup import is_set_up
from intake.actions.training import fill_training
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Actor
from intake.errors import IntakeError, StoreError
from intake.logs import start_log, stop_log
from intake.paths import RESOURCES, Paths, default_paths, open_folder
from intake.storage.store import Store, open_store

PASSWORD_VARIABLE = "INTAKE_PASSWORD"  # noqa: S105 - the name of a variable, not a password


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open data folder."""

    paths: Paths
    definitions: Definitions
    store: Store


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
def opened(options: Namespace, *, new: bool = False) -> Generator[Opened]:
    """Open the data folder; the training clinic is filled when it is new.

    Raises IntakeError; ``not_set_up``, before anything is made, when nobody set up the folder and it is not to be a ``new`` one.
    """
    paths = default_paths(training=options.training, data=options.data)
    if not (new or paths.training or paths.store.exists()):
        raise IntakeError("not_set_up")
    open_folder(paths)
    options.closing.callback(stop_log, start_log(paths.logs))
    definitions = load_definitions(RESOURCES, paths.overrides)
    store = open_store(paths)
    try:
        if paths.training and not is_set_up(store):
            fill_training(store, definitions=definitions, now=now())
        yield Opened(paths=paths, definitions=definitions, store=store)
    finally:
        store.close()


@contextmanager
def session(options: Namespace) -> Generator[Session]:
    """Open the data folder and sign in who acts. Raises IntakeError ``no_user``, ``no_password``, ``wrong_sign_in`` …."""
    if not options.user:
        raise IntakeError("no_user")
    with opened(options) as place:
        if not is_set_up(place.store):
            raise IntakeError("not_set_up")
        actor = sign_in(place.store, login=options.user, password=password(), workstation=workstation(), now=now())
        try:
            yield Session(paths=place.paths, definitions=place.definitions, store=place.store, actor=actor)
        finally:
            # The command's own error, such as a full disk, is the one to tell.
            with contextlib.suppress(StoreError):
                sign_out(place.store, actor, now())


def password(*, twice: bool = False) -> str:
    """Return the password from the environment, or typed without being shown. Raises IntakeError ``no_password``."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise IntakeError("no_password")
    try:
        typed = getpass.getpass("Password: ", stream=sys.stderr)
        if twice and typed != getpass.getpass("Once more: ", stream=sys.stderr):
            raise IntakeError("passwords_differ")
    except EOFError as error:
        raise IntakeError("no_password") from error
    return typed
