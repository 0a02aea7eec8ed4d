"""Exchanging the store for a restored one: what is there is put aside, whole, and what was made ready takes its place.

Everything is made ready beside the store first, and a marker says so. From then on the exchange can be ended at any moment and
taken up again: each file is moved by one step, and what has been moved is told from what has not.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from intake.errors import StoreError
from intake.paths import Paths
from intake.placing import replace_file, sync_file, sync_folder
from intake.reading import read_whole
from intake.security.slots import StoreKeys
from intake.storage.backup_files import KEYS, OVERRIDES, STORE
from intake.storage.database import open_file, prepare
from intake.storage.faults import told
from intake.storage.presence import gate, refuse_others
from intake.storage.store import Store

log = logging.getLogger(__name__)
READY: Final = ".restoring"
MARKER: Final = "ready.json"
ASIDE: Final = "before-restore-"
MOST_BYTES: Final = 1_000
_BESIDE: Final = (f"{STORE}-wal", f"{STORE}-shm", f"{STORE}-journal")
_PLACED: Final = (STORE, KEYS, OVERRIDES)
_ASIDE: Final = re.compile(rf"{ASIDE}[0-9TZ-]{{1,40}}", re.ASCII)


def place_for_restore(paths: Paths) -> Path:
    """Return the empty folder in which a restored store is made ready. Raises StoreError ``restore_waiting`` when one is ready."""
    place = paths.data / READY
    if restore_waits(paths):
        raise StoreError("restore_waiting")
    with told():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
    return place


def make_ready(paths: Paths, now: datetime) -> None:
    """Say that what lies in the place is whole: from now on the next who opens the store brings it in."""
    place = paths.data / READY
    with told():
        for folder in (*(each for each in place.rglob("*") if each.is_dir()), place):
            sync_folder(folder)
        aside = f"{ASIDE}{now.astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}"
        replace_file(place / MARKER, json.dumps({"aside": aside}).encode())


@contextmanager
def store_made_ready(paths: Paths, keys: StoreKeys) -> Generator[Store]:
    """Give the store that is being made ready, to write into; it is on disk, in one file, at the end."""
    path = paths.data / READY / STORE
    connection = open_file(path, keys.store)
    try:
        with told():
            prepare(connection)
        yield Store(connection, paths, keys)
    finally:
        connection.close()
    with told():
        sync_file(path)


def give_up_restore(paths: Paths) -> None:
    """Take back what was made ready and not brought in."""
    with told():
        (paths.data / READY / MARKER).unlink(missing_ok=True)
        shutil.rmtree(paths.data / READY, ignore_errors=True)


def restore_waits(paths: Paths) -> bool:
    """Tell whether a restored store is ready and not in its place; one whose marker cannot be read just now may be."""
    try:
        return _marked(paths.data / READY) is not None
    except OSError:
        return True


def finish_restore(paths: Paths) -> bool:
    """Bring a store that was made ready into its place, and tell whether there was one. Nobody may have the store open.

    Raises StoreError ``others_at_work`` when somebody has; then nothing was moved.
    """
    if not restore_waits(paths):
        return False
    with gate(paths.desks):
        refuse_others(paths.desks)
        with told():
            _exchange(paths.data, paths.data / READY)
    return True


def _exchange(data: Path, ready: Path) -> None:
    name = _marked(ready)
    if name is None:
        return  # another desk was quicker
    aside = data / name
    aside.mkdir(mode=0o700, exist_ok=True)
    # What lies beside the store belongs to the one that goes: nobody opens the new one while the marker stands.
    for name in (*_BESIDE, *(each for each in _PLACED if (ready / each).exists())):
        if (data / name).exists() and not (aside / name).exists():
            _put_aside(data / name, aside / name)
    sync_folder(aside)
    for name in _PLACED:
        if (ready / name).exists():
            os.replace(ready / name, data / name)  # noqa: PTH105 - over the one that was put aside
    sync_folder(data)
    (ready / MARKER).unlink()
    sync_folder(ready)
    shutil.rmtree(ready, ignore_errors=True)


def _marked(ready: Path) -> str | None:
    """Return the name of the folder that a marker says the present store is put aside in, None when no store is ready.

    A marker is there whole or not at all: whatever else lies by its name was put there, and what lies beside it was never made ready.
    """
    try:
        content = json.loads(read_whole(ready / MARKER, MOST_BYTES))
        return content["aside"] if _ASIDE.fullmatch(content["aside"]) else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, TypeError, KeyError, RecursionError):
        log.warning("what marks a restored store as ready was not written by a restore")
        return None


def _put_aside(path: Path, aside: Path) -> None:
    """Keep what is there; store and keys stay in their place under a second name, so that the folder never looks like an empty one."""
    if path.is_file() and path.name in _PLACED:
        with contextlib.suppress(OSError):  # a file system without links
            os.link(path, aside)
            return
    path.rename(aside)
