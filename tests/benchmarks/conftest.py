"""A large store, made once and kept in the machine's folder for temporary files; and how figures are told."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.benchmarks.generate import generate
from tests.factories import WORKSTATION, a_store

PATIENTS = int(os.environ.get("INTAKE_BENCH_PATIENTS", "1000000"))
SEED = int(os.environ.get("INTAKE_BENCH_SEED", "20261122"))
"""Another seed than the one the program was tuned on (7)."""
CONTENT = "visits-3"
"""What a large store holds; a store of another content is made anew beside it."""

Tell = Callable[[str], None]


def percentile(times_ms: Sequence[float], part: float) -> float:
    """Return the time that this part of all stays under."""
    return sorted(times_ms)[min(len(times_ms) - 1, int(len(times_ms) * part))]


def figures(times_ms: Sequence[float]) -> str:
    """Return median, 95 %, 99.9 % and worst of times in milliseconds."""
    middle = statistics.median(times_ms)
    return (
        f"median {middle:.3f}, p95 {percentile(times_ms, 0.95):.3f}, p99.9 {percentile(times_ms, 0.999):.3f},"
        f" worst {max(times_ms):.3f} ms of {len(times_ms)}"
    )


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Print a line of figures past pytest's capture."""

    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n    {text}", end="")  # noqa: T201 - figures are what a benchmark is for

    return line


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """Return everything the practice has defined."""
    return load_definitions()


@pytest.fixture(scope="session")
def million(private_home: Path) -> Path:
    """Return the data folder of the large store; it is made when there is none of this size and seed yet."""
    folder = Path(tempfile.gettempdir()) / f"intake-desk-bench-{PATIENTS}-{SEED}-{CONTENT}"
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        generate(folder, patients=PATIENTS, seed=SEED)
        (folder / "whole").touch()
    return folder


@pytest.fixture
def store(million: Path) -> Iterator[Store]:
    """Open the large store anew, as in the morning."""
    opened = a_store(million)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Actor:
    """Return somebody who is signed in."""
    return Actor(staff=store.staff.all()[0], workstation=WORKSTATION)
