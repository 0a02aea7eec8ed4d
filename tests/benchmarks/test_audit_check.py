"""The whole chain of a million entries is checked in ten seconds, and costs little more than reading the entries does.

Both are counted in this process's own time: what else the machine does says nothing about the check.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intake.storage.chain import CONTENT, FIRST_LINK, entry_hash
from intake.storage.rows import insert_sql
from intake.storage.store import Store
from tests.benchmarks.conftest import Tell
from tests.factories import KEYS, NOW, a_store, an_admin

ENTRIES = int(os.environ.get("INTAKE_BENCH_ENTRIES", "1000000"))
MOST_S = 10.0
MOST_TIMES = 2.5
"""Of the time that merely reading the same rows takes, in the same run."""
INSERT = insert_sql("audit", (*CONTENT, "prev_hash", "hash"))
READ = f"SELECT {', '.join(CONTENT)}, prev_hash, hash FROM audit ORDER BY seq"


def fill(store: Store) -> None:
    """Add entries as a year of work leaves them: looks at records, edits with old and new, seals of documents."""
    guard = store._connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_only_appended'").fetchone()
    assert guard is not None
    store._connection.execute("DROP TRIGGER audit_only_appended")
    store._connection.execute("BEGIN")
    store._connection.executemany(INSERT, entries(store))
    store._connection.execute("COMMIT")
    store._connection.execute(guard[0])
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def entries(store: Store) -> Iterator[tuple[Any, ...]]:
    """Yield chained rows after the last one."""
    last = store.audit.last()
    seq, link = (last.seq, last.hash) if last else (0, FIRST_LINK)
    told = ("{}", '{"patient.city": ["Edison", "Unión"]}', '{"sealed": [null, "document:7=%s"]}' % ("ab" * 32))
    at = NOW.isoformat(timespec="milliseconds")
    for number in range(seq + 1, ENTRIES + 1):
        content = (number, at, 1, "administrator", "front-desk-1", "open_board", None, None, None, told[number % 3], None, "done")
        found = entry_hash(KEYS.audit, link, content)
        yield (*content, link, found)
        link = found


def test_the_check_of_the_whole_chain(tmp_path: Path, tell: Tell) -> None:
    """Reading is the floor: every entry is read, decrypted and hashed; progress is told about a hundred times."""
    store = a_store(tmp_path / "data")
    an_admin(store)
    fill(store)
    begun = time.process_time()
    read = sum(1 for _ in store._connection.execute(READ))
    floor_s = time.process_time() - begun
    told: list[int] = []
    begun, begun_wall = time.process_time(), time.perf_counter()
    found = store.audit.broken_at(lambda done, _: told.append(done))
    took_s, wall_s = time.process_time() - begun, time.perf_counter() - begun_wall
    store.close()
    tell(f"chain of {read:,} entries: {took_s:.2f} s of work, {wall_s:.2f} s by the clock; reading alone {floor_s:.2f} s")
    assert found == (ENTRIES, None)
    assert len(told) >= ENTRIES // 10_000
    assert told[-1] == ENTRIES
    assert took_s <= MOST_S
    assert took_s <= MOST_TIMES * floor_s
