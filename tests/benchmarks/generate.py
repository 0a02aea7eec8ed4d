"""Make a large encrypted store of invented patients: ``python -m tests.benchmarks.generate OUT --patients 1000000 --seed N``.

The rows are those the program itself would write, in the same tables with the same indexes; they are only written faster:
without waiting for the disk, and each table in the order of its key. Three visits for each patient: see ``visits``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from intake.definitions.bundle import load_definitions
from intake.domain.patients import Patient
from intake.domain.staff import Role
from intake.matching.keys import match_keys
from intake.storage.driver import Connection
from intake.storage.patients import FIRST_VERSION, INSERT_WITH_ID, keys
from intake.storage.rows import PATIENT, instant_text
from intake.storage.terms import find_keys, index_words
from tests.benchmarks.people import People
from tests.benchmarks.visits import add_visits
from tests.factories import a_colleague, a_store, an_admin

T = TypeVar("T")
BATCH = 20_000
INDEXES = ("patient_by_last", "patient_by_first", "patient_by_dob")
MADE = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)


def generate(data: Path, *, patients: int, seed: int) -> None:
    """Fill a new data folder with a store of this many patients."""
    store = a_store(data)
    a_colleague(store, an_admin(store), role=Role.CLINICIAN, login="casey")
    connection = store._connection
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    later = [row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE name IN (?, ?, ?)", INDEXES)]
    for name in INDEXES:
        connection.execute(f"DROP INDEX {name}")
    for table in ("find_key", "match_key"):
        connection.execute(f"CREATE TEMP TABLE {table}_unsorted (key TEXT, patient_id INTEGER)")
    for batch in _batches(enumerate(People(seed).people(patients), 1)):
        _write(connection, batch)
    for table in ("find_key", "match_key"):
        connection.execute(f"INSERT INTO {table} SELECT key, patient_id FROM {table}_unsorted ORDER BY key, patient_id")
        connection.execute(f"DROP TABLE {table}_unsorted")
    for sql in later:
        connection.execute(sql)
    connection.execute("INSERT INTO patient_fts (patient_fts) VALUES ('optimize')")
    add_visits(store, load_definitions(), patients=patients, until=MADE)
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _write(connection: Connection, batch: list[tuple[int, Patient]]) -> None:
    moment = instant_text(MADE)
    rows = [(patient_id, *PATIENT.values(patient), *keys(patient), FIRST_VERSION, moment, moment) for patient_id, patient in batch]
    found = [(key, patient_id) for patient_id, patient in batch for key in find_keys(patient)]
    matched = [(key, patient_id) for patient_id, patient in batch for key in match_keys(patient, ())]
    words = [(patient_id, index_words(patient)) for patient_id, patient in batch]
    connection.execute("BEGIN")
    connection.executemany(INSERT_WITH_ID, rows)
    connection.executemany("INSERT INTO find_key_unsorted VALUES (?, ?)", found)
    connection.executemany("INSERT INTO match_key_unsorted VALUES (?, ?)", matched)
    connection.executemany("INSERT INTO patient_fts (rowid, words) VALUES (?, ?)", words)
    connection.execute("COMMIT")


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    walk = iter(items)
    while batch := list(islice(walk, BATCH)):
        yield batch


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--patients", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    generate(given.out, patients=given.patients, seed=given.seed)
    sys.stdout.write(f"{given.patients} patients in {time.perf_counter() - started:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
