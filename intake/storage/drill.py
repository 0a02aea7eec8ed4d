"""The drill of a backup: it is brought to a scratch place, opened, and read from the first page to the last link of the audit."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from intake.domain.backups import Manifest
from intake.errors import StoreError
from intake.security.slots import StoreKeys
from intake.storage.audit import Audit
from intake.storage.backup_files import STORE, is_sealed, read_manifest
from intake.storage.copying import Pace, copy_file, hash_file, picture_of
from intake.storage.database import open_file
from intake.storage.driver import Connection, DriverError
from intake.storage.faults import told

SCRATCH: Final = ".drill-"
STEPS: Final = 100
"""How many steps of the driver there are between two rests: about a millisecond's work where rows are large, so that no core is taken
for long."""


def drill(backup: Path, scratch: Path, keys: StoreKeys, pace: Pace) -> str:
    """Return "" when the backup opens and holds everything its manifest says, otherwise the code of the first fault.

    ``scratch`` is the folder in which the scratch place is made; nothing of it is left. Raises StoreError ``disk_full`` and the
    like when the scratch place, not the backup, is in the way.
    """
    try:
        manifest = read_manifest(backup)
        if not is_sealed(manifest, keys.audit):
            return "backup_altered"
        with scratch_place(scratch) as place:
            return fault_of_files(backup, manifest, place, pace) or fault_of_store(place / STORE, manifest, keys, pace)
    except StoreError as error:
        if error.code in ("backup_missing", "backup_damaged", "damaged_store", "not_our_store"):
            return "backup_damaged" if error.code in ("damaged_store", "not_our_store") else error.code
        raise


def fault_of_files(backup: Path, manifest: Manifest, place: Path, pace: Pace) -> str:
    """Bring the store of a backup to a place and compare every file with the manifest; return the code of a fault or ""."""
    for name, fact in manifest.files.items():
        source = backup / name
        if not source.is_file():
            return "backup_incomplete"
        try:
            found = copy_file(source, place / STORE, pace) if name == STORE else hash_file(source, pace)
        except OSError as error:
            if source.is_file() and error.filename is None:
                with told():
                    raise
            return "backup_unreadable"
        if found != (fact.size, fact.sha256):
            return "backup_damaged"
    return ""


def fault_of_store(path: Path, manifest: Manifest, keys: StoreKeys, pace: Pace) -> str:
    """Open a store that was brought to a scratch place and read all of it; return the code of the first fault or ""."""
    connection = open_file(path, keys.store)
    try:
        with told(), _resting(connection, pace):
            return next((code for code in _faults(connection, manifest, keys, pace) if code), "")
    finally:
        connection.close()


def _faults(connection: Connection, manifest: Manifest, keys: StoreKeys, pace: Pace) -> Iterator[str]:
    pace.begin()
    yield "backup_damaged" if connection.execute("PRAGMA cipher_integrity_check").fetchall() else ""
    pace.breathe()
    yield "" if connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)] else "backup_damaged"
    pace.breathe()
    yield "backup_references" if connection.execute("PRAGMA foreign_key_check").fetchone() else ""
    pace.breathe()
    picture = picture_of(connection, pace)
    yield "" if picture.counts == dict(manifest.counts) and picture.schema == manifest.schema else "backup_rows"
    last = (picture.audit_seq, picture.audit_hash.hex())
    entries, broken_at = Audit(connection, keys.audit).broken_at(lambda _done, _all: pace.breathe())
    yield (
        "" if broken_at is None and entries == manifest.audit_seq and last == (manifest.audit_seq, manifest.audit_hash) else "backup_chain"
    )


@contextmanager
def _resting(connection: Connection, pace: Pace) -> Generator[None]:
    """Have the driver rest in the middle of a long statement, and end it when it is to stop."""

    def rest() -> int:
        try:
            pace.breathe()
        except StoreError:
            return 1
        return 0

    connection.set_progress_handler(rest, STEPS)
    try:
        yield
    except DriverError:
        pace.breathe()  # raises when it was this that ended the statement
        raise
    finally:
        connection.set_progress_handler(None, STEPS)


@contextmanager
def scratch_place(folder: Path) -> Generator[Path]:
    """Give a private folder that is gone afterwards, and with it what an earlier one left that was ended."""
    with told():
        for left in folder.glob(f"{SCRATCH}*"):
            shutil.rmtree(left, ignore_errors=True)
        place = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
