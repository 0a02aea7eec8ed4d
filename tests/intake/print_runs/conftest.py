"""These tests stand on a practice with something to print, and on a print server of the tests' own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor, Role
from intake.storage.store import Store
from tests.factories import WORKSTATION, a_colleague, a_store, an_admin, save
from tests.fixtures import definitions
from tests.intake.print_runs.shop import Shop
from tests.intake.printing.conftest import scheduler, server

__all__ = ["definitions", "scheduler", "server"]


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Path:
    """Return the data folder of a practice with a receptionist, somebody who prints, and one visit: each test has a copy."""
    data = tmp_path_factory.mktemp("practice") / "data"
    opened = a_store(data)
    admin = an_admin(opened)
    desk = a_colleague(opened, admin)
    a_colleague(opened, admin, role=Role.PRINT_DESK, login="pat")
    save(opened, desk, definitions)
    opened.close()
    return data


@pytest.fixture
def data(practice: Path, tmp_path: Path) -> Path:
    """Return this test's own data folder."""
    return Path(shutil.copytree(practice, tmp_path / "data"))


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    """Open the store."""
    opened = a_store(data)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Actor:
    """Return the receptionist."""
    return _actor(store, "dana")


@pytest.fixture
def print_desk(store: Store) -> Actor:
    """Return somebody who prints and does not record."""
    return _actor(store, "pat")


@pytest.fixture
def shop(store: Store, desk: Actor, definitions: Definitions) -> Shop:
    """Return the practice, worked by its receptionist."""
    return Shop(store=store, actor=desk, definitions=definitions, visit_id=1, patient_id=1)


def _actor(store: Store, login: str) -> Actor:
    return Actor(staff=next(staff for staff in store.staff.all() if staff.login == login), workstation=WORKSTATION)
