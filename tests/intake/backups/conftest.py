"""A practice that is set up, with a folder that backups go to."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.actions.backup_targets import add_target
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW
from tests.fixtures import admin, definitions, desk, print_desk, store
from tests.intake.backups.vault import Vault

__all__ = ["admin", "definitions", "desk", "print_desk", "stick", "store", "vault"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return an empty folder, as of a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def vault(store: Store, admin: Actor, stick: Path) -> Vault:
    """Return the store with that folder as its target."""
    return Vault(store=store, admin=admin, stick=stick, target_id=add_target(store, admin, str(stick), now=NOW))
