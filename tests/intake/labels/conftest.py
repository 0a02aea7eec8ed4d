"""A practice that is set up, for the tests of labels."""

from __future__ import annotations

from tests.fixtures import admin, definitions, desk, print_desk, store

__all__ = ["admin", "definitions", "desk", "print_desk", "store"]
