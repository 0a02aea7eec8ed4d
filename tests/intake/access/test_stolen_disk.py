"""Somebody has the disk, and no password."""

from __future__ import annotations

import sqlite3

import pytest

from intake.errors import StoreError
from intake.paths import Paths
from intake.security.ring import read_ring
from intake.security.slots import StoreKeys, secret_of
from intake.storage.driver import DriverError, connect
from intake.storage.store import open_store
from tests.factories import NOW, PASSWORD, a_patient
from tests.intake.access.desk import refused, signed_in

GUESSES = ("", "password", "intake desk 2026", "alex", "Alex Sample", "seven sample pony")


def test_no_file_of_the_data_folder_tells_a_patient_or_a_password(paths: Paths) -> None:
    """Store, its log of changes, ring, tries, anchor, program log: none of them. Three letters stand anywhere by chance."""
    with signed_in(paths) as alex, alex.store.transaction():
        alex.store.patients.add(a_patient(), at=NOW)
    refused(paths, password="a guess that is wrong")
    words = ("Sample", "Example", "5550148", "Example Street", PASSWORD, "a guess that is wrong")
    for path in (path for path in paths.data.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert not [word for word in words if word.encode() in content], path.name


def test_a_database_shell_reads_nothing(paths: Paths) -> None:
    """Neither the usual one nor one that knows this encryption."""
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(paths.store).execute("SELECT * FROM patient")
    for guess in (bytes(32), secret_of(PASSWORD).ljust(32, b"\0"), bytes.fromhex(read_ring(paths.ring).store_id) * 2):
        connection = connect(str(paths.store), guess, timeout_s=1)
        with pytest.raises(DriverError):
            connection.execute("SELECT * FROM patient")
        connection.close()


@pytest.mark.parametrize("guess", GUESSES)
def test_no_guess_opens_any_slot(paths: Paths, guess: str) -> None:
    """Nor what stands in the file itself."""
    for each in read_ring(paths.ring).slots:
        for secret in (secret_of(guess), each.slot.salt, each.slot.public, each.sealed[:32]):
            assert each.open(secret) is None


def test_no_32_bytes_that_lie_on_the_disk_are_the_key(paths: Paths) -> None:
    """The key file, taken as a key byte by byte, opens nothing."""
    slots = read_ring(paths.ring).slots
    raw = b"".join(part for each in slots for part in (each.slot.salt, each.slot.nonce, each.slot.wrapped, each.slot.public, each.sealed))
    for place in range(0, len(raw) - 32, 16):
        with pytest.raises(StoreError, match="damaged_store"):
            open_store(paths, StoreKeys(store=raw[place : place + 32], audit=bytes(32)))
