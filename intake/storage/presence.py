"""Who has the store open: each program that has it open holds a lock on a file of its own beside it.

Exchanging the store's file (a restore, a new key) needs everybody else to have it closed, or what they write is lost.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from intake.errors import StoreError
from intake.storage.faults import told

WAIT_S = 10.0
"""How long to wait for one who opens the store or exchanges its file."""


class Presence:
    """That this program has the store open, until :meth:`leave`."""

    def __init__(self, lock: filelock.FileLock) -> None:
        """Keep the lock that is held."""
        self._lock = lock

    def leave(self) -> None:
        """Have the store open no longer."""
        self._lock.release()
        with suppress(OSError):
            Path(self._lock.lock_file).unlink(missing_ok=True)


@contextmanager
def gate(folder: Path) -> Generator[None]:
    """Hold the gate: nobody opens the store or exchanges its file meanwhile. Raises StoreError ``store_busy``."""
    lock = filelock.FileLock(folder / "gate", timeout=WAIT_S)
    try:
        with told():
            folder.mkdir(mode=0o700, exist_ok=True)
            try:
                lock.acquire()
            except filelock.Timeout as error:
                raise StoreError("store_busy") from error
        yield
    finally:
        lock.release()


def enter(folder: Path) -> Presence:
    """Have the store open; call it inside the gate."""
    with told():
        lock = filelock.FileLock(folder / f"{os.getpid()}-{os.urandom(6).hex()}.open", timeout=0, thread_local=False)
        lock.acquire()
    return Presence(lock)


def refuse_others(folder: Path) -> None:
    """Raise StoreError ``others_at_work`` when any program has the store open; call it inside the gate, with one's own closed."""
    for path in folder.glob("*.open"):
        lock = filelock.FileLock(path, timeout=0)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise StoreError("others_at_work") from error
        lock.release()
        with suppress(OSError):
            path.unlink(missing_ok=True)
