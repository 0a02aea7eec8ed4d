"""Opening the encrypted file: the connection with its settings, and what the file must be to be ours."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import cast

from intake.errors import StoreError
from intake.storage.driver import Connection, Database, connect
from intake.storage.faults import told

APPLICATION_ID = 0x49_4E_54_4B
"""Written in the file's header, "INTK": a file without it was made by another program."""

OWNER_ONLY = 0o600
BUSY_TIMEOUT_S = 5.0
CACHE_KIB = 16_000
PLAIN_HEADER = b"SQLite format 3\0"
PAGE_BYTES = 4096
LOGS = ("-wal", "-journal")
"""The endings of the files in which SQLite keeps changes that the file itself does not have yet, or has to take back."""
SHARED_BYTES = 32_768
"""What the file that several processes share beside the store needs at least."""


def open_file(path: Path, key: bytes) -> Connection:
    """Return a connection to a file that is there and that the key opens.

    Raises StoreError ``not_our_store`` for a file of another program, ``damaged_store`` for one that is cut short, altered, or
    was made with another key (nothing tells these apart), ``disk_full``, ``disk_failed``.
    """
    try:
        return _opened(path, key)
    except StoreError as error:
        # The driver calls it a fault of the disk when there is no room for the file that processes share.
        if error.code == "disk_failed" and shutil.disk_usage(path.parent).free < SHARED_BYTES:
            raise StoreError("disk_full") from error
        raise


def _opened(path: Path, key: bytes) -> Connection:
    with told():
        if _cut_short(path):
            refuse_foreign(path)
            raise StoreError("damaged_store")
        if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            # What SQLite made beside a file it may only read would be read-only too, and in the way ever after.
            raise StoreError("read_only_folder")
        connection = connect(str(path), key, timeout_s=BUSY_TIMEOUT_S)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            _refuse_unmarked(connection)
        except BaseException as error:
            connection.close()
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                refuse_foreign(path)
            raise
    return connection


def make_file(path: Path, key: bytes) -> Connection:
    """Return a connection to a new, empty file that is marked as ours."""
    with told():
        connection = connect(str(path), key, timeout_s=BUSY_TIMEOUT_S)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return connection


def prepare(connection: Connection) -> None:
    """Set how this connection writes: every commit on disk before it returns, references guarded."""
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
        f"cache_size = -{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchone()


def wrapped(connection: Connection) -> Database:
    """Return the connection as sqlite-utils drives it."""
    return Database(cast("str", connection))


def _refuse_unmarked(connection: Connection) -> None:
    row = connection.execute("PRAGMA application_id").fetchone()
    if row != (APPLICATION_ID,):
        raise StoreError("not_our_store")


def refuse_foreign(path: Path) -> None:
    """Raise StoreError ``not_our_store`` for a file of another program; only of one that did not open.

    Who reads an open store past the driver and closes it takes the locks away that this process has on it.
    """
    with path.open("rb") as file:
        header = file.read(len(PLAIN_HEADER))
    if header == PLAIN_HEADER:
        raise StoreError("not_our_store")


def refuse_no_store(path: Path) -> None:
    """Raise StoreError ``not_our_store`` or ``damaged_store`` for a closed file that no key could open."""
    with told():
        refuse_foreign(path)
        if _cut_short(path):
            raise StoreError("damaged_store")


def _cut_short(path: Path) -> bool:
    """Tell whether a file ends within a page. Beside a log of changes it may: the power went while it grew, and the log has the rest."""
    size = path.stat().st_size
    return (size < PAGE_BYTES or size % PAGE_BYTES != 0) and not any(path.with_name(path.name + log).exists() for log in LOGS)
