"""Fixtures of a practice that is set up, in a store of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Actor, Role
from intake.storage.store import Store
from tests.factories import a_colleague, a_store, an_admin


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """Return everything the practice has defined."""
    return load_definitions()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store."""
    opened = a_store(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def admin(store: Store) -> Actor:
    """Return the administrator."""
    return an_admin(store)


@pytest.fixture
def desk(store: Store, admin: Actor) -> Actor:
    """Return a receptionist."""
    return a_colleague(store, admin)


@pytest.fixture
def print_desk(store: Store, admin: Actor) -> Actor:
    """Return somebody who prints and does not record."""
    return a_colleague(store, admin, role=Role.PRINT_DESK, login="pat")
