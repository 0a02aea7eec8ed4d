"""The Documents place opens, and each filter answers, within 50 ms among a million requests and near the bare statements."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from intake.actions.requests import clinicians_owing, count_requests, list_requests
from intake.definitions.bundle import Definitions
from intake.domain.requests import Filter, RequestState
from intake.domain.staff import Actor
from intake.storage import request_lists
from intake.storage.request_lists import CLINICIANS, OWED, walk
from intake.storage.store import Store
from tests.benchmarks.conftest import SEED, Tell, figures, percentile
from tests.benchmarks.promises import NOW, generate
from tests.factories import WORKSTATION, a_store

REQUESTS = int(os.environ.get("INTAKE_BENCH_REQUESTS", "1000000"))
CONTENT = "requests-1"
ROUNDS, WARM = 30, 3
MOST_MS, MOST_RATIO = 50.0, 1.5
SLACK_MS = 0.25
"""A list of nothing takes a tenth of a millisecond; of that no ratio says anything."""
LIMIT = 200
CLINICIAN = 5


@pytest.fixture(scope="module", params=["20,000 owed", "all owed"])
def folder(private_home: Path, request: pytest.FixtureRequest) -> Path:
    """Return the data folder of a store of many requests; it is made when there is none of this content yet."""
    owed = REQUESTS if request.param == "all owed" else REQUESTS // 50
    folder = Path(tempfile.gettempdir()) / f"intake-desk-bench-{REQUESTS}-{owed}-{SEED}-{CONTENT}"
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        generate(folder, requests=REQUESTS, owed=owed, seed=SEED)
        (folder / "whole").touch()
    return folder


@pytest.fixture
def promised(folder: Path) -> Iterator[Store]:
    """Open that store anew, as in the morning."""
    opened = a_store(folder)
    yield opened
    opened.close()


def filters(definitions: Definitions) -> dict[str, Filter]:
    """Return what a person may ask for, one thing and several, of one clinic and of all."""
    here = definitions.practice.active()[0].key
    delivered = (RequestState.DELIVERED,)
    return {
        "open": Filter(),
        "clinic": Filter(location=here),
        "kind": Filter(kind="visit_note"),
        "rare kind here": Filter(kind="work_status", location=here),
        "clinician": Filter(clinician_id=CLINICIAN),
        "clinician here": Filter(clinician_id=CLINICIAN, location=here),
        "ready": Filter(states=(RequestState.READY,)),
        "ready here": Filter(states=(RequestState.READY,), location=here),
        "clinician, rare kind, ready": Filter(clinician_id=CLINICIAN, kind="work_status", states=(RequestState.READY,)),
        "nothing due": Filter(due_before=NOW.replace(year=2000), location=here),
        "delivered": Filter(states=delivered),
        "delivered here": Filter(states=delivered, location=here),
        "delivered, rare kind here": Filter(states=delivered, kind="work_status", location=here),
        "delivered, clinician": Filter(states=delivered, clinician_id=CLINICIAN),
        "withdrawn": Filter(states=(RequestState.WITHDRAWN,)),
    }


def bare(store: Store, where: Filter) -> list[tuple[Any, ...]]:
    """Run the bare statements of a list, and nothing else."""
    execute, found = store._connection.execute, []
    for state in where.states or OWED:
        terms, values = walk(where, state)
        order = "listed_at, id" if state in OWED else "listed_at DESC, id DESC"
        found += execute(f"SELECT listed_at, id {terms} ORDER BY {order} LIMIT {LIMIT}", values).fetchall()
    ids = [row[1] for row in sorted(found, reverse=where.states == (RequestState.DELIVERED,))[:LIMIT]]
    return list(execute(request_lists._LINES, (json.dumps(ids),)).fetchall())


def bare_opening(store: Store) -> list[tuple[Any, ...]]:
    """Run the bare statements of opening the place: the list, the counts, the clinicians."""
    execute, moment = store._connection.execute, NOW.isoformat(timespec="milliseconds")
    for state in OWED:
        terms, values = walk(Filter(), state)
        execute(f"SELECT count(*) FROM (SELECT 1 {terms} LIMIT 1000)", values).fetchall()
        execute(f"SELECT count(*) FROM (SELECT 1 {terms} AND listed_at < ? LIMIT 1000)", [*values, moment]).fetchall()
    terms, values = walk(Filter(), RequestState.READY)
    execute(f"SELECT count(*) FROM (SELECT 1 {terms} LIMIT 1000)", values).fetchall()
    execute(CLINICIANS, (None,)).fetchall()
    return bare(store, Filter())


def opening(store: Store, desk: Actor) -> int:
    """Open the place: its list, its counts and the clinicians of its filter."""
    count_requests(store, desk, location=None, now=NOW)
    clinicians_owing(store, desk, location=None)
    return len(list_requests(store, desk, Filter(), limit=LIMIT))


def in_turn(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of both, each done in turn, so that whatever else the machine does meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + WARM):
        for deed, kept in zip((ours, bare), times, strict=True):
            began = time.perf_counter()
            deed()
            kept.append((time.perf_counter() - began) * 1000)
    return times[0][WARM:], times[1][WARM:]


def test_opening_and_each_filter(promised: Store, definitions: Definitions, tell: Tell) -> None:
    """Lines as the window gets them, against the rows as the driver gives them, in the same run."""
    desk = Actor(staff=promised.staff.all()[0], workstation=WORKSTATION)
    deeds: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "whole opening": (partial(opening, promised, desk), partial(bare_opening, promised))
    }
    for name, where in filters(definitions).items():
        deeds[name] = (partial(list_requests, promised, desk, where, limit=LIMIT), partial(bare, promised, where))
    slow: list[str] = []
    for name, (ours, plain) in deeds.items():
        began = time.perf_counter()
        ours()
        first = (time.perf_counter() - began) * 1000
        times, floor = in_turn(ours, plain)
        ratio = statistics.median(times) / statistics.median(floor)
        tell(f"{name}: {figures(times)}; first {first:.1f}; ratio to bare {ratio:.2f}")
        apart = statistics.median(times) - statistics.median(floor) > SLACK_MS
        slow += [name] if percentile(times, 0.95) > MOST_MS or (ratio > MOST_RATIO and apart) else []
    assert slow == []
