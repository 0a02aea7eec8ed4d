"""A store of many requests: plain rows, written in bulk with the store's guards and indexes put aside for the time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Role
from intake.storage.rows import PATIENT, instant_text
from intake.storage.store import Store
from tests.factories import a_colleague, a_patient, a_store, an_admin

VISITS: Final = 20_000
CLINICIANS: Final = 12
BATCH: Final = 20_000
NOW: Final = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
DOCUMENTS: Final = 100_000
"""Of so many of the latest delivered ones the document is there, for a list to look at."""
ASIDE: Final = (
    "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
    " AND tbl_name IN ('patient', 'visit', 'awaiting', 'request', 'document') ORDER BY type DESC"
)
REQUEST: Final = (
    "INSERT INTO request (id, patient_id, visit_id, kind, paper, waits_for, location, asked_by, leaves_by, recipient, address, purpose,"
    " language, state, missing, clinician_id, opened_at, opened_by, due_at, printed_at, delivered_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'visit', 'hand', '', '', 'to_patient', 'en', ?, ?, ?, ?, 1, ?, ?, ?)"
)
DOCUMENT: Final = (
    "INSERT INTO document (request_id, patient_id, visit_id, kind, version, preliminary, sha256, content, pages, language, stamp, how,"
    " target, staff_id, at) SELECT id, patient_id, visit_id, kind, 1, 0, printf('%064x', id), x'25', 1, 'en', 'n0', 'print', 'front', 1,"
    " printed_at FROM request WHERE state IN ('printed', 'delivered') ORDER BY id DESC LIMIT ?"
)
OWED_STATES: Final = ("requested", "waiting", "ready", "printed")


def generate(data: Path, *, requests: int, owed: int, seed: int) -> None:
    """Fill a new data folder with this many requests, of which so many are owed and the others delivered."""
    store, definitions = a_store(data), load_definitions()
    admin = an_admin(store)
    for number in range(CLINICIANS):
        a_colleague(store, admin, role=Role.CLINICIAN, login=f"casey{number}")
    execute = store._connection.execute
    for pragma in ("synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
        execute(f"PRAGMA {pragma}")
    aside = execute(ASIDE).fetchall()
    for kind, name, _ in aside:
        execute(f"DROP {kind} {name}")
    execute("BEGIN")
    _write_visits(store, definitions)
    rows = _requests(definitions, random.Random(seed), requests=requests, owed=owed)
    while batch := list(islice(rows, BATCH)):
        store._connection.executemany(REQUEST, batch)
    execute(DOCUMENT, (DOCUMENTS,))
    execute("COMMIT")
    for _, _, sql in reversed(aside):
        execute(sql)
    execute("ANALYZE")
    execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _write_visits(store: Store, definitions: Definitions) -> None:
    """Write one visit each of so many patients."""
    moment = instant_text(NOW)
    names = ("id", "version", *PATIENT.names, "last_key", "first_key", "created_at", "changed_at")
    patients = (
        (number, 1, *PATIENT.values(a_patient(legal_first=f"Ana {number}")), "sample", f"ana {number}", moment, moment)
        for number in range(1, VISITS + 1)
    )
    store._connection.executemany(f"INSERT INTO patient ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", patients)
    places = [place.key for place in definitions.practice.active()]
    visits = (
        (number, number, "finished", moment, moment, "2026-11-22", 1, moment, "c", "r", places[number % len(places)], "none", "Stiff neck")
        for number in range(1, VISITS + 1)
    )
    store._connection.executemany(
        "INSERT INTO visit (id, patient_id, status, status_at, arrived_at, visit_day, recorded_by, recorded_at, checklist_version,"
        " regions_version, location, visit_type, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        visits,
    )


def _requests(definitions: Definitions, rng: random.Random, *, requests: int, owed: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of requests, minute by minute until now; the last ones are owed, mostly visit notes."""
    places = [place.key for place in definitions.practice.active()]
    kinds = definitions.document_kinds.kinds
    weights = [20 if kind.key == "visit_note" else 1 for kind in kinds]
    for number in range(1, requests + 1):
        kind = rng.choices(kinds, weights)[0]
        opened = NOW - timedelta(minutes=requests - number)
        state = "delivered" if number <= requests - owed else rng.choices(OWED_STATES, (1, 6, 2, 2))[0]
        printed = instant_text(opened + timedelta(hours=9)) if state in ("printed", "delivered") else None
        handed = instant_text(opened + timedelta(hours=10)) if state == "delivered" else None
        visit_id = 1 + number % VISITS
        yield (
            number, visit_id, visit_id, kind.key, kind.paper.value, kind.waits_for.value, places[visit_id % len(places)], state,
            int(state == "requested"), rng.choice((None, *range(2, 2 + CLINICIANS))), instant_text(opened),
            instant_text(opened + timedelta(hours=24)), printed, handed,
        )  # fmt: skip
