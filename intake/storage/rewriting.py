"""Writing the store's file anew under another key, and putting it in the place of the old one whole."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from intake.errors import StoreError
from intake.paths import Paths
from intake.placing import sync_file, sync_folder
from intake.storage.database import OWNER_ONLY, make_file, open_file
from intake.storage.driver import Connection, DriverError
from intake.storage.faults import told

Progress = Callable[[int, int], object]
"""Told pages done and pages in all."""
STEP_PAGES = 1_000
FRESH = "store.db.rewritten"
_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def rewritten(paths: Paths, key: bytes, fresh_key: bytes, progress: Progress) -> Generator[Callable[[], None]]:
    """Write the store's content into a new file under another key; what is given puts it in the place of the old one.

    Call it inside the gate, with the store closed everywhere. Without being put in place, the new file goes again.
    """
    fresh = paths.store.with_name(FRESH)
    with told():
        _remove(fresh)
        try:
            fresh.touch(mode=OWNER_ONLY, exist_ok=False)
            _copy(paths.store, key, fresh, fresh_key, progress)
            sync_file(fresh)
            yield lambda: _put_in_place(fresh, paths.store)
        finally:
            _remove(fresh)


def sweep(store: Path) -> None:
    """Take away what a program left that ended while it wrote the store anew; call it inside the gate."""
    if store.with_name(FRESH).exists():
        with told():
            _remove(store.with_name(FRESH))


def remove_copies(store: Path) -> None:
    """Take away the copies from before earlier updates, which an old key opens."""
    with told():
        for copy in store.parent.glob(f"{store.name}.before-*"):
            copy.unlink(missing_ok=True)


def _copy(old: Path, key: bytes, fresh: Path, fresh_key: bytes, progress: Progress) -> None:
    source = open_file(old, key)
    try:
        _refuse_others(source)
        target = make_file(fresh, fresh_key)
        try:
            source.backup(target, pages=STEP_PAGES, progress=lambda _, left, all_: progress(all_ - left, all_))
            _refuse_unlike(source, target)
        finally:
            target.close()
    finally:
        source.close()


def _refuse_others(source: Connection) -> None:
    """Raise StoreError ``others_at_work`` when any other program has the file open, also one that does not say so beside it."""
    try:
        # Giving up the log of changes needs the file for oneself, and puts all that the log held into the file.
        row = source.execute("PRAGMA journal_mode = DELETE").fetchone()
    except DriverError as error:
        raise StoreError("others_at_work") from error
    if row != ("delete",):
        raise StoreError("others_at_work")


def _refuse_unlike(source: Connection, target: Connection) -> None:
    """Raise StoreError ``damaged_store`` unless each page of the copy is as it was written and both tell the same last link."""
    last = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
    broken = target.execute("PRAGMA cipher_integrity_check").fetchall()
    if broken or source.execute(last).fetchone() != target.execute(last).fetchone():
        raise StoreError("damaged_store")


def _put_in_place(fresh: Path, store: Path) -> None:
    with told():
        for beside in _BESIDE:  # the old file is closed and whole without them; they would not fit the new one
            store.with_name(store.name + beside).unlink(missing_ok=True)
        fresh.replace(store)
        sync_folder(store.parent)


def _remove(fresh: Path) -> None:
    for name in (fresh.name, *(fresh.name + beside for beside in _BESIDE)):
        fresh.with_name(name).unlink(missing_ok=True)
