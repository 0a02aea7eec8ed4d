"""These tests stand on a practice that is set up, in a store of its own for each test."""

from __future__ import annotations

from tests.fixtures import admin, definitions, desk, store

__all__ = ["admin", "definitions", "desk", "store"]
