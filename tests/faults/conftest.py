"""These tests stand on a practice that is set up, in a store of its own for each test, and some of them on the shim."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.shim import compiled, compiler
from tests.fixtures import admin, definitions, desk, print_desk, store

__all__ = ["admin", "definitions", "desk", "print_desk", "store"]


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the shim that stands between a program and the disk."""
    if not sys.platform.startswith("linux") or compiler() is None:
        pytest.skip("there is no C compiler (or no Linux): no power can be cut and no write failed here without the shim")
    return compiled(tmp_path_factory.mktemp("shim"))
