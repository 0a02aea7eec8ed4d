"""Copying a store while people work in it: one picture of it, page by page, out of everybody's way."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake.errors import StoreError
from intake.placing import sync_file
from intake.storage.database import APPLICATION_ID, BUSY_TIMEOUT_S
from intake.storage.driver import Connection, connect

PAGES: Final = 64
"""Pages that are copied between two rests: about a millisecond's work."""
CHUNK: Final = 256 * 1024
SYNC_BYTES: Final = 1 << 20
"""How much may wait to be written to the disk: whoever saves meanwhile has to wait for as much, and no more."""
BEAT_S: Final = 20.0
LEAST_S: Final = 0.001
"""Pieces are taken together until they took so long."""
MOST_REST_S: Final = 0.05
"""A piece that took long because others were at work is not to be paid for twice."""
OWNER_ONLY: Final = 0o600
_COUNTED = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)
_LAST_ENTRY = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
_LAST_STEP = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'intake-desk' ORDER BY name DESC LIMIT 1"


class Pace:
    """How a long copy keeps out of the way: after each piece it rests as long as that took, times ``rest``.

    ``stop`` ends it between two pieces; ``told`` hears how far it is, from 0 to 1; ``beat`` is called now and then, whatever is done.
    """

    def __init__(
        self,
        *,
        rest: float = 1.0,
        stop: threading.Event | None = None,
        told: Callable[[float], None] | None = None,
        beat: Callable[[], None] | None = None,
    ) -> None:
        """Begin now."""
        self._rest = rest
        self._stop = stop or threading.Event()
        self._told = told
        self._beat = beat
        self._since = self._beaten = time.perf_counter()

    def begin(self) -> None:
        """Count the next piece from now on."""
        self._since = time.perf_counter()

    def breathe(self, part: float | None = None) -> None:
        """Rest after a piece. Raises StoreError ``backup_stopped`` when it is to end."""
        worked = time.perf_counter() - self._since
        rests = worked >= LEAST_S or part is not None
        if self._stop.wait(min(worked * self._rest, MOST_REST_S)) if rests and self._rest else self._stop.is_set():
            raise StoreError("backup_stopped")
        if not rests:
            return
        if part is not None and self._told is not None:
            self._told(part)
        self.begin()
        if self._beat is not None and self._since - self._beaten > BEAT_S:
            self._beaten = self._since
            self._beat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a copy holds: the rows of each table, the last entry of the audit, the last step of the schema."""

    counts: dict[str, int]
    audit_seq: int
    audit_hash: bytes
    schema: str


@contextmanager
def beside(path: Path, key: bytes) -> Generator[Connection]:
    """Give a connection of its own to a store that is open here already, for work on another thread; who is given it only reads.

    The driver alone opens the file: reading it in any other way here would take the locks of the open store away when it is closed.
    """
    connection = connect(str(path), key, timeout_s=BUSY_TIMEOUT_S)
    try:
        yield connection
    finally:
        connection.close()


def copy_store(source: Connection, path: Path, key: bytes, pace: Pace) -> Picture:
    """Copy the store of a connection into a new file, as it is at this moment, and return what it holds; it is on disk then.

    The connection must be one that nobody else uses. It reads one state of the store from beginning to end, so that what others
    write meanwhile neither comes in nor makes the copy begin anew.
    """
    path.touch(mode=OWNER_ONLY, exist_ok=False)
    target = connect(str(path), key, timeout_s=BUSY_TIMEOUT_S)
    try:
        target.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        target.execute("PRAGMA synchronous = OFF").fetchone()  # the file is synchronised here, bit by bit
        target.execute("PRAGMA journal_mode = OFF").fetchone()  # one that is not finished is thrown away
        with _one_state(source), _synced(path) as sync:
            picture = picture_of(source, pace)
            _copy_pages(source, target, pace, sync)
    finally:
        target.close()
    sync_file(path)
    return picture


def picture_of(connection: Connection, pace: Pace) -> Picture:
    """Return what a store holds; inside one transaction it is one state."""
    counts = {}
    pace.begin()
    for (table,) in connection.execute(_COUNTED).fetchall():
        row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - a name out of the schema itself
        counts[str(table)] = int(row[0]) if row else 0
        pace.breathe()
    seq, link = connection.execute(_LAST_ENTRY).fetchone() or (0, b"")
    step = connection.execute(_LAST_STEP).fetchone()
    return Picture(counts=counts, audit_seq=int(seq), audit_hash=bytes(link), schema=str(step[0]) if step else "")


def copy_file(source: Path, target: Path, pace: Pace) -> tuple[int, str]:
    """Copy a file to a new one, bit by bit, and return size and SHA-256 of what was read; it is on disk then."""
    taken, size = hashlib.sha256(), 0
    pace.begin()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
        while piece := read.read(CHUNK):
            taken.update(piece)
            written.write(piece)
            size += len(piece)
            if size % SYNC_BYTES < CHUNK:
                written.flush()
                os.fsync(written.fileno())
            pace.breathe()
        written.flush()
        os.fsync(written.fileno())
    return size, taken.hexdigest()


def hash_file(path: Path, pace: Pace) -> tuple[int, str]:
    """Return size and SHA-256 of a file."""
    taken, size = hashlib.sha256(), 0
    pace.begin()
    with path.open("rb") as read:
        while piece := read.read(CHUNK):
            taken.update(piece)
            size += len(piece)
            pace.breathe()
    return size, taken.hexdigest()


def _copy_pages(source: Connection, target: Connection, pace: Pace, sync: Callable[[int], None]) -> None:
    def rest(_status: int, remaining: int, total: int) -> None:
        sync(total - remaining)
        pace.breathe((total - remaining) / total if total else 1.0)

    pace.begin()
    source.backup(target, pages=PAGES, progress=rest, sleep=0)


@contextmanager
def _one_state(connection: Connection) -> Generator[None]:
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # a transaction begins with its first look
        yield
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def _synced(path: Path) -> Generator[Callable[[int], None]]:
    """Give what synchronises a file each time so many pages were written to it; nobody else knows of the file yet."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    synced = 0

    def sync(pages: int) -> None:
        nonlocal synced
        if (pages - synced) * 4096 >= SYNC_BYTES:
            os.fsync(descriptor)
            synced = pages

    try:
        yield sync
    finally:
        os.close(descriptor)
