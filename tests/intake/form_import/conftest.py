"""These tests stand on a practice with a receptionist."""

from __future__ import annotations

from tests.fixtures import admin, definitions, desk, print_desk, store

__all__ = ["admin", "definitions", "desk", "print_desk", "store"]
