"""A journey stands on the same desk as the tests of the window."""

from __future__ import annotations

from tests.ui.conftest import administrator, bench, clock, definitions, desk, dressed, paths

__all__ = ["administrator", "bench", "clock", "definitions", "desk", "dressed", "paths"]
