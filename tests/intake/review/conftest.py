"""These tests stand on a practice with two clinicians and one visit that waits."""

from __future__ import annotations

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor, Role
from intake.storage.store import Store
from tests.factories import a_colleague, save
from tests.fixtures import admin, definitions, desk, print_desk, store

__all__ = ["admin", "clinician", "definitions", "desk", "other", "print_desk", "store", "visit_id"]


@pytest.fixture
def clinician(store: Store, admin: Actor) -> Actor:
    """Return a clinician."""
    return a_colleague(store, admin, role=Role.CLINICIAN, login="casey")


@pytest.fixture
def other(store: Store, admin: Actor) -> Actor:
    """Return another clinician, at another desk."""
    staff = a_colleague(store, admin, role=Role.CLINICIAN, login="robin").staff
    return Actor(staff=staff, workstation="desk-2")


@pytest.fixture
def visit_id(store: Store, desk: Actor, definitions: Definitions) -> int:
    """Return the visit of Ana Sample, with every question answered."""
    return save(store, desk, definitions).visit_id
