"""What is in the way at a folder that backups go to, told as one of the few things a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intake.errors import StoreError
from intake.storage.driver import DriverError

_GONE = frozenset({"ENOENT", "ENODEV", "ENXIO", "ENOTCONN", "ESTALE", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ETIMEDOUT", "ENOTDIR"})
_FULL = frozenset({"ENOSPC", "EDQUOT", "EFBIG"})
_LOCKED = frozenset({"EROFS", "EACCES", "EPERM"})
_BY_NAME = {"SQLITE_FULL": "target_full", "SQLITE_READONLY": "target_read_only", "SQLITE_CANTOPEN": "target_read_only"}
_OF_STORE = {
    "SQLITE_NOTADB": "damaged_store",
    "SQLITE_CORRUPT": "damaged_store",
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
}


@contextmanager
def told_of_target(home: Path) -> Generator[None]:
    """Turn what the system and the driver report while a backup is written into StoreError.

    ``target_missing``, ``target_full``, ``target_read_only`` or ``target_failed`` are of the folder, ``damaged_store`` and
    ``store_busy`` of the store that is copied.
    """
    try:
        if not home.is_dir():
            raise StoreError("target_missing")
        yield
    except OSError as error:
        raise StoreError(_of_system(error, home)) from error
    except DriverError as error:
        word = "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])
        raise StoreError(_OF_STORE.get(word) or _BY_NAME.get(word) or _otherwise(home)) from error


def _of_system(error: OSError, home: Path) -> str:
    name = errno.errorcode.get(error.errno or 0, "")
    for names, code in ((_FULL, "target_full"), (_LOCKED, "target_read_only"), (_GONE, "target_missing")):
        if name in names:
            return code
    return _otherwise(home)


def _otherwise(home: Path) -> str:
    """Return what a fault of reading or writing means: a stick that was pulled out, or one that fails."""
    try:
        return "target_failed" if home.is_dir() else "target_missing"
    except OSError:
        return "target_missing"
