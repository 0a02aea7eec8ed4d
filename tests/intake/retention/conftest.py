"""These tests stand on a practice with a record whose time is over and one that is young; each has a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import a_store
from tests.fixtures import definitions
from tests.intake.retention.scene import a_practice, actor

__all__ = ["definitions"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Path:
    """Return the data folder of the practice."""
    data = tmp_path_factory.mktemp("retention") / "data"
    a_practice(data, definitions)
    return data


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    """Open this test's own copy of the practice's store."""
    opened = a_store(Path(shutil.copytree(made, tmp_path / "data")))
    yield opened
    opened.close()


@pytest.fixture
def alex(store: Store) -> Actor:
    """Return the administrator."""
    return actor(store, "alex")


@pytest.fixture
def casey(store: Store) -> Actor:
    """Return the clinician."""
    return actor(store, "casey")


@pytest.fixture
def dana(store: Store) -> Actor:
    """Return the receptionist."""
    return actor(store, "dana")
