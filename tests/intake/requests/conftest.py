"""These tests stand on a practice with a receptionist, a clinician and somebody who prints."""

from __future__ import annotations

from tests.fixtures import admin, definitions, desk, print_desk, store
from tests.intake.review_actions.conftest import clinician, other

__all__ = ["admin", "clinician", "definitions", "desk", "other", "print_desk", "store"]
