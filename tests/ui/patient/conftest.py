"""A patient at the screen, given to them from a real main window over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.ui.patient.patient import Patient
from tests.ui.shell.conftest import window
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench


__all__ = ["window"]


@pytest.fixture
def patient(window: MainWindow, bench: Bench, qtbot: QtBot) -> Iterator[Patient]:
    """Yield a patient whom staff has given the screen for a new intake."""
    somebody = Patient(window, bench, qtbot)
    somebody.take_screen()
    yield somebody
    somebody.go()
