"""What the driver, the triggers and the file system report, told as one of the few things a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager

from intake.errors import ConflictError, DeniedError, IntakeError, StoreError
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
_REFUSED = frozenset(
    {
        "append_only",
        "prompt_not_acknowledged",
        "not_signed",
        "not_printed_yet",
        "late_reason_missing",
        "letter_incomplete",
        "clock_behind",
        "record_not_due",
        "record_kept",
        "last_number",
        "copy_missing",
        "consent_missing",
    }
)
"""The words by which triggers refuse, beside those of a conflict and of a role."""
_BY_ERRNO = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EFBIG: "disk_full"}


@contextmanager
def told() -> Generator[None]:
    """Turn errors of the driver and the file system into StoreError, and what a trigger refused into the error with its word.

    The driver's own words stay out, they may quote a value. What no person can act on (a broken rule of the schema, a mistake in
    SQL) passes as it is, without its cause's words.
    """
    try:
        yield
    except DriverError as error:
        fault = _refusal(error) or _fault(error)
        if fault is None:
            raise
        raise fault from error
    except OSError as error:
        raise StoreError(_BY_ERRNO.get(error.errno or 0, "read_only_folder")) from error


def _refusal(error: Exception) -> IntakeError | None:
    """Return what a trigger refused, None when it was no trigger that a person meets; a trigger says one word and nothing else."""
    word = str(error)
    if word == "visit_signed":
        return ConflictError("visit_signed")
    if word == "not_permitted":
        return DeniedError("not_permitted")
    return IntakeError(word) if word in _REFUSED else None


def _fault(error: Exception) -> StoreError | None:
    """Return the error of the store for an error of the driver, None when it is a fault of this program.

    The driver names extended codes (``SQLITE_IOERR_WRITE``): the first two words are the plain one.
    """
    name = str(getattr(error, "sqlite_errorname", ""))
    code = _BY_NAME.get("_".join(name.split("_")[:2]))
    return None if code is None else StoreError(code)
