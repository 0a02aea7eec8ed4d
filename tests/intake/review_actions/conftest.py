"""These tests stand on a practice with a receptionist, two clinicians and somebody who prints."""

from __future__ import annotations

import pytest

from intake.domain.staff import Actor, Role
from intake.storage.store import Store
from tests.factories import a_colleague
from tests.fixtures import admin, definitions, desk, print_desk, store

__all__ = ["admin", "clinician", "definitions", "desk", "other", "print_desk", "store"]


@pytest.fixture
def clinician(store: Store, admin: Actor) -> Actor:
    """Return a clinician."""
    return a_colleague(store, admin, role=Role.CLINICIAN, login="casey")


@pytest.fixture
def other(store: Store, admin: Actor) -> Actor:
    """Return another clinician, at another desk."""
    staff = a_colleague(store, admin, role=Role.CLINICIAN, login="robin").staff
    return Actor(staff=staff, workstation="desk-2")
