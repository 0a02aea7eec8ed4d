"""A work note of somebody who was seen today, and who writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.documents.conftest import Promises, promises
from tests.ui.letters.writer import Writer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.requests import Request
    from tests.ui.conftest import Bench
    from ui.desk import Desk

__all__ = ["promises"]


@pytest.fixture
def note(promises: Promises, bench: Bench) -> Request:
    """Return the request for a work note of Ana Sample."""
    return promises.open(bench.arrive("Sample"), "work_note")


@pytest.fixture
def writer(receptionist: Desk, bench: Bench, note: Request, qtbot: QtBot) -> Writer:
    """Return the receptionist at the note."""
    return Writer(receptionist, bench, note.id, qtbot)


@pytest.fixture
def signer(clinician: Desk, bench: Bench, note: Request, qtbot: QtBot) -> Writer:
    """Return the clinician at the note."""
    return Writer(clinician, bench, note.id, qtbot)
