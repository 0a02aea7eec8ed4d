"""The steps that bring a store from any earlier version to this one.

Each step is a file of SQL beside this one, applied in order and remembered by name in the store. All the steps that a store lacks
are one transaction, so that it is of this version or still of the one before, never of one between them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from intake.errors import StoreError
from intake.storage.database import OWNER_ONLY, make_file, wrapped
from intake.storage.driver import Connection, Database, Migrations
from intake.storage.faults import told

FILES = tuple(sorted(Path(__file__).parent.glob("*.sql")))
SET = "intake-desk"
REALM = "realm"


def statements(text: str) -> Iterator[str]:
    """Return the statements of a file of SQL one by one, for one transaction; each begins on a line of its own."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def bring_up_to_date(connection: Connection, path: Path, key: bytes, *, files: Sequence[Path] = FILES) -> None:
    """Apply the steps a store lacks, all or none of them; call it before foreign keys are switched on, outside a transaction.

    A store that has something in it is copied first, to ``<name>.before-<step>`` beside it. Raises StoreError ``newer_store`` for
    one that has steps this program does not know, ``damaged_store`` when a reference would lead nowhere afterwards. Whatever it
    raises, the store is as it was, and opens with the program that made it.
    """
    database = wrapped(connection)
    steps = _steps(files)
    applied = [step.name for step in steps.applied(database)]
    if not {file.stem for file in files}.issuperset(applied):
        raise StoreError("newer_store")
    pending = steps.pending(database)
    if not pending:
        return
    if applied:
        _copy(connection, path.with_name(f"{path.name}.before-{pending[0].name}"), key)
    connection.execute("PRAGMA secure_delete = ON").fetchone()  # nothing of a table that is made anew stays in free pages
    with _all_or_none(connection):
        steps.apply(database)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise StoreError("damaged_store")


def stamp(connection: Connection, realm: str) -> None:
    """Write into a new store which realm it is for."""
    connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (REALM, realm))


def refuse_other_realm(connection: Connection, realm: str) -> None:
    """Raise StoreError ``wrong_realm`` unless the store is for this realm; training and real data never open each other."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (REALM,)).fetchone()
    if row is None or row[0] != realm:
        raise StoreError("wrong_realm", realm=realm)


@contextmanager
def _all_or_none(connection: Connection) -> Generator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise


def _copy(connection: Connection, path: Path, key: bytes) -> None:
    with told():
        path.unlink(missing_ok=True)
        path.touch(mode=OWNER_ONLY, exist_ok=False)
        copy = make_file(path, key)
        try:
            connection.backup(copy)
        finally:
            copy.close()


def _steps(files: Sequence[Path]) -> Migrations:
    steps = Migrations(SET)
    for file in files:
        # Not in a transaction of its own: it is within that of all.
        steps(name=file.stem, transactional=False)(_step(file))
    return steps


def _step(file: Path) -> Callable[[Database], None]:
    def apply(database: Database) -> None:
        for statement in statements(file.read_text(encoding="utf-8")):
            database.execute(statement)

    return apply
