"""Every method of sqlite-utils that the program uses, over the encrypted driver."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlite_utils.db
import sqlite_utils.utils

from intake.storage.database import wrapped
from intake.storage.driver import Connection, Database, DriverError, IntegrityError, Migrations, connect

KEY = bytes(range(32))


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    """Return a connection to an encrypted file with one table."""
    opened = connect(str(tmp_path / "a.db"), KEY, timeout_s=1)
    opened.execute("CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT UNIQUE) STRICT")
    return opened


def steps(*, failing: bool) -> Migrations:
    """Return a set of two steps, the second of which may fail after it wrote."""
    found = Migrations("pets")

    @found()
    def first(database: Database) -> None:
        database.execute("CREATE TABLE toy (name TEXT)")

    @found()
    def second(database: Database) -> None:
        database.execute("INSERT INTO toy VALUES ('ball')")
        if failing:
            database.execute("INSERT INTO nothing VALUES (1)")

    return found


def keep_two(database: Database, name: str) -> None:
    """Keep two pets of one name, which the table refuses."""
    with database.atomic():
        database.execute("INSERT INTO pet (name) VALUES (?)", [name])
        database.execute("INSERT INTO pet (name) VALUES (?)", [name])


def test_sqlite_utils_catches_the_errors_of_the_encrypted_driver() -> None:
    """Its own handling of errors works only when it imported the driver that raises them."""
    assert vars(sqlite_utils.utils)["sqlite3"].IntegrityError is IntegrityError
    assert vars(sqlite_utils.db)["OperationalError"].__module__.startswith("sqlcipher3")


def test_a_file_is_unreadable_without_its_key(tmp_path: Path, connection: Connection) -> None:
    """Nothing of the content stands in the file."""
    connection.execute("INSERT INTO pet (name) VALUES ('Rex Sample')")
    connection.close()
    assert b"Rex Sample" not in (tmp_path / "a.db").read_bytes()
    with pytest.raises(DriverError):
        connect(str(tmp_path / "a.db"), bytes(32), timeout_s=1).execute("SELECT * FROM pet")


def test_execute_runs_a_statement(connection: Connection) -> None:
    """Database.execute reaches the encrypted file."""
    database = wrapped(connection)
    database.execute("INSERT INTO pet (name) VALUES (?)", ["Rex"])
    assert connection.execute("SELECT name FROM pet").fetchall() == [("Rex",)]


def test_atomic_takes_everything_back_after_an_error(connection: Connection) -> None:
    """Database.atomic groups statements into one transaction."""
    with pytest.raises(IntegrityError):
        keep_two(wrapped(connection), "Rex")
    assert connection.execute("SELECT count(*) FROM pet").fetchone() == (0,)


def test_steps_are_applied_once_in_their_order(connection: Connection) -> None:
    """Migrations.pending, apply and applied remember what was done."""
    database, found = wrapped(connection), steps(failing=False)
    assert [step.name for step in found.pending(database)] == ["first", "second"]
    found.apply(database)
    found.apply(database)
    assert [step.name for step in found.applied(database)] == ["first", "second"]
    assert connection.execute("SELECT count(*) FROM toy").fetchone() == (1,)


def test_a_failing_step_leaves_nothing_and_stays_pending(connection: Connection) -> None:
    """What it wrote before it failed is gone, the step before it stays."""
    database, found = wrapped(connection), steps(failing=True)
    with pytest.raises(DriverError):
        found.apply(database)
    assert [step.name for step in found.pending(database)] == ["second"]
    assert connection.execute("SELECT count(*) FROM toy").fetchone() == (0,)
