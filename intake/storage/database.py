"""Opening the encrypted file: the connection with its settings, and what the file must be to be ours."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

from intake.errors import StoreError
from intake.storage.driver import Connection, Database, connect
from intake.storage.faults import told

APPLICATION_ID = 0x49_4E_54_4B
"""Written in the file's header, "INTK": a file without it was made by another program."""

BUSY_TIMEOUT_S = 5.0
CACHE_KIB = 16_000
PLAIN_HEADER = b"SQLite format 3\0"
PAGE_BYTES = 4096
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
        _refuse_foreign(path)
        connection = connect(str(path), key, timeout_s=BUSY_TIMEOUT_S)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            _refuse_unmarked(connection)
        except BaseException:
            connection.close()
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


def _refuse_foreign(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(len(PLAIN_HEADER))
    size = path.stat().st_size
    if header == PLAIN_HEADER:
        raise StoreError("not_our_store")
    if size < PAGE_BYTES or size % PAGE_BYTES:
        raise StoreError("damaged_store")
