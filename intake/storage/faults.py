"""What the driver and the file system report, told as one of the few things a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager

from intake.errors import StoreError
from intake.storage.driver import DriverError

_BY_NAME = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_NOTADB": "damaged_store",
    "SQLITE_CORRUPT": "damaged_store",
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
    "SQLITE_READONLY": "read_only_folder",
    "SQLITE_CANTOPEN": "read_only_folder",
    "SQLITE_PERM": "read_only_folder",
    "SQLITE_IOERR": "disk_failed",
}
_BY_ERRNO = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EFBIG: "disk_full"}


@contextmanager
def told() -> Generator[None]:
    """Turn errors of the driver and the file system into StoreError; the driver's words stay out, they may quote a value.

    What no person can act on (a broken rule of the schema, a mistake in SQL) passes as it is, without its cause's words.
    """
    try:
        yield
    except DriverError as error:
        code = _code_of(error)
        if code is None:
            raise
        raise StoreError(code) from error
    except OSError as error:
        raise StoreError(_BY_ERRNO.get(error.errno or 0, "read_only_folder")) from error


def _code_of(error: Exception) -> str | None:
    """Return the code for an error of the driver, None when it is a fault of this program.

    The driver names extended codes (``SQLITE_IOERR_WRITE``): the first two words are the plain one.
    """
    name = str(getattr(error, "sqlite_errorname", ""))
    return _BY_NAME.get("_".join(name.split("_")[:2]))
