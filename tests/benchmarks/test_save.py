"""Saving a complete intake takes at most four times as long as the bare rows in an unencrypted file."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Coverage
from intake.domain.records import Intake
from intake.storage.migrations import FILES
from intake.storage.store import Store
from intake.storage.terms import index_words
from tests.benchmarks.conftest import SEED, Tell, figures, percentile
from tests.benchmarks.people import People
from tests.factories import NOW, a_store, a_visit, an_admin, an_intake

ROUNDS, WARM = 400, 40
MOST = 4.0
QUIET = 0.25
"""The quicker quarter of both is compared: the slower ones wait for whatever else the machine is doing."""
BY_PATIENT = {"patient": "id", "find_key": "patient_id", "match_key": "patient_id"}
BY_VISIT = dict.fromkeys(("coverage", "claim", "safety", "notices", "answer", "mark"), "visit_id") | {"visit": "id"}
ORDER = (
    "patient", "visit", "coverage", "claim", "safety", "notices", "answer", "mark", "find_key", "match_key", "request",
    "request_step", "audit",
)  # fmt: skip
STEPS = "SELECT * FROM request_step WHERE request_id IN (SELECT id FROM request WHERE visit_id = ?)"


def a_floor(path: Path) -> sqlite3.Connection:
    """Return a plain database with the same tables and indexes, writing as durably, without triggers."""
    connection = sqlite3.connect(path, isolation_level=None)
    for file in FILES:
        connection.executescript(file.read_text(encoding="utf-8").replace("contentless_delete=1, ", ""))
    for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def rows_of(store: Store, patient_id: int, visit_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that a save wrote, by table."""
    read = store._connection.execute
    found = {table: read(f"SELECT * FROM {table} WHERE {key} = ?", (patient_id,)).fetchall() for table, key in BY_PATIENT.items()}
    found |= {table: read(f"SELECT * FROM {table} WHERE {key} = ?", (visit_id,)).fetchall() for table, key in BY_VISIT.items()}
    computed = {"listed_at"}
    names = [row[1] for row in read("PRAGMA table_xinfo(request)") if row[1] not in computed]
    found["request"] = read(f"SELECT {', '.join(names)} FROM request WHERE visit_id = ?", (visit_id,)).fetchall()
    found["request_step"] = read(STEPS, (visit_id,)).fetchall()
    found["audit"] = read("SELECT * FROM audit WHERE visit_id = ?", (visit_id,)).fetchall()
    return found


def insert(floor: sqlite3.Connection, statements: list[tuple[str, list[tuple[Any, ...]]]]) -> float:
    """Insert ready rows in one transaction and return the milliseconds it took."""
    began = time.perf_counter()
    floor.execute("BEGIN IMMEDIATE")
    for sql, rows in statements:
        floor.executemany(sql, rows)
    floor.execute("COMMIT")
    return (time.perf_counter() - began) * 1000


def intakes(definitions: Definitions) -> list[Intake]:
    """Return complete intakes of different people, each with the whole checklist and a drawing."""
    people = People(SEED).people(ROUNDS + WARM)
    return [
        replace(
            an_intake(definitions, patient=patient, seed=place),
            visit=a_visit(primary=Coverage(payer="Example Health Plan", member_id=f"EX{place}", subscriber="self")),
        )
        for place, patient in enumerate(people)
    ]


def test_the_save_of_a_complete_intake(tmp_path: Path, definitions: Definitions, tell: Tell) -> None:
    """Encryption, matching, search index, audit chain and checks included; both wait for the disk at each commit."""
    store, floor = a_store(tmp_path / "data"), a_floor(tmp_path / "floor.db")
    desk = an_admin(store)
    insert(floor, [("INSERT INTO staff VALUES (?, ?, ?, ?, ?, ?, ?)", store._connection.execute("SELECT * FROM staff").fetchall())])
    ours, bare = [], []
    for intake in intakes(definitions):
        began = time.perf_counter()
        saved = save_intake(store, desk, SaveRequest(intake=intake), definitions=definitions, now=NOW)
        ours.append((time.perf_counter() - began) * 1000)
        rows = rows_of(store, saved.patient_id, saved.visit_id)
        ready = [(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table][0]))})", rows[table]) for table in ORDER if rows[table]]
        words = [(saved.patient_id, index_words(intake.patient))]
        bare.append(insert(floor, [*ready, ("INSERT INTO patient_fts (rowid, words) VALUES (?, ?)", words)]))
    ours, bare = ours[WARM:], bare[WARM:]
    ratio = percentile(ours, QUIET) / percentile(bare, QUIET)
    tell(f"save of a complete intake: {figures(ours)}")
    tell(f"the same rows in plain sqlite3: {figures(bare)}; ratio of the quicker quarters {ratio:.2f}")
    store.close()
    floor.close()
    assert ratio <= MOST
