"""The database driver: SQLCipher, registered as the module that sqlite-utils drives.

sqlite-utils looks for a module named ``pysqlite3`` before the standard library's ``sqlite3`` and catches the errors of the one
it found. So this module must be imported before sqlite-utils is, and everything here takes sqlite-utils from this module.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Protocol, cast

import sqlcipher3
import sqlcipher3.dbapi2

if "sqlite_utils" in sys.modules and sys.modules.get("pysqlite3") is not sqlcipher3:
    msg = "sqlite_utils was imported before intake.storage.driver"
    raise ImportError(msg)
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

from sqlite_utils import Database  # noqa: E402 - only after the lines above
from sqlite_utils.migrations import Migrations  # noqa: E402 - only after the lines above

__all__ = ["Connection", "Cursor", "Database", "DriverError", "IntegrityError", "Migrations", "connect"]

_READY_STATEMENTS = 400
"""A save runs some hundred different ones: with fewer kept ready, each would be read anew every time."""
DriverError: type[Exception] = sqlcipher3.dbapi2.Error
IntegrityError: type[Exception] = sqlcipher3.dbapi2.IntegrityError


class Cursor(Protocol):
    """What is used of a cursor."""

    lastrowid: int
    rowcount: int

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, None after the last."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows that are left."""

    def __iter__(self) -> Any:
        """Walk over the rows that are left."""


class Connection(Protocol):
    """What is used of a connection."""

    in_transaction: bool

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, rows: Any, /) -> Cursor:
        """Run one statement for each row."""

    def executescript(self, sql: str, /) -> Cursor:
        """Run several statements."""

    def backup(
        self, target: Connection, /, *, pages: int = -1, progress: Callable[[int, int, int], object] | None = None, sleep: float = 0.25
    ) -> None:
        """Copy the whole database into another connection, ``pages`` at a time; ``progress`` hears status, pages left and all pages."""

    def create_function(self, name: str, count: int, function: Callable[..., object], /) -> None:
        """Have SQL call ``function`` by this name, with so many values."""

    def set_progress_handler(self, handler: Callable[[], int] | None, steps: int, /) -> None:
        """Have ``handler`` called every so many steps of a statement; it is ended when that returns another number than 0."""

    def close(self) -> None:
        """Close."""


def connect(path: str, key: bytes, *, timeout_s: float) -> Connection:
    """Return a connection to an encrypted file; ``key`` is the raw key of 32 bytes, so that no time goes into deriving one.

    The connection begins no transaction of its own accord. A text that is none, which only other programs can have written, is read
    with a sign for each byte that does not fit, so that it stops nobody from reading the rest.
    """
    connection = sqlcipher3.connect(
        path, timeout=timeout_s, isolation_level=None, check_same_thread=False, cached_statements=_READY_STATEMENTS
    )
    connection.text_factory = _text
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr, past the program's own log
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return cast("Connection", connection)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
